//! An instruction to the author that was never followed: `[insert link here]`.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{Body, InlineKind};
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;
use std::sync::LazyLock;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeftoverInstruction {}

/// How an instruction in brackets starts, and how a Korean instruction on its own line ends.
static MARKERS: LazyLock<LiteralSet> = LazyLock::new(|| {
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
    LiteralSet::new(
        openers.chain(
            ["입력하세요", "입력해주세요", "입력해 주세요", "작성하세요", "작성해주세요", "작성해 주세요"]
                .map(str::to_owned),
        ),
    )
});

/// Maximum length of an instruction, in words and in bytes.
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
                    .at(span, format!("template instruction `{}`", cx.doc.slice(span)))
                    .help("replace it with the content, or remove it");
            }
        }
    }
}

/// The line that ends at byte `at` with a Korean instruction that says where to write something.
fn whole_line(cx: &Context, at: usize, len: usize) -> Option<Span> {
    let span = cx.doc.body.line_at(at)?.span()?;
    let bare = cx.doc.slice(span).trim_matches(['(', ')', '[', ']', '<', '>', '.', ' ', '*', '（', '）']);
    (cx.doc.body.is_prose(at) && span.end <= at + len + 4 && bare.starts_with("여기에")).then_some(span)
}

/// The bracketed text that starts at byte `at`, if it closes on the same line after a few words.
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

/// Whether it is prose outside a link, or what Markdown parses as an HTML tag.
fn is_shown(body: &Body, span: Span) -> bool {
    body.inline_at(span.start).is_some_and(|piece| match piece.kind {
        InlineKind::Text => !piece.in_link,
        InlineKind::Html => piece.span == span,
        _ => false,
    })
}
