//! What can be written next, as an editor takes it.

use crate::lsp::messages::Place;
use crate::lsp::place::Units;
use crate::lsp::session::Session;
use crate::source::Source;
use crate::workspace::{Completion, CompletionKind};
use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, TextEdit};
use serde_json::{Value, json};

/// After these, an editor asks of its own accord.
pub(super) const TRIGGERS: [&str; 8] = [":", " ", "[", ",", "=", "(", "/", "#"];

/// What can be written at a place.
pub(super) fn all(session: &Session, params: &Place) -> Value {
    let Some(text) = session.documents.get(&params.text_document.uri) else { return Value::Null };
    let at = session.units.offset(&text.source, params.position);
    let all = session.workspace.completions(&text.path, &text.source, at);
    json!(all.into_iter().map(|one| item(one, &text.source, session.units)).collect::<Vec<_>>())
}

fn item(completion: Completion, source: &Source, units: Units) -> CompletionItem {
    let Completion { label, kind, detail, sort_text, edit } = completion;
    let kind = match kind {
        CompletionKind::Field => CompletionItemKind::FIELD,
        CompletionKind::Value => CompletionItemKind::VALUE,
        CompletionKind::Anchor => CompletionItemKind::REFERENCE,
        CompletionKind::Page | CompletionKind::Image => CompletionItemKind::FILE,
        CompletionKind::Folder => CompletionItemKind::FOLDER,
    };
    let text_edit = TextEdit { range: units.range(source, edit.span), new_text: edit.insert.clone() };
    CompletionItem {
        label,
        kind: Some(kind),
        detail,
        sort_text,
        filter_text: Some(edit.insert),
        text_edit: Some(CompletionTextEdit::Edit(text_edit)),
        ..CompletionItem::default()
    }
}
