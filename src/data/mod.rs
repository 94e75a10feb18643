//! The spanned tree that YAML, TOML and JSON become, and what can be wrong with their text.

pub mod built_in;
pub mod duplicates;
pub mod field_type;
pub mod json;
pub mod limits;
pub mod node;
pub mod problem;
pub mod recovery;
pub mod scalar;
pub mod toml;
pub mod typed;
pub mod yaml;
