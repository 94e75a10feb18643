//! What can be written next, as an editor takes it.

use crate::lsp::place::Units;
use crate::source::Source;
use crate::workspace::{Completion, CompletionKind};
use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, TextEdit};

/// After these, an editor asks of its own accord.
pub(super) const TRIGGERS: [&str; 5] = [":", " ", "[", ",", "="];

pub(super) fn item(completion: Completion, source: &Source, units: Units) -> CompletionItem {
    let Completion { label, kind, detail, sort_text, edit } = completion;
    let kind = match kind {
        CompletionKind::Field => CompletionItemKind::FIELD,
        CompletionKind::Value => CompletionItemKind::VALUE,
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
