//! `matterlint check --show-settings`: which config and which rules hold for a file.

use crate::cli::args::CheckArgs;
use crate::cli::project;
use crate::cli::{CLEAN, FAILED, Io};
use crate::fs;
use crate::workspace::Grounds;
use std::io;
use std::path::{Path, PathBuf};

pub(super) fn show(args: &CheckArgs, grounds: &Grounds, cwd: &Path, io: &mut Io, colour: bool) -> io::Result<u8> {
    let named = args.stdin_filename.as_ref().or(args.paths.first());
    let path = fs::absolute(named.map_or(cwd, PathBuf::as_path))?;
    let ground = if path.is_dir() { grounds.of_dir(&path) } else { grounds.of_file(&path) };
    let scope = &ground.scope;
    if project::report_broken(grounds.scopes().take_broken(), io, colour)? {
        return Ok(FAILED);
    }
    let inside = scope.inside(&path);
    let config = scope
        .file
        .as_ref()
        .map_or("none found; the built-in defaults hold".into(), |file| crate::source::display_path(file));
    writeln!(io.stdout, "config:  {config}")?;
    writeln!(io.stdout, "root:    {}", crate::source::display_path(&scope.root))?;
    writeln!(
        io.stdout,
        "path:    {inside}{}",
        if scope.config.excludes(&inside) { " (excluded from walks)" } else { "" }
    )?;
    let content = scope.config.content_for(&inside);
    writeln!(io.stdout, "content: {}", if content.name.is_empty() { "no type matches" } else { &content.name })?;
    match &ground.generator {
        Some((name, why)) => {
            writeln!(io.stdout, "generator: {name}, because {why}")?;
            writeln!(io.stdout, "site:    {}", crate::source::display_path(&ground.root))?;
        }
        None => writeln!(io.stdout, "generator: none found; `generator: NAME` in the config names one")?,
    }
    writeln!(io.stdout, "rules:")?;
    for rule in &scope.config.rules_for(&inside).rules {
        let drafts = rule.drafts.map(|drafts| format!(" ({} in drafts)", drafts.as_str())).unwrap_or_default();
        writeln!(io.stdout, "  {}: {}{drafts}", rule.doc.id, rule.level.as_str())?;
    }
    Ok(CLEAN)
}
