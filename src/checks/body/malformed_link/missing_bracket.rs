//! `[text(https://…)`, `text](https://…)`: a link that lacks a bracket of its text.

use crate::checks::check::Context;
use crate::checks::finding::Findings;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::body::Link;
use crate::source::Span;
use crate::text::pattern::MAX_LINE_BYTES;

/// The maximum number of words in the text of a link that is never closed: more are a sentence with a URL.
const MAX_WORDS: usize = 8;

/// Reports the bracket that is missing around the text before the bare URL `link`.
pub(super) fn check(cx: &Context, link: &Link, found: &mut Findings) {
    let text = cx.doc.source.text();
    if !text[..link.span.start].ends_with('(') || !text[link.span.start..].starts_with("http") {
        return;
    }
    let Some(block) = cx.doc.body.block_at(link.span.start) else { return };
    // Each of its links would be compared with all of it.
    if block.span.len() > MAX_LINE_BYTES {
        return;
    }
    let before = &text[block.span.start.min(link.span.start)..link.span.start];
    let line = &text[text[..link.span.start].rfind('\n').map_or(0, |end| end + 1)..link.span.start];
    let rest = &text[link.span.start..block.span.end.max(link.span.start)];
    let Some(close) = rest.find([')', ' ', '\n']).filter(|&at| rest[at..].starts_with(')')) else { return };
    let end = link.span.start + close + 1;
    if let Some(label) = line.strip_suffix("](") {
        report_unopened(cx, before, label, end, found);
    } else if let Some(label) = line.strip_suffix('(') {
        report_unclosed(cx, label, link.span.start - 1, Span::new(end, block.span.end.max(end)), found);
    }
}

/// `[the manual(https://example.com)`: the text isn't closed before its destination. Nothing closes it later either.
fn report_unclosed(cx: &Context, line: &str, joint: usize, rest: Span, found: &mut Findings) {
    let Some(open) = line.rfind('[') else { return };
    let label = &line[open + 1..];
    let is_text = label.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !label.contains([']', '`', '(', '!'])
        && !label.ends_with([' ', ':'])
        && label.split_whitespace().count() <= MAX_WORDS
        && !line[..open].ends_with(['\\', ']', '!']);
    let start = joint - line.len() + open;
    if !is_text || !cx.doc.body.is_prose(start) || cx.doc.slice(rest).contains(']') {
        return;
    }
    found
        .at(Span::new(start, rest.start), "link is not rendered: missing `]` after its text")
        .help("write `[text](URL)`")
        .unsafe_fix("Insert `]`", vec![Edit::replace(Span::empty(joint), "]")])
        .fix_effect(FixEffect::Structure);
}

/// `the manual](https://example.com)`: nothing in the paragraph opens the text.
fn report_unopened(cx: &Context, before: &str, line: &str, end: usize, found: &mut Findings) {
    let has_text = line.chars().rev().take_while(|c| !matches!(c, '|' | '>')).any(char::is_alphabetic);
    let has_mark = |text: &str| memchr::memchr3(b'[', b'`', b'<', text.as_bytes()).is_some();
    if has_mark(before) || has_mark(line) || line.ends_with(['\\', ']', ')']) || !has_text {
        return;
    }
    let word = line.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let close = cx.doc.source.text()[..end].rfind("](").unwrap_or(end);
    let start = close - (line.len() - word);
    found.at(Span::new(start, end), "link is not rendered: missing `[` before its text").help("write `[text](URL)`");
}
