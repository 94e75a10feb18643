//! An instruction to the writer that still stands where the writer's words should be: `[insert link here]`.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{Body, PieceKind};
use crate::source::Span;
use crate::text::pattern::Literals;
use serde::Deserialize;
use std::sync::LazyLock;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeftoverInstruction {}

/// How an instruction in brackets starts, and how one that is a whole line of Korean ends.
static MARKERS: LazyLock<Literals> = LazyLock::new(|| {
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
    let openers = verbs.iter().flat_map(|verb| ["[", "<", "{"].map(|bracket| format!("{bracket}{verb}")));
    Literals::new(
        openers.chain(
            ["입력하세요", "입력해주세요", "입력해 주세요", "작성하세요", "작성해주세요", "작성해 주세요"]
                .map(str::to_owned),
        ),
    )
});

/// An instruction has at most so many words and bytes.
const MAX_WORDS: usize = 6;
const MAX_BYTES: usize = 80;

impl Check for LeftoverInstruction {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        let text = cx.doc.slice(body.span);
        for (_, range) in MARKERS.find_iter(text) {
            let at = body.span.start + range.start;
            let span = if text.as_bytes()[range.start].is_ascii() {
                bracket(cx.doc.source.text(), at).filter(|span| is_shown(body, *span))
            } else {
                whole_line(cx, at, range.len())
            };
            if let Some(span) = span {
                found
                    .at(span, format!("`{}` is an instruction to the writer", cx.doc.slice(span)))
                    .help("follow it, or take it out");
            }
        }
    }
}

/// The line whose last word is at byte `at`, if it says where to put what.
fn whole_line(cx: &Context, at: usize, len: usize) -> Option<Span> {
    let span = cx.doc.body.line_at(at)?.span()?;
    let bare = cx.doc.slice(span).trim_matches(['(', ')', '[', ']', '<', '>', '.', ' ', '*', '（', '）']);
    (cx.doc.body.is_prose(at) && span.end <= at + len + 4 && bare.starts_with("여기에")).then_some(span)
}

/// The bracket that opens at byte `at`, if it closes on its line after a few words.
fn bracket(text: &str, at: usize) -> Option<Span> {
    let rest = &text[at..text.floor_char_boundary(text.len().min(at + MAX_BYTES))];
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
    (!is_syntax && !is_nested && rest[..end].split_whitespace().count() <= MAX_WORDS).then(|| Span::new(at, at + end))
}

/// Whether it is prose, or what Markdown takes for a tag, and no link.
fn is_shown(body: &Body, span: Span) -> bool {
    body.piece_at(span.start).is_some_and(|piece| match piece.kind {
        PieceKind::Text => !piece.in_link,
        PieceKind::Html => piece.span == span,
        _ => false,
    })
}
