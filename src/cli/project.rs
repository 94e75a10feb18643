//! Which config rules which file: found once a folder, read once a config.

use super::Io;
use super::args::CheckArgs;
use crate::config::{Config, Faults, Selection};
use crate::diagnostic::Diagnostic;
use crate::examples;
use crate::files;
use crate::project::Scope;
use crate::report::{self, FileReport, Format, Report, RuleNote, Style};
use crate::rule::Page;
use crate::source::Source;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Finds the scope of any file, and remembers it.
pub(super) struct Scopes<'a> {
    args: &'a CheckArgs,
    cwd: PathBuf,
    by_dir: Mutex<HashMap<PathBuf, Arc<Scope>>>,
    by_config: Mutex<HashMap<Option<PathBuf>, Arc<Scope>>>,
    faults: Mutex<Vec<Faults>>,
    messages: Mutex<Vec<String>>,
}

impl<'a> Scopes<'a> {
    pub(super) fn new(args: &'a CheckArgs, cwd: PathBuf) -> Self {
        Self {
            args,
            cwd,
            by_dir: Mutex::default(),
            by_config: Mutex::default(),
            faults: Mutex::default(),
            messages: Mutex::default(),
        }
    }

    /// The scope of a file (absolute).
    pub(super) fn of_file(&self, path: &Path) -> Arc<Scope> {
        self.of_dir(path.parent().unwrap_or(path))
    }

    /// The scope of a folder (absolute).
    pub(super) fn of_dir(&self, dir: &Path) -> Arc<Scope> {
        // A poisoned lock only means that another thread panicked; what it guards is whole.
        let mut by_dir = self.by_dir.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(scope) = by_dir.get(dir) {
            return scope.clone();
        }
        let scope = self.find(dir);
        by_dir.insert(dir.to_owned(), scope.clone());
        scope
    }

    fn find(&self, dir: &Path) -> Arc<Scope> {
        let named = self.args.config.iter().find(|config| !config.contains('='));
        let file = match named {
            _ if self.args.isolated => None,
            Some(name) => Some(self.cwd.join(name)),
            None => files::find_config(dir),
        };
        // Without a config, globs and assets are relative to the repository, or to where the run began.
        let root = match (&file, named) {
            (Some(file), None) => file.parent().unwrap_or(dir).to_owned(),
            (_, Some(_)) => self.cwd.clone(),
            (None, None) => files::repository_top(dir).unwrap_or(&self.cwd).to_owned(),
        };
        let mut by_config = self.by_config.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let known = file.clone().or_else(|| Some(root.clone()));
        if let Some(scope) = by_config.get(&known) {
            return scope.clone();
        }
        let scope = Arc::new(self.load(file, root));
        by_config.insert(known, scope.clone());
        scope
    }

    fn load(&self, file: Option<PathBuf>, root: PathBuf) -> Scope {
        let args = self.args;
        let extra: Vec<(String, String)> = args.config.iter().filter_map(|entry| inline(entry)).collect();
        let (mut scope, broken) = Scope::open(file, root, &extra, &self.cwd);
        self.faults.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(broken.faults);
        broken.unread.into_iter().for_each(|message| self.message(message));
        self.try_own_pages(&scope.config);
        let selection =
            Selection { select: args.select.clone(), ignore: args.ignore.clone(), levels: args.level.clone() };
        if let Err(message) = scope.config.select(&selection) {
            self.message(message);
        }
        scope
    }

    /// Runs the examples on the project's own rule pages: one that doesn't do what it says is a fault of the config.
    fn try_own_pages(&self, config: &Config) {
        for page in config.pages().filter(|page| !crate::rule::ids().any(|id| id == &*page.id)) {
            let diagnostics: Vec<Diagnostic> = examples::lies(page, config)
                .into_iter()
                .map(|lie| crate::rule::page_fault(lie.span, lie.message))
                .collect();
            if !diagnostics.is_empty() {
                let source = Source::new(page.source.path(), page.source.text().as_bytes().to_vec());
                let mut faults = self.faults.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                faults.push(Faults { source, diagnostics });
            }
        }
    }

    /// What the pages say of the rules that speak in `report`, by id.
    pub(super) fn notes(&self, report: &Report) -> Vec<RuleNote> {
        let by_config = self.by_config.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let spoke: BTreeSet<&str> = report.diagnostics().map(|diagnostic| &*diagnostic.rule).collect();
        let page = |id: &str| by_config.values().find_map(|scope| scope.config.page(id).ok()).cloned();
        let note = |page: Arc<Page>| RuleNote {
            id: page.id.clone(),
            summary: page.head.summary.clone(),
            page: page.documentation().to_owned(),
        };
        spoke.into_iter().filter_map(page).map(note).collect()
    }

    fn message(&self, message: String) {
        let mut messages = self.messages.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !messages.contains(&message) {
            messages.push(message);
        }
    }

    /// Whether something is wrong with a config that was met so far.
    pub(super) fn are_faulty(&self) -> bool {
        !self.faults.lock().unwrap_or_else(std::sync::PoisonError::into_inner).is_empty()
            || !self.messages.lock().unwrap_or_else(std::sync::PoisonError::into_inner).is_empty()
    }

    /// Prints what is wrong with the configs, if anything is.
    pub(super) fn report_faults(&self, io: &mut Io, colour: bool) -> io::Result<bool> {
        let faults = std::mem::take(&mut *self.faults.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        let mut messages =
            std::mem::take(&mut *self.messages.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        if faults.is_empty() && messages.is_empty() {
            return Ok(false);
        }
        messages.sort();
        for message in messages {
            writeln!(io.stderr, "matterlint: {}", report::sanitise(&message))?;
        }
        if !faults.is_empty() {
            let mut files: Vec<FileReport> = faults
                .into_iter()
                .map(|faults| FileReport { source: faults.source, diagnostics: faults.diagnostics })
                .collect();
            files.sort_by(|a, b| a.source.path().cmp(b.source.path()));
            let report = Report { files, ..Report::default() };
            let format = if io.width.is_some() { Format::Full } else { Format::Concise };
            let style = Style { width: io.width.unwrap_or(80), colour, summary: false, ..Style::default() };
            report::write(format, &mut *io.stderr, &report, &style)?;
        }
        Ok(true)
    }
}

/// `rules.leftover-placeholder=off` as a layer of config.
fn inline(entry: &str) -> Option<(String, String)> {
    let (key, value) = entry.split_once('=')?;
    let mut text = value.to_owned();
    for part in key.rsplit('.') {
        text = format!("{{ {part}: {text} }}");
    }
    Some((format!("--config {entry}"), text))
}
