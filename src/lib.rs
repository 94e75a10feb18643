//! matterlint: what an editor would be ashamed to publish, each at its exact place.
//!
//! Data flows one way:
//!
//! ```text
//! bytes → Source → Document → RuleSet (rules, each a page and a check) → Vec<Diagnostic> → report
//! ```

mod checks;
pub mod cli;
pub mod config;
pub mod content;
pub mod data;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod fix;
pub mod fs;
pub mod generator;
pub mod linter;
pub mod lsp;
pub mod report;
pub mod rule;
pub mod schema;
pub mod site;
pub mod source;
pub mod text;
pub mod url;
pub mod workspace;

#[cfg(test)]
#[path = "../tests/common/clock.rs"]
mod clock;
