//! matterlint: what an editor would be ashamed to publish, each at its exact place.
//!
//! Data flows one way:
//!
//! ```text
//! bytes → Source → Document → RuleSet (rules, each a page and a check) → Vec<Diagnostic> → report
//! ```

pub mod checks;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod examples;
pub mod files;
pub mod fix;
pub mod linter;
pub mod lsp;
pub mod mend;
pub mod parallel;
pub mod pattern;
pub mod project;
pub mod prose;
pub mod report;
pub mod rule;
pub mod site;
pub mod source;
pub mod words;
