//! Which files a run looks at, and what each comes to.

use crate::cli::Io;
use crate::cli::args::CheckArgs;
use crate::cli::changed::Changed;
use crate::cli::fix;
use crate::cli::progress::Progress;
use crate::cli::survey::Surveyor;
use crate::diagnostic::Diagnostic;
use crate::fix::mend;
use crate::fix::mend::Mended;
use crate::fs;
use crate::fs::Walk;
use crate::linter::Part;
use crate::report::{FileReport, Report};
use crate::source::{Source, display_path};
use crate::workspace::parallel;
use crate::workspace::{Grounds, Scopes};
use std::collections::HashMap;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// What a run comes to.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) report: Report,
    /// The text from standard input as it is to be given back.
    pub(super) text: Option<Vec<u8>>,
    /// With `--diff`, the texts that fixes would change: before and after, sorted by path.
    pub(super) changes: Vec<(Source, String)>,
    /// What was looked at, absolute.
    pub(super) looked_at: Vec<PathBuf>,
}

/// What a run goes by.
#[derive(Clone, Copy)]
struct Run<'a> {
    args: &'a CheckArgs,
    scopes: &'a Scopes,
    cwd: &'a Path,
    /// The only lines that matter, if not all do.
    changed: Option<&'a Changed>,
    /// What is known of the sites.
    surveyor: &'a Surveyor<'a>,
}

/// What one file comes to.
struct Checked {
    file: FileReport,
    /// How many findings were fixed.
    fixed: usize,
    /// The text before they were.
    before: Option<Source>,
    /// Why it could not be written.
    error: Option<String>,
}

impl Checked {
    fn is_nothing(&self) -> bool {
        self.file.diagnostics.is_empty() && self.fixed == 0 && self.error.is_none()
    }
}

impl Gathered {
    fn add(&mut self, args: &CheckArgs, checked: Checked) {
        let report = &mut self.report;
        report.checked += 1;
        report.fixed += checked.fixed;
        report.fixed_files += usize::from(checked.fixed > 0);
        report.errors.extend(checked.error);
        if let Some(before) = checked.before.filter(|_| args.diff) {
            self.changes.push((before, checked.file.source.text().to_owned()));
        }
        if !checked.file.diagnostics.is_empty() {
            report.files.push(checked.file);
        }
    }
}

