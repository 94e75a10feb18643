//! A field that still holds what the template put there.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use serde::Deserialize;

/// Options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceholderValue {
    /// The fields that are looked at.
    fields: Vec<String>,
    /// Values that only a template has, in lower case.
    values: Vec<String>,
}

impl Check for PlaceholderValue {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for entry in self.fields.iter().filter_map(|name| fields::find(cx, name)) {
            let items = entry.value.items().into_iter().flatten().take(fields::MAX_ITEMS);
            for value in items.chain([entry.value]) {
                let Some(text) = value.text().map(|text| text.trim().trim_end_matches(['.', '…', '!'])) else {
                    continue;
                };
                // Lower case is as long, but for letters that no template has.
                let may_be = text.len() < 80 && self.values.iter().any(|known| known.len() == text.len());
                if may_be && self.values.contains(&text.to_lowercase()) {
                    let name = entry.key.text().unwrap_or("the field");
                    found
                        .at(value.span(), format!("`{}` is what a template puts there", fields::truncate(text)))
                        .help(format!("fill in `{name}`, or drop it"));
                }
            }
        }
    }
}
