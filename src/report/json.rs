//! `json` and `jsonl`: frozen. Members may be added; none is renamed, moved or taken away.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::fingerprint::Fingerprints;
use crate::report::columns::Columns;
use crate::report::model::{FileReport, Report, other_labels};
use crate::report::summary::Summary;
use crate::source::{Point, Source, Span};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::collections::HashMap;
use std::io::{self, Write};

/// Writes one document.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let summary = Summary::of(report);
    let summary = Counts {
        files: report.checked,
        errors: summary.errors,
        warnings: summary.warnings,
        fixable: summary.fixable,
        omitted: summary.omitted,
    };
    let urls = report.rule_urls();
    let diagnostics = Each(|| report.files.iter().flat_map(|file| findings(file, &urls)));
    pretty(out, &Document { version: 1, summary, errors: &report.errors, diagnostics })
}

/// Writes one object a line: the members of `diagnostics` in the document.
pub(super) fn write_lines(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let urls = report.rule_urls();
    for finding in report.files.iter().flat_map(|file| findings(file, &urls)) {
        finding.serialize(&mut Serializer::with_formatter(&mut *out, Inert(CompactFormatter)))?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes any value as indented JSON that a CI runner doesn't obey.
pub(super) fn pretty(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Inert(PrettyFormatter::new())))?;
    writeln!(out)
}

/// A list that is written one by one as it is made, and never held whole.
pub(super) struct Each<F>(pub(super) F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

#[derive(Serialize)]
struct Document<'a, D> {
    version: u32,
    summary: Counts,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [String],
    diagnostics: D,
}

#[derive(Serialize)]
struct Counts {
    files: usize,
    errors: usize,
    warnings: usize,
    fixable: usize,
    /// Findings that are counted above and not listed below.
    #[serde(skip_serializing_if = "is_zero")]
    omitted: usize,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[derive(Serialize)]
struct Finding<'a> {
    path: String,
    /// The path's very bytes in base64, only where `path` couldn't hold them.
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
    rule: &'a str,
    level: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    start: Place,
    end: Place,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Label<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
    /// On how many pages the same was found, where the finding stands for all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<usize>,
    fingerprint: String,
    /// The documentation of the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Label<'a> {
    start: Place,
    end: Place,
    text: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    start: Place,
    end: Place,
    insert: &'a str,
}

/// `byte` from 0; `line`, `column` (characters) and `utf16` from 1.
#[derive(Serialize)]
struct Place {
    byte: usize,
    line: usize,
    column: usize,
    utf16: usize,
}

impl From<Point> for Place {
    fn from(point: Point) -> Self {
        Self { byte: point.byte, line: point.line, column: point.column, utf16: point.utf16 }
    }
}

/// The URLs of the documentation, by rule.
type Urls<'a> = HashMap<&'a str, &'a str>;

fn findings<'a>(file: &'a FileReport, urls: &'a Urls) -> impl Iterator<Item = Finding<'a>> {
    let mut columns = Columns::new(&file.source);
    let mut fingerprints = Fingerprints::new(&file.source);
    file.diagnostics.iter().map(move |diagnostic| {
        let url = urls.get(&*diagnostic.rule).copied();
        Finding { url, ..finding(&file.source, diagnostic, &mut columns, &mut fingerprints) }
    })
}

fn finding<'a>(
    source: &'a Source,
    diagnostic: &'a Diagnostic,
    columns: &mut Columns,
    fingerprints: &mut Fingerprints,
) -> Finding<'a> {
    let start = columns.point(diagnostic.span.start).into();
    let end = columns.point(diagnostic.span.end).into();
    let mut places = |span: Span| (columns.point(span.start).into(), columns.point(span.end).into());
    // The label of the marked text has no separate place, so it comes first among the second places, with that of the mark.
    let own = diagnostic.label.iter().map(|text| (diagnostic.span, text.as_str()));
    let labels = own.chain(other_labels(diagnostic)).map(|(span, text)| {
        let (start, end) = places(span);
        Label { start, end, text }
    });
    let labels = labels.collect();
    let fix = diagnostic.fix.as_ref().map(|fix| {
        let edits = fix.edits.iter().map(|edit| {
            let (start, end) = places(edit.span);
            Edit { start, end, insert: &edit.insert }
        });
        Fix { title: &fix.title, safe: fix.safe, edits: edits.collect() }
    });
    Finding {
        path: lossy(source),
        path_bytes: source.path().to_str().is_none().then(|| base64(source.path().as_os_str().as_encoded_bytes())),
        rule: &diagnostic.rule,
        level: diagnostic.level.as_str(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        start,
        end,
        labels,
        fix,
        pages: diagnostic.pages,
        fingerprint: fingerprints.next(diagnostic),
        url: None,
    }
}

/// The path with `/` between its parts; what isn't UTF-8 in it is U+FFFD.
pub(super) fn lossy(source: &Source) -> String {
    match source.path().to_str() {
        Some(_) => source.name().into_owned(),
        None => source.path().to_string_lossy().into_owned(),
    }
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, &byte| word << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let index = (word >> (18 - 6 * digit)) as usize & 63;
            out.push(if digit <= chunk.len() { char::from(DIGITS[index]) } else { '=' });
        }
    }
    out
}

/// JSON whose strings mean the same and hold nothing that a terminal or a CI runner obeys: such characters are escaped.
struct Inert<F>(F);

impl<F: Formatter> Formatter for Inert<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = 0;
        for (at, c) in fragment.char_indices().filter(|&(at, c)| crate::report::sanitise::is_live(&fragment[..at], c)) {
            out.write_all(&fragment.as_bytes()[plain..at])?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            plain = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[plain..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_the_rfc() {
        let examples = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (bytes, text) in examples {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
