//! Content types: the fields of a kind of page, and their constraints.

use crate::data::field_type::FieldType;
use crate::data::node::Value;
use crate::fs::Globs;
use crate::schema::Schema;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A content type of the config: `content: post: …`.
#[derive(Clone, Default, Debug)]
pub(crate) struct ContentType {
    /// Its name in the config.
    pub(crate) name: String,
    /// Its fields, in the config's order.
    pub(crate) fields: Vec<Field>,
    /// Whether unknown fields are reported.
    pub(crate) closed: bool,
    /// The schema of the whole front matter.
    pub(crate) schema: Option<Arc<Schema>>,
    /// The required order of the fields; empty for any.
    pub(crate) order: Vec<String>,
}

impl ContentType {
    /// The field called `name`.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The required fields.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.required)
    }
}

/// One field of a content type.
#[derive(Clone, Default, Debug)]
pub(crate) struct Field {
    /// Its key.
    pub(crate) name: String,
    /// Whether it is required and must not be empty.
    pub(crate) required: bool,
    /// The pages on which it is required, if not all.
    pub(crate) required_when: Option<Condition>,
    /// The only pages on which it is allowed, if not all.
    pub(crate) allowed_when: Option<Condition>,
    /// What its value may be.
    pub(crate) constraints: ValueConstraints,
}

/// Constraints on a value. The default allows anything.
#[derive(Clone, Default, Debug)]
pub(crate) struct ValueConstraints {
    /// The accepted types; empty allows any.
    pub(crate) types: Vec<FieldType>,
    /// The allowed values, if it is a closed set.
    pub(crate) vocabulary: Option<Vocabulary>,
    /// A regular expression that the string must match somewhere.
    pub(crate) pattern: Option<String>,
    /// Minimum and maximum length of a string, in characters.
    pub(crate) length: Bounds,
    /// Minimum and maximum number of items of a list.
    pub(crate) count: Bounds,
    /// Minimum and maximum of a number.
    pub(crate) range: (Option<f64>, Option<f64>),
    /// Constraints on each item of a list.
    pub(crate) items: Option<Box<ValueConstraints>>,
    /// Whether the file that a path names must exist.
    pub(crate) must_exist: bool,
    /// The folder that a path is relative to, relative to the project's root: `assets/img`.
    pub(crate) base: Option<String>,
    /// The field that requires this one.
    pub(crate) required_with: Option<String>,
    /// The field whose date must not be later than this one.
    pub(crate) not_before: Option<String>,
    /// The scope in which its values must be unique.
    pub(crate) unique: Option<UniqueScope>,
    /// What to use instead, if it is deprecated.
    pub(crate) deprecated: Option<Deprecated>,
    /// Whether a path is relative to the folder of the page that names it.
    pub(crate) relative_to_file: bool,
}

impl ValueConstraints {
    /// Whether a value is of one of the types, or any type is accepted.
    pub(crate) fn accepts(&self, value: Value<'_>) -> bool {
        self.types.is_empty() || self.types.iter().any(|kind| kind.accepts(value))
    }
}

/// The scope in which values must be unique.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum UniqueScope {
    /// Among the items of one list.
    Items,
    /// Among all pages of this type: the value, or each item of a list.
    Pages,
}

/// A deprecated field.
#[derive(Clone, Default, Debug)]
pub(crate) struct Deprecated {
    /// The field to use instead; none if it has no replacement.
    pub(crate) to: Option<String>,
    /// Why, or what to do.
    pub(crate) explanation: Option<String>,
}

/// A condition on a page; all parts must be true.
#[derive(Clone, Default, Debug)]
pub(crate) struct Condition {
    /// Fields, each with a condition on its value.
    pub(crate) fields: Vec<(String, FieldCondition)>,
    /// The paths of the pages.
    pub(crate) files: Option<PathCondition>,
}

/// What a field holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum FieldCondition {
    /// It has a value; or it has none, if false.
    IsSet(bool),
    /// One of these values, or a list with one of them.
    OneOf(Vec<String>),
    /// None of these values: another one, or no value.
    NotOneOf(Vec<String>),
}

/// A condition on a page's path, relative to the config's folder.
#[derive(Clone, Debug)]
pub(crate) struct PathCondition {
    /// The globs as the config has them, for messages.
    pub(crate) display: String,
    /// The globs.
    pub(crate) globs: Globs,
}

/// Minimum and maximum, both inclusive.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Bounds {
    /// At least this.
    pub(crate) min: Option<usize>,
    /// At most this.
    pub(crate) max: Option<usize>,
}

/// A closed set of values.
#[derive(Clone, Default, Debug)]
pub(crate) struct Vocabulary {
    /// The values, in the order in which they are displayed.
    pub(crate) terms: Vec<String>,
    /// Other spellings, each with its canonical value.
    pub(crate) aliases: BTreeMap<String, String>,
    /// Where the values come from, for the help: `_data/authors.yml`.
    pub(crate) origin: Option<String>,
}
