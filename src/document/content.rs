//! Content types: which fields a kind of page has, and what they may hold.

use std::collections::BTreeMap;

/// What the config says of one kind of page: `content: post: …`.
#[derive(Clone, Default, Debug)]
pub struct ContentType {
    /// Its name in the config.
    pub name: String,
    /// Its fields, in the config's order.
    pub fields: Vec<Field>,
    /// Whether a field that isn't listed is a finding.
    pub closed: bool,
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
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// Whether it must be there and hold something.
    pub required: bool,
    /// What its value may be.
    pub shape: Shape,
}

/// What a value may be. The default allows anything.
#[derive(Clone, Default, Debug)]
pub struct Shape {
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
    pub items: Option<Box<Shape>>,
}

/// Least and most, both included.
#[derive(Clone, Copy, Default, Debug)]
pub struct Bounds {
    /// At least this.
    pub min: Option<usize>,
    /// At most this.
    pub max: Option<usize>,
}

/// The types a field can have in a config.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldType {
    /// Text; a number or date written without quotes is not text.
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
    /// A day with or without a time.
    DateTime,
    /// A path of a file of the site.
    Path,
    /// An address with a scheme.
    Url,
}

impl FieldType {
    /// The word for it in a config.
    pub const WORDS: [(&'static str, FieldType); 10] = [
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

    /// The word for it in a config.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("any", |(word, _)| word)
    }
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
