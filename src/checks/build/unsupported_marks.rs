//! Marks within a line that only some generators know: wiki links, highlighted text, emoji, a table of contents.

use crate::checks::check::Context;
use crate::source::Span;
use crate::text::next_byte::NextByte;
use memchr::memmem;

/// The places of `open` in prose, each with what is between it and `close` on its line, where that `is_wanted`.
fn pairs<'a>(
    cx: &'a Context,
    (open, close): (&'a str, &'a str),
    is_wanted: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = (Span, &'a str)> {
    let (text, body) = (cx.doc.source.text(), &cx.doc.body);
    let bytes = &text.as_bytes()[body.span.range()];
    let places = memmem::find_iter(bytes, open.as_bytes()).map(move |at| at + body.span.start);
    let mut closes = memmem::find_iter(text.as_bytes(), close.as_bytes()).peekable();
    let mut line_ends = NextByte::new(b'\n');
    places.filter_map(move |at| {
        let start = at + open.len();
        while closes.next_if(|&close| close < start).is_some() {}
        let end = *closes.peek()?;
        if !is_wanted(&text[start..end]) || !body.is_prose(at) {
            return None;
        }
        (line_ends.after(text, start) > end).then(|| (Span::new(at, end + close.len()), &text[start..end]))
    })
}

/// Attributes of C++ and the like, which prose may name.
const ATTRIBUTES: [&str; 8] =
    ["nodiscard", "noreturn", "deprecated", "likely", "unlikely", "fallthrough", "maybe_unused", "no_unique_address"];

/// `[[page]]`
pub(super) fn wiki_links(cx: &Context) -> Vec<Span> {
    let text = cx.doc.source.text();
    let is_name = |inner: &str| {
        inner.starts_with(char::is_alphabetic)
            && !inner.eq_ignore_ascii_case("toc")
            && !ATTRIBUTES.contains(&inner)
            && !is_slot(inner)
            && !inner.contains(['[', ']', '=', '"', '{', '<', '$', ';'])
            && !inner.contains("::")
    };
    let links = pairs(cx, ("[[", "]]"), is_name).filter(|(span, _)| !text[span.end..].starts_with(['(', '[']));
    links.map(|(span, _)| span).collect()
}

/// `[[GetPrototypeOf]]`, an internal slot of ECMAScript, which the brackets belong to.
fn is_slot(inner: &str) -> bool {
    inner.starts_with(|c: char| c.is_ascii_uppercase()) && inner.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// `==marked==`
pub(super) fn highlights(cx: &Context) -> Vec<Span> {
    let text = cx.doc.source.text();
    let is_text = |inner: &str| {
        inner.contains(char::is_alphabetic)
            && !inner.starts_with([' ', '=', '>'])
            && !inner.ends_with([' ', '=', '!', '<'])
    };
    let is_apart = |span: &Span| {
        !text[..span.start].ends_with(|c: char| {
            c.is_ascii_alphanumeric() || matches!(c, '=' | '!' | '<' | '>' | ')' | ']' | '\\' | '[')
        }) && !text[span.end..].starts_with('=')
    };
    let mut end = 0;
    let found = pairs(cx, ("==", "=="), |_| true).filter(|(span, inner)| {
        let is_new = span.start >= end && is_text(inner) && is_apart(span);
        if is_new {
            end = span.end;
        }
        is_new
    });
    found.map(|(span, _)| span).collect()
}

/// Names of emoji that people write most, and that are no other word between colons.
const EMOJI: [&str; 44] = [
    "+1",
    "-1",
    "angry",
    "arrow_right",
    "blush",
    "bug",
    "bulb",
    "clap",
    "confused",
    "construction",
    "cry",
    "dizzy",
    "exclamation",
    "eyes",
    "fire",
    "grin",
    "grinning",
    "heart",
    "heart_eyes",
    "heavy_check_mark",
    "joy",
    "laughing",
    "memo",
    "muscle",
    "ok_hand",
    "point_right",
    "pray",
    "rocket",
    "rofl",
    "scream",
    "see_no_evil",
    "slightly_smiling_face",
    "smile",
    "smiley",
    "smirk",
    "sob",
    "sparkles",
    "star",
    "sunglasses",
    "tada",
    "thinking",
    "thumbsup",
    "warning",
    "white_check_mark",
];

/// `:smile:`
pub(super) fn emoji_codes(cx: &Context) -> Vec<Span> {
    let text = cx.doc.source.text();
    let is_apart = |span: &Span| !text[..span.start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == ':');
    let codes = pairs(cx, (":", ":"), |inner| EMOJI.contains(&inner)).filter(|(span, _)| is_apart(span));
    codes.map(|(span, _)| span).collect()
}

/// A line of its own with `[TOC]` or `[[toc]]`.
pub(super) fn contents_marks(cx: &Context) -> Vec<Span> {
    let text = cx.doc.source.text();
    let paragraphs = cx.doc.body.blocks.iter().map(|block| block.span);
    let is_mark =
        |span: &Span| span.len() < 12 && matches!(text[span.range()].trim(), "[TOC]" | "[toc]" | "[[toc]]" | "[[TOC]]");
    paragraphs.filter(is_mark).collect()
}
