//! `github`: annotations by workflow commands.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use crate::diagnostic::Level;
use crate::report::columns::Columns;
use crate::report::model::Report;
use crate::report::sanitise::{escaped, text};
use crate::text::plural::plural;
use std::io::{self, Write};

/// How many annotations of one level a step may have; the runner drops the rest from the page, not from the log.
const SHOWN: usize = 10;

/// Writes errors first, so that warnings can't crowd them out, and says how many the page won't show.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for error in &report.errors {
        writeln!(out, "::error title=matterlint::{}", escaped(error, DATA))?;
    }
    level(out, report, Level::Error)?;
    level(out, report, Level::Warning)?;
    let listed = |level| report.diagnostics().filter(|diagnostic| diagnostic.level == level).count();
    let rests = report.files.iter().filter(|file| !file.omitted.is_empty()).count();
    let (errors, infos) = (listed(Level::Error) + report.errors.len(), listed(Level::Info) + rests);
    // The count is a notice too, so one place of theirs is kept for it.
    let over = [(errors, SHOWN), (listed(Level::Warning), SHOWN), (infos, SHOWN - 1)];
    let left_out: usize = over.into_iter().map(|(found, shown)| found.saturating_sub(shown)).sum();
    if left_out > 0 {
        let left_out = plural(left_out, "finding");
        writeln!(out, "::notice title=matterlint::{left_out} not shown here; see the log of this step")?;
    }
    level(out, report, Level::Info)
}

fn level(out: &mut dyn Write, report: &Report, level: Level) -> io::Result<()> {
    let command = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    };
    for file in &report.files {
        let mut columns = Columns::new(&file.source);
        let name = escaped(&file.source.name(), PROPERTY);
        let rest = file.rest();
        for diagnostic in file.diagnostics.iter().chain(&rest).filter(|diagnostic| diagnostic.level == level) {
            let start = columns.point(diagnostic.span.start);
            let end = columns.point(diagnostic.span.end);
            let rule = escaped(&diagnostic.rule, PROPERTY);
            write!(out, "::{command} file={name},line={},col={},", start.line, start.column)?;
            write!(out, "endLine={},endColumn={},title={rule}::", end.line, end.column)?;
            // The log shows only what follows the second `::`, so that has to say the place as well.
            let (path, rule) = (text(&file.source.name()).into_owned(), &diagnostic.rule);
            let message = format!("{path}:{}:{}: {rule}: {}", start.line, start.column, diagnostic.message);
            writeln!(out, "{}", escaped(&message, DATA))?;
        }
    }
    Ok(())
}

/// As the runner reads the text of a command back.
const DATA: &[(char, &str)] = &[('%', "%25"), ('\r', "%0D"), ('\n', "%0A")];

/// As the runner reads a property of a command back.
const PROPERTY: &[(char, &str)] = &[('%', "%25"), ('\r', "%0D"), ('\n', "%0A"), (':', "%3A"), (',', "%2C")];
