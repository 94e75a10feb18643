//! The engine: what the command line and the editor both ask. It knows which config, which generator and which site a file
//! belongs to, and lints and fixes files, folders and texts that are open in an editor.

mod baseline;
mod changed_lines;
mod complete_links;
mod completion;
mod configs;
mod editing;
mod error;
pub(crate) mod examples;
mod facts_cache;
pub(crate) mod grouping;
mod health;
mod init;
mod linted;
mod live;
mod marks;
mod moves;
mod navigate;
mod options;
mod pages;
mod parallel;
mod renaming;
mod rule_tests;
mod run;
mod run_options;
mod session;
mod site_context;
mod suppress;
mod taxonomies;
mod template_folders;
mod warnings;

use crate::fs::{absolute, check_links, relative};
use crate::source::{Source, display_path};
use configs::ConfigRoot;
use live::LiveSites;
use run::Run;
use site_context::SiteResolver;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use crate::config::ConfigDiagnostics;
pub use crate::date::Date;
pub use crate::diagnostic::RuleLevel;
pub use crate::fs::{DirEntry, EntryKind, FileSystem, FsError, Memory, Metadata, Os};
pub use baseline::{Baseline, BaselineSource};
pub use changed_lines::ChangedLines;
pub use completion::{Completion, CompletionKind};
pub use configs::ConfigErrors;
pub use error::Error;
pub use health::{FieldCoverage, SiteHealth};
pub use linted::LintedFile;
pub use navigate::{HeadingSymbol, PageLink, PageTitle, Place};
pub use options::{ConfigSource, Options};
pub use renaming::{FileEdits, SiteEdits};
pub use rule_tests::RuleTests;
pub use run::{FixedText, Outcome};
pub use run_options::{FixMode, Observer, RunOptions};
pub use taxonomies::{Taxonomies, Taxonomy, Term};

/// A folder with sites, configs and pages, as one caller sees it.
///
/// ```
/// use matterlint::workspace::{Memory, Options, RunOptions, Text, Workspace};
/// use std::path::Path;
/// use std::sync::Arc;
///
/// let workspace = Workspace::new(Arc::new(Memory::default()), Options::new("/site"));
/// let text = Text { path: Some(Path::new("/site/post.md")), bytes: b"TODO: write this\n".to_vec() };
/// let (outcome, _) = workspace.run_text(text, RunOptions::default())?;
/// assert!(outcome.files[0].diagnostics.iter().any(|found| &*found.rule == "leftover-placeholder"));
/// # Ok::<(), matterlint::workspace::Error>(())
/// ```
#[derive(Debug)]
pub struct Workspace {
    fs: Arc<dyn FileSystem>,
    options: Arc<Options>,
    sites: SiteResolver,
    live: LiveSites,
    /// The texts that an editor has open, by path.
    open: BTreeMap<PathBuf, Arc<Source>>,
}

/// A site of which files were linted.
#[derive(Clone, Debug)]
pub struct LintedSite {
    /// The config file that applies there (absolute); none where none was found.
    pub config: Option<PathBuf>,
    /// The generator's name, and why it is taken to be that.
    pub generator: Option<(String, String)>,
    /// The generator's version, if it is known, and the file that it is from.
    pub version: Option<(String, String)>,
}

/// The settings of a file.
#[derive(Debug)]
pub struct Settings {
    /// The config file; none where what is built in holds.
    pub config: Option<PathBuf>,
    /// The last folder in which a config is looked for, and what it is.
    pub search_end: (PathBuf, &'static str),
    /// The folder that the config's paths are relative to.
    pub root: PathBuf,
    /// The file's path as the config's globs see it.
    pub path: String,
    /// Whether the config excludes it.
    pub is_excluded: bool,
    /// The name of its content type, if one matches.
    pub content: Option<String>,
    /// The generator's name, and why it is taken to be that.
    pub generator: Option<(String, String)>,
    /// The generator's version, if it is known, and the file that it is from.
    pub version: Option<(String, String)>,
    /// The folder that the site starts in.
    pub site: PathBuf,
    /// The rules that run, by id: the level, and the one in drafts where it differs.
    pub rules: Vec<(String, &'static str, Option<&'static str>)>,
}

/// The documentation of a rule.
#[derive(Clone, Debug)]
pub struct RuleDoc {
    /// The rule's id.
    pub id: Arc<str>,
    /// One sentence.
    pub summary: String,
    /// Its text, in Markdown.
    pub documentation: String,
    /// The URL of its page on the documentation site; none for a custom rule.
    pub url: Option<String>,
}

/// Where the documentation of a rule can be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RulePage {
    /// At this URL.
    Web(String),
    /// In this file (absolute).
    File(PathBuf),
}

