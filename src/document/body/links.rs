//! Links and images: where they lead, and how far their text goes.

use crate::document::body::{Link, MaskedSpan, Pass};
use crate::source::Span;
use pulldown_cmark::{CowStr, LinkType};
use std::ops::Range;

impl Pass<'_> {
    pub(crate) fn open_link(&mut self, link_type: LinkType, dest: &CowStr<'_>, span: Span, image: bool) {
        self.flush();
        if self.images > 0 {
            return self.links.push(None);
        }
        let auto = matches!(link_type, LinkType::Autolink | LinkType::Email);
        let start = span.start + if image { 2 } else { 1 };
        let collapsed = matches!(link_type, LinkType::Collapsed) && self.text[span.end..].starts_with("[]");
        let span = Span::new(span.start, span.end + if collapsed { 2 } else { 0 });
        let dest = self.covered_dest.take().unwrap_or_else(|| dest.to_string());
        self.links.push(Some(self.body.links.len()));
        self.body.links.push(Link { span, text: Span::empty(start), dest, image, auto });
    }

    pub(crate) fn close_link(&mut self, end: usize) {
        let closed = self.links.pop().flatten();
        self.extend_text(closed.map_or(end, |index| self.body.links[index].span.end));
    }

    /// The text of the innermost open link goes at least up to `end`.
    pub(crate) fn extend_text(&mut self, end: usize) {
        if let Some(Some(index)) = self.links.last() {
            let text = &mut self.body.links[*index].text;
            text.end = text.end.max(end);
        }
    }
}

/// A destination as written, where the Markdown reader saw filler in it: what it saw, and the place in that, start at
/// byte `start` of the file's text.
pub(crate) fn unmask(
    text: &str,
    (seen, start): (&str, usize),
    written: Range<usize>,
    dest: &str,
    masked_spans: &[MaskedSpan],
) -> Option<String> {
    let place = Span::from(written.clone()).shift(start);
    let next = masked_spans.partition_point(|cover| cover.span.end <= place.start);
    if dest.is_empty() || masked_spans.get(next).is_none_or(|cover| cover.span.start >= place.end) {
        return None;
    }
    let at = place.start + seen.get(written)?.rfind(dest)?;
    text.get(at..at + dest.len()).map(str::to_owned)
}
