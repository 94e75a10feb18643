//! A schema as it is held against a page: each keyword with what it asks for.

use crate::schema::format::Format;
use crate::schema::pattern::Pattern;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The place of a [`Node`] among a schema's nodes.
pub(crate) type Id = usize;

/// One schema of those that a schema is made of.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// Where it stands, for messages: `post.json#/properties/title`.
    pub(crate) at: String,
    pub(crate) keywords: Vec<Keyword>,
    /// What its author says of a value that doesn't fit.
    pub(crate) message: Option<String>,
}

/// What a value can be in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    /// `null`, or nothing written.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// Text.
    Text,
    /// A list.
    List,
    /// A map.
    Map,
}

impl Type {
    /// The words of JSON Schema.
    pub(crate) const WORDS: [(&'static str, Type); 7] = [
        ("null", Type::Null),
        ("boolean", Type::Bool),
        ("integer", Type::Integer),
        ("number", Type::Number),
        ("string", Type::Text),
        ("array", Type::List),
        ("object", Type::Map),
    ];
}

/// A keyword. Those that only mean something together are one.
#[derive(Debug)]
pub(crate) enum Keyword {
    /// The schema `false`.
    Never,
    Type(Vec<Type>),
    /// `enum` and `const`.
    OneOf(Vec<Json>),
    Minimum {
        limit: f64,
        exclusive: bool,
    },
    Maximum {
        limit: f64,
        exclusive: bool,
    },
    MultipleOf(f64),
    MinLength(usize),
    MaxLength(usize),
    Pattern(Pattern),
    Format(Format),
    MinItems(usize),
    MaxItems(usize),
    UniqueItems,
    Items {
        first: Vec<Id>,
        rest: Option<Id>,
    },
    Contains {
        schema: Id,
        min: usize,
        max: Option<usize>,
    },
    MinProperties(usize),
    MaxProperties(usize),
    Required(Vec<String>),
    Properties {
        named: BTreeMap<String, Id>,
        patterns: Vec<(Pattern, Id)>,
        rest: Option<Id>,
    },
    PropertyNames(Id),
    DependentRequired(BTreeMap<String, Vec<String>>),
    DependentSchemas(BTreeMap<String, Id>),
    AllOf(Vec<Id>),
    AnyOf(Vec<Id>),
    ExactlyOne(Vec<Id>),
    Not(Id),
    If {
        test: Id,
        then: Option<Id>,
        otherwise: Option<Id>,
    },
    Ref(Id),
    UnevaluatedProperties(Id),
    UnevaluatedItems(Id),
}

impl Keyword {
    /// The schemas that are held against the same value.
    pub(crate) fn in_place(&self) -> Vec<Id> {
        match self {
            Keyword::AllOf(all) | Keyword::AnyOf(all) | Keyword::ExactlyOne(all) => all.clone(),
            Keyword::Not(one) | Keyword::Ref(one) => vec![*one],
            Keyword::If { test, then, otherwise } => [Some(*test), *then, *otherwise].into_iter().flatten().collect(),
            Keyword::DependentSchemas(map) => map.values().copied().collect(),
            _ => Vec::new(),
        }
    }
}
