//! A heading without text.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::body::BlockKind;
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmptyHeading {}

impl Check for EmptyHeading {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let text_of_page = cx.doc.source.text();
        let headings = cx.doc.body.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
        for block in headings.filter(|block| block.inlines.is_empty()) {
            // A heading that a template fills in has no pieces, but isn't empty in the source.
            let text = cx.doc.slice(block.span);
            if text.chars().all(|c| c == '#' || c.is_whitespace()) {
                found
                    .at(block.span, "heading without text")
                    .help("add the heading text, or remove the line")
                    .unsafe_fix("Remove the heading", vec![Edit::replace(with_spaces(text_of_page, block.span), "")])
                    .fix_effect(FixEffect::Structure);
            }
        }
    }
}

/// The heading with the spaces after it.
fn with_spaces(text: &str, heading: Span) -> Span {
    let rest = &text[heading.end..];
    Span::new(heading.start, heading.end + rest.len() - rest.trim_start_matches([' ', '\t']).len())
}
