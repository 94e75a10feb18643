//! A second block of metadata right below the first.

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
        // A block that is never closed ends where the body starts, and is told of itself.
        let Some(front) = cx.doc.front_matter.as_ref().filter(|front| front.close.is_some()) else { return };
        let body = cx.doc.body.span.start;
        if let Some(line) = front.close.filter(|close| cx.doc.slice(*close) == "...")
            && let Some(rest) = front_matter::rest(cx.doc.source, body)
        {
            found
                .at(rest, "these fields stand below the end of the front matter")
                .label(line, "YAML ends here")
                .help("take the `...` out, so that all is one block: what stands below isn't read");
            return;
        }
        let Some(fence) = front_matter::second(cx.doc.source, body) else { return };
        found
            .at(fence, "a second front matter stands below the first")
            .label(front.fence, "only this one is read")
            .help("move its fields into the first one: as it is, the page shows them as text");
    }
}
