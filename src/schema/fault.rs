//! What a schema doesn't allow, and where that is in the page.

use crate::data::node::{Entry, Value};
use crate::schema::keyword::Type;
use serde_json::Value as Json;

/// The place of a mistake.
#[derive(Clone, Copy, Debug)]
pub enum At<'a> {
    /// The whole front matter.
    Root(Value<'a>),
    /// The value of a key.
    Value(Entry<'a>),
    /// An item of a list.
    Item(Value<'a>),
    /// A key.
    Key(Entry<'a>),
}

impl<'a> At<'a> {
    /// The value there.
    pub fn value(self) -> Value<'a> {
        match self {
            At::Root(value) | At::Item(value) => value,
            At::Value(entry) | At::Key(entry) => entry.value,
        }
    }
}

/// One thing that a schema doesn't allow.
#[derive(Clone, Debug)]
pub struct Mistake<'a> {
    /// Where.
    pub at: At<'a>,
    /// The keys that lead there, with dots between; empty for the whole front matter. For an item its list's.
    pub name: String,
    /// What.
    pub fault: Fault<'a>,
    /// What the schema's author says of it.
    pub says: Option<&'a str>,
}

/// What isn't allowed.
#[derive(Clone, Debug)]
pub enum Fault<'a> {
    /// A value of another type.
    Type {
        /// The types that fit.
        wanted: Vec<Type>,
        /// What it is to the site's reader.
        is: Is,
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
        most: usize,
    },
    /// No item, or too few, of the kind that has to be there.
    Lacking {
        /// So many have to be.
        min: usize,
    },
    /// Too many items of a kind.
    Plenty {
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
        beside: Option<&'a str>,
    },
    /// A key that may not be there.
    UnknownKey {
        /// Those that may and aren't.
        known: Vec<&'a str>,
    },
    /// A key that isn't written as keys have to be.
    KeyForm,
    /// Anything there: the schema `false`.
    Forbidden,
    /// A value that fits what it may not fit.
    Not,
    /// A value that fits more than one of the forms that rule each other out.
    Ambiguous,
    /// The value asks for more work than a page is worth.
    TooCostly,
}

/// What a value is, in the terms of JSON, and dates apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Is {
    /// Of one of the types.
    Of(Type),
    /// A point in time.
    Time,
}

/// A limit and what breaks it.
#[derive(Clone, Copy, Debug)]
pub struct Limit<T> {
    /// What is there.
    pub is: T,
    /// What may be.
    pub limit: T,
    /// Whether the limit itself is out of bounds.
    pub exclusive: bool,
}

impl<T> Limit<T> {
    pub(crate) fn new(is: T, limit: T) -> Self {
        Self { is, limit, exclusive: false }
    }
}
