//! Which config counts for which file: looked up once a folder, read once a config.

use crate::config::{Config, ConfigDiagnostics, Selection};
use crate::diagnostic::Diagnostic;
use crate::fs::{EntryKind, FileSystem, FsError, MAX_FILE_SIZE, ProjectFiles, Root, check_links, normalize, relative};
use crate::rule;
use crate::source::{Source, display_path};
use crate::workspace::baseline::{Baseline, BaselineSource};
use crate::workspace::examples;
use crate::workspace::options::{ConfigSource, Options};
use crate::workspace::template_folders;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Names under which a config is found, the first counting.
const CONFIG_NAMES: [&str; 4] = ["matterlint.yaml", ".matterlint.yaml", "matterlint.yml", ".matterlint.yml"];

/// A config, and the folder that its paths are relative to.
#[derive(Debug)]
pub(crate) struct ConfigRoot {
    /// The folder that globs are relative to.
    pub(crate) root: PathBuf,
    /// Where the config was read from; none for what is built in.
    pub(crate) file: Option<PathBuf>,
    /// What it says; the default where it has errors.
    pub(crate) config: Config,
    /// Whether it has errors.
    pub(crate) is_broken: bool,
}

impl ConfigRoot {
    /// `path` (absolute) as the config's globs see it.
    pub(crate) fn relative(&self, path: &Path) -> String {
        relative(path, &self.root).to_string_lossy().replace('\\', "/")
    }

    /// Whether the config excludes `path` (absolute).
    pub(crate) fn excludes(&self, path: &Path) -> bool {
        self.config.excludes(&self.relative(path))
    }
}

/// What is wrong with configs.
#[derive(Debug, Default)]
pub struct ConfigErrors {
    /// Errors at a place in a config, or in a pack or rule page that it names, by file.
    pub diagnostics: Vec<ConfigDiagnostics>,
    /// Errors without a place in a file.
    pub messages: Vec<String>,
}

impl ConfigErrors {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty() && self.messages.is_empty()
    }

    fn message(&mut self, message: String) {
        if !self.messages.contains(&message) {
            self.messages.push(message);
        }
    }
}

/// The messages, then the errors in files, a line each.
impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let in_files = self.diagnostics.iter().flat_map(|file| {
            let line = |diagnostic: &Diagnostic| file.source.point(diagnostic.span.start).line;
            let shown = move |diagnostic: &Diagnostic| {
                format!("{}:{}: {}", file.source.name(), line(diagnostic), diagnostic.message)
            };
            file.diagnostics.iter().map(shown)
        });
        let lines: Vec<String> = self.messages.iter().cloned().chain(in_files).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for ConfigErrors {}

/// Where a folder lies.
#[derive(Clone, Default, Debug)]
struct Place {
    /// The config that counts there.
    config: Option<PathBuf>,
    /// The top of the repository that it is in.
    repository: Option<PathBuf>,
}

/// Finds the config of any file, and remembers it.
#[derive(Debug)]
pub(crate) struct ConfigResolver {
    fs: Arc<dyn FileSystem>,
    options: Arc<Options>,
    places: Mutex<HashMap<PathBuf, Place>>,
    by_dir: Mutex<HashMap<PathBuf, Arc<ConfigRoot>>>,
    by_config: Mutex<HashMap<PathBuf, Arc<ConfigRoot>>>,
    errors: Mutex<ConfigErrors>,
    /// By file; none where it can't be read.
    baselines: Mutex<BTreeMap<PathBuf, Result<Arc<Baseline>, String>>>,
}

impl ConfigResolver {
    pub(crate) fn new(fs: Arc<dyn FileSystem>, options: Arc<Options>) -> Self {
        let (places, by_dir, by_config, errors, baselines) = Default::default();
        Self { fs, options, places, by_dir, by_config, errors, baselines }
    }

    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    pub(crate) fn fs(&self) -> &Arc<dyn FileSystem> {
        &self.fs
    }

    /// The config of a file (absolute).
    pub(crate) fn for_file(&self, path: &Path) -> Arc<ConfigRoot> {
        self.for_dir(path.parent().unwrap_or(path))
    }

    /// The config of a folder (absolute).
    pub(crate) fn for_dir(&self, dir: &Path) -> Arc<ConfigRoot> {
        let mut by_dir = lock(&self.by_dir);
        if let Some(root) = by_dir.get(dir) {
            return root.clone();
        }
        let root = self.find(dir);
        by_dir.insert(dir.to_owned(), root.clone());
        root
    }

