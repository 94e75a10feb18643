//! A front matter in a language that the site's generator doesn't read.

use crate::checks::{Check, Context, Found};
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnreadFrontMatter {}

impl Check for UnreadFrontMatter {
    fn check(&self, cx: &Context, found: &mut Found) {
        let Some(front) = &cx.doc.front_matter else { return };
        let profile = cx.site.profile();
        // Quarto's files and R's are no pages of another generator.
        if cx.doc.source.path().extension().is_some_and(|end| end == "qmd" || end.eq_ignore_ascii_case("rmd")) {
            return;
        }
        if let Some(says) = profile.unsupported_delimiters.get(cx.doc.slice(front.opening_delimiter)) {
            let message = format!("{} doesn't read a front matter in {} here", profile.name, front.format.name());
            found
                .at(front.opening_delimiter, message)
                .help(format!("write it in YAML, between lines of `---`: {says}"));
        }
    }
}
