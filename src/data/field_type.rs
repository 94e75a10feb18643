//! The types a field can have in a config.

use crate::data::node::{ScalarType, Value};
use crate::date;
use crate::url::has_scheme;

/// The types a field can have in a config.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FieldType {
    /// A string; a number or date without quotes is not one.
    String,
    /// A list.
    List,
    /// A map.
    Map,
    /// A whole number.
    Int,
    /// Any number.
    Number,
    /// `true` or `false`.
    Bool,
    /// A day.
    Date,
    /// A date with or without a time.
    DateTime,
    /// The path of a file of the site.
    Path,
    /// A URL with a scheme.
    Url,
}

impl FieldType {
    /// The names of the types in a config.
    pub(crate) const NAMES: [(&'static str, FieldType); 10] = [
        ("string", FieldType::String),
        ("list", FieldType::List),
        ("map", FieldType::Map),
        ("int", FieldType::Int),
        ("number", FieldType::Number),
        ("bool", FieldType::Bool),
        ("date", FieldType::Date),
        ("datetime", FieldType::DateTime),
        ("path", FieldType::Path),
        ("url", FieldType::Url),
    ];

    /// Its name in a config.
    pub(crate) fn as_str(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("any", |(word, _)| word)
    }

    /// Whether a value is of this type. A date counts in any format, quoted or not, and may have a time; whether it
    /// exists in the calendar is another question.
    pub(crate) fn accepts(self, value: Value<'_>) -> bool {
        let kind = value.scalar_type();
        match self {
            FieldType::List => value.items().is_some(),
            FieldType::Map => value.is_map(),
            FieldType::String | FieldType::Path => kind == Some(ScalarType::String),
            FieldType::Int => kind == Some(ScalarType::Int),
            FieldType::Number => matches!(kind, Some(ScalarType::Int | ScalarType::Float)),
            FieldType::Bool => kind == Some(ScalarType::Bool),
            FieldType::Date | FieldType::DateTime => {
                matches!(kind, Some(ScalarType::Date | ScalarType::DateTime | ScalarType::String))
                    && value.text().is_some_and(|text| date::parse(text).is_some())
            }
            FieldType::Url => kind == Some(ScalarType::String) && value.text().is_some_and(has_scheme),
        }
    }
}
