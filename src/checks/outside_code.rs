//! Searching what lies between a page's code blocks, which is often less than half of it.

use crate::document::Document;
use crate::document::body::Body;
use crate::pattern::Literals;
use crate::source::Span;

/// The parts of the body between its code blocks, in order.
pub(super) fn parts(body: &Body) -> impl Iterator<Item = Span> {
    let blocks = body.code.iter().map(|code| code.span).chain([Span::empty(body.span.end)]);
    let parts = blocks.scan(body.span.start, |from, block| {
        let part = Span::new(*from, block.start);
        *from = block.end.max(*from);
        Some(part)
    });
    parts.filter(|part| !part.is_empty())
}

/// Where texts occur there, each with its position among the texts.
pub(super) fn find<'a>(doc: &'a Document<'_>, search: &'a Literals) -> impl Iterator<Item = (usize, Span)> + 'a {
    parts(&doc.body).flat_map(move |part| find_in(doc, part, search))
}

/// Where texts occur in a part of the file.
pub(super) fn find_in<'a>(
    doc: &'a Document<'_>,
    part: Span,
    search: &'a Literals,
) -> impl Iterator<Item = (usize, Span)> + 'a {
    search.find_iter(doc.slice(part)).map(move |(which, range)| (which, Span::from(range).shift(part.start)))
}
