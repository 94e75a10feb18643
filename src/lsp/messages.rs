//! What editors send, as far as it is used. URIs are kept as they were sent: an editor knows its document by that very string,
//! and many send what the RFC forbids (spaces, brackets, Hangul).

use lsp_server::RequestId;
use lsp_types::{CodeActionContext, Position, Range};
use serde::Deserialize;
use serde_json::Value;

/// The parameters of `initialize`.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Initialize {
    pub(super) capabilities: Value,
    pub(super) root_uri: Option<String>,
    pub(super) workspace_folders: Option<Vec<Document>>,
}

/// What is named by its URI alone: a document, a folder.
#[derive(Deserialize)]
pub(super) struct Document {
    pub(super) uri: String,
}

/// The parameters of `textDocument/didOpen`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Opened {
    pub(super) text_document: OpenedDocument,
}

#[derive(Deserialize)]
pub(super) struct OpenedDocument {
    pub(super) uri: String,
    pub(super) version: i32,
    pub(super) text: String,
}

/// The parameters of `textDocument/didChange`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Changed {
    pub(super) text_document: ChangedDocument,
    pub(super) content_changes: Vec<ContentChange>,
}

#[derive(Deserialize)]
pub(super) struct ChangedDocument {
    pub(super) uri: String,
    pub(super) version: i32,
}

#[derive(Deserialize)]
pub(super) struct ContentChange {
    pub(super) range: Option<Range>,
    pub(super) text: String,
}

/// The parameters of `textDocument/didClose`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Closed {
    pub(super) text_document: Document,
}

/// A place in a document: the parameters of `textDocument/hover` and `textDocument/completion`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    pub(super) text_document: Document,
    pub(super) position: Position,
}

/// The parameters of `textDocument/codeAction`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Actions {
    pub(super) text_document: Document,
    pub(super) range: Range,
    pub(super) context: CodeActionContext,
}

/// The parameters of `textDocument/diagnostic`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PullDocument {
    pub(super) text_document: Document,
    pub(super) previous_result_id: Option<String>,
}

/// The parameters of a request about a document as a whole.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WholeDocument {
    pub(super) text_document: Document,
}

/// The parameters of `workspace/symbol`.
#[derive(Deserialize)]
pub(super) struct Query {
    pub(super) query: String,
}

/// The parameters of `textDocument/rename`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rename {
    pub(super) text_document: Document,
    pub(super) position: Position,
    pub(super) new_name: String,
}

/// The parameters of `workspace/willRenameFiles`.
#[derive(Deserialize)]
pub(super) struct RenamedFiles {
    pub(super) files: Vec<RenamedFile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RenamedFile {
    pub(super) old_uri: String,
    pub(super) new_uri: String,
}

/// The parameters of `workspace/diagnostic`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PullWorkspace {
    pub(super) previous_result_ids: Vec<PreviousResult>,
}

/// What an editor has of the findings of a document.
#[derive(Deserialize)]
pub(super) struct PreviousResult {
    pub(super) uri: String,
    pub(super) value: String,
}

/// The parameters of `$/cancelRequest`.
#[derive(Deserialize)]
pub(super) struct Cancelled {
    pub(super) id: RequestId,
}