/// Lints everything that was named, and fixes it where that is asked for.
///
/// # Errors
/// Why the run can't start.
pub(super) fn gather(args: &CheckArgs, grounds: &Grounds, cwd: &Path, io: &mut Io) -> Result<Gathered, String> {
    let scopes = grounds.scopes();
    let surveyor = &Surveyor::new(grounds, !args.no_inline_config, !args.no_exclude);
    let mut paths = args.paths.clone();
    let from_stdin = |path: &PathBuf| path.as_os_str() == "-";
    if args.stdin_filename.is_some() && paths.is_empty() && args.files_from.is_none() {
        paths.push("-".into());
    }
    let reads = [args.files_from.as_ref(), args.diff_from.as_ref()];
    let lists_on_stdin = reads.into_iter().flatten().filter(|path| from_stdin(path)).count();
    if lists_on_stdin + usize::from(paths.iter().any(from_stdin)) > 1 {
        return Err("only one thing can come on standard input".to_owned());
    }
    let changed = args.diff_from.as_ref().map(|name| Changed::read(&bytes_of(name, io)?, cwd)).transpose()?;
    let run = Run { args, scopes, cwd, changed: changed.as_ref(), surveyor };
    if paths.iter().any(from_stdin) {
        if paths.len() > 1 || args.files_from.is_some() {
            return Err("`-` reads one post from standard input; no other path can be named with it".to_owned());
        }
        return stdin(run, io);
    }
    if let Some(list) = &args.files_from {
        paths.extend(read_list(list, io)?);
    } else if paths.is_empty() {
        paths.push(".".into());
    }
    let leave_out = |path: &Path, is_dir: bool| {
        let dir = if is_dir { path } else { path.parent().unwrap_or(path) };
        let scope = scopes.of_dir(dir);
        !args.no_exclude && scope.config.excludes(&scope.inside(path))
    };
    // A mistake in a config is told even where no file is left to lint.
    for dir in paths.iter().filter_map(|path| fs::absolute(path).ok()).filter(|path| path.is_dir()) {
        scopes.of_dir(&dir);
    }
    let walk = Walk { leave_out: &leave_out, force: args.force_exclude > 0 };
    let (mut files, errors) = walk.files(&paths);
    // The order of the report: by the bytes of the path as it is shown.
    if files.iter().all(|path| path.starts_with(cwd)) {
        files.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
    } else {
        files.sort_by_cached_key(|path| fs::relative(path, cwd).into_os_string());
    }
    if let Some(changed) = &changed {
        files.retain(|path| changed.has(path));
    }
    if fix::wanted(args) {
        // Nothing is written under a config that turns out to be broken.
        files.iter().for_each(|path| drop(scopes.of_file(path)));
        if scopes.are_broken() {
            return Ok(Gathered::default());
        }
        // A file is looked at and mended in one go, so what others have must be known before.
        files.iter().for_each(|path| surveyor.learn_ahead(path, None));
    }
    let progress = Progress::start(files.len(), io.width.is_some() && !args.no_progress && !args.quiet);
    let one = |path: &PathBuf| {
        progress.step();
        // Of most files there is nothing to tell, and of a million that would be much to keep.
        Some(whole(run, path, || one_file(run, path))).filter(|result| !result.as_ref().is_ok_and(Checked::is_nothing))
    };
    let second = |(path, part): &(PathBuf, Part)| {
        let source = Source::new(fs::relative(path, cwd), fs::read(path).ok()?);
        let diagnostics = lint(run, path, &source, *part);
        Some((source.path().to_owned(), FileReport { source, diagnostics }))
    };
    let walked: Vec<PathBuf> = match changed {
        // Only some of the files in these folders are looked at.
        Some(_) => Vec::new(),
        None => paths.iter().filter_map(|path| fs::absolute(path).ok()).filter(|path| path.is_dir()).collect(),
    };
    let two_looks = || {
        let results: Vec<Result<Checked, String>> = parallel::filter_map(&files, one);
        let again = surveyor.learn(&files, &walked);
        // A file that can't be read again was read a moment ago, and is told of next time.
        let more: HashMap<PathBuf, FileReport> = parallel::filter_map(&again, second).into_iter().collect();
        (results, more)
    };
    // Threads cost more than one file does.
    let (results, mut more) = match args.threads {
        None if files.len() < 2 => two_looks(),
        threads => parallel::within(threads, two_looks)?,
    };
    let mut gathered = Gathered { report: Report { errors, ..Report::default() }, ..Gathered::default() };
    if args.baseline.is_some() {
        gathered.looked_at.clone_from(&files);
    }
    let untold = files.len() - results.len();
    for mut result in results {
        if let Ok(checked) = &mut result
            && let Some(seen) = more.remove(checked.file.source.path())
        {
            checked.file.source = seen.source;
            checked.file.diagnostics.extend(seen.diagnostics);
            checked.file.diagnostics.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
        }
        match result {
            Ok(checked) => gathered.add(args, checked),
            Err(error) => gathered.report.errors.push(error),
        }
    }
    gathered.report.checked += untold;
    // These had nothing to tell until all was known.
    if !more.is_empty() {
        let reports = &mut gathered.report.files;
        reports.extend(more.into_values().filter(|file| !file.diagnostics.is_empty()));
        reports.sort_by(|a, b| a.source.path().as_os_str().cmp(b.source.path().as_os_str()));
    }
    gathered.report.errors.sort();
    Ok(gathered)
}

/// What `work` on a file comes to; a fault of our own in it is that file's alone.
fn whole(run: Run, path: &Path, work: impl FnOnce() -> Result<Checked, String>) -> Result<Checked, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let shown = fs::relative(path, run.cwd);
        let version = env!("CARGO_PKG_VERSION");
        Err(format!("{}: matterlint {version} failed on it: please report this fault of ours", display_path(&shown)))
    })
}

