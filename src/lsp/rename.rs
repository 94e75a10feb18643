//! Renaming over the whole site: a term, a heading, a file.

use crate::lsp::messages::{Place, Rename, RenamedFiles};
use crate::lsp::session::Session;
use crate::lsp::uri::path_of;
use crate::workspace::SiteEdits;
use serde_json::{Value, json};
use std::path::PathBuf;

/// The name of the group that edits belong to where an editor shows them before they are made.
const GROUP: &str = "rename";

/// What can be renamed at a place; null where nothing can.
pub(super) fn prepare(session: &Session, params: &Place) -> Value {
    let Some(text) = session.documents.get(&params.text_document.uri) else { return Value::Null };
    let at = session.units.offset(&text.source, params.position);
    match session.workspace.renamable(&text.path, &text.source, at) {
        Some((span, name)) => json!({ "range": session.units.range(&text.source, span), "placeholder": name }),
        None => Value::Null,
    }
}

/// The edits that rename what is at a place.
///
/// # Errors
/// Why it can't be renamed.
pub(super) fn rename(session: &Session, params: &Rename) -> Result<Value, String> {
    let text = session.documents.get(&params.text_document.uri).ok_or("the document isn't open")?;
    let at = session.units.offset(&text.source, params.position);
    let edits = session.workspace.rename(&text.path, &text.source, at, &params.new_name)?;
    Ok(workspace_edit(session, &edits, &format!("Rename to `{}`", params.new_name.trim())))
}

/// The edits for links to files that an editor is about to rename.
pub(super) fn files(session: &Session, params: &RenamedFiles) -> Value {
    let path = |uri: &str| path_of(uri, &session.folder);
    let moves: Vec<(PathBuf, PathBuf)> =
        params.files.iter().map(|file| (path(&file.old_uri), path(&file.new_uri))).collect();
    let edits = session.workspace.move_files(&moves);
    match edits.files.is_empty() {
        true => Value::Null,
        false => workspace_edit(session, &edits, "Update links"),
    }
}

/// All edits as one, which an editor that can shows before it makes them.
fn workspace_edit(session: &Session, edits: &SiteEdits, label: &str) -> Value {
    let previews = session.client.previews;
    let changes = edits.files.iter().map(|file| {
        let edits = file.edits.iter().map(|edit| {
            let range = session.units.range(&file.source, edit.span);
            match previews {
                true => json!({ "range": range, "newText": edit.insert, "annotationId": GROUP }),
                false => json!({ "range": range, "newText": edit.insert }),
            }
        });
        let edits: Vec<Value> = edits.collect();
        let version = session.documents.of_path(&file.path).map(|document| document.version);
        let uri = session.documents.uri_of(&file.path);
        json!({ "textDocument": { "uri": uri, "version": version }, "edits": edits })
    });
    let mut edit = json!({ "documentChanges": changes.collect::<Vec<Value>>() });
    if previews {
        let pages = edits.files.len();
        let description = format!("on {pages} page{}", if pages == 1 { "" } else { "s" });
        // On one page there is nothing that can't be seen.
        let annotation = json!({ "label": label, "description": description, "needsConfirmation": pages > 1 });
        edit["changeAnnotations"] = json!({ GROUP: annotation });
    }
    edit
}
