//! Content types: which fields a kind of page has, and what they may hold.

use crate::data::field_type::FieldType;
use crate::data::node::Value;
use crate::schema::Schema;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the config says of one kind of page: `content: post: …`.
#[derive(Clone, Default, Debug)]
pub struct ContentType {
    /// Its name in the config.
    pub name: String,
    /// Its fields, in the config's order.
    pub fields: Vec<Field>,
    /// Whether a field that isn't listed is a finding.
    pub closed: bool,
    /// What the whole front matter is held against.
    pub schema: Option<Arc<Schema>>,
    /// The fields in the order in which a page should have them; empty where it doesn't matter.
    pub order: Vec<String>,
}

impl ContentType {
    /// The field called `name`.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The fields that must be there.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.required)
    }
}

/// One field of a content type.
#[derive(Clone, Default, Debug)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// Whether it must be there and hold something.
    pub required: bool,
    /// Where it must be there and hold something, if not everywhere.
    pub required_when: Option<Condition>,
    /// The only pages that may have it, if not all may.
    pub allowed_when: Option<Condition>,
    /// What its value may be.
    pub constraints: ValueConstraints,
}

/// What a value may be. The default allows anything.
#[derive(Clone, Default, Debug)]
pub struct ValueConstraints {
    /// Its types; empty allows any.
    pub types: Vec<FieldType>,
    /// The only values allowed, if closed.
    pub vocabulary: Option<Vocabulary>,
    /// A regular expression that the text must match somewhere.
    pub pattern: Option<String>,
    /// Least and most characters of a text.
    pub length: Bounds,
    /// Least and most items of a list.
    pub count: Bounds,
    /// Least and most of a number.
    pub range: (Option<f64>, Option<f64>),
    /// What each item of a list may be.
    pub items: Option<Box<ValueConstraints>>,
    /// Whether the file that a path names must be there.
    pub must_exist: bool,
    /// The folder that a path starts from, relative to the project's root: `assets/img`.
    pub base: Option<String>,
    /// The field beside which this one has to be there.
    pub required_with: Option<String>,
    /// The field whose date this one may not precede.
    pub not_before: Option<String>,
    /// Where no value may be there twice.
    pub unique: Option<UniqueScope>,
    /// What to do instead of using it, where it is out of date.
    pub deprecated: Option<Deprecated>,
    /// Whether a path starts from the folder of the page that names it.
    pub relative_to_file: bool,
}

impl ValueConstraints {
    /// Whether a value is of one of the types; any value is where none is asked for.
    pub fn accepts(&self, value: Value<'_>) -> bool {
        self.types.is_empty() || self.types.iter().any(|kind| kind.accepts(value))
    }
}

/// Where no value may be there twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UniqueScope {
    /// Among the items of one list.
    Items,
    /// Among all pages of this kind: a value, and of a list each item.
    Pages,
}

/// A field that is out of date.
#[derive(Clone, Default, Debug)]
pub struct Deprecated {
    /// The field to use instead; none where nothing takes its place.
    pub to: Option<String>,
    /// Why, or what to do.
    pub explanation: Option<String>,
}

/// What has to hold of a page: all of it.
#[derive(Clone, Default, Debug)]
pub struct Condition {
    /// Fields, and what they hold.
    pub fields: Vec<(String, FieldCondition)>,
    /// The paths of the pages.
    pub files: Option<PathCondition>,
}

/// What a field holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldCondition {
    /// Something; or nothing, where this is false.
    IsSet(bool),
    /// One of these values, or a list with one of them.
    OneOf(Vec<String>),
    /// None of these values: another one, or nothing.
    NotOneOf(Vec<String>),
}

/// A test of a page's path, relative to the config's folder.
#[derive(Clone)]
pub struct PathCondition {
    /// As the config has it, for people.
    pub shown: String,
    /// The test.
    pub matches: Arc<dyn Fn(&str) -> bool + Send + Sync>,
}

impl std::fmt::Debug for PathCondition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

/// Least and most, both included.
#[derive(Clone, Copy, Default, Debug)]
pub struct Bounds {
    /// At least this.
    pub min: Option<usize>,
    /// At most this.
    pub max: Option<usize>,
}

/// A closed set of values.
#[derive(Clone, Default, Debug)]
pub struct Vocabulary {
    /// The values, in the order in which they are shown.
    pub terms: Vec<String>,
    /// Other spellings, each with the value it stands for.
    pub aliases: BTreeMap<String, String>,
    /// Where the values come from, for the help: `_data/authors.yml`.
    pub origin: Option<String>,
}
