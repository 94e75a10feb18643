//! `matterlint check --show-settings`: which config and which rules hold for a file.

use crate::cli::args::CheckArgs;
use crate::cli::workspace::report_config_errors;
use crate::cli::{CLEAN, FAILED, Streams};
use crate::fs::relative;
use crate::report::sanitise;
use crate::source::display_path;
use crate::text::plural::plural;
use crate::workspace::{LintedSite, Outcome, Workspace};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) fn show(args: &CheckArgs, workspace: &Workspace, io: &mut Streams, color: bool) -> io::Result<u8> {
    let named = args.stdin_name().or(args.paths.first().map(PathBuf::as_path));
    let settings = workspace.settings(named.unwrap_or(workspace.cwd())).map_err(io::Error::other)?;
    if report_config_errors(workspace.take_config_errors(), io, args.format, color)? {
        return Ok(FAILED);
    }
    let config = config_line(args, workspace.cwd(), settings.config.as_deref(), &settings.search_end);
    writeln!(io.stdout, "config:    {config}")?;
    writeln!(io.stdout, "root:      {}", display_path(&settings.root))?;
    let excluded = if settings.is_excluded { " (excluded)" } else { "" };
    writeln!(io.stdout, "path:      {}{excluded}", settings.path)?;
    writeln!(io.stdout, "type:      {}", settings.content.as_deref().unwrap_or("none"))?;
    match &settings.generator {
        Some((name, why)) => {
            writeln!(io.stdout, "generator: {name} ({why})")?;
            match &settings.version {
                Some((version, file)) => writeln!(io.stdout, "version:   {version} ({})", sanitise(file))?,
                None => writeln!(io.stdout, "version:   unknown; set `generator-version` in the config")?,
            }
            writeln!(io.stdout, "site:      {}", display_path(&settings.site))?;
        }
        None => writeln!(io.stdout, "generator: not detected; set `generator: NAME` in the config")?,
    }
    writeln!(io.stdout, "rules:")?;
    for (id, level, drafts) in &settings.rules {
        let drafts = drafts.map(|drafts| format!(" ({drafts} in drafts)")).unwrap_or_default();
        writeln!(io.stdout, "  {id}: {level}{drafts}")?;
    }
    Ok(CLEAN)
}

/// The maximum number of excluded paths that `--verbose` lists.
const MAX_SHOWN_PATHS: usize = 20;

/// Prints what `--verbose` adds: the config and the generator of each site, and what was checked and left out.
pub(super) fn show_run(args: &CheckArgs, workspace: &Workspace, outcome: &Outcome, io: &mut Streams) -> io::Result<()> {
    let mut lines = BTreeSet::new();
    let mut sites = workspace.sites();
    let here = workspace.settings(workspace.cwd()).map_err(io::Error::other)?;
    if sites.is_empty() {
        sites.push(LintedSite { config: here.config, generator: here.generator, version: here.version });
    }
    for LintedSite { config, generator, version } in sites {
        lines.insert(format!("config: {}", config_line(args, workspace.cwd(), config.as_deref(), &here.search_end)));
        lines.insert(match generator {
            Some((name, why)) => {
                let version = version.map_or("unknown".into(), |(version, file)| format!("{version} ({file})"));
                format!("generator: {name} ({why}), version {version}")
            }
            None => "generator: not detected".to_owned(),
        });
    }
    for line in lines {
        writeln!(io.stderr, "matterlint: {}", sanitise(&line))?;
    }
    let Outcome { checked, ignored, excluded, excluded_paths, unbuilt, .. } = outcome;
    writeln!(io.stderr, "matterlint: {} checked", plural(*checked, "file"))?;
    writeln!(io.stderr, "matterlint: paths excluded: {ignored} by ignore files, {excluded} by the config")?;
    if *unbuilt > 0 {
        let files = plural(*unbuilt, "file");
        writeln!(
            io.stderr,
            "matterlint: not checked: {files} that the generator does not build; name them to check them"
        )?;
    }
    for path in excluded_paths.iter().take(MAX_SHOWN_PATHS) {
        let shown = relative(path, workspace.cwd());
        writeln!(io.stderr, "matterlint: excluded by the config: {}", sanitise(&display_path(&shown)))?;
    }
    match excluded_paths.len().saturating_sub(MAX_SHOWN_PATHS) {
        0 => Ok(()),
        more => writeln!(io.stderr, "matterlint: excluded by the config: {more} more"),
    }
}

/// The config, and where it comes from.
fn config_line(args: &CheckArgs, cwd: &Path, config: Option<&Path>, (end, what): &(PathBuf, &str)) -> String {
    let is_named = args.config.iter().any(|entry| !entry.contains('='));
    match config {
        Some(file) if is_named => format!("{} (set with --config)", display_path(&relative(file, cwd))),
        Some(file) => format!("{} (found by searching upward)", display_path(&relative(file, cwd))),
        None if args.isolated => "none (--isolated); using the built-in defaults".to_owned(),
        None => {
            let end = display_path(end);
            format!("none found up to {end} ({what}); using the built-in defaults")
        }
    }
}
