//! Where Markdown displays code, and how to keep a template engine out of it.

use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::{Body, CodeKind, InlineKind};
use crate::source::Span;

/// The code block or inline code that contains byte `at`; none if it isn't in code.
pub(super) fn code_at(body: &Body, at: usize) -> Option<Span> {
    let inline = || body.inline_at(at).filter(|inline| inline.kind == InlineKind::Code).map(|inline| inline.span);
    code_block_at(body, at).or_else(inline)
}

/// The code block that contains byte `at`.
pub(super) fn code_block_at(body: &Body, at: usize) -> Option<Span> {
    let next = body.code.partition_point(|code| code.span.end <= at);
    let code = body.code.get(next).filter(|code| code.span.contains(at) && code.kind != CodeKind::Marked)?;
    Some(code.span)
}

/// Whether byte `at` is in one of `spans`, which are in order and apart from each other.
pub(super) fn is_within(spans: &[Span], at: usize) -> bool {
    let next = spans.partition_point(|span| span.end <= at);
    spans.get(next).is_some_and(|span| span.contains(at))
}

/// The edits that put `open` and `close` around a region: on lines of their own for a code block.
pub(super) fn wrap(doc: &Document<'_>, region: Span, open: &str, close: &str) -> Option<Vec<Edit>> {
    let text = doc.source.text();
    let next = doc.body.code.partition_point(|code| code.span.start < region.start);
    let is_block = doc.body.code.get(next).is_some_and(|code| code.span == region);
    if !is_block {
        let edits = [(region.start, open), (region.end, close)];
        return Some(edits.map(|(at, insert)| Edit::replace(Span::empty(at), insert)).to_vec());
    }
    let line_start = text[..region.start].rfind('\n').map_or(0, |end| end + 1);
    let indent = &text[line_start..region.start];
    // In a quote or directly behind a list marker, a line before would belong elsewhere.
    if !indent.trim_matches(' ').is_empty() {
        return None;
    }
    let end = region.start + text[region.range()].trim_end().len();
    let line_end = doc.source.line_end();
    Some(vec![
        Edit::replace(Span::empty(line_start), format!("{indent}{open}{line_end}")),
        Edit::replace(Span::empty(end), format!("{line_end}{indent}{close}")),
    ])
}
