//! `sarif`: Static Analysis Results Interchange Format 2.1.0.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::report::columns::Columns;
use crate::report::fingerprint::Fingerprints;
use crate::report::json;
use crate::report::model::{FileReport, Report, other_labels};
use crate::source::Span;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

/// Writes one run.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let ids: BTreeSet<&str> = report.diagnostics().map(|diagnostic| &*diagnostic.rule).collect();
    let indices: BTreeMap<&str, usize> = ids.into_iter().enumerate().map(|(index, id)| (id, index)).collect();
    let rules: Vec<Value> = indices.keys().map(|id| rule(report, id)).collect();
    let results: Vec<Value> = report.files.iter().flat_map(|file| results(file, &indices)).collect();
    let notes: Vec<Value> =
        report.errors.iter().map(|error| json!({ "level": "error", "message": { "text": error } })).collect();
    let driver = json!({ "name": "matterlint", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": notes.is_empty(), "toolExecutionNotifications": notes }],
            "results": results,
        }],
    });
    json::pretty(out, &log)
}

fn rule(report: &Report, id: &str) -> Value {
    match report.rules.iter().find(|note| &*note.id == id) {
        Some(note) => json!({
            "id": id,
            "shortDescription": { "text": note.summary },
            "help": { "text": note.page, "markdown": note.page },
        }),
        None => json!({ "id": id }),
    }
}

fn results(file: &FileReport, indices: &BTreeMap<&str, usize>) -> Vec<Value> {
    let mut columns = Columns::new(&file.source);
    let mut fingerprints = Fingerprints::new(&file.source);
    let artifact = json!({ "uri": uri(file.source.path()) });
    let mut results = Vec::with_capacity(file.diagnostics.len());
    for diagnostic in &file.diagnostics {
        let physical = |region: Value| json!({ "artifactLocation": artifact, "region": region });
        let mut result = json!({
            "ruleId": &*diagnostic.rule,
            "ruleIndex": indices.get(&*diagnostic.rule),
            "level": match diagnostic.level { Level::Error => "error", Level::Warning => "warning", Level::Info => "note" },
            "message": { "text": message(diagnostic) },
            "locations": [{ "physicalLocation": physical(region(&mut columns, diagnostic.span)) }],
            "partialFingerprints": { "matterlint/v1": fingerprints.next(diagnostic) },
        });
        let related = other_labels(diagnostic).enumerate().map(|(id, (span, label))| {
            let place = physical(region(&mut columns, span));
            json!({ "id": id, "physicalLocation": place, "message": { "text": label } })
        });
        let related: Vec<Value> = related.collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        if let Some(Fix { title, edits, .. }) = diagnostic.fix.as_ref().filter(|fix| !fix.edits.is_empty()) {
            let replacements = edits.iter().map(|edit| {
                json!({ "deletedRegion": region(&mut columns, edit.span), "insertedContent": { "text": edit.insert } })
            });
            let replacements: Vec<Value> = replacements.collect();
            let change = json!({ "artifactLocation": artifact, "replacements": replacements });
            result["fixes"] = json!([{ "description": { "text": title }, "artifactChanges": [change] }]);
        }
        results.push(result);
    }
    results
}

/// The message and, on a line of its own, the help: viewers show no other place for it.
fn message(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\n{help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

fn region(columns: &mut Columns, span: Span) -> Value {
    let (start, end) = (columns.point(span.start), columns.point(span.end));
    json!({
        "startLine": start.line, "startColumn": start.column,
        "endLine": end.line, "endColumn": end.column,
    })
}

/// A relative path as a relative reference, an absolute one as a `file:` URI; whatever isn't unreserved is encoded.
fn uri(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let bytes =
        if cfg!(windows) { bytes.iter().map(|&b| if b == b'\\' { b'/' } else { b }).collect() } else { bytes.to_vec() };
    let root = if !path.is_absolute() {
        ""
    } else if bytes.first() == Some(&b'/') {
        "file://"
    } else {
        "file:///"
    };
    let encoded = bytes.iter().map(|&byte| match byte {
        b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    root.chars().map(String::from).chain(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_percent_encoded() {
        assert_eq!(uri(Path::new("_posts/a #1.md")), "_posts/a%20%231.md");
        assert_eq!(uri(Path::new("한.md")), "%ED%95%9C.md");
        assert_eq!(uri(Path::new("a:b%.md")), "a%3Ab%25.md");
    }
}
