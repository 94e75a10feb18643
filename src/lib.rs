//! matterlint: what an editor would be ashamed to publish, each at its exact place.
//!
//! Data flows one way:
//!
//! ```text
//! bytes → Source → Document → RuleSet (rules, each a page and a check) → Vec<Diagnostic> → report
//! ```

pub mod checks;
pub mod diagnostic;
pub mod document;
pub mod pattern;
pub mod prose;
pub mod site;
pub mod source;
pub mod words;
