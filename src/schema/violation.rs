//! Violations of a schema, and where they are in the page.

use crate::data::node::{Entry, Value};
use crate::schema::keyword::JsonType;
use serde_json::Value as Json;

/// The place of an error.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Location<'a> {
    /// The whole front matter.
    Root(Value<'a>),
    /// The value of a key.
    Value(Entry<'a>),
    /// An item of a list.
    Item(Value<'a>),
    /// A key.
    Key(Entry<'a>),
}

impl<'a> Location<'a> {
    /// The value there.
    pub(crate) fn value(self) -> Value<'a> {
        match self {
            Location::Root(value) | Location::Item(value) => value,
            Location::Value(entry) | Location::Key(entry) => entry.value,
        }
    }
}

/// One violation of a schema.
#[derive(Clone, Debug)]
pub(crate) struct Violation<'a> {
    /// Where.
    pub(crate) location: Location<'a>,
    /// The keys that lead there, separated by dots; empty for the whole front matter. For an item, those of its list.
    pub(crate) path: String,
    /// What.
    pub(crate) kind: ViolationKind<'a>,
    /// The message of the schema's author.
    pub(crate) message: Option<&'a str>,
}

/// What isn't allowed.
#[derive(Clone, Debug)]
pub(crate) enum ViolationKind<'a> {
    /// A value of another type.
    Type {
        /// The types that fit.
        expected: Vec<JsonType>,
        /// What it is to the site's YAML parser.
        actual: InstanceType,
    },
    /// A value that isn't one of these.
    OneOf(Vec<&'a Json>),
    /// A number that is too small.
    TooSmall(Limit<f64>),
    /// A number too large.
    TooLarge(Limit<f64>),
    /// A number that isn't a multiple of this.
    NotMultiple(f64),
    /// A string that is too short, in characters.
    TooShort(Limit<usize>),
    /// A string that is too long, in characters.
    TooLong(Limit<usize>),
    /// A string that doesn't match this pattern.
    Pattern(&'a str),
    /// A string that isn't of one of these formats, by their names in JSON Schema.
    Format(Vec<&'static str>),
    /// Fewer items.
    TooFewItems(Limit<usize>),
    /// More items.
    TooManyItems(Limit<usize>),
    /// A duplicate item.
    Repeated {
        /// The first of the two.
        first: Value<'a>,
    },
    /// An item after the last allowed one.
    ExtraItem {
        /// So many are.
        max: usize,
    },
    /// Too few items that match `contains`.
    ContainsTooFew,
    /// Too many items that match `contains`.
    ContainsTooMany {
        /// So many may be.
        max: usize,
    },
    /// Fewer keys in a map.
    TooFewKeys(Limit<usize>),
    /// More keys in a map.
    TooManyKeys(Limit<usize>),
    /// A required key that is missing.
    Missing {
        /// The key.
        key: &'a str,
        /// The key that requires it, if it is required only then.
        required_with: Option<&'a str>,
    },
    /// A key that isn't allowed.
    UnknownKey {
        /// The allowed keys that are absent.
        known: Vec<&'a str>,
    },
    /// A key that doesn't match `propertyNames`.
    PropertyName,
    /// Any value: the schema `false`.
    Forbidden,
    /// A value that matches `not`.
    Not,
    /// A value that matches more than one schema of `oneOf`.
    Ambiguous,
    /// Validation takes more steps than allowed.
    Timeout,
}

/// The type of a value in terms of JSON, with dates apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum InstanceType {
    /// Of one of the types.
    Of(JsonType),
    /// A point in time.
    Timestamp,
}

/// A limit and the value that exceeds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit<T> {
    /// What is there.
    pub(crate) actual: T,
    /// What may be.
    pub(crate) limit: T,
    /// Whether the limit itself is not allowed.
    pub(crate) exclusive: bool,
}

impl<T> Limit<T> {
    pub(crate) fn new(actual: T, limit: T) -> Self {
        Self { actual, limit, exclusive: false }
    }
}