/// A text with the name it goes by: what comes on standard input, or what an editor has open.
#[derive(Debug)]
pub struct Text<'a> {
    /// The path that it stands for, which need not exist; none for a text that is no file's.
    pub path: Option<&'a Path>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Workspace {
    /// The workspace that `options` describe, with its files in `fs`.
    pub fn new(fs: Arc<dyn FileSystem>, options: Options) -> Self {
        let options = Arc::new(options);
        let sites = resolver(&fs, &options);
        let (live, open) = Default::default();
        Self { fs, options, sites, live, open }
    }

    /// The folder that paths are shown from.
    pub fn cwd(&self) -> &Path {
        &self.options.cwd
    }

    /// Lints the files below the named paths (relative to the working directory of the process, or absolute), and fixes
    /// them where that is asked for.
    ///
    /// Configs with errors are reported by [`Workspace::take_config_errors`]; nothing is fixed then.
    ///
    /// # Errors
    /// Why the run can't start.
    pub fn run(&self, paths: &[PathBuf], options: RunOptions) -> Result<Outcome, Error> {
        Run::new(&self.sites, options).files(paths)
    }

    /// Lints one text, and fixes it where that is asked for. Gives the text after fixes too, where any applied.
    ///
    /// # Errors
    /// If the working directory is gone, or a link in the path leaves the project.
    pub fn run_text(&self, text: Text, options: RunOptions) -> Result<(Outcome, Option<String>), Error> {
        let path = absolute(text.path.unwrap_or(Path::new("stdin.md")))?;
        // The configs and pages around it are read.
        check_links(&*self.fs, &self.options.cwd, &path).map_err(|reason| Error::Path {
            path: display_path(&relative(&path, &self.options.cwd)).into_owned(),
            reason,
        })?;
        let is_excluded = self.options.exclude && self.sites.for_file(&path).excludes(&path);
        if self.sites.configs().has_errors() || is_excluded {
            return Ok((Outcome::default(), None));
        }
        let shown = if text.path.is_some() { relative(&path, &self.options.cwd) } else { PathBuf::from("<stdin>") };
        Ok(Run::new(&self.sites, options).text(&path, shown, text.bytes, text.path.is_some()))
    }

    /// The maximum number of findings that the config sets for a file (absolute); 0 for all.
    pub fn max_findings(&self, path: &Path) -> usize {
        self.sites.configs().for_file(path).config.max_findings()
    }

    /// What is wrong with the configs that were read since this was last asked.
    pub fn take_config_errors(&self) -> ConfigErrors {
        self.sites.configs().take_errors()
    }

    /// The file of the baseline (absolute) that applies to the files in a folder (absolute).
    pub fn baseline_file(&self, dir: &Path) -> Option<PathBuf> {
        let configs = self.sites.configs();
        let root = configs.for_dir(dir);
        root.config.baseline().map(|file| root.root.join(file))
    }

    /// The baselines that were used so far.
    pub fn baselines(&self) -> Vec<Arc<Baseline>> {
        self.sites.configs().baselines()
    }

    /// The text of a baseline without fixed findings, and how many those are, after a run over `checked` (absolute).
    pub fn baseline_without_fixed(&self, baseline: &Baseline, checked: &[PathBuf]) -> (String, usize) {
        baseline.without_fixed(&self.fs, checked)
    }

    /// The text of a baseline at `file` (absolute) that records the findings of these files, and how many there are.
    pub fn record_baseline(&self, files: &[LintedFile], file: &Path) -> (String, usize) {
        let files = files.iter().map(|linted| {
            let path = self.options.cwd.join(linted.source.path());
            (path, &linted.source, linted.diagnostics.as_slice())
        });
        baseline::record(files, file)
    }

    /// The documentation of a rule, as the configs met so far have it; none where no rule has this id.
    pub fn rule_doc(&self, id: &str) -> Option<RuleDoc> {
        let configs = self.sites.configs().all();
        let page = configs.iter().find_map(|root| root.config.page(id).ok())?;
        let (summary, documentation) = (page.metadata.summary.clone(), page.documentation().to_owned());
        Some(RuleDoc { id: page.id.clone(), summary, documentation, url: page.url() })
    }

    /// Where the documentation of a rule can be read, as the configs met so far have it; none where no rule has this id.
    pub fn rule_page(&self, id: &str) -> Option<RulePage> {
        if let Some(url) = crate::rule::page_url(id) {
            return Some(RulePage::Web(url));
        }
        let configs = self.sites.configs().all();
        configs.iter().find_map(|root| Some(RulePage::File(root.root.join(root.config.page(id).ok()?.source.path()))))
    }

    /// The settings of a file or a folder.
    ///
    /// # Errors
    /// Where the working directory is gone.
    pub fn settings(&self, path: &Path) -> Result<Settings, Error> {
        let path = absolute(path)?;
        let is_dir = self.fs.metadata(&path).is_ok_and(|found| found.kind == crate::fs::EntryKind::Dir);
        let context = if is_dir { self.sites.for_dir(&path) } else { self.sites.for_file(&path) };
        let (root, inside) = (&context.config_root, context.config_root.relative(&path));
        let content = &root.config.content_for(&inside).name;
        let rules = root.config.rules_for(&inside);
        let row = |rule: &crate::rule::Rule| {
            (rule.doc.id.to_string(), rule.level.as_str(), rule.drafts.map(crate::rule::RuleLevel::as_str))
        };
        Ok(Settings {
            config: root.file.clone(),
            search_end: self.sites.configs().search_end(if is_dir { &path } else { path.parent().unwrap_or(&path) }),
            root: root.root.clone(),
            is_excluded: root.excludes(&path),
            content: (!content.is_empty()).then(|| content.clone()),
            generator: context.generator.clone(),
            version: context.version.clone().map(|version| (version.text, version.file)),
            site: context.root.clone(),
            rules: rules.rules.iter().map(row).collect(),
            path: inside.into_owned(),
        })
    }

    /// The sites of the files that were linted so far, sorted by their folder.
    pub fn sites(&self) -> Vec<LintedSite> {
        let all = self.sites.all();
        let linted = all.iter();
        linted
            .map(|site| LintedSite {
                config: site.config_root.file.clone(),
                generator: site.generator.clone(),
                version: site.version.clone().map(|version| (version.text, version.file)),
            })
            .collect()
    }

    /// What the taxonomies of the pages below the named paths hold.
    pub fn taxonomies(&self, paths: &[PathBuf]) -> Taxonomies {
        taxonomies::of_paths(&self.sites, paths)
    }

    /// The edits that rename a term of a taxonomy, named by its key in the plural, on all pages below the named paths.
    /// Nothing but the term is changed, and a page where that can't be is left as it is.
    pub fn rename_term(&self, paths: &[PathBuf], field: &str, old: &str, new: &str) -> SiteEdits {
        renaming::rename_term(&self.sites, &self.open, paths, (field, old, new))
    }

    /// Makes the edits of a file on disk.
    ///
    /// # Errors
    /// Why it can't be written; it is then as it was.
    pub fn write(&self, file: &FileEdits) -> Result<(), FsError> {
        self.fs.replace(&file.path, file.source.text().as_bytes(), file.after().as_bytes())
    }

    /// The state of these pages (absolute), as their front matter shows it.
    pub fn health(&self, pages: &[PathBuf]) -> SiteHealth {
        health::of_pages(&self.sites, pages)
    }

    /// The text of a config for the site at the working directory, and from how many pages with front matter it is. `from`
    /// names another program whose config is taken over, such as `markdownlint`.
    ///
    /// # Errors
    /// If the program is unknown, or its config is missing in the working directory.
    pub fn propose_config(&self, from: Option<&str>) -> Result<(String, usize), String> {
        init::write_config(&self.sites, from)
    }

    /// Runs the examples of the rule pages in `dir` (absolute); where none is named, of those that the config of the working
    /// directory names. None where there is no such config.
    ///
    /// # Errors
    /// What is wrong with the config or the rule pages.
    pub fn test_rules(&self, dir: Option<&Path>) -> Result<Option<RuleTests>, ConfigErrors> {
        rule_tests::run(self.sites.configs(), dir)
    }

    /// The config of the working directory, for its rules: what is built in where it has errors.
    pub(crate) fn rules(&self) -> Arc<ConfigRoot> {
        let configs = self.sites.configs();
        let root = configs.for_dir(&self.options.cwd);
        if !configs.has_errors() {
            return root;
        }
        let options = Options { config: ConfigSource::BuiltIn, ..(*self.options).clone() };
        resolver(&self.fs, &Arc::new(options)).configs().for_dir(&self.options.cwd)
    }

    /// The top of the repository that the working directory is in, if it is in one.
    pub fn repository_root(&self) -> Option<PathBuf> {
        self.sites.configs().repository_root(&self.options.cwd)
    }

    /// The config file in the working directory itself.
    pub fn config_file(&self) -> Option<PathBuf> {
        let file = self.sites.configs().config_file(&self.options.cwd);
        file.filter(|file| file.parent() == Some(&*self.options.cwd))
    }
}

fn resolver(fs: &Arc<dyn FileSystem>, options: &Arc<Options>) -> SiteResolver {
    SiteResolver::new(configs::ConfigResolver::new(fs.clone(), options.clone()))
}
