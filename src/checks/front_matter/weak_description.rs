//! A description that says no more than the title, or too little, or too much.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::text::words;
use serde::Deserialize;

/// Options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct WeakDescription {
    /// The fields that describe a page.
    fields: Vec<String>,
    /// So many characters at least; any where none is said.
    min_length: Option<usize>,
    /// So many characters at most; any where none is said.
    max_length: Option<usize>,
}

impl Check for WeakDescription {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for entry in self.fields.iter().filter_map(|name| fields::find(cx, name)) {
            let Some(text) = entry.value.text().map(str::trim).filter(|text| !text.is_empty()) else { continue };
            let name = entry.key.text().unwrap_or_default();
            let title = fields::find(cx, "title").filter(|title| {
                let title = title.value.text().unwrap_or_default();
                !title.is_empty() && (title.trim() == text || words::fold(title) == words::fold(text))
            });
            let length = text.chars().count();
            let span = entry.value_or_key_span();
            if let Some(title) = title {
                found
                    .at(span, format!("`{name}` repeats the title"))
                    .label(title.value_or_key_span(), "the title")
                    .help("say in a sentence what a reader finds here, or drop it: search results show both");
            } else if let Some(min) = self.min_length.filter(|min| length < *min) {
                found.at(span, format!("`{name}` has {length} characters")).label_primary(format!("at least {min}"));
            } else if let Some(max) = self.max_length.filter(|max| length > *max) {
                found.at(span, format!("`{name}` has {length} characters")).label_primary(format!("at most {max}"));
            }
        }
    }
}
