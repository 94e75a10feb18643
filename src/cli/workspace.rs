//! How the command line opens a workspace: what its options say of it, and how errors of configs are printed.

use crate::cli::args::CheckArgs;
use crate::cli::{Streams, baseline};
use crate::diagnostic::Omitted;
use crate::fs::Os;
use crate::report::{self, FileReport, Format, Report, RuleNote, Style};
use crate::workspace::{ConfigErrors, ConfigSource, Options, Workspace};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

/// The workspace that these options describe, on disk.
pub(super) fn open(options: Options) -> Workspace {
    Workspace::new(Arc::new(Os), options)
}

/// The options of a run in `cwd` without any argument.
pub(super) fn options(cwd: &Path) -> Options {
    Options { home: std::env::home_dir().filter(|home| !home.as_os_str().is_empty()), ..Options::new(cwd) }
}

/// The options that the arguments of `matterlint check` give.
pub(super) fn check_options(args: &CheckArgs, cwd: &Path) -> Options {
    let file = args.config.iter().find(|config| !config.contains('='));
    let config = match file {
        _ if args.isolated => ConfigSource::BuiltIn,
        Some(file) => ConfigSource::File(file.into()),
        None => ConfigSource::Discover,
    };
    Options {
        config,
        overrides: args.config.iter().filter_map(|entry| inline(entry)).collect(),
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        levels: args.level.clone(),
        preview: args.preview,
        exclude: !args.no_exclude,
        force_exclude: args.force_exclude > 0,
        ignore_files: !args.no_exclude,
        suppressions: !args.no_inline_config,
        // A baseline records all.
        max_findings: if args.write_baseline { Some(0) } else { args.max_findings },
        baseline: baseline::source(args),
        today: args.now,
        threads: args.threads,
        ..options(cwd)
    }
}

/// The documentation of the rules that have findings in `report`.
pub(super) fn rule_notes(workspace: &Workspace, report: &Report) -> Vec<RuleNote> {
    let ids: BTreeSet<&str> = report.diagnostics().map(|diagnostic| &*diagnostic.rule).collect();
    let docs = ids.into_iter().filter_map(|id| workspace.rule_doc(id));
    docs.map(|doc| RuleNote { id: doc.id, summary: doc.summary, page: doc.documentation, url: doc.url }).collect()
}

/// Prints what is wrong with the configs; gives whether anything is.
pub(super) fn report_config_errors(errors: ConfigErrors, io: &mut Streams, color: bool) -> io::Result<bool> {
    if errors.is_empty() {
        return Ok(false);
    }
    for message in errors.messages {
        writeln!(io.stderr, "matterlint: {}", report::sanitise(&message))?;
    }
    if !errors.diagnostics.is_empty() {
        let faults = errors.diagnostics.into_iter();
        let mut files: Vec<FileReport> = faults
            .map(|faults| FileReport {
                source: faults.source,
                diagnostics: faults.diagnostics,
                omitted: Omitted::default(),
            })
            .collect();
        files.sort_by(|a, b| a.source.path().cmp(b.source.path()));
        let report = Report { files, ..Report::default() };
        let format = if io.width.is_some() { Format::Full } else { Format::Concise };
        let style = Style { width: io.width.unwrap_or(80), color, summary: false, ..Style::default() };
        report::write(format, &mut io.stderr, &report, &style)?;
    }
    Ok(true)
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
