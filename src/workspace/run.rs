//! One run: which files it looks at, what each comes to, what is fixed.

use crate::diagnostic::{Change, Diagnostic, Omitted};
use crate::document::Document;
use crate::fix::{FixResult, fix_all};
use crate::fs::{self, MAX_FILE_SIZE, below, relative};
use crate::linter::RuleSubset;
use crate::source::{Source, display_path};
use crate::workspace::error::Error;
use crate::workspace::grouping;
use crate::workspace::linted::LintedFile;
use crate::workspace::pages::{ConfigExcludes, walk};
use crate::workspace::parallel;
use crate::workspace::run_options::{FixMode, Observer, RunOptions};
use crate::workspace::session::LintSession;
use crate::workspace::site_context::SiteResolver;
use crate::workspace::warnings;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// A text that fixes change.
#[derive(Debug)]
pub struct FixedText {
    /// The page before.
    pub before: Source,
    /// Its text after.
    pub after: String,
    /// Where the two differ.
    pub changes: Vec<Change>,
}

/// What a run comes to.
#[derive(Default, Debug)]
pub struct Outcome {
    /// The files in which anything was found, sorted by path.
    pub files: Vec<LintedFile>,
    /// What could not be read or written, with the reason.
    pub errors: Vec<String>,
    /// What doesn't stop the run, such as an ignore file that isn't used.
    pub warnings: Vec<String>,
    /// How many files were looked at.
    pub checked: usize,
    /// How many findings were fixed.
    pub fixed: usize,
    /// In how many files.
    pub fixed_files: usize,
    /// How many Markdown files and folders ignore files left out.
    pub ignored: usize,
    /// How many the config left out.
    pub excluded: usize,
    /// Which those are, sorted.
    pub excluded_paths: Vec<PathBuf>,
    /// How many were left out because the site's generator doesn't build them.
    pub unbuilt: usize,
    /// The texts that fixes change, sorted by path. Only with [`FixMode::Preview`].
    pub changes: Vec<FixedText>,
    /// What was looked at, absolute.
    pub checked_files: Vec<PathBuf>,
}

/// What one file comes to.
struct Checked {
    file: LintedFile,
    fixed: usize,
    /// The text before fixes and what they changed, where that is wanted.
    before: Option<(Source, Vec<Change>)>,
    /// Why it could not be written.
    error: Option<String>,
}

impl Checked {
    fn is_nothing(&self) -> bool {
        self.file.diagnostics.is_empty() && self.fixed == 0 && self.error.is_none()
    }
}

impl Outcome {
    fn add(&mut self, checked: Checked) {
        self.checked += 1;
        self.fixed += checked.fixed;
        self.fixed_files += usize::from(checked.fixed > 0);
        self.errors.extend(checked.error);
        if let Some((before, changes)) = checked.before {
            self.changes.push(FixedText { before, after: checked.file.source.text().to_owned(), changes });
        }
        if !checked.file.diagnostics.is_empty() {
            self.files.push(checked.file);
        }
    }
}

/// A run over files.
pub(super) struct Run<'a> {
    sites: &'a SiteResolver,
    options: RunOptions<'a>,
    session: LintSession<'a>,
}

impl<'a> Run<'a> {
    pub(super) fn new(sites: &'a SiteResolver, options: RunOptions<'a>) -> Self {
        Self { sites, options, session: LintSession::new(sites) }
    }

