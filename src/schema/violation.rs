//! What a schema doesn't allow, and where that is in the page.

use crate::data::node::{Entry, Value};
use crate::schema::keyword::JsonType;
use serde_json::Value as Json;

/// The place of a mistake.
#[derive(Clone, Copy, Debug)]
pub enum Location<'a> {
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
    pub fn value(self) -> Value<'a> {
        match self {
            Location::Root(value) | Location::Item(value) => value,
            Location::Value(entry) | Location::Key(entry) => entry.value,
        }
    }
}

/// One thing that a schema doesn't allow.
#[derive(Clone, Debug)]
pub struct Violation<'a> {
    /// Where.
    pub location: Location<'a>,
    /// The keys that lead there, with dots between; empty for the whole front matter. For an item its list's.
    pub path: String,
    /// What.
    pub kind: ViolationKind<'a>,
    /// What the schema's author says of it.
    pub message: Option<&'a str>,
}

/// What isn't allowed.
#[derive(Clone, Debug)]
pub enum ViolationKind<'a> {
    /// A value of another type.
    Type {
        /// The types that fit.
        expected: Vec<JsonType>,
        /// What it is to the site's reader.
        actual: InstanceType,
    },
    /// A value that isn't one of these.
    OneOf(Vec<&'a Json>),
    /// A number too small, or not large enough.
    TooSmall(Limit<f64>),
    /// A number too large.
    TooLarge(Limit<f64>),
    /// A number that isn't a multiple of this.
    NotMultiple(f64),
    /// A text of fewer characters.
    TooShort(Limit<usize>),
    /// A text of more characters.
    TooLong(Limit<usize>),
    /// A text that doesn't match this pattern.
    Pattern(&'a str),
    /// A text that isn't of one of these formats, by their names in JSON Schema.
    Format(Vec<&'static str>),
    /// Fewer items.
    TooFewItems(Limit<usize>),
    /// More items.
    TooManyItems(Limit<usize>),
    /// An item that is there before.
    Repeated {
        /// The first of the two.
        first: Value<'a>,
    },
    /// An item after the last that is allowed.
    ExtraItem {
        /// So many are.
        max: usize,
    },
    /// No item, or too few, of the kind that has to be there.
    ContainsTooFew {
        /// So many have to be.
        min: usize,
    },
    /// Too many items of a kind.
    ContainsTooMany {
        /// So many may be.
        max: usize,
    },
    /// Fewer keys in a map.
    TooFewKeys(Limit<usize>),
    /// More keys in a map.
    TooManyKeys(Limit<usize>),
    /// A key that has to be there.
    Missing {
        /// The key.
        key: &'a str,
        /// The key beside which it has to be there, if that is why.
        required_with: Option<&'a str>,
    },
    /// A key that may not be there.
    UnknownKey {
        /// Those that may and aren't.
        known: Vec<&'a str>,
    },
    /// A key that isn't written as keys have to be.
    PropertyName,
    /// Anything there: the schema `false`.
    Forbidden,
    /// A value that fits what it may not fit.
    Not,
    /// A value that fits more than one of the forms that rule each other out.
    Ambiguous,
    /// The value asks for more work than a page is worth.
    Timeout,
}

/// What a value is, in the terms of JSON, and dates apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InstanceType {
    /// Of one of the types.
    Of(JsonType),
    /// A point in time.
    Timestamp,
}

/// A limit and what breaks it.
#[derive(Clone, Copy, Debug)]
pub struct Limit<T> {
    /// What is there.
    pub actual: T,
    /// What may be.
    pub limit: T,
    /// Whether the limit itself is out of bounds.
    pub exclusive: bool,
}

impl<T> Limit<T> {
    pub(crate) fn new(actual: T, limit: T) -> Self {
        Self { actual, limit, exclusive: false }
    }
}
