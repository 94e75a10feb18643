//! `gitlab`: the code quality report that a merge request shows.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use crate::diagnostic::Level;
use crate::diagnostic::fingerprint::Fingerprints;
use crate::report::columns::Columns;
use crate::report::json;
use crate::report::json::Each;
use crate::report::model::{FileReport, Report};
use crate::source::Point;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes an array with an object a finding.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    json::pretty(out, &Each(|| report.files.iter().flat_map(issues)))
}

fn issues(file: &FileReport) -> impl Iterator<Item = Value> {
    let mut columns = Columns::new(&file.source);
    let mut fingerprints = Fingerprints::new(&file.source);
    let path = json::lossy(&file.source);
    file.diagnostics.iter().cloned().chain(file.rest()).map(move |diagnostic| {
        let place = |point: Point| json!({ "line": point.line, "column": point.column });
        let begin = place(columns.point(diagnostic.span.start));
        let end = place(columns.point(diagnostic.span.end));
        let severity = match diagnostic.level {
            Level::Error => "major",
            Level::Warning => "minor",
            Level::Info => "info",
        };
        json!({
            "check_name": &*diagnostic.rule,
            "description": diagnostic.message,
            "fingerprint": fingerprints.next(&diagnostic),
            "severity": severity,
            "location": { "path": path, "positions": { "begin": begin, "end": end } },
        })
    })
}
