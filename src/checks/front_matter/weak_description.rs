//! A description that repeats the title, or is too short or too long.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::text::similarity;
use serde::Deserialize;

/// Options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct WeakDescription {
    /// The description fields.
    fields: Vec<String>,
    /// Minimum number of characters, if any.
    min_length: Option<usize>,
    /// Maximum number of characters, if any.
    max_length: Option<usize>,
}

impl Check for WeakDescription {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for entry in self.fields.iter().filter_map(|name| fields::find(cx, name)) {
            let Some(text) = entry.value.text().map(str::trim).filter(|text| !text.is_empty()) else { continue };
            let name = entry.key.text().unwrap_or_default();
            let title = fields::find(cx, "title").filter(|title| {
                let title = title.value.text().unwrap_or_default();
                !title.is_empty()
                    && (title.trim() == text || similarity::normalize(title) == similarity::normalize(text))
            });
            let length = text.chars().count();
            let span = entry.value_or_key_span();
            if let Some(title) = title {
                found
                    .at(span, format!("`{name}` repeats the title"))
                    .label(title.value_or_key_span(), "title")
                    .help("summarize the page in one sentence, or remove the field; search results show both");
            } else if let Some(min) = self.min_length.filter(|min| length < *min) {
                found.at(span, format!("`{name}` is {length} characters long; the minimum is {min}"));
            } else if let Some(max) = self.max_length.filter(|max| length > *max) {
                found.at(span, format!("`{name}` is {length} characters long; the maximum is {max}"));
            }
        }
    }
}
