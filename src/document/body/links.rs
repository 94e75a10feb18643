//! Links and images: their destination and the extent of their text.

use crate::document::body::{Link, Pass};
use crate::source::Span;
use pulldown_cmark::{CowStr, LinkType};

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

    /// Extends the text of the innermost open link to `end`.
    pub(crate) fn extend_text(&mut self, end: usize) {
        if let Some(Some(index)) = self.links.last() {
            let text = &mut self.body.links[*index].text;
            text.end = text.end.max(end);
        }
    }
}
