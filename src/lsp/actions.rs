//! Findings and the ways out of them, as an editor shows them: fixes, and comments that switch a rule off.

use crate::diagnostic::{Diagnostic, Edit};
use crate::lsp::place::Units;
use crate::lsp::severity::severity;
use crate::source::Source;
use crate::workspace::Workspace;
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, DiagnosticRelatedInformation, DocumentChanges, Location,
    NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

/// What can be asked for.
pub(super) const KINDS: [&str; 2] = ["quickfix", "source.fixAll.matterlint"];

/// The label of a further place of the same problem.
const ALSO_AT: &str = "and here";

/// A finding as the editor shows it.
pub(super) fn shown(diagnostic: &Diagnostic, source: &Source, units: Units, uri: &Uri) -> lsp_types::Diagnostic {
    let also_at = diagnostic.also_at.iter().map(|span| (*span, ALSO_AT));
    let labels = diagnostic.labels.iter().map(|label| (label.span, label.text.as_str()));
    let related = also_at.chain(labels).map(|(span, label)| DiagnosticRelatedInformation {
        location: Location { uri: uri.clone(), range: units.range(source, span) },
        message: label.to_owned(),
    });
    let help = diagnostic.help.iter().map(|help| format!("\n{help}")).collect::<String>();
    lsp_types::Diagnostic {
        range: units.range(source, diagnostic.span),
        severity: Some(severity(diagnostic.level)),
        code: Some(NumberOrString::String(diagnostic.rule.to_string())),
        source: Some("matterlint".to_owned()),
        message: format!("{}{help}", diagnostic.message),
        related_information: Some(related.collect::<Vec<_>>()).filter(|related| !related.is_empty()),
        ..lsp_types::Diagnostic::default()
    }
}

/// What can be done about the findings that the range in `params` meets: each fix, then each suppression; and all
/// safe fixes of the text at once.
pub(super) fn all(
    workspace: &Workspace,
    found: &[Diagnostic],
    source: &Source,
    units: Units,
    params: &CodeActionParams,
    version: i32,
) -> Vec<CodeAction> {
    let uri = &params.text_document.uri;
    let range = units.span(source, params.range);
    let here = || found.iter().filter(|found| found.span.start <= range.end && range.start <= found.span.end);
    let edit = |edits: &[Edit]| {
        let edits = edits
            .iter()
            .map(|edit| OneOf::Left(TextEdit { range: units.range(source, edit.span), new_text: edit.insert.clone() }));
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: Some(version) };
        let edit = TextDocumentEdit { text_document, edits: edits.collect() };
        let changes = Some(DocumentChanges::Edits(vec![edit]));
        Some(WorkspaceEdit { document_changes: changes, ..WorkspaceEdit::default() })
    };
    let quick = |title: String, diagnostic: &Diagnostic, edits: &[Edit], is_preferred| CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![shown(diagnostic, source, units, uri)]),
        edit: edit(edits),
        is_preferred,
        ..CodeAction::default()
    };
    let mut actions = Vec::new();
    for diagnostic in here() {
        if let Some(fix) = &diagnostic.fix {
            let guess = if fix.safe { "" } else { " (a guess)" };
            actions.push(quick(format!("{}{guess}", fix.title), diagnostic, &fix.edits, fix.safe.then_some(true)));
        }
    }
    let marked: Vec<&Diagnostic> = here().collect();
    for (diagnostic, comment) in marked.iter().zip(workspace.suppressions(source, &marked)) {
        if let Some(comment) = comment {
            actions.push(quick(format!("switch `{}` off here", diagnostic.rule), diagnostic, &[comment], None));
        }
    }
    if let Some(edits) = workspace.safe_fixes(source, found) {
        actions.push(CodeAction {
            title: "fix all that matterlint is sure of".to_owned(),
            kind: Some(CodeActionKind::new(KINDS[1])),
            edit: edit(&edits),
            ..CodeAction::default()
        });
    }
    actions.retain(|action| wanted(action, params.context.only.as_deref()));
    actions
}

/// Whether an action is of a kind asked for: `source` asks for `source.fixAll.matterlint` too.
fn wanted(action: &CodeAction, only: Option<&[CodeActionKind]>) -> bool {
    let kind = action.kind.as_ref().map_or("", CodeActionKind::as_str);
    let asks = |only: &CodeActionKind| {
        kind.strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(asks))
}
