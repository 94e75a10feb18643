//! What is known of the editor and of the texts that it has open.

use crate::lsp::client::Client;
use crate::lsp::documents::Documents;
use crate::lsp::place::Units;
use crate::workspace::Workspace;
use std::path::PathBuf;

/// A connected editor.
pub(super) struct Session {
    pub(super) units: Units,
    pub(super) client: Client,
    /// The folder that the editor has open.
    pub(super) folder: PathBuf,
    pub(super) workspace: Workspace,
    pub(super) documents: Documents,
}
