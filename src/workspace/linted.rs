//! What linting a page comes to.

use crate::diagnostic::{Diagnostic, Omitted};
use crate::source::Source;

/// A page with what was found in it, sorted by place.
#[derive(Debug)]
pub struct LintedFile {
    /// The page; its text may end where nothing more was found.
    pub source: Source,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// What more was found, and not kept.
    pub omitted: Omitted,
}
