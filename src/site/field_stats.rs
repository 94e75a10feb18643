//! What the pages of a folder have in common: which fields, of which types, with which values.

use crate::data::field_type::FieldType;
use crate::data::node::{ScalarType, Value};
use crate::date;
use crate::document::front_matter::FrontMatter;
use std::collections::BTreeMap;

/// As many different values are counted; a field with more has no vocabulary.
const MOST_VALUES: usize = 300;

/// The pages of a folder.
#[derive(Default, Debug)]
pub(crate) struct FieldStats {
    /// How many pages have front matter that can be read.
    pub(crate) pages: usize,
    /// How many have none at all.
    pub(crate) bare: usize,
    /// Their fields, by key.
    pub(crate) fields: BTreeMap<String, FieldStat>,
}

/// A field over the pages of a folder.
#[derive(Default, Debug)]
pub(crate) struct FieldStat {
    /// How many pages fill it in.
    pub(crate) pages: usize,
    /// How many values are of which type; a number or a date in a text's place is a text.
    pub(crate) types: BTreeMap<&'static str, usize>,
    /// The values that are texts, and those in lists.
    pub(crate) values: BTreeMap<String, usize>,
    /// Where the first page has it, for the order in which fields are shown.
    pub(crate) position: usize,
    is_open: bool,
}

impl FieldStats {
    /// Counts a page in.
    pub(crate) fn add(&mut self, front: &FrontMatter) {
        let Some(root) = front.root().filter(|_| front.problems.is_empty()) else { return };
        self.pages += 1;
        for (position, entry) in root.entries().enumerate() {
            let Some(key) = entry.key.text().filter(|key| *key != "<<") else { continue };
            let Some(kind) = kind(entry.value) else { continue };
            let field = self.fields.entry(key.to_owned()).or_insert(FieldStat { position, ..FieldStat::default() });
            field.pages += 1;
            *field.types.entry(kind.as_str()).or_default() += 1;
            let items = entry.value.items().into_iter().flatten();
            // Hexo: a list of paths of categories.
            let nested = entry.value.items().into_iter().flatten().filter_map(Value::items).flatten();
            for value in items.chain(nested).chain([entry.value]).filter_map(Value::text) {
                field.count(value.trim());
            }
        }
    }
}

impl FieldStat {
    /// The values, if they are few enough to be a closed set: used over and over, and hardly any only once.
    pub(crate) fn vocabulary(&self) -> Option<Vec<(&str, usize)>> {
        let uses: usize = self.values.values().sum();
        let once = self.values.values().filter(|count| **count == 1).count();
        let different = self.values.len();
        let is_closed = !self.is_open && different <= 60 && uses >= different * 5 && once * 5 <= different.max(5);
        let is_short = self.values.keys().all(|value| !value.is_empty() && value.chars().count() <= 40);
        (is_closed && is_short && uses >= 10)
            .then(|| self.values.iter().map(|(value, count)| (value.as_str(), *count)).collect())
    }

    /// How many different values there are; none for too many to be counted.
    pub(crate) fn different(&self) -> Option<usize> {
        (!self.is_open).then_some(self.values.len())
    }

    fn count(&mut self, value: &str) {
        if let Some(count) = self.values.get_mut(value) {
            *count += 1;
        } else if self.values.len() < MOST_VALUES {
            self.values.insert(value.to_owned(), 1);
        } else {
            self.is_open = true;
        }
    }
}

/// Whether a value isn't empty.
pub(crate) fn is_filled_in(value: Value<'_>) -> bool {
    kind(value).is_some()
}

/// The type of a value that is filled in.
fn kind(value: Value<'_>) -> Option<FieldType> {
    if let Some(items) = value.items() {
        return (items.len() > 0).then_some(FieldType::List);
    }
    let Some(scalar) = value.scalar() else {
        return value.entries().next().map(|_| FieldType::Map);
    };
    match scalar.kind {
        ScalarType::Null => None,
        ScalarType::Bool => Some(FieldType::Bool),
        ScalarType::Int => Some(FieldType::Int),
        ScalarType::Float => Some(FieldType::Number),
        ScalarType::Date | ScalarType::DateTime => Some(FieldType::Date),
        ScalarType::String if scalar.value.trim().is_empty() => None,
        ScalarType::String if date::parse(&scalar.value).is_some() => Some(FieldType::Date),
        ScalarType::String => Some(FieldType::String),
    }
}
