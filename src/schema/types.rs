//! A compiled schema, and why one cannot be used.

use crate::schema::keyword::Node;

/// A compiled schema.
#[derive(Debug)]
pub(crate) struct Schema {
    /// Its name in messages: the path.
    pub(super) name: String,
    pub(super) nodes: Vec<Node>,
    pub(super) root: usize,
    /// Whether unknown keys are allowed unless they are probably typos.
    pub(super) open: bool,
}

/// Why a schema cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SchemaError {
    /// What is wrong, and where in the schema.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: Option<String>,
}

impl SchemaError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }
}

/// Returns the text of a file of the project, by its path relative to the config, or why it cannot be read.
pub(crate) type Files<'a> = &'a dyn Fn(&str) -> Result<String, String>;
