//! A small word written twice.

use super::{Check, Context, Found, outside_code};
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
    search: OnceLock<Search>,
}

/// How much of the first word is looked for, in bytes: by its end it is told from most words, by its start it isn't.
const END: usize = 2;

/// Two texts for each word: it after its own end and a blank, and it at the start of a line.
#[derive(Debug)]
struct Search(Literals);

impl Check for RepeatedWord {
    fn check(&self, cx: &Context, found: &mut Found) {
        let search = self.search.get_or_init(|| self.search());
        for part in outside_code::parts(&cx.doc.body) {
            let mut from = part.start;
            let next = |from: usize| search.0.find_iter(cx.doc.slice(Span::new(from, part.end))).next();
            while let Some((which, range)) = next(from) {
                let word = &self.words[which / 2];
                let hit = Span::from(range).shift(from);
                self.tell(cx, word, hit, found);
                // It may be the first of another two: `this is is`.
                from = hit.end - word.len();
            }
        }
    }
}

impl RepeatedWord {
    fn search(&self) -> Search {
        let texts = self.words.iter().flat_map(|word| {
            let end = &word[word.ceil_char_boundary(word.len().saturating_sub(END))..];
            [format!("{end} {word}"), format!("\n{word}")]
        });
        Search(Literals::new(texts.collect::<Vec<_>>()))
    }

    /// Tells of `word` where it ends a part of the text and what is before it is the same word.
    fn tell(&self, cx: &Context, word: &str, hit: Span, found: &mut Found) {
        let text = cx.doc.source.text();
        let second = Span::new(hit.end - word.len(), hit.end);
        let before = &text[..second.start];
        let before = ["\r\n", "\n", " "].iter().find_map(|between| before.strip_suffix(between)).unwrap_or(before);
        let Some(start) = before.strip_suffix(word).filter(|start| start.ends_with(' ')).map(str::len) else { return };
        let first = Span::new(start, before.len());
        let next = text[second.end..].chars().next().unwrap_or(' ');
        let is_text = |at| cx.doc.body.piece_at(at).is_some_and(|piece| piece.kind == PieceKind::Text);
        // `in in-memory`, `a a.out`: the second is part of a name.
        let is_whole = next.is_whitespace() || matches!(next, ',' | ';' | ':' | '!' | '?');
        if is_whole && is_text(first.start) && is_text(second.start) {
            found
                .at(second, format!("`{word}` is written twice"))
                .label(first, "the first")
                .help("take one out")
                .fix("take one out", vec![Edit::replace(Span::new(first.end, second.end), "")]);
        }
    }
}
