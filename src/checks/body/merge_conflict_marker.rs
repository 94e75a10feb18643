//! Merge conflict markers.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::CodeKind;
use crate::source::Span;
use memchr::memmem;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MergeConflictMarker {}

impl Check for MergeConflictMarker {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        let text = cx.doc.slice(body.span);
        let markers = |marker| marker_lines(text, marker).map(|line| line.shift(body.span.start));
        let mut past = 0;
        let mut closing = markers(">>>>>>> ").filter(|line| is_outside_code(cx, *line)).peekable();
        let mut single = Vec::new();
        for open in markers("<<<<<<< ") {
            if open.start < past || !is_outside_code(cx, open) {
                continue;
            }
            while let Some(close) = closing.next_if(|close| close.start < open.end) {
                single.push(close);
            }
            let Some(close) = closing.next() else {
                single.push(open);
                continue;
            };
            past = close.end;
            report_conflict(cx, open, close, found);
        }
        single.extend(closing);
        for marker in single.into_iter().filter(|marker| names_a_side(cx.doc.slice(*marker))) {
            let shown = cx.doc.slice(marker);
            found
                .at(marker, format!("merge conflict marker `{shown}`"))
                .help("resolve the conflict and delete the marker");
        }
    }
}

fn report_conflict(cx: &Context, open: Span, close: Span, found: &mut Findings) {
    let middle = cx.doc.slice(Span::new(open.end, close.start));
    let finding = found.at(open, "merge conflict markers");
    finding.label_primary("conflict starts here");
    if let Some(at) = memmem::find(middle.as_bytes(), b"\n=======") {
        finding.label(Span::new(open.end + at + 1, open.end + at + 8), "other side");
    }
    finding.label(close, "conflict ends here").help("resolve the conflict and delete the markers");
}

/// Whether a marker isn't in a code block, except an indented one.
fn is_outside_code(cx: &Context, span: Span) -> bool {
    let code = &cx.doc.body.code;
    let next = code.partition_point(|code| code.span.end <= span.start);
    !code.get(next).is_some_and(|code| code.kind != CodeKind::Indented && code.span.contains_span(span))
}

/// Whether a single marker is followed by the name of a branch or a commit, as Git writes it, and not by a sentence.
fn names_a_side(marker: &str) -> bool {
    let name = marker.get(8..).unwrap_or_default().trim_end();
    let is_commit = |word: &str| word.len() > 6 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    let is_branch = first.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '#' | ':'));
    is_branch
        && first.contains(char::is_alphanumeric)
        && (rest.is_empty() || is_commit(first.trim_end_matches(['.', ':'])))
}

/// The lines that start with `mark`, without their line endings.
fn marker_lines<'a>(text: &'a str, marker: &'a str) -> impl Iterator<Item = Span> + 'a {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, marker).filter(move |&at| at == 0 || matches!(bytes[at - 1], b'\n' | b'\r')).map(
        move |at| {
            let len = memchr::memchr2(b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at);
            Span::new(at, at + len)
        },
    )
}
