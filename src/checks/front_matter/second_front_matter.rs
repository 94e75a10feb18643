//! A second block of front matter directly below the first.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::front_matter;
use crate::source::Span;
use memchr::memmem;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecondFrontMatter {}

impl Check for SecondFrontMatter {
    fn check(&self, cx: &Context, found: &mut Findings) {
        // An unclosed block ends where the body starts, and is reported by another rule.
        let Some(front) = cx.doc.front_matter.as_ref().filter(|front| front.closing_delimiter.is_some()) else {
            return;
        };
        let body = cx.doc.body.span.start;
        if let Some(line) = front.closing_delimiter.filter(|close| cx.doc.slice(*close) == "...")
            && let Some(rest) = front_matter::fields_after_document_end(cx.doc.source, body)
        {
            found
                .at(rest, "fields after the end of the front matter")
                .label(line, "YAML ends here")
                .help("remove the `...` so that the fields below it are read");
            return;
        }
        if let Some(close) = front.closing_delimiter
            && let Some(rest) = front_matter::fields_below(cx.doc.source, body)
        {
            found
                .at(close, "delimiter inside the front matter")
                .label(rest, "these fields are not read")
                .help("remove this line, so that the fields below it are read; the page displays them as text");
            return;
        }
        if let Some(later) = later_block(cx, body) {
            found
                .at(later, "front matter in the text of the page")
                .label(front.opening_delimiter, "only this block is read")
                .help("remove it, or put it in a code block; the page displays it as text");
        }
        let Some(fence) = front_matter::second_block(cx.doc.source, body) else { return };
        found
            .at(fence, "second front matter block")
            .label(front.opening_delimiter, "only this block is read")
            .help("move its fields into the first block; the page displays them as text");
    }
}

/// The opening delimiter of a block with a title further down, outside of code.
fn later_block(cx: &Context, body: usize) -> Option<Span> {
    let text = cx.doc.source.text();
    let bytes = text.as_bytes();
    let is_after_blank = |at: usize| text[body..at].ends_with("\n\n") || text[body..at].ends_with("\n\r\n");
    let line_end = |at: usize| {
        Some(at + 4)
            .filter(|_| text[at + 3..].starts_with('\n'))
            .or_else(|| text[at + 3..].starts_with("\r\n").then_some(at + 5))
    };
    let breaks = memmem::find_iter(&bytes[body..], b"\n---").map(|at| body + at + 1).filter(|&at| is_after_blank(at));
    let is_code = |at: usize| cx.doc.body.code.iter().any(|code| code.span.contains(at));
    let mut blocks = breaks
        .filter(|&at| line_end(at).is_some_and(|next| front_matter::is_second_metadata(&text[next..])) && !is_code(at));
    blocks.next().map(|at| Span::new(at, at + 3))
}
