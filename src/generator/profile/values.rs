//! The keys of a page to a generator, and the values that it accepts.

use serde::Deserialize;

/// The values that a generator accepts in some fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AcceptedValues {
    /// The keys; a dot separates those of nested mappings.
    pub(crate) fields: Vec<String>,
    /// The kinds of values; any if there are none.
    #[serde(default)]
    pub(crate) kinds: Vec<ValueKind>,
    /// The kinds of the items of a list; any if there are none.
    #[serde(default)]
    pub(crate) items: Vec<ValueKind>,
    /// The least and the greatest number.
    pub(crate) range: Option<(f64, f64)>,
    /// The strings, if only some are accepted.
    #[serde(default)]
    pub(crate) one_of: Vec<String>,
    /// The form of a string.
    pub(crate) form: Option<StringForm>,
    /// The greatest number of characters of a string.
    pub(crate) max_length: Option<usize>,
    /// Whether the string has to be the name of the page's folder.
    #[serde(default)]
    pub(crate) is_folder_name: bool,
    /// Only in files in a folder of this name, or in nested folders of these names.
    pub(crate) only_in_folder: Option<String>,
    /// What happens to a page with another value.
    pub(crate) explanation: String,
}

/// The form of a string.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StringForm {
    /// Lowercase letters and digits of ASCII in words with a hyphen between them: `river-walk`.
    KebabCase,
}

impl StringForm {
    /// Whether `text` has this form.
    pub(crate) fn fits(self, text: &str) -> bool {
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        match self {
            StringForm::KebabCase => text.split('-').all(is_word),
        }
    }

    /// What strings of this form consist of.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            StringForm::KebabCase => "lowercase letters and digits, with single hyphens between words",
        }
    }
}

/// A kind of value, as a generator's YAML parser resolves it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ValueKind {
    /// `x:`, `x: null`
    Null,
    /// `x: ""`
    EmptyString,
    /// Any string that isn't empty.
    String,
    /// `"5"`
    NumericString,
    /// `"true"`
    BooleanString,
    /// Any number.
    Number,
    /// A whole number.
    Int,
    /// `true` or `false`
    Bool,
    /// `2024-01-31`
    Date,
    /// A list with items.
    List,
    /// `[]`
    EmptyList,
    /// A mapping.
    Map,
}

/// A required key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Required {
    /// The key.
    pub(crate) field: String,
    /// Only in files in a folder of this name, or in nested folders of these names.
    pub(crate) only_in_folder: Option<String>,
    /// What happens without it.
    pub(crate) explanation: String,
}

/// A key's new name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Renamed {
    /// The key to use instead; none if it has no replacement.
    pub(crate) to: Option<String>,
    /// What happens to the old key: `since 1.9, Obsidian no longer reads it`.
    pub(crate) explanation: String,
}

/// A key that isn't read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Ignored {
    /// The key.
    pub(crate) field: String,
    /// Only with this value.
    pub(crate) value: Option<String>,
    /// Only in files in a folder of this name, or in nested folders of these names.
    pub(crate) only_in_folder: Option<String>,
    /// Words in the config that mean that the site itself reads it.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    /// What happens instead.
    pub(crate) explanation: String,
    /// What to write.
    pub(crate) help: String,
}

/// Keys that a generator keeps for itself.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ReservedFields {
    /// The keys.
    pub(crate) names: Vec<String>,
    /// What happens to a page that has one.
    pub(crate) explanation: String,
}

/// Files that must not have any other keys.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClosedFields {
    /// The name of the files.
    pub(crate) file: String,
    /// The keys.
    pub(crate) names: Vec<String>,
    /// Where other keys belong.
    pub(crate) help: String,
    /// What happens to a file that has another one.
    pub(crate) explanation: String,
}

/// Two keys of which the generator uses only one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Conflict {
    /// The one that is used.
    pub(crate) used: String,
    /// The other.
    pub(crate) ignored: String,
}
