//! The examples of custom rules, run on their own.

use crate::config::{Config, ConfigDiagnostics};
use crate::fs::{EntryKind, ProjectFiles, relative};
use crate::rule;
use crate::source::{Source, display_path};
use crate::workspace::configs::{ConfigErrors, ConfigResolver};
use crate::workspace::examples;
use std::path::{Path, PathBuf};

/// What the examples of custom rules came to.
#[derive(Debug)]
pub struct RuleTests {
    /// The folder whose rules were tested.
    pub folder: PathBuf,
    /// How many rules there are.
    pub rules: usize,
    /// How many examples they have, other pages of an example's site not counted.
    pub examples: usize,
    /// Examples that don't do what they say: the file, the line from 1, and what they do instead.
    pub failures: Vec<(String, usize, String)>,
}

/// Runs the examples of the rule pages in `dir` (absolute), or of those that the config at `config` names.
///
/// # Errors
/// What is wrong with the config or the rule pages.
pub(super) fn run(configs: &ConfigResolver, dir: Option<&Path>) -> Result<Option<RuleTests>, ConfigErrors> {
    let config = configs.config_file(&configs.options().cwd);
    let config = config.as_deref();
    let Some(folder) = dir.or(config.and_then(Path::parent)) else { return Ok(None) };
    if let Some(missing) = dir.filter(|dir| !configs.fs().metadata(dir).is_ok_and(|it| it.kind == EntryKind::Dir)) {
        let shown = display_path(&relative(missing, &configs.options().cwd)).into_owned();
        return Err(ConfigErrors { messages: vec![format!("{shown}: no such directory")], ..ConfigErrors::default() });
    }
    let own_folder = || vec![("rule-dirs".to_owned(), "rule-dirs: [.]".to_owned())];
    let (source, extra) = match (dir, config) {
        (Some(_), _) | (None, None) => (None, own_folder()),
        (None, Some(file)) => {
            let shown = relative(file, &configs.options().cwd);
            let bytes = configs.read(file).map_err(|reason| ConfigErrors {
                messages: vec![format!("{}: {reason}", display_path(&shown))],
                ..ConfigErrors::default()
            })?;
            (Some(Source::new(file, bytes)), vec![])
        }
    };
    let errors = |diagnostics: Vec<ConfigDiagnostics>| ConfigErrors { diagnostics, messages: Vec::new() };
    let config = Config::read(source, &extra, &ProjectFiles::new(configs.fs().clone(), folder)).map_err(errors)?;
    let mut tests = RuleTests { folder: folder.to_owned(), rules: 0, examples: 0, failures: Vec::new() };
    for page in config.pages().filter(|page| !rule::ids().any(|id| id == &*page.id)) {
        tests.rules += 1;
        tests.examples += page.examples().iter().filter(|example| !example.is_context).count();
        for failure in examples::failures(page, &config) {
            let at = page.source.point(failure.span.start);
            let file = folder.join(page.source.name().trim_start_matches("./"));
            let shown = display_path(&relative(&file, &configs.options().cwd)).into_owned();
            tests.failures.push((shown, at.line, failure.message));
        }
    }
    Ok(Some(tests))
}
