//! Configs on the command line: what its options say of them, and how their faults are told.

use crate::cli::Io;
use crate::cli::args::CheckArgs;
use crate::config::Selection;
use crate::report;
use crate::report::{FileReport, Format, Report, RuleNote, Style};
use crate::rule::RuleDoc;
use crate::workspace::{Broken, Choice, Scopes};
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

/// What the options say of configs.
pub(super) fn choice(args: &CheckArgs) -> Choice {
    Choice {
        isolated: args.isolated,
        file: args.config.iter().find(|config| !config.contains('=')).map(Into::into),
        layers: args.config.iter().filter_map(|entry| inline(entry)).collect(),
        selection: Selection { select: args.select.clone(), ignore: args.ignore.clone(), levels: args.level.clone() },
    }
}

/// What the pages say of the rules that speak in `report`, by id.
pub(super) fn notes(scopes: &Scopes, report: &Report) -> Vec<RuleNote> {
    let scopes = scopes.all();
    let spoke: BTreeSet<&str> = report.diagnostics().map(|diagnostic| &*diagnostic.rule).collect();
    let page = |id: &str| scopes.iter().find_map(|scope| scope.config.page(id).ok()).cloned();
    let note = |page: Arc<RuleDoc>| RuleNote {
        id: page.id.clone(),
        summary: page.metadata.summary.clone(),
        page: page.documentation().to_owned(),
    };
    spoke.into_iter().filter_map(page).map(note).collect()
}

/// Prints what is wrong with the configs, if anything is.
pub(super) fn report_broken(broken: Broken, io: &mut Io, colour: bool) -> io::Result<bool> {
    if !broken.is_any() {
        return Ok(false);
    }
    for message in broken.messages {
        writeln!(io.stderr, "matterlint: {}", report::sanitise(&message))?;
    }
    if !broken.faults.is_empty() {
        let faults = broken.faults.into_iter();
        let mut files: Vec<FileReport> =
            faults.map(|faults| FileReport { source: faults.source, diagnostics: faults.diagnostics }).collect();
        files.sort_by(|a, b| a.source.path().cmp(b.source.path()));
        let report = Report { files, ..Report::default() };
        let format = if io.width.is_some() { Format::Full } else { Format::Concise };
        let style = Style { width: io.width.unwrap_or(80), colour, summary: false, ..Style::default() };
        report::write(format, &mut *io.stderr, &report, &style)?;
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
