//! `rdjson`: reviewdog's diagnostic format, in which columns count bytes.
//!
//! <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>

use crate::diagnostic::{Diagnostic, Level};
use crate::report::json;
use crate::report::json::Each;
use crate::report::model::{FileReport, Report};
use crate::source::{Source, Span};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes one document.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let findings = |file| {
        let FileReport { source, diagnostics, .. }: &FileReport = file;
        diagnostics.iter().cloned().chain(file.rest()).map(|diagnostic| finding(source, &diagnostic))
    };
    let diagnostics = Each(|| report.files.iter().flat_map(findings));
    json::pretty(out, &Document { diagnostics, source: Tool { name: "matterlint" } })
}

#[derive(Serialize)]
struct Document<D> {
    diagnostics: D,
    source: Tool,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
}

fn finding(source: &Source, diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.level {
        Level::Error => "ERROR",
        Level::Warning => "WARNING",
        Level::Info => "INFO",
    };
    let mut finding = json!({
        "message": diagnostic.message,
        "location": { "path": json::lossy(source), "range": range(source, diagnostic.span) },
        "severity": severity,
        "code": { "value": &*diagnostic.rule },
    });
    // Suggestions are taken one by one, so a fix is one only if it is a single edit.
    if let Some([edit]) = diagnostic.fix.as_ref().map(|fix| fix.edits.as_slice()) {
        finding["suggestions"] = json!([{ "range": range(source, edit.span), "text": edit.insert }]);
    }
    finding
}

/// Lines and bytes in a line, both from 1.
fn range(source: &Source, span: Span) -> Value {
    let place = |at: usize| {
        let line = source.line_of(at);
        json!({ "line": line, "column": at - source.line_starts()[line - 1] + 1 })
    };
    json!({ "start": place(span.start), "end": place(span.end) })
}
