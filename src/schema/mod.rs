//! JSON Schema for front matter, draft 7 to 2020-12: read once, held against the spanned tree itself.
//!
//! ```text
//! files → resources (who is meant by a `$ref`) → compile (keywords, each resolved) → guard (no circles)
//!       → validate (a page's tree) → Vec<Violation>
//! ```
//!
//! Two things are done otherwise than the drafts say. Formats are held against the text, for that is what a schema of
//! front matter means by them. `$dynamicRef` and `$recursiveRef` lead where a `$ref` would.

pub(crate) mod compile;
pub(crate) mod cycles;
pub(crate) mod equal;
pub(crate) mod format;
pub(crate) mod instance;
pub(crate) mod keyword;
pub(crate) mod pattern;
pub(crate) mod resources;
#[cfg(test)]
mod tests;
mod types;
pub(crate) mod validate;
pub(crate) mod violation;

use crate::data::node::Value;
use serde_json::Value as Json;

pub(crate) use crate::schema::instance::InstanceContext;
pub(crate) use crate::schema::keyword::JsonType;
pub(crate) use crate::schema::types::{Files, Schema, SchemaError};
pub(crate) use crate::schema::violation::{InstanceType, Limit, Location, Violation, ViolationKind};

impl Schema {
    /// Loads the schema at `path`, and the files of the project that it refers to.
    ///
    /// # Errors
    /// Why it can't be used.
    pub(crate) fn read(path: &str, files: Files) -> Result<Self, SchemaError> {
        Self::is_built_in()?;
        let (file, pointer) = path.split_once('#').unwrap_or((path, ""));
        let mut resources = resources::RefResolver::new(files);
        let start = resources.open(file, pointer)?;
        compile::compile(path, resources, start)
    }

    /// Loads a schema that is part of the config.
    ///
    /// # Errors
    /// Why it can't be used.
    pub(crate) fn inline(name: &str, schema: Json, files: Files) -> Result<Self, SchemaError> {
        Self::is_built_in()?;
        let mut resources = resources::RefResolver::new(files);
        let start = resources.add(name, schema)?;
        compile::compile(name, resources, start)
    }

    fn is_built_in() -> Result<(), SchemaError> {
        let help = "install it with default features, or remove `schema:` from the config".to_owned();
        let message = "this build of matterlint does not support JSON Schema (Cargo feature `schema`)".to_owned();
        if cfg!(feature = "schema") { Ok(()) } else { Err(SchemaError { message, help: Some(help) }) }
    }

    /// All violations of the schema in `value`, in no order.
    pub(crate) fn validate<'a>(&'a self, value: Value<'a>, context: InstanceContext) -> Vec<Violation<'a>> {
        validate::validate(self, value, context)
    }

    /// The same schema, with unknown keys allowed unless they are probably typos, or not.
    #[must_use]
    pub(crate) fn open(self, open: bool) -> Self {
        Self { open, ..self }
    }

    /// Whether unknown keys are allowed unless they are probably typos.
    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// Its name in messages: the path.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}