    /// The maximum number of findings that are kept of a file (absolute); 0 for all.
    pub(crate) fn max_findings(&self, path: &Path) -> usize {
        self.options.max_findings.unwrap_or_else(|| self.for_file(path).config.max_findings())
    }

    /// The file of the baseline (absolute) that applies to a file (absolute).
    pub(crate) fn baseline_file(&self, path: &Path) -> Option<PathBuf> {
        match &self.options.baseline {
            BaselineSource::Off => None,
            BaselineSource::File(file) => Some(normalize(&self.options.cwd.join(file))),
            BaselineSource::Config => {
                let root = self.for_file(path);
                root.config.baseline().map(|file| normalize(&root.root.join(file)))
            }
        }
    }

    /// The baseline that applies to a file (absolute).
    pub(crate) fn baseline(&self, path: &Path) -> Option<Arc<Baseline>> {
        let file = self.baseline_file(path)?;
        let mut baselines = lock(&self.baselines);
        let read = || Baseline::read(&self.fs, &self.options.cwd, &file).map(Arc::new);
        baselines.entry(file.clone()).or_insert_with(read).as_ref().ok().cloned()
    }

    /// The baselines that were used so far, by file.
    pub(crate) fn baselines(&self) -> Vec<Arc<Baseline>> {
        lock(&self.baselines).values().filter_map(|read| read.as_ref().ok().cloned()).collect()
    }

    /// Why baselines that apply can't be read.
    pub(crate) fn baseline_errors(&self) -> Vec<String> {
        lock(&self.baselines).values().filter_map(|read| read.as_ref().err().cloned()).collect()
    }

    /// All configs met so far.
    pub(crate) fn all(&self) -> Vec<Arc<ConfigRoot>> {
        lock(&self.by_config).values().cloned().collect()
    }

    /// Whether something is wrong with a config that was met so far.
    pub(crate) fn has_errors(&self) -> bool {
        !lock(&self.errors).is_empty()
    }

    /// What is wrong with the configs met since this was last asked; messages sorted.
    pub(crate) fn take_errors(&self) -> ConfigErrors {
        let mut errors = std::mem::take(&mut *lock(&self.errors));
        errors.messages.sort();
        errors
    }

    /// The config file that is found for a folder (absolute), read or not.
    pub(crate) fn config_file(&self, dir: &Path) -> Option<PathBuf> {
        self.place(dir).config
    }

    /// The top of the repository that `dir` is in, if it is in one.
    pub(crate) fn repository_root(&self, dir: &Path) -> Option<PathBuf> {
        self.place(dir).repository
    }

    /// The last folder in which a config is looked for, upward from `dir`, and what it is.
    pub(crate) fn search_end(&self, dir: &Path) -> (PathBuf, &'static str) {
        if let Some(top) = self.repository_root(dir) {
            return (top, "the repository root");
        }
        let is_below_home = |folder: &&Path| folder.parent() == self.options.home.as_deref();
        match dir.ancestors().find(is_below_home).filter(|_| self.options.home.is_some()) {
            Some(folder) => (folder.to_owned(), "directly in the home directory"),
            None => (dir.ancestors().last().unwrap_or(dir).to_owned(), "the root of the file system"),
        }
    }

    fn find(&self, dir: &Path) -> Arc<ConfigRoot> {
        let cwd = &self.options.cwd;
        let (file, root) = match &self.options.config {
            ConfigSource::File(name) => (Some(normalize(&cwd.join(name))), cwd.clone()),
            // Without a config, globs and assets are relative to the repository, or to where the run began.
            ConfigSource::BuiltIn => (None, self.place(dir).repository.unwrap_or_else(|| cwd.clone())),
            ConfigSource::Discover => match self.place(dir) {
                Place { config: Some(file), .. } => {
                    let root = file.parent().unwrap_or(dir).to_owned();
                    (Some(file), root)
                }
                Place { repository, .. } => (None, repository.unwrap_or_else(|| cwd.clone())),
            },
        };
        let mut by_config = lock(&self.by_config);
        let known = file.clone().unwrap_or_else(|| root.clone());
        if let Some(found) = by_config.get(&known) {
            return found.clone();
        }
        let found = Arc::new(self.load(file, root));
        by_config.insert(known, found.clone());
        found
    }

