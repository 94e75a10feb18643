//! matterlint: what an editor would be ashamed to publish, each at its exact place.
//!
//! Data flows one way:
//!
//! ```text
//! bytes → Source → Document → RuleSet (rules, each a page and a check) → Vec<Diagnostic> → report
//! ```

mod checks;
#[doc(hidden)]
pub mod cli;
pub mod config;
mod content;
mod data;
mod date;
pub mod diagnostic;
mod document;
mod fix;
mod fs;
mod generator;
mod linter;
mod lsp;
pub mod report;
mod rule;
mod schema;
mod site;
pub mod source;
mod text;
mod url;
pub mod workspace;

#[cfg(test)]
#[path = "../tests/common/clock.rs"]
mod clock;