    fn cwd(&self) -> &'a Path {
        &self.sites.configs().options().cwd
    }

    fn fixes(&self) -> bool {
        self.options.fix != FixMode::Off
    }

    /// Lints the files below the named paths, and fixes them where that is asked for. Nothing is written where a config has
    /// errors.
    ///
    /// # Errors
    /// Why no threads can be started.
    pub(super) fn files(&self, named: &[PathBuf]) -> Result<Outcome, Error> {
        let excludes = ConfigExcludes(self.sites.configs());
        let walked = walk(self.sites.configs(), &excludes).files(named);
        let folders = walked.folders;
        // Errors in a config are reported even where no file is left to lint.
        for dir in &folders {
            self.sites.configs().for_dir(dir);
        }
        let mut outcome = Outcome {
            errors: walked.errors,
            warnings: walked.warnings,
            ignored: walked.ignored,
            excluded: walked.excluded,
            excluded_paths: walked.excluded_paths,
            checked_files: self.in_order(walked.files),
            ..Outcome::default()
        };
        let found = std::mem::take(&mut outcome.checked_files);
        let count = found.len();
        let files: Vec<PathBuf> = found.into_iter().filter(|path| self.is_wanted(path, named)).collect();
        outcome.unbuilt = count - files.len();
        let whole = if self.options.changed.is_none() && outcome.errors.is_empty() { &folders[..] } else { &[] };
        outcome.warnings.extend(warnings::of_run(self.sites.configs(), named, &files, whole));
        if self.fixes() && self.prepare_fixes(&files) {
            let Outcome { errors, warnings, .. } = outcome;
            return Ok(Outcome { errors, warnings, ..Outcome::default() });
        }
        if let Some(observer) = self.options.observer {
            observer.start(files.len());
        }
        // Where only some files of a folder are looked at, it isn't walked.
        let whole = if self.options.changed.is_some() { Vec::new() } else { folders };
        let threads = self.sites.configs().options().threads;
        // Threads cost more than one file does.
        let (first, second) = match threads {
            None if files.len() < 2 => self.two_passes(&files, &whole),
            threads => parallel::within(threads, || self.two_passes(&files, &whole))?,
        };
        outcome.checked = files.len() - first.len();
        self.collect(first, second, &mut outcome);
        outcome.warnings.extend(self.sites.take_warnings());
        outcome.errors.extend(self.sites.configs().baseline_errors());
        if self.options.group {
            grouping::group(&mut outcome.files, self.sites, &files, &whole);
        }
        outcome.warnings.extend(self.config_warnings());
        outcome.checked_files = files;
        Ok(outcome)
    }

    /// Lints one text, as the page at `path` (absolute) whatever is there; `shown` is its path in messages.
    pub(super) fn text(
        &self,
        path: &Path,
        shown: PathBuf,
        bytes: Vec<u8>,
        is_of_site: bool,
    ) -> (Outcome, Option<String>) {
        let source = Source::new(shown, bytes);
        if is_of_site {
            self.session.index_site_of(path, Some(&source));
        }
        let checked = if self.fixes() { self.fixed(path, source) } else { self.linted(path, source) };
        let text = (checked.fixed > 0).then(|| checked.file.source.text().to_owned());
        let mut outcome = Outcome { warnings: self.config_warnings(), ..Outcome::default() };
        outcome.add(checked);
        outcome.errors.extend(self.sites.configs().baseline_errors());
        (outcome, text)
    }

    /// The warnings of all configs, sorted, each once.
    fn config_warnings(&self) -> Vec<String> {
        let configs = self.sites.configs().all();
        let mut warnings: Vec<String> = configs.iter().flat_map(|root| root.config.warnings()).cloned().collect();
        warnings.sort_unstable();
        warnings.dedup();
        warnings
    }

    /// Whether a file is one that the site's generator builds, or somebody asks for it or for a folder within the site.
    fn is_wanted(&self, path: &Path, named: &[PathBuf]) -> bool {
        let context = self.sites.for_file(path);
        context.builds(&relative(path, self.cwd())) || {
            let asked = |name: &PathBuf| {
                let name = self.cwd().join(name);
                path.starts_with(&name) && !context.root.starts_with(&name)
            };
            named.iter().any(asked)
        }
    }

    /// In the order of the report: by the bytes of the path as it is shown; only files with changed lines, where only those
    /// count.
    fn in_order(&self, mut files: Vec<PathBuf>) -> Vec<PathBuf> {
        let cwd = self.cwd();
        if files.iter().all(|path| below(path, cwd).is_some() || path.starts_with(cwd)) {
            files.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
        } else {
            files.sort_by_cached_key(|path| relative(path, cwd).into_os_string());
        }
        if let Some(changed) = self.options.changed {
            files.retain(|path| changed.contains_file(path));
        }
        files
    }

    /// Learns what must be known before files are fixed. Gives whether a config has errors.
    fn prepare_fixes(&self, files: &[PathBuf]) -> bool {
        files.iter().for_each(|path| drop(self.sites.configs().for_file(path)));
        if self.sites.configs().has_errors() {
            return true;
        }
        // A file is linted and fixed in one go, so what others have must be known before.
        files.iter().for_each(|path| self.session.index_site_of(path, None));
        false
    }

    fn two_passes(&self, files: &[PathBuf], whole: &[PathBuf]) -> (Vec<Result<Checked, String>>, Vec<LintedFile>) {
        let one = |path: &PathBuf| {
            if let Some(observer) = self.options.observer {
                observer.step();
            }
            // Most files have no findings, and a million results would be much to keep.
            let result = self.catch_panic(path, || self.one_file(path));
            Some(result).filter(|result| !result.as_ref().is_ok_and(Checked::is_nothing))
        };
        let first = parallel::filter_map(files, one);
        let second = |(path, part): &(PathBuf, RuleSubset)| {
            // A file that can't be read again was read a moment ago.
            let bytes = self.sites.configs().fs().read(path, MAX_FILE_SIZE).ok()?;
            let source = Source::new(relative(path, self.cwd()), bytes);
            let diagnostics = self.lint(path, &source, *part);
            Some(self.kept(path, source, diagnostics))
        };
        let again = self.session.build_indexes(files, whole);
        (first, parallel::filter_map(&again, second))
    }

    /// Joins what both passes found, sorted.
    fn collect(&self, first: Vec<Result<Checked, String>>, second: Vec<LintedFile>, outcome: &mut Outcome) {
        let mut second: HashMap<PathBuf, LintedFile> =
            second.into_iter().map(|file| (file.source.path().to_owned(), file)).collect();
        for result in first {
            match result {
                Ok(mut checked) => {
                    if let Some(more) = second.remove(checked.file.source.path()) {
                        checked.file.source = more.source;
                        let found = &mut checked.file.diagnostics;
                        found.extend(more.diagnostics);
                        found.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
                        checked.file.omitted.add(more.omitted);
                        let most = self.max_findings(&self.cwd().join(checked.file.source.path()));
                        checked.file.omitted.add(Omitted::beyond(most, &mut checked.file.diagnostics));
                    }
                    outcome.add(checked);
                }
                Err(error) => {
                    outcome.checked += 1;
                    outcome.errors.push(error);
                }
            }
        }
        // In these nothing was found until all was known.
        if !second.is_empty() {
            outcome.files.extend(second.into_values().filter(|file| !file.diagnostics.is_empty()));
            outcome.files.sort_by(|a, b| a.source.path().as_os_str().cmp(b.source.path().as_os_str()));
        }
        outcome.errors.sort();
    }

    /// What `work` on a file comes to; an error of our own in it costs only that file.
    fn catch_panic(&self, path: &Path, work: impl FnOnce() -> Result<Checked, String>) -> Result<Checked, String> {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
            let shown = relative(path, self.cwd());
            let version = env!("CARGO_PKG_VERSION");
            Err(format!("{}: internal error in matterlint {version}; please report this bug", display_path(&shown)))
        })
    }

    fn one_file(&self, path: &Path) -> Result<Checked, String> {
        let shown = relative(path, self.cwd());
        let failed = |reason: fs::FsError| format!("{}: {reason}", display_path(&shown));
        let bytes = self.sites.configs().fs().read(path, MAX_FILE_SIZE).map_err(failed)?;
        if !self.fixes() {
            return Ok(self.first_pass(path, Source::new(shown, bytes)));
        }
        let checked = self.fixed(path, Source::new(&shown, bytes.clone()));
        if checked.fixed == 0 || self.options.fix == FixMode::Preview {
            return Ok(checked);
        }
        let written = match self.options.observer.is_some_and(Observer::is_cancelled) {
            true => Err(fs::FsError::Other("not fixed: interrupted".to_owned())),
            false => self.sites.configs().fs().replace(path, &bytes, checked.file.source.text().as_bytes()),
        };
        match written {
            Ok(()) => Ok(checked),
            // What was found is as it was, and so is the file.
            Err(reason) => {
                let error = Some(failed(reason));
                Ok(Checked { error, ..self.linted(path, Source::new(shown, bytes)) })
            }
        }
    }

    fn first_pass(&self, path: &Path, source: Source) -> Checked {
        let mut diagnostics = self.session.lint_first_pass(path, &source);
        self.leave_out_recorded(path, &source, &mut diagnostics);
        self.retain_changed(path, &source, &mut diagnostics);
        // Only what is shown is kept.
        let omitted = Omitted::beyond(self.max_findings(path), &mut diagnostics);
        let last = diagnostics.iter().flat_map(Diagnostic::spans).map(|span| span.end).max();
        // Of most pages nothing is kept, and then nothing need be.
        let source = match last {
            Some(last) => source.truncated_after(last),
            None => source,
        };
        diagnostics.shrink_to_fit();
        Checked { file: LintedFile { source, diagnostics, omitted }, fixed: 0, before: None, error: None }
    }

    fn linted(&self, path: &Path, source: Source) -> Checked {
        let diagnostics = self.lint(path, &source, RuleSubset::Whole);
        Checked { file: self.kept(path, source, diagnostics), fixed: 0, before: None, error: None }
    }

    /// The file with as many findings as are kept of it.
    fn kept(&self, path: &Path, source: Source, mut diagnostics: Vec<Diagnostic>) -> LintedFile {
        let omitted = Omitted::beyond(self.max_findings(path), &mut diagnostics);
        LintedFile { source, diagnostics, omitted }
    }

    fn max_findings(&self, path: &Path) -> usize {
        self.sites.configs().max_findings(path)
    }

    fn fixed(&self, path: &Path, source: Source) -> Checked {
        let keep = self.options.fix == FixMode::Preview;
        let before = keep.then(|| Source::new(source.path(), source.text().as_bytes().to_vec()));
        let lint = |doc: &Document| self.lint_document(path, doc, RuleSubset::Whole);
        let result = fix_all(source, self.options.unsafe_fixes, lint);
        let FixResult { source, mut diagnostics, fixed, changes } = result;
        self.leave_out_recorded(path, &source, &mut diagnostics);
        let before = before.filter(|_| fixed > 0).map(|before| (before, changes));
        Checked { file: self.kept(path, source, diagnostics), fixed, before, error: None }
    }

    fn lint(&self, path: &Path, source: &Source, part: RuleSubset) -> Vec<Diagnostic> {
        let mut found = self.session.lint(path, &Document::parse(source), part);
        self.leave_out_recorded(path, source, &mut found);
        self.retain_changed(path, source, &mut found);
        found
    }

    fn lint_document(&self, path: &Path, doc: &Document, part: RuleSubset) -> Vec<Diagnostic> {
        let mut found = self.session.lint(path, doc, part);
        self.retain_changed(path, doc.source, &mut found);
        found
    }

    /// Leaves out what a baseline records. Before findings on other lines are, as equal findings are distinguished by their order.
    fn leave_out_recorded(&self, path: &Path, source: &Source, found: &mut Vec<Diagnostic>) {
        if let Some(baseline) = self.sites.configs().baseline(path) {
            baseline.retain_new(path, source, found);
        }
    }

    fn retain_changed(&self, path: &Path, source: &Source, found: &mut Vec<Diagnostic>) {
        if let Some(changed) = self.options.changed {
            changed.retain_changed(path, source, found);
        }
    }
}
