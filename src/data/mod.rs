//! The spanned tree that YAML, TOML and JSON are parsed into, and the errors of their syntax.

pub(crate) mod built_in;
pub(crate) mod collections;
pub(crate) mod common_keys;
pub(crate) mod duplicates;
pub(crate) mod field_type;
pub(crate) mod format;
pub(crate) mod json;
pub(crate) mod limits;
pub(crate) mod node;
pub(crate) mod problem;
pub(crate) mod recovery;
pub(crate) mod scalar;
pub(crate) mod toml;
pub(crate) mod typed;
pub(crate) mod yaml;
pub(crate) mod yaml_parser;
