//! HTML: its comments, and inline tags whose content is code.

use crate::document::body::inline;
use crate::document::body::{InlineKind, Pass};
use crate::source::Span;

impl Pass<'_> {
    pub(crate) fn inline_html(&mut self, span: Span) {
        self.inline(InlineKind::Html, span);
        let tag = &self.text[span.range()];
        if tag.starts_with("<!--") {
            self.body.comments.push(span);
        } else if let Some(open) = self.code_tag {
            if inline::is_closing(tag, open) {
                self.code_tag = None;
            }
        } else {
            self.code_tag = inline::code_tag(tag);
        }
    }

    pub(crate) fn html_block(&mut self, span: Span) {
        let span = self.trimmed(span);
        self.body.html.push(span);
        self.body.comments.extend(inline::comments(self.text, span));
    }
}
