//! A link that isn't parsed as one or has a malformed scheme: a space or wrong brackets, a typo in `https://`.

mod destination;
mod scheme;

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::body::{Body, Link};
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MalformedLink {}

/// What authors write where `](` should be.
const JOINTS: [&str; 4] = ["] (", "]（", "] （", ")["];

/// The maximum length of a link's text, in bytes.
const MAX_TEXT_LEN: usize = 300;

impl Check for MalformedLink {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        for link in &body.links {
            // The destination of a link that isn't parsed as one is a bare URL.
            if link.auto {
                check_bracket_join(body, text, link.span.start, found);
            } else if !link.image {
                check_detached_mark(text, link, found);
            }
            scheme::check(cx, link, found);
        }
        if cx.profile.markdown.is_commonmark() {
            destination::check(cx, found);
        }
    }
}

/// Reports malformed brackets before the bare URL at byte `at`.
fn check_bracket_join(body: &Body, text: &str, at: usize, found: &mut Findings) {
    let before = &text[body.span.start..at];
    let Some(joint) = JOINTS.iter().find(|joint| before.ends_with(*joint)) else { return };
    let mark = Span::new(at - joint.len(), at);
    if !text[at..].starts_with("http") {
        return;
    }
    if joint.starts_with(')') {
        report_swapped_brackets(body, text, mark, found);
    } else {
        report_detached_destination(body, text, mark, found);
    }
}

/// `[text] (https://…)`, `[text]（https://…）`
fn report_detached_destination(body: &Body, text: &str, mark: Span, found: &mut Findings) {
    let is_text = body.inline_at(mark.start).is_some_and(|piece| !piece.in_link) && body.is_prose(mark.start);
    let line = line_before(text, mark.start);
    let Some(open) = line.rfind('[').map(|at| mark.start - line.len() + at) else { return };
    let Some(end) = address_end(text, mark.end, &[')', '）']) else { return };
    let label = text[open + 1..mark.start].trim();
    // `[x]` is a checkbox, `[1]` a numbered source; a backslash escapes the bracket.
    let is_label = label.chars().count() > 1 && !label.bytes().all(|byte| byte.is_ascii_digit());
    // `[[page]] (https://…)` is a wiki link followed by a URL.
    let is_note = label.ends_with(']');
    if !is_text || !is_label || is_note || line[..line.len() - (mark.start - open)].ends_with(['\\', ']']) {
        return;
    }
    let image = line[..line.len() - (mark.start - open)].ends_with('!');
    let (open, what) = if image { (open - 1, "image") } else { (open, "link") };
    let close = text[end..].chars().next().map_or(1, char::len_utf8);
    let edits = vec![Edit::replace(mark, "]("), Edit::replace(Span::new(end, end + close), ")")];
    found
        .at(Span::new(open, end + close), format!("malformed {what}: text between `]` and `(`"))
        .help("write `[text](URL)` with ASCII brackets and nothing between them")
        .unsafe_fix("Join the brackets", edits);
}

/// `(text)[https://…]`
fn report_swapped_brackets(body: &Body, text: &str, mark: Span, found: &mut Findings) {
    let line = line_before(text, mark.start);
    let Some(open) = line.rfind('(').map(|at| mark.start - line.len() + at) else { return };
    let Some(end) = address_end(text, mark.end, &[']']) else { return };
    let is_text = body.is_prose(mark.start) && body.is_prose(open);
    if !is_text || text[..open].ends_with([']', '\\']) || text[end + 1..].starts_with('(') {
        return;
    }
    let label = &text[open + 1..mark.start];
    let address = &text[mark.end..end];
    let edits = vec![Edit::replace(Span::new(open, end + 1), format!("[{label}]({address})"))];
    found
        .at(Span::new(open, end + 1), "malformed link: brackets and parentheses are swapped")
        .help("write `[text](URL)`")
        .unsafe_fix("Swap the brackets", edits);
}

/// `! [alt](image.png)`, a link after an exclamation mark.
fn check_detached_mark(text: &str, link: &Link, found: &mut Findings) {
    const IMAGES: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"];
    let line = line_before(text, link.span.start);
    let Some(before) = line.trim_end().strip_suffix('!').filter(|_| line.ends_with([' ', '\t'])) else { return };
    let file = link.dest.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let starts_line = before.trim_matches([' ', '\t', '-', '*', '>', '|']).is_empty();
    if !starts_line || !IMAGES.iter().any(|extension| file.ends_with(extension)) {
        return;
    }
    let mark = link.span.start - line.len() + before.len();
    let gap = Span::new(mark + 1, link.span.start);
    found
        .at(Span::new(mark, link.span.end), "image is rendered as a link: space after `!`")
        .help("remove the space: `![alt](image)`")
        .unsafe_fix("Remove the space", vec![Edit::replace(gap, "")])
        .fix_effect(FixEffect::Structure);
}

/// The line before byte `at`, at most as long as a link's text may be.
fn line_before(text: &str, at: usize) -> &str {
    let near = &text[text.ceil_char_boundary(at.saturating_sub(MAX_TEXT_LEN))..at];
    near.rsplit('\n').next().unwrap_or(near)
}

/// The end of the URL that contains `from`, if one of `closers` follows it on this line.
fn address_end(text: &str, from: usize, closers: &[char]) -> Option<usize> {
    let rest = &text[from..];
    let end = rest.find(|c: char| c.is_whitespace() || closers.contains(&c))?;
    rest[end..].starts_with(closers).then_some(from + end)
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{assert_fixes, assert_silent};

    #[test]
    fn malformed_links_are_found_and_corrected() {
        let cases = [
            ("[a b](my file.md)", "[a b](my file.md)", "[a b](my%20file.md)"),
            ("![a](../img/설치 화면.png)", "![a](../img/설치 화면.png)", "![a](../img/설치%20화면.png)"),
            ("[a b](https://example. com/c)", "[a b](https://example. com/c)", "[a b](https://example.com/c)"),
            ("[a b](x.md “Title”)", "[a b](x.md “Title”)", "[a b](x.md \"Title\")"),
            ("[a](https://example.\ncom/b) c", "[a](https://example.\ncom/b)", "[a](https://example.com/b) c"),
            ("See [a](https://example.com/b", "[a](https://example.com/b", "See [a](https://example.com/b)"),
            (
                "See [a](https://example.com/b and so on",
                "[a](https://example.com/b",
                "See [a](https://example.com/b) and so on",
            ),
            ("! [a](b.png)", "! [a](b.png)", "![a](b.png)"),
            (
                "![ab] (https://example.com/b.png)",
                "![ab] (https://example.com/b.png)",
                "![ab](https://example.com/b.png)",
            ),
            ("[a b](www.example.com)", "www.example.com", "[a b](https://www.example.com)"),
            ("[a b](github.com/a/b)", "github.com/a/b", "[a b](https://github.com/a/b)"),
            ("[a b](https//example.com)", "https//example.com", "[a b](https://example.com)"),
        ];
        assert_fixes("malformed-link", &cases);
    }

    #[test]
    fn other_brackets_are_not_reported() {
        let texts = [
            "[a b](c.md) and [d](<e f.md>) and [g](h.md \"i j\")",
            "[a](b) c",
            "`[a](b c.md)`",
            "f[i](x y.md)",
            "[1](see the other page)",
            "Great! [a](b.png)",
            "[a b](github-com/a)",
            "[x](a,\nb)",
        ];
        assert_silent("malformed-link", &texts);
    }
}