fn one_file(run: Run, path: &Path) -> Result<Checked, String> {
    let shown = fs::relative(path, run.cwd);
    let failed = |reason| format!("{}: {reason}", display_path(&shown));
    let bytes = fs::read(path).map_err(failed)?;
    if !fix::wanted(run.args) {
        let source = Source::new(shown, bytes);
        let mut diagnostics = run.surveyor.first_look(path, &source);
        if let Some(changed) = run.changed {
            changed.keep(path, &source, &mut diagnostics);
        }
        // Only what is shown is kept.
        let last = diagnostics.iter().flat_map(Diagnostic::spans).map(|span| span.end).max();
        let source = source.truncated_after(last.unwrap_or_default());
        diagnostics.shrink_to_fit();
        return Ok(Checked { file: FileReport { source, diagnostics }, fixed: 0, before: None, error: None });
    }
    let checked = mended(run, path, Source::new(&shown, bytes.clone()));
    if checked.fixed == 0 || run.args.diff {
        return Ok(checked);
    }
    match fix::write(path, &bytes, &checked.file.source) {
        Ok(()) => Ok(checked),
        // What was found is as it was, and so is the file.
        Err(reason) => {
            let error = Some(failed(reason));
            Ok(Checked { error, ..linted(run, path, Source::new(shown, bytes)) })
        }
    }
}

fn linted(run: Run, path: &Path, source: Source) -> Checked {
    let diagnostics = lint(run, path, &source, Part::Whole);
    Checked { file: FileReport { source, diagnostics }, fixed: 0, before: None, error: None }
}

fn mended(run: Run, path: &Path, source: Source) -> Checked {
    let before = run.args.diff.then(|| Source::new(source.path(), source.text().as_bytes().to_vec()));
    let lint = |source: &Source| lint(run, path, source, Part::Whole);
    let Mended { source, diagnostics, fixed } = mend::mend(source, run.args.unsafe_fixes, lint);
    Checked { file: FileReport { source, diagnostics }, fixed, before: before.filter(|_| fixed > 0), error: None }
}

fn lint(run: Run, path: &Path, source: &Source, part: Part) -> Vec<Diagnostic> {
    let mut found = run.surveyor.lint(path, source, part);
    if let Some(changed) = run.changed {
        changed.keep(path, source, &mut found);
    }
    found
}

fn stdin(run: Run, io: &mut Io) -> Result<Gathered, String> {
    let Run { args, scopes, cwd, .. } = run;
    let mut bytes = Vec::new();
    Read::take(&mut *io.stdin, fs::MAX_FILE_SIZE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("standard input can't be read: {error}"))?;
    if bytes.len() as u64 > fs::MAX_FILE_SIZE {
        return Err(format!("standard input is too large: more than {} MiB", fs::MAX_FILE_SIZE >> 20));
    }
    let named = args.stdin_filename.as_deref().unwrap_or(Path::new("stdin.md"));
    let path = fs::absolute(named).map_err(|error| error.to_string())?;
    let scope = scopes.of_file(&path);
    // What isn't fixed comes back as it was.
    let mut gathered = Gathered { text: (args.fix && !args.diff).then(|| bytes.clone()), ..Gathered::default() };
    if scopes.are_broken() || (!args.no_exclude && scope.config.excludes(&scope.inside(&path))) {
        return Ok(gathered);
    }
    let shown = if args.stdin_filename.is_some() { fs::relative(&path, cwd) } else { PathBuf::from("<stdin>") };
    let source = Source::new(shown, bytes);
    if args.stdin_filename.is_some() {
        run.surveyor.learn_ahead(&path, Some(&source));
    }
    let checked = if fix::wanted(args) { mended(run, &path, source) } else { linted(run, &path, source) };
    if let Some(text) = gathered.text.as_mut().filter(|_| checked.fixed > 0) {
        *text = checked.file.source.text().as_bytes().to_vec();
    }
    gathered.add(args, checked);
    Ok(gathered)
}

/// The paths in a list: one a line, or with NUL between them.
fn read_list(list: &Path, io: &mut Io) -> Result<Vec<PathBuf>, String> {
    let bytes = bytes_of(list, io)?;
    let separator = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(|byte| *byte == separator);
    Ok(lines
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| !line.is_empty())
        .map(fs::path_from_bytes)
        .collect())
}

/// What a file holds, or with `-` standard input.
fn bytes_of(name: &Path, io: &mut Io) -> Result<Vec<u8>, String> {
    if name.as_os_str() != "-" {
        // Lists and diffs may be as long as they like.
        return std::fs::read(name).map_err(|error| format!("{}: {}", display_path(name), fs::plain(&error)));
    }
    let mut bytes = Vec::new();
    io.stdin.read_to_end(&mut bytes).map_err(|error| format!("standard input can't be read: {error}"))?;
    Ok(bytes)
}
