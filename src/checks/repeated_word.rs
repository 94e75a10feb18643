//! A small word written twice.

use super::{Check, Context, Found};
use crate::diagnostic::Edit;
use crate::document::body::PieceKind;
use crate::pattern::Literals;
use crate::source::Span;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: which words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RepeatedWord {
    /// Words that no sentence has twice in a row, in small letters.
    words: Vec<String>,
    #[serde(skip)]
    search: OnceLock<Literals>,
}

impl Check for RepeatedWord {
    fn check(&self, cx: &Context, found: &mut Found) {
        let twice = |word: &String| [format!(" {word} {word}"), format!(" {word}\n{word}")];
        let search = self.search.get_or_init(|| Literals::new(self.words.iter().flat_map(twice)));
        let body = &cx.doc.body;
        for (which, range) in search.find_iter(cx.doc.slice(body.span)) {
            let word = self.words[which / 2].as_str();
            let span = Span::from(range.start + 1..range.end).shift(body.span.start);
            let second = Span::new(span.end - word.len(), span.end);
            let next = cx.doc.source.text()[span.end..].chars().next().unwrap_or(' ');
            let is_text = |at| body.piece_at(at).is_some_and(|piece| piece.kind == PieceKind::Text);
            // `in in-memory`, `a a.out`: the second is part of a name.
            let is_whole = next.is_whitespace() || matches!(next, ',' | ';' | ':' | '!' | '?');
            if is_whole && is_text(span.start) && is_text(second.start) {
                let first = Span::new(span.start, span.start + word.len());
                found
                    .at(second, format!("`{word}` is written twice"))
                    .label(first, "the first")
                    .help("take one out")
                    .fix("take one out", vec![Edit::replace(Span::new(first.end, second.end), "")]);
            }
        }
    }
}
