//! Which config rules which file: found once a folder, read once a config.

use crate::config::{Config, Faults, Selection};
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::workspace::examples;
use crate::workspace::{Broken, Scope};
use crate::{fs, rule};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a user says of configs on top of what lies in folders.
#[derive(Debug, Default)]
pub struct Choice {
    /// No config file is read.
    pub isolated: bool,
    /// The config file instead of the one that would be found.
    pub file: Option<PathBuf>,
    /// Further layers, each a name and config text.
    pub layers: Vec<(String, String)>,
    /// Rules and levels.
    pub selection: Selection,
}

/// Finds the scope of any file, and remembers it.
#[derive(Debug)]
pub struct Scopes {
    cwd: PathBuf,
    choice: Choice,
    by_dir: Mutex<HashMap<PathBuf, Arc<Scope>>>,
    by_config: Mutex<HashMap<PathBuf, Arc<Scope>>>,
    broken: Mutex<Broken>,
}

impl Scopes {
    /// Messages show paths as seen from `cwd`, which is also the root where neither a config nor a repository is found.
    pub fn new(cwd: PathBuf, choice: Choice) -> Self {
        let (by_dir, by_config, broken) = Default::default();
        Self { cwd, choice, by_dir, by_config, broken }
    }

    /// The folder that paths are shown from.
    pub fn cwd(&self) -> &Path {
        &self.cwd
    }

    /// The scope of a file (absolute).
    pub fn of_file(&self, path: &Path) -> Arc<Scope> {
        self.of_dir(path.parent().unwrap_or(path))
    }

    /// The scope of a folder (absolute).
    pub fn of_dir(&self, dir: &Path) -> Arc<Scope> {
        let mut by_dir = lock(&self.by_dir);
        if let Some(scope) = by_dir.get(dir) {
            return scope.clone();
        }
        let scope = self.find(dir);
        by_dir.insert(dir.to_owned(), scope.clone());
        scope
    }

    /// All scopes met so far.
    pub fn all(&self) -> Vec<Arc<Scope>> {
        lock(&self.by_config).values().cloned().collect()
    }

    /// Whether something is wrong with a config that was met so far.
    pub fn are_broken(&self) -> bool {
        lock(&self.broken).is_any()
    }

    /// What is wrong with the configs met since this was last asked; messages sorted.
    pub fn take_broken(&self) -> Broken {
        let mut broken = std::mem::take(&mut *lock(&self.broken));
        broken.messages.sort();
        broken
    }

    fn find(&self, dir: &Path) -> Arc<Scope> {
        let Choice { isolated, file: named, .. } = &self.choice;
        let file = match named {
            _ if *isolated => None,
            Some(name) => Some(self.cwd.join(name)),
            None => fs::find_config(dir),
        };
        // Without a config, globs and assets are relative to the repository, or to where the run began.
        let root = match (&file, named) {
            (Some(file), None) => file.parent().unwrap_or(dir).to_owned(),
            (_, Some(_)) => self.cwd.clone(),
            (None, None) => fs::repository_top(dir).unwrap_or(&self.cwd).to_owned(),
        };
        let mut by_config = lock(&self.by_config);
        let known = file.clone().unwrap_or_else(|| root.clone());
        if let Some(scope) = by_config.get(&known) {
            return scope.clone();
        }
        let scope = Arc::new(self.load(file, root));
        by_config.insert(known, scope.clone());
        scope
    }

    fn load(&self, file: Option<PathBuf>, root: PathBuf) -> Scope {
        let (mut scope, mut broken) = Scope::open(file, root, &self.choice.layers, &self.cwd);
        broken.faults.extend(faults_of_own_pages(&scope.config));
        if let Err(message) = scope.config.select(&self.choice.selection) {
            broken.message(message);
        }
        lock(&self.broken).add(broken);
        scope
    }
}

/// Runs the examples on the project's own rule pages: one that doesn't do what it says is a fault of the config.
fn faults_of_own_pages(config: &Config) -> Vec<Faults> {
    let is_own = |id: &str| !rule::ids().any(|known| known == id);
    let pages = config.pages().filter(|page| is_own(&page.id));
    let faults = pages.map(|page| {
        let lies = examples::lies(page, config).into_iter();
        let diagnostics: Vec<Diagnostic> = lies.map(|lie| rule::config_error(lie.span, lie.message)).collect();
        Faults { source: Source::new(page.source.path(), page.source.text().as_bytes().to_vec()), diagnostics }
    });
    faults.filter(|faults| !faults.diagnostics.is_empty()).collect()
}

// A poisoned lock only means that another thread panicked; what it guards is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
