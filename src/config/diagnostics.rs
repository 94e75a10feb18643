//! What is wrong with a config, by file.

use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// What is wrong with a config file or a rule page, shown like a post's findings.
#[derive(Debug)]
pub struct ConfigDiagnostics {
    /// The file.
    pub source: Source,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}
