//! Front matter in a format that the generator doesn't support.

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
        let profile = cx.profile;
        // Quarto's and R's files aren't pages of another generator.
        if cx.doc.source.path().extension().is_some_and(|end| end == "qmd" || end.eq_ignore_ascii_case("rmd")) {
            return;
        }
        if let Some(explanation) = profile.unsupported_delimiters.get(cx.doc.slice(front.opening_delimiter)) {
            let delimiter = cx.doc.slice(front.opening_delimiter);
            if profile.front_matter_enabled_by.iter().any(|word| cx.site.build_files().config_has(word)) {
                return;
            }
            let message = match delimiter {
                "---yaml" => format!("{} doesn't support the delimiter `{delimiter}`", profile.name),
                _ => format!("{} doesn't support {} front matter here", profile.name, front.format.name()),
            };
            found.at(front.opening_delimiter, message).help(match profile.unsupported_delimiters.contains_key("---") {
                true => format!("remove it: {explanation}"),
                false => format!("convert it to YAML between `---` lines: {explanation}"),
            });
        }
    }
}
