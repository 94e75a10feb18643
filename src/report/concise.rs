//! `concise`: one line per finding, `path:line:col: level[rule] message`, and ` [*]` for a safe fix or ` [*unsafe]` for another.

use crate::report::columns::Columns;
use crate::report::model::{MAX_FINDINGS, Report, Style};
use crate::report::sanitise::{disarm, text};
use crate::report::summary::Summary;
use std::io::{self, Write};

/// Writes a line per finding and the summary.
pub(super) fn write(out: &mut dyn Write, report: &Report, style: &Style) -> io::Result<()> {
    for file in &report.files {
        let name = file.source.name();
        let name = text(&name);
        let mut columns = Columns::new(&file.source);
        for diagnostic in &file.diagnostics {
            let point = columns.point(diagnostic.span.start);
            let (level, rule, message) = (diagnostic.level.as_str(), text(&diagnostic.rule), text(&diagnostic.message));
            let fixable = match &diagnostic.fix {
                Some(fix) if fix.safe => " [*]",
                Some(_) => " [*unsafe]",
                None => "",
            };
            let line = format!("{name}:{}:{}: {level}[{rule}] {message}{fixable}", point.line, point.column);
            writeln!(out, "{}", disarm(&line))?;
        }
        if let Some(rest) = file.rest_message() {
            writeln!(out, "{}", disarm(&format!("{name}: {rest} (see `{MAX_FINDINGS}`)")))?;
        }
    }
    if style.summary { writeln!(out, "{}.", Summary::of(report).sentence()) } else { Ok(()) }
}
