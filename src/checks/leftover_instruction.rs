//! An instruction to the writer that still stands where the writer's words should be: `[insert link here]`.

use super::{Check, Context, Found};
use crate::document::body::{Body, PieceKind};
use crate::pattern::Literals;
use crate::source::Span;
use serde::Deserialize;
use std::sync::LazyLock;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeftoverInstruction {}

/// How an instruction in brackets starts.
static OPENERS: LazyLock<Literals> = LazyLock::new(|| {
    let verbs = [
        "insert ",
        "Insert ",
        "INSERT ",
        "your ",
        "Your ",
        "YOUR ",
        "enter your ",
        "Enter your ",
        "add your ",
        "Add your ",
    ];
    let brackets = ["[", "<", "{"];
    Literals::new(verbs.iter().flat_map(|verb| brackets.iter().map(move |bracket| format!("{bracket}{verb}"))))
});

/// How an instruction that is a whole line ends, and how it may start.
static ENDINGS: LazyLock<Literals> = LazyLock::new(|| {
    Literals::new(["입력하세요", "입력해주세요", "입력해 주세요", "작성하세요", "작성해주세요", "작성해 주세요"])
});

/// An instruction has at most so many words and bytes.
const WORDS: usize = 6;
const BYTES: usize = 80;

impl Check for LeftoverInstruction {
    fn check(&self, cx: &Context, found: &mut Found) {
        let body = &cx.doc.body;
        let text = cx.doc.slice(body.span);
        for (_, range) in OPENERS.find_iter(text) {
            let at = body.span.start + range.start;
            let Some(span) = bracket(cx.doc.source.text(), at).filter(|span| is_shown(body, *span)) else { continue };
            say(cx, found, span);
        }
        for (_, range) in ENDINGS.find_iter(text) {
            let at = body.span.start + range.start;
            let Some(span) = body.line_at(at).and_then(|line| line.span()) else { continue };
            let line = cx.doc.slice(span);
            let bare = line.trim_matches(['(', ')', '[', ']', '<', '>', '.', ' ', '*', '（', '）']);
            let is_whole = body.is_prose(at) && span.end <= at + range.len() + 4;
            if is_whole && bare.starts_with("여기에") {
                say(cx, found, span);
            }
        }
    }
}

fn say(cx: &Context, found: &mut Found, span: Span) {
    found
        .at(span, format!("`{}` is an instruction to the writer", cx.doc.slice(span)))
        .help("follow it, or take it out");
}

/// The bracket that opens at byte `at`, if it closes on its line after a few words.
fn bracket(text: &str, at: usize) -> Option<Span> {
    let rest = &text[at..text.floor_char_boundary(text.len().min(at + BYTES))];
    let close = match rest.as_bytes().first()? {
        b'[' => ']',
        b'{' => '}',
        _ => '>',
    };
    let end = rest.find(['\n', '\r', '"', '=', close]).filter(|&end| rest[end..].starts_with(close))? + 1;
    let after = text[at + end..].chars().next();
    // `[insert cells](url)`, `[insert cells]: url`, `{{ … }}`, `[[…]]`, `[x]{…}`.
    let is_syntax = matches!(after, Some('(' | '[' | ':' | ']' | '}' | '{' | '>'));
    let before = text[..at].chars().next_back();
    let is_nested = matches!(before, Some('[' | '{' | '<' | '!' | '\\' | '/'));
    (!is_syntax && !is_nested && rest[..end].split_whitespace().count() <= WORDS).then(|| Span::new(at, at + end))
}

/// Whether it is prose, or what Markdown takes for a tag, and no link.
fn is_shown(body: &Body, span: Span) -> bool {
    body.piece_at(span.start).is_some_and(|piece| match piece.kind {
        PieceKind::Text => !piece.in_link,
        PieceKind::Html => piece.span == span,
        _ => false,
    })
}
