//! What can be done about findings: fixes, and disable comments.

use crate::diagnostic::{Diagnostic, Edit};
use crate::lsp::diagnostics::shown;
use crate::lsp::messages::Actions;
use crate::lsp::session::Session;
use lsp_types::CodeActionKind;
use serde_json::{Value, json};

/// What can be asked for.
pub(super) const KINDS: [&str; 2] = ["quickfix", "source.fixAll.matterlint"];

/// What can be done about the findings that the range in `params` meets: each fix, then each suppression; and all
/// safe fixes of the text at once.
pub(super) fn all(session: &Session, params: &Actions) -> Vec<Value> {
    let Some(text) = session.documents.get(&params.text_document.uri) else { return Vec::new() };
    let (workspace, units) = (&session.workspace, session.units);
    let (source, found, uri, version) = (&*text.source, text.diagnostics(), text.uri.as_str(), text.version);
    let range = units.span(source, params.range);
    let here = || found.iter().filter(|found| found.span.start <= range.end && range.start <= found.span.end);
    let edit = |edits: &[Edit]| {
        let edits = edits.iter().map(|edit| json!({ "range": units.range(source, edit.span), "newText": edit.insert }));
        let edits: Vec<Value> = edits.collect();
        json!({ "documentChanges": [{ "textDocument": { "uri": uri, "version": version }, "edits": edits }] })
    };
    let quick = |title: String, diagnostic: &Diagnostic, edits: &[Edit]| {
        json!({
            "title": title,
            "kind": KINDS[0],
            "diagnostics": [shown(session, diagnostic, source, uri)],
            "edit": edit(edits),
        })
    };
    let mut actions = Vec::new();
    for diagnostic in here() {
        if let Some(fix) = &diagnostic.fix {
            let guess = if fix.safe { "" } else { " (unsafe)" };
            let mut action = quick(format!("{}{guess}", fix.title), diagnostic, &fix.edits);
            if fix.safe {
                action["isPreferred"] = json!(true);
            }
            actions.push(action);
        }
    }
    let marked: Vec<&Diagnostic> = here().collect();
    for (diagnostic, comment) in marked.iter().zip(workspace.suppressions(source, &marked)) {
        if let Some(comment) = comment {
            actions.push(quick(format!("Disable `{}` for this line", diagnostic.rule), diagnostic, &[comment]));
        }
    }
    if let Some(edits) = workspace.safe_fixes(source, found) {
        actions.push(json!({
            "title": "Apply all safe fixes",
            "kind": KINDS[1],
            "edit": edit(&edits),
        }));
    }
    actions.retain(|action| wanted(action["kind"].as_str().unwrap_or_default(), params.context.only.as_deref()));
    actions
}

/// Whether an action of a kind is asked for: `source` asks for `source.fixAll.matterlint` too.
fn wanted(kind: &str, only: Option<&[CodeActionKind]>) -> bool {
    let asks = |only: &CodeActionKind| {
        kind.strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(asks))
}
