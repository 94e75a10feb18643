//! A field that still has the value from its template.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::data::node::Entry;
use serde::Deserialize;

/// Options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceholderValue {
    /// The fields that are checked.
    fields: Vec<String>,
    /// The values of templates, in lower case.
    values: Vec<String>,
    /// Words that stand for a value to be filled in later, except among tags.
    markers: Vec<String>,
}

impl PlaceholderValue {
    /// Whether a value is only `TODO` or the like. A tag may be called so, and a page about what is to be done.
    fn is_marker(&self, cx: &Context, entry: &Entry<'_>, text: &str) -> bool {
        let is_about = || {
            let stem = cx.doc.source.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            stem.to_ascii_lowercase().contains(&text.to_ascii_lowercase())
        };
        entry.value.scalar().is_some()
            && self.markers.iter().any(|marker| marker == text)
            && !entry.key.text().is_some_and(|key| ["tags", "categories", "category", "slug"].contains(&key))
            && !is_about()
    }
}

impl Check for PlaceholderValue {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for entry in self.fields.iter().filter_map(|name| fields::find(cx, name)) {
            let items = entry.value.items().into_iter().flatten().take(fields::MAX_ITEMS);
            for value in items.chain([entry.value]) {
                let Some(text) = value.text().map(|text| text.trim().trim_end_matches(['.', '…', '!'])) else {
                    continue;
                };
                // Lower case has the same length, except for letters that templates don't use.
                let may_be = text.len() < 80 && self.values.iter().any(|known| known.len() == text.len());
                if (may_be && self.values.contains(&text.to_lowercase())) || self.is_marker(cx, &entry, text) {
                    let name = entry.key.text().unwrap_or("the field");
                    found
                        .at(value.span(), format!("placeholder value `{}`", fields::truncate(text)))
                        .help(format!("set `{name}`, or remove it"));
                }
            }
        }
    }
}
