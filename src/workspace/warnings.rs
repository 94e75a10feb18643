//! What doesn't stop a run, but is probably a mistake of whoever started it.

use crate::config::PageGlob;
use crate::fs::{EntryKind, is_markdown, relative};
use crate::source::display_path;
use crate::workspace::configs::ConfigResolver;
use std::path::PathBuf;

/// The warnings about a run on `named` paths, which checked `files`, among them all files in `folders`.
pub(super) fn of_run(
    configs: &ConfigResolver,
    named: &[PathBuf],
    files: &[PathBuf],
    folders: &[PathBuf],
) -> Vec<String> {
    not_markdown(configs, named).into_iter().chain(unmatched_globs(configs, files, folders)).collect()
}

/// A warning about named files that don't look like Markdown, which are checked anyway.
fn not_markdown(configs: &ConfigResolver, named: &[PathBuf]) -> Option<String> {
    let cwd = &configs.options().cwd;
    let is_file = |name: &PathBuf| configs.fs().metadata(&cwd.join(name)).is_ok_and(|it| it.kind == EntryKind::File);
    let names: Vec<&PathBuf> = named.iter().filter(|name| !is_markdown(name) && is_file(name)).collect();
    let (first, others) = names.split_first()?;
    let more = if others.is_empty() { String::new() } else { format!(" (and {} more)", others.len()) };
    Some(format!("{}: not a Markdown file, checked as Markdown anyway{more}", display_path(first)))
}

/// Warnings about globs that match no page, for the configs whose whole directory was checked.
fn unmatched_globs(configs: &ConfigResolver, files: &[PathBuf], folders: &[PathBuf]) -> Vec<String> {
    let mut warnings = Vec::new();
    for context in configs.all() {
        let Some(config) = &context.file else { continue };
        if context.is_broken || !folders.iter().any(|folder| context.root.starts_with(folder)) {
            continue;
        }
        let inside = files.iter().filter(|path| path.starts_with(&context.root));
        let paths: Vec<String> = inside.map(|path| context.relative(path).into_owned()).collect();
        let config = relative(config, &configs.options().cwd);
        let warning = |glob: &PageGlob| {
            let PageGlob { pattern, user, line, .. } = glob;
            format!("{}:{line}: no checked file matches `{pattern}` in {user}", display_path(&config))
        };
        warnings.extend(context.config.unmatched_globs(&paths).into_iter().map(warning));
    }
    warnings.sort();
    warnings
}
