//! A heading without text.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::body::BlockKind;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmptyHeading {}

impl Check for EmptyHeading {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let headings = cx.doc.body.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
        for block in headings.filter(|block| block.pieces.is_empty()) {
            // What a template fills in is no piece, but something is written there.
            let text = cx.doc.slice(block.span);
            if text.chars().all(|c| c == '#' || c.is_whitespace()) {
                found
                    .at(block.span, "this heading has no text")
                    .help("write the heading, or take the line out")
                    .fix("take the line out", vec![Edit::replace(block.span, "")]);
            }
        }
    }
}
