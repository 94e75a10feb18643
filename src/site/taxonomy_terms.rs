//! The terms of taxonomies in front matter, as the generator would take them apart.

use crate::data::node::Value;
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::{GeneratorProfile, StringTagsBehavior};

/// As many keys of one mapping are looked at. More are nothing that a writer chose.
const MAX_KEYS: usize = 500;

/// The words of a taxonomy's value, as the generator would take them apart, each with the text that it is in; none for a
/// key that is no taxonomy's.
pub(crate) fn terms<'a>(key: &str, value: Value<'a>, profile: &GeneratorProfile) -> Vec<(Value<'a>, &'a str)> {
    let known = profile.taxonomy(key);
    if known.is_none() && (profile.taxonomies.iter().any(|terms| terms.field.contains('.')) || !is_taxonomy(key)) {
        return Vec::new();
    }
    let is_some = |(_, text): &(Value<'_>, &str)| !text.is_empty();
    if let Some(items) = value.items() {
        return items.filter_map(|item| Some((item, item.text()?.trim()))).filter(is_some).collect();
    }
    let Some(text) = value.text().filter(|_| !value.is_null()) else { return Vec::new() };
    match known.map_or(StringTagsBehavior::SingleTerm, |terms| terms.string) {
        StringTagsBehavior::SplitOnSpaces => text.split_whitespace().map(|text| (value, text)).collect(),
        StringTagsBehavior::SplitOnCommas | StringTagsBehavior::SplitOnCommasAndTrim => {
            text.split(',').map(|text| (value, text.trim())).filter(is_some).collect()
        }
        StringTagsBehavior::SingleTerm | StringTagsBehavior::Rejected => {
            Some((value, text.trim())).filter(is_some).into_iter().collect()
        }
    }
}

/// The values of front matter that may be a taxonomy's: the name of each, its key, and its value. The keys of nested
/// mappings are separated by dots.
pub(crate) fn taxonomies<'a>(
    front: &'a FrontMatter,
    profile: &GeneratorProfile,
) -> Vec<(String, Value<'a>, Value<'a>)> {
    let mut found = Vec::new();
    for entry in front.root().into_iter().flat_map(Value::entries).take(MAX_KEYS) {
        let Some(key) = entry.key.text() else { continue };
        let name = if profile.folds_case { key.to_ascii_lowercase() } else { key.to_owned() };
        if !entry.value.is_map() {
            found.push((name, entry.key, entry.value));
            continue;
        }
        let below = entry.value.entries().take(MAX_KEYS);
        found.extend(below.filter_map(|below| Some((format!("{name}.{}", below.key.text()?), below.key, below.value))));
    }
    found
}

/// The keys that are a taxonomy's wherever they are met.
fn is_taxonomy(key: &str) -> bool {
    matches!(key, "tags" | "categories")
}

/// The name of a taxonomy: its key in the plural.
pub(crate) fn plural(key: &str) -> &str {
    match key {
        "tag" => "tags",
        "category" => "categories",
        key => key,
    }
}
