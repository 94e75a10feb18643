//! Findings as an editor shows them, with code actions: fixes, and disable comments.

use crate::diagnostic::{Diagnostic, Edit};
use crate::lsp::messages::Actions;
use crate::lsp::place::Units;
use crate::lsp::severity::severity;
use crate::source::Source;
use crate::workspace::Workspace;
use lsp_types::CodeActionKind;
use serde_json::{Value, json};

/// What can be asked for.
pub(super) const KINDS: [&str; 2] = ["quickfix", "source.fixAll.matterlint"];

/// The label of a further place of the same problem.
const ALSO_AT: &str = "also here";

/// A finding as the editor shows it.
pub(super) fn shown(diagnostic: &Diagnostic, source: &Source, units: Units, uri: &str) -> Value {
    let also_at = diagnostic.also_at.iter().map(|span| (*span, ALSO_AT));
    let labels = diagnostic.labels.iter().map(|label| (label.span, label.text.as_str()));
    let related = also_at.chain(labels).map(
        |(span, label)| json!({ "location": { "uri": uri, "range": units.range(source, span) }, "message": label }),
    );
    let related: Vec<Value> = related.collect();
    let help = diagnostic.help.iter().map(|help| format!("\n{help}")).collect::<String>();
    let mut shown = json!({
        "range": units.range(source, diagnostic.span),
        "severity": severity(diagnostic.level),
        "code": &*diagnostic.rule,
        "source": "matterlint",
        "message": format!("{}{help}", diagnostic.message),
    });
    if !related.is_empty() {
        shown["relatedInformation"] = json!(related);
    }
    shown
}

/// What can be done about the findings that the range in `params` meets: each fix, then each suppression; and all
/// safe fixes of the text at once.
pub(super) fn all(
    workspace: &Workspace,
    found: &[Diagnostic],
    source: &Source,
    units: Units,
    params: &Actions,
    version: i32,
) -> Vec<Value> {
    let uri = params.text_document.uri.as_str();
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
            "diagnostics": [shown(diagnostic, source, units, uri)],
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
