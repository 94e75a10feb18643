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
        let is_outside_code = |span: Span| {
            let next = body.code.partition_point(|code| code.span.end <= span.start);
            !body.code.get(next).is_some_and(|code| code.kind != CodeKind::Indented && code.span.contains_span(span))
        };
        let mut past = 0;
        let mut closing = marker_lines(text, ">>>>>>> ").map(|marker| marker.shift(body.span.start)).peekable();
        for open in marker_lines(text, "<<<<<<< ").map(|marker| marker.shift(body.span.start)) {
            if open.start < past || !is_outside_code(open) {
                continue;
            }
            while closing.next_if(|close| close.start < open.end).is_some() {}
            // Only markers that belong together are a conflict; a single one may be an arrow.
            let Some(&close) = closing.peek() else { return };
            past = close.end;
            let middle = cx.doc.slice(Span::new(open.end, close.start));
            let finding = found.at(open, "merge conflict markers");
            finding.label_primary("conflict starts here");
            if let Some(at) = memmem::find(middle.as_bytes(), b"\n=======") {
                finding.label(Span::new(open.end + at + 1, open.end + at + 8), "other side");
            }
            finding.label(close, "conflict ends here").help("resolve the conflict and delete the markers");
        }
    }
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
