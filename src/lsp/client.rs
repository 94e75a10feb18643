//! What an editor can do, as it says when it connects.

use serde_json::Value;

/// What an editor can do.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Client {
    /// It asks for the findings of a page; they aren't sent to it unasked then.
    pub(super) pulls: bool,
    /// It asks again when it is told that findings may have changed.
    pub(super) refreshes: bool,
    /// It sends notifications about files, if it is told which.
    pub(super) watches: bool,
    /// It lets a user look at the edits of a group before they are made.
    pub(super) previews: bool,
    /// It can be told for which renamed files edits are to be asked for.
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
