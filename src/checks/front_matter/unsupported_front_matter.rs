//! A front matter in a language that the site's generator doesn't read.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnsupportedFrontMatter {}

impl Check for UnsupportedFrontMatter {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        let profile = cx.site.profile();
        // Quarto's files and R's are no pages of another generator.
        if cx.doc.source.path().extension().is_some_and(|end| end == "qmd" || end.eq_ignore_ascii_case("rmd")) {
            return;
        }
        if let Some(explanation) = profile.unread.get(cx.doc.slice(front.fence)) {
            let message = format!("{} doesn't read a front matter in {} here", profile.name, front.syntax.name());
            found.at(front.fence, message).help(format!("write it in YAML, between lines of `---`: {explanation}"));
        }
    }
}
