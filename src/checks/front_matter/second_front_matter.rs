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
                .at(rest, "these fields stand below the end of the front matter")
                .label(line, "YAML ends here")
                .help("take the `...` out, so that all is one block: what stands below isn't read");
            return;
        }
        let Some(fence) = front_matter::second_block(cx.doc.source, body) else { return };
        found
            .at(fence, "a second front matter stands below the first")
            .label(front.opening_delimiter, "only this one is read")
            .help("move its fields into the first one: as it is, the page shows them as text");
    }
}
