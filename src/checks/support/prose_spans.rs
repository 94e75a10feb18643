//! What lies between a page's code blocks.

use crate::document::body::Body;
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
