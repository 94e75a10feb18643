//! JSON Schema for front matter, draft 7 to 2020-12: read once, held against the spanned tree itself.
//!
//! ```text
//! files → resources (who is meant by a `$ref`) → compile (keywords, each resolved) → guard (no circles)
//!       → validate (a page's tree) → Vec<Violation>
//! ```
//!
//! Two things are done otherwise than the drafts say. Formats are held against the text, for that is what a schema of
//! front matter means by them. `$dynamicRef` and `$recursiveRef` lead where a `$ref` would.

pub mod compile;
pub mod cycles;
pub mod equal;
pub mod format;
pub mod instance;
pub mod keyword;
pub mod pattern;
pub mod resources;
#[cfg(test)]
mod tests;
pub mod validate;
pub mod violation;

use crate::data::node::Value;
use crate::schema::keyword::Node;
use serde_json::Value as Json;

pub use crate::schema::instance::InstanceContext;
pub use crate::schema::keyword::JsonType;
pub use crate::schema::violation::{InstanceType, Limit, Location, Violation, ViolationKind};

/// A schema, ready to be held against pages.
#[derive(Debug)]
pub struct Schema {
    /// How a message calls it: its path.
    name: String,
    nodes: Vec<Node>,
    root: usize,
    /// Whether a key that it doesn't know does harm only where another was meant.
    open: bool,
}

/// Why a schema can't be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchemaError {
    /// What is wrong, and where in the schema.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl SchemaError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }
}

/// Gives the text of a file of the project, by its path relative to the config, or says why it can't be had.
pub type Files<'a> = &'a dyn Fn(&str) -> Result<String, String>;

impl Schema {
    /// Reads the schema at `path`, and the files of the project that it refers to.
    ///
    /// # Errors
    /// Why it can't be used.
    pub fn read(path: &str, files: Files) -> Result<Self, SchemaError> {
        Self::is_built_in()?;
        let (file, pointer) = path.split_once('#').unwrap_or((path, ""));
        let mut resources = resources::RefResolver::new(files);
        let start = resources.open(file, pointer)?;
        compile::compile(path, resources, start)
    }

    /// Reads a schema that stands in the config itself.
    ///
    /// # Errors
    /// Why it can't be used.
    pub fn inline(name: &str, schema: Json, files: Files) -> Result<Self, SchemaError> {
        Self::is_built_in()?;
        let mut resources = resources::RefResolver::new(files);
        let start = resources.add(name, schema)?;
        compile::compile(name, resources, start)
    }

    fn is_built_in() -> Result<(), SchemaError> {
        let help = "install it with its default features, or drop `schema:` from the config".to_owned();
        let message = "this matterlint was built without JSON Schema (its cargo feature `schema`)".to_owned();
        if cfg!(feature = "schema") { Ok(()) } else { Err(SchemaError { message, help: Some(help) }) }
    }

    /// Everything in `value` that the schema doesn't allow, in no order.
    pub fn validate<'a>(&'a self, value: Value<'a>, context: InstanceContext) -> Vec<Violation<'a>> {
        validate::validate(self, value, context)
    }

    /// The same schema, for which a key that it doesn't know does harm only where another was meant, or not.
    #[must_use]
    pub fn open(self, open: bool) -> Self {
        Self { open, ..self }
    }

    /// Whether a key that it doesn't know does harm only where another was meant.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// How a message calls it: its path.
    pub fn name(&self) -> &str {
        &self.name
    }
}
