//! A compiled schema: its keywords with their values.

use crate::schema::format::Format;
use crate::schema::pattern::Pattern;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The index of a [`Node`] in a schema.
pub(crate) type NodeId = usize;

/// One subschema.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// Its location, for messages: `post.json#/properties/title`.
    pub(crate) at: String,
    pub(crate) keywords: Vec<Keyword>,
    /// The message that the schema's author wrote for an invalid value.
    pub(crate) message: Option<String>,
}

/// The type of a value in JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum JsonType {
    /// `null`, or nothing written.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// Text.
    String,
    /// A list.
    Array,
    /// A map.
    Object,
}

impl JsonType {
    /// The names in JSON Schema.
    pub(crate) const NAMES: [(&'static str, JsonType); 7] = [
        ("null", JsonType::Null),
        ("boolean", JsonType::Bool),
        ("integer", JsonType::Integer),
        ("number", JsonType::Number),
        ("string", JsonType::String),
        ("array", JsonType::Array),
        ("object", JsonType::Object),
    ];
}

/// A keyword. Those that only have a meaning together are one.
#[derive(Debug)]
pub(crate) enum Keyword {
    /// The schema `false`.
    Never,
    Type(Vec<JsonType>),
    /// `enum` and `const`.
    Enum(Vec<Json>),
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
        first: Vec<NodeId>,
        rest: Option<NodeId>,
    },
    Contains {
        schema: NodeId,
        min: usize,
        max: Option<usize>,
    },
    MinProperties(usize),
    MaxProperties(usize),
    Required(Vec<String>),
    Properties {
        named: BTreeMap<String, NodeId>,
        patterns: Vec<(Pattern, NodeId)>,
        rest: Option<NodeId>,
    },
    PropertyNames(NodeId),
    DependentRequired(BTreeMap<String, Vec<String>>),
    DependentSchemas(BTreeMap<String, NodeId>),
    AllOf(Vec<NodeId>),
    AnyOf(Vec<NodeId>),
    OneOf(Vec<NodeId>),
    Not(NodeId),
    If {
        test: NodeId,
        then: Option<NodeId>,
        otherwise: Option<NodeId>,
    },
    Ref(NodeId),
    UnevaluatedProperties(NodeId),
    UnevaluatedItems(NodeId),
}

impl Keyword {
    /// The subschemas that apply to the same value.
    pub(crate) fn in_place_schemas(&self) -> Vec<NodeId> {
        match self {
            Keyword::AllOf(all) | Keyword::AnyOf(all) | Keyword::OneOf(all) => all.clone(),
            Keyword::Not(one) | Keyword::Ref(one) => vec![*one],
            Keyword::If { test, then, otherwise } => [Some(*test), *then, *otherwise].into_iter().flatten().collect(),
            Keyword::DependentSchemas(map) => map.values().copied().collect(),
            _ => Vec::new(),
        }
    }
}