    /// Where a folder lies: asked of the folder itself, then of those above until one is known or is the top of a
    /// repository. Nothing above that is looked at.
    fn place(&self, dir: &Path) -> Place {
        let mut places = lock(&self.places);
        let mut passed = Vec::new();
        let mut place = Place::default();
        for folder in dir.ancestors() {
            if let Some(known) = places.get(folder) {
                place = known.clone();
                break;
            }
            let is_repository = self.fs.metadata(&folder.join(".git")).is_ok();
            passed.push((folder, is_repository));
            if is_repository {
                break;
            }
        }
        for (folder, is_repository) in passed.into_iter().rev() {
            let is_there =
                |name: &str| self.fs.metadata(&folder.join(name)).is_ok_and(|found| found.kind != EntryKind::Dir);
            let leaves_home = place.repository.is_none() && folder.parent() == self.options.home.as_deref();
            if is_repository || leaves_home {
                place.config = None;
            }
            if is_repository {
                place.repository = Some(folder.to_owned());
            }
            if let Some(name) = CONFIG_NAMES.into_iter().find(|name| is_there(name)) {
                place.config = Some(folder.join(name));
            }
            places.insert(folder.to_owned(), place.clone());
        }
        place
    }

    fn load(&self, file: Option<PathBuf>, root: PathBuf) -> ConfigRoot {
        let mut errors = ConfigErrors::default();
        let text = file.as_ref().and_then(|file| {
            let shown = relative(file, &self.options.cwd);
            match self.read(file) {
                Ok(bytes) => Some(Source::new(shown, bytes)),
                Err(reason) => {
                    errors.message(format!("{}: {reason}", display_path(&shown)));
                    None
                }
            }
        });
        let folder = file.as_deref().and_then(Path::parent).unwrap_or(&root);
        let project = ProjectFiles::new(self.fs.clone(), folder);
        let mut config = Config::read(text, &self.options.overrides, &project).unwrap_or_else(|found| {
            errors.diagnostics = found;
            Config::default()
        });
        errors.diagnostics.extend(errors_in_examples(&config));
        let Options { select, ignore, levels, preview, .. } = &*self.options;
        let (select, ignore, levels) = (select.clone(), ignore.clone(), levels.clone());
        let selection = Selection { select, ignore, levels, preview: *preview };
        if let Err(message) = config.select(&selection) {
            errors.message(message);
        }
        for folder in template_folders::find(&self.fs, &root) {
            config.exclude_folder(&folder);
        }
        for pattern in template_folders::excluded_by_jekyll(&self.fs, &root, config.generator()) {
            config.exclude_pattern(&pattern);
        }
        let is_broken = !errors.is_empty();
        let mut all = lock(&self.errors);
        all.diagnostics.append(&mut errors.diagnostics);
        errors.messages.into_iter().for_each(|message| all.message(message));
        ConfigRoot { root, file, config, is_broken }
    }

    /// The bytes of a config: a link out of the project isn't followed, neither to one that was found nor to one that
    /// was named.
    pub(super) fn read(&self, file: &Path) -> Result<Vec<u8>, FsError> {
        check_links(&*self.fs, &self.options.cwd, file)?;
        if matches!(self.options.config, ConfigSource::File(_)) {
            return self.fs.read(file, MAX_FILE_SIZE);
        }
        Root::containing(self.fs.clone(), file.parent().unwrap_or(file)).read(file)
    }
}

/// Runs the examples on the project's own rule pages: one that doesn't do what it says is an error of the config.
fn errors_in_examples(config: &Config) -> Vec<ConfigDiagnostics> {
    let is_own = |id: &str| !rule::ids().any(|known| known == id);
    let pages = config.pages().filter(|page| is_own(&page.id));
    let faults = pages.map(|page| {
        let failures = examples::failures(page, config).into_iter();
        let diagnostics: Vec<Diagnostic> =
            failures.map(|failure| rule::config_error(failure.span, failure.message)).collect();
        ConfigDiagnostics {
            source: Source::new(page.source.path(), page.source.text().as_bytes().to_vec()),
            diagnostics,
        }
    });
    faults.filter(|faults| !faults.diagnostics.is_empty()).collect()
}

// A poisoned lock only means that another thread panicked; what it guards is whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
