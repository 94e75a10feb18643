//! How much a finding matters, as the protocol has it.

use crate::diagnostic::Level;

/// How much a finding matters, in the protocol's words.
pub(super) fn severity(level: Level) -> lsp_types::DiagnosticSeverity {
    match level {
        Level::Error => lsp_types::DiagnosticSeverity::ERROR,
        Level::Warning => lsp_types::DiagnosticSeverity::WARNING,
        Level::Info => lsp_types::DiagnosticSeverity::INFORMATION,
    }
}
