//! A second block of front matter directly below the first.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::front_matter;
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
        let Some(fence) = front_matter::second_block(cx.doc.source, body) else { return };
        found
            .at(fence, "second front matter block")
            .label(front.opening_delimiter, "only this block is read")
            .help("move its fields into the first block; the page displays them as text");
    }
}
