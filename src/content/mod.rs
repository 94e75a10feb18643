//! Content types: which fields a kind of page has and what values they may hold, as a config declares them.
//!
//! ```text
//! model (serde types of the config) → inheritance (`extends` resolved) → types (`ContentType`) → validate
//! ```

pub(crate) mod condition;
pub(crate) mod error;
pub(crate) mod inheritance;
pub(crate) mod model;
pub(crate) mod types;
pub(crate) mod validate;
pub(crate) mod vocabulary;

pub(crate) use crate::content::types::{
    Bounds, Condition, ContentType, Deprecated, Field, FieldCondition, UniqueScope, ValueConstraints, Vocabulary,
};
