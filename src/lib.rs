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

#[cfg(any(test, feature = "internals"))]
#[doc(hidden)]
pub mod internals;

#[cfg(test)]
#[path = "../tests/common/clock.rs"]
mod clock;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
#[path = "../tests/inside/mod.rs"]
pub mod inside;

// What unit tests, integration tests and benchmarks share names the crate as those outside do.
#[cfg(test)]
extern crate self as matterlint;
