//! A small word written twice.

use super::{Check, Context, Found, outside_code};
use crate::diagnostic::Edit;
use crate::document::body::PieceKind;
use crate::source::Span;
use serde::Deserialize;

/// Options: which words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RepeatedWord {
    /// Words that no sentence has twice in a row, in small letters.
    words: Vec<String>,
}

/// How many places are looked at together.
const BLOCK: usize = 64;

impl Check for RepeatedWord {
    fn check(&self, cx: &Context, found: &mut Found) {
        let body = &cx.doc.body;
        let mut lengths: Vec<usize> = self.words.iter().map(String::len).filter(|&len| len > 0).collect();
        lengths.sort_unstable();
        lengths.dedup();
        for part in outside_code::parts(body) {
            let text = cx.doc.slice(part).as_bytes();
            // A blank or the end of a line parts two words: `\r\n` only where there is any.
            let gaps = if memchr::memchr(b'\r', text).is_some() { &[1, 2][..] } else { &[1] };
            for (&len, &gap) in lengths.iter().flat_map(|len| gaps.iter().map(move |gap| (len, gap))) {
                repeats(text, len, gap, |at| self.tell(cx, Span::new(at, at + len).shift(part.start), gap, found));
            }
        }
    }
}

impl RepeatedWord {
    /// Tells of the word at `first` and behind the `gap` bytes after it, if it is one of the words.
    fn tell(&self, cx: &Context, first: Span, gap: usize, found: &mut Found) {
        let Some(word) = self.words.iter().find(|word| *word == cx.doc.slice(first)) else { return };
        let second = first.shift(word.len() + gap);
        let next = cx.doc.source.text()[second.end..].chars().next().unwrap_or(' ');
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

/// Tells where words of `len` bytes stand twice with a blank before and `gap` bytes between them, a blank or the end of a
/// line: where the text is like itself one word further on. Many places are looked at together, which takes a small part
/// of the time that looking for each word does.
fn repeats(text: &[u8], len: usize, gap: usize, mut tell: impl FnMut(usize)) {
    let most = text.len().saturating_sub(2 * len + gap);
    for from in (0..most).step_by(BLOCK) {
        if !may_repeat(&text[from..], len, gap) {
            continue;
        }
        for at in from + 1..=most.min(from + BLOCK) {
            let (first, second) = (&text[at..at + len], &text[at + len + gap..at + 2 * len + gap]);
            if text[at - 1] == b' '
                && first == second
                && matches!(&text[at + len..at + len + gap], b" " | b"\n" | b"\r\n")
            {
                tell(at);
            }
        }
    }
}

/// Whether two words may be alike that start one place further on or up to [`BLOCK`] places: in the blanks before them,
/// their first bytes and their last. Written without branches, so that it is done for many bytes at a time.
fn may_repeat(text: &[u8], len: usize, gap: usize) -> bool {
    let block = |by: usize| text.get(by..).and_then(|rest| rest.first_chunk::<BLOCK>());
    let (Some(blank), Some(next)) = (block(0), block(len + 1)) else { return true };
    let (Some(first), Some(again)) = (block(1), block(len + gap + 1)) else { return true };
    let (Some(last), Some(end)) = (block(len), block(2 * len + gap)) else { return true };
    let mut any = 0;
    for at in 0..BLOCK {
        let blanks = u8::from(blank[at] == b' ') & u8::from(next[at] <= b' ');
        let alike = u8::from(first[at] == again[at]) & u8::from(last[at] == end[at]);
        any |= blanks & alike & u8::from(first[at] != b' ');
    }
    any != 0
}
