//! What an editor can do, as it says when it connects.

use serde_json::Value;

/// What an editor can do.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Client {
    /// It asks for the findings of a page; they aren't sent to it unasked then.
    pub(super) pulls: bool,
    /// It asks again when it is notified that findings may have changed.
    pub(super) refreshes: bool,
    /// It sends notifications about files, if it knows which.
    pub(super) watches: bool,
    /// It lets a user look at the edits of a group before they are made.
    pub(super) previews: bool,
    /// It accepts a list of the renamed files for which it asks for edits.
    pub(super) renames_files: bool,
}

impl Client {
    /// Reads the capabilities of `initialize`.
    pub(super) fn of(capabilities: &Value) -> Self {
        let has = |path: &str| capabilities.pointer(path).is_some_and(|value| !value.is_null());
        let is = |path: &str| capabilities.pointer(path) == Some(&Value::Bool(true));
        Self {
            pulls: has("/textDocument/diagnostic"),
            refreshes: is("/workspace/diagnostics/refreshSupport"),
            watches: is("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            previews: has("/workspace/workspaceEdit/changeAnnotationSupport"),
            renames_files: is("/workspace/fileOperations/willRename"),
        }
    }
}
