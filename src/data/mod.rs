//! The spanned tree that YAML, TOML and JSON are parsed into, and the errors of their syntax.

pub mod built_in;
pub mod collections;
pub mod duplicates;
pub mod field_type;
pub mod format;
pub mod json;
pub mod limits;
pub mod node;
pub mod problem;
pub mod recovery;
pub mod scalar;
pub mod toml;
pub mod typed;
pub mod yaml;
pub mod yaml_parser;
