//! `matterlint check --show-settings`: which config and which rules hold for a file.

use crate::cli::args::CheckArgs;
use crate::cli::workspace::report_config_errors;
use crate::cli::{CLEAN, FAILED, Streams};
use crate::source::display_path;
use crate::workspace::Workspace;
use std::io::{self, Write};
use std::path::PathBuf;

pub(super) fn show(args: &CheckArgs, workspace: &Workspace, io: &mut Streams, colour: bool) -> io::Result<u8> {
    let named = args.stdin_filename.as_ref().or(args.paths.first());
    let settings = workspace.settings(named.map_or(workspace.cwd(), PathBuf::as_path))?;
    if report_config_errors(workspace.take_config_errors(), io, colour)? {
        return Ok(FAILED);
    }
    let config =
        settings.config.as_deref().map_or("none found; the built-in defaults hold".into(), |file| display_path(file));
    writeln!(io.stdout, "config:  {config}")?;
    writeln!(io.stdout, "root:    {}", display_path(&settings.root))?;
    let excluded = if settings.is_excluded { " (excluded from walks)" } else { "" };
    writeln!(io.stdout, "path:    {}{excluded}", settings.path)?;
    writeln!(io.stdout, "content: {}", settings.content.as_deref().unwrap_or("no type matches"))?;
    match &settings.generator {
        Some((name, why)) => {
            writeln!(io.stdout, "generator: {name}, because {why}")?;
            writeln!(io.stdout, "site:    {}", display_path(&settings.site))?;
        }
        None => writeln!(io.stdout, "generator: none found; `generator: NAME` in the config names one")?,
    }
    writeln!(io.stdout, "rules:")?;
    for (id, level, drafts) in &settings.rules {
        let drafts = drafts.map(|drafts| format!(" ({drafts} in drafts)")).unwrap_or_default();
        writeln!(io.stdout, "  {id}: {level}{drafts}")?;
    }
    Ok(CLEAN)
}
