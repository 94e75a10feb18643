//! The parts of a page outside its code blocks.

use crate::document::Document;
use crate::document::body::{Body, InlineKind};
use crate::source::Span;

/// The parts of the body between its code blocks, in order.
pub(crate) fn prose_spans(body: &Body) -> impl Iterator<Item = Span> {
    let blocks = body.code.iter().map(|code| code.span).chain([Span::empty(body.span.end)]);
    let parts = blocks.scan(body.span.start, |from, block| {
        let part = Span::new(*from, block.start);
        *from = block.end.max(*from);
        Some(part)
    });
    parts.filter(|part| !part.is_empty())
}

/// Whether byte `at` is in code, a comment or a template tag.
pub(in crate::checks) fn is_code(doc: &Document<'_>, at: usize) -> bool {
    let body = &doc.body;
    if at < body.span.start {
        return false;
    }
    let in_code = body.code.iter().any(|code| code.span.contains(at));
    let kind = body.inline_at(at).map(|piece| piece.kind);
    in_code
        || matches!(kind, Some(InlineKind::Code | InlineKind::Directive))
        || body.comments.iter().any(|comment| comment.contains(at))
        || body.directives.iter().any(|directive| directive.span.contains(at))
}
