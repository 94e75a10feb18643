//! A page without front matter, where its content type asks for fields.

use super::{Check, Context, Found};
use crate::source::Span;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MissingFrontMatter {}

impl Check for MissingFrontMatter {
    fn check(&self, cx: &Context, found: &mut Found) {
        let names: Vec<String> = cx.content.required().map(|field| format!("`{}`", field.name)).collect();
        // What stands where it shouldn't is there, and a file that isn't text can't be asked.
        let is_absent = cx.doc.front_matter.is_none() && cx.doc.misplaced.is_empty();
        if names.is_empty() || !is_absent || !cx.doc.source.is_intact() {
            return;
        }
        let message = match cx.content.name.as_str() {
            "" => "there is no front matter".to_owned(),
            name => format!("there is no front matter, which a `{name}` page needs"),
        };
        found
            .at(Span::empty(cx.doc.body.span.start), message)
            .help(format!("begin with a front matter that holds {}", names.join(", ")));
    }
}
