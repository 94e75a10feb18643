//! `sarif`: Static Analysis Results Interchange Format 2.1.0.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use crate::diagnostic::fingerprint::Fingerprints;
use crate::diagnostic::{Diagnostic, Edit, Level};
use crate::report::columns::Columns;
use crate::report::json;
use crate::report::json::Each;
use crate::report::model::{FileReport, Report, other_labels};
use crate::source::Span;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;

/// Writes one run.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let ids: BTreeSet<&str> = report.diagnostics().map(|diagnostic| &*diagnostic.rule).collect();
    let indices: BTreeMap<&str, usize> = ids.into_iter().enumerate().map(|(index, id)| (id, index)).collect();
    let rules: Vec<Value> = indices.keys().map(|id| rule(report, id)).collect();
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        runs: [Run {
            column_kind: "unicodeCodePoints",
            invocations: json!([{
                "executionSuccessful": report.errors.is_empty(),
                "toolExecutionNotifications": notes(report),
            }]),
            results: Each(|| report.files.iter().flat_map(|file| results(file, &indices))),
            tool: json!({ "driver": {
                "name": "matterlint",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_HOMEPAGE"),
                "rules": rules,
            } }),
        }],
        version: "2.1.0",
    };
    json::pretty(out, &log)
}

/// The document, its members by name, as a [`Value`] has them.
#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<R>; 1],
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R> {
    column_kind: &'static str,
    invocations: Value,
    results: R,
    tool: Value,
}

/// What is to be said besides the findings.
fn notes(report: &Report) -> Vec<Value> {
    let errors = report.errors.iter().map(|error| json!({ "level": "error", "message": { "text": error } }));
    let rests = report.files.iter().filter_map(|file| {
        let text = format!("{}: {}", json::lossy(&file.source), file.rest_message()?);
        Some(json!({ "level": "note", "message": { "text": text } }))
    });
    errors.chain(rests).collect()
}

fn rule(report: &Report, id: &str) -> Value {
    match report.rules.iter().find(|note| &*note.id == id) {
        Some(note) => {
            let mut rule = json!({
                "id": id,
                "shortDescription": { "text": note.summary },
                "help": { "text": note.page, "markdown": note.page },
            });
            if let Some(url) = &note.url {
                rule["helpUri"] = json!(url);
            }
            rule
        }
        None => json!({ "id": id }),
    }
}

fn results<'a>(file: &'a FileReport, indices: &'a BTreeMap<&str, usize>) -> impl Iterator<Item = Finding<'a>> {
    let mut columns = Columns::new(&file.source);
    let mut fingerprints = Fingerprints::new(&file.source);
    let uri: Rc<str> = uri(file.source.path()).into();
    file.diagnostics.iter().map(move |diagnostic| {
        let mut columns = |span| region(&mut columns, span);
        let artifact_location = ArtifactLocation { uri: uri.clone() };
        let mut physical =
            |span| PhysicalLocation { artifact_location: artifact_location.clone(), region: columns(span) };
        let locations = [Location { physical_location: physical(diagnostic.span) }];
        let related = other_labels(diagnostic).enumerate().map(|(id, (span, label))| Related {
            id,
            message: Text { text: Cow::Borrowed(label) },
            physical_location: physical(span),
        });
        let related_locations = related.collect();
        let fixes = diagnostic.fix.iter().filter(|fix| !fix.edits.is_empty()).map(|fix| {
            let replacement = |edit: &'a Edit| Replacement {
                deleted_region: columns(edit.span),
                inserted_content: Text { text: Cow::Borrowed(&edit.insert) },
            };
            let replacements = fix.edits.iter().map(replacement).collect();
            Fix {
                artifact_changes: [ArtifactChange { artifact_location: artifact_location.clone(), replacements }],
                description: Text { text: Cow::Borrowed(&fix.title) },
            }
        });
        Finding {
            fixes: fixes.collect(),
            level: match diagnostic.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Info => "note",
            },
            locations,
            message: Text { text: message(diagnostic) },
            partial_fingerprints: PartialFingerprints { own: fingerprints.next(diagnostic) },
            related_locations,
            rule_id: &diagnostic.rule,
            rule_index: indices.get(&*diagnostic.rule).copied(),
        }
    })
}

/// A finding. Its members are in the order of their names, and so are those of what it holds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
    level: &'static str,
    locations: [Location; 1],
    message: Text<'a>,
    partial_fingerprints: PartialFingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
    rule_id: &'a str,
    rule_index: Option<usize>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct PartialFingerprints {
    #[serde(rename = "matterlint/v1")]
    own: String,
}

#[derive(Clone, Serialize)]
struct ArtifactLocation {
    #[serde(serialize_with = "as_text")]
    uri: Rc<str>,
}

fn as_text<S: Serializer>(text: &Rc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    end_column: usize,
    end_line: usize,
    start_column: usize,
    start_line: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Related<'a> {
    id: usize,
    message: Text<'a>,
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    artifact_changes: [ArtifactChange<'a>; 1],
    description: Text<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

/// The message and, on a line of its own, the help: viewers show no other place for it.
fn message(diagnostic: &Diagnostic) -> Cow<'_, str> {
    match &diagnostic.help {
        Some(help) => Cow::Owned(format!("{}\n{help}", diagnostic.message)),
        None => Cow::Borrowed(&diagnostic.message),
    }
}

fn region(columns: &mut Columns, span: Span) -> Region {
    let (start, end) = (columns.point(span.start), columns.point(span.end));
    Region { end_column: end.column, end_line: end.line, start_column: start.column, start_line: start.line }
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
