//! A link that isn't parsed as one or has a malformed scheme: a space or wrong brackets, a typo in `https://`.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::body::{Body, Link};
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MalformedLink {}

/// What authors write where `](` should be.
const JOINTS: [&str; 4] = ["] (", "]（", "] （", ")["];

/// Prefixes of destinations with two schemes, and their corrections.
const DOUBLED: [(&str, &str); 6] = [
    ("https://https://", "https://"),
    ("https://http://", "http://"),
    ("http://https://", "https://"),
    ("http://http://", "http://"),
    ("http://https//", "https://"),
    ("https://https//", "https://"),
];

/// The maximum length of a link's text, in bytes.
const MAX_TEXT_LEN: usize = 300;

impl Check for MalformedLink {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        for link in body.links.iter().filter(|link| link.dest.starts_with("ht")) {
            // The destination of a link that isn't parsed as one is a bare URL.
            if link.auto {
                check_bracket_join(body, text, link.span.start, found);
            }
            if is_well_formed(&link.dest) {
                continue;
            }
            let doubling = DOUBLED.iter().find(|(twice, _)| link.dest.starts_with(twice));
            let typo = if doubling.is_none() { malformed_scheme(&link.dest) } else { None };
            let (Some((wrong, right)), Some(address)) = (doubling.copied().or(typo), destination_span(link, text))
            else {
                continue;
            };
            let mark = Span::new(address.start, address.start + wrong.len());
            if doubling.is_some() {
                report_double_scheme(mark, right, found);
            } else {
                report_malformed_scheme(address, mark, (wrong, right), found);
            }
        }
    }
}

/// Whether a destination starts as nearly all do, so that most links need no further tests.
fn is_well_formed(dest: &str) -> bool {
    let rest = dest.strip_prefix("https://").or_else(|| dest.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.starts_with("http"))
}

/// The span of the destination within the link.
fn destination_span(link: &Link, text: &str) -> Option<Span> {
    let within = Span::new(link.text.end, link.span.end);
    let at = within.start + text[within.range()].find(&link.dest)?;
    Some(Span::new(at, at + link.dest.len()))
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
    if !is_text || !is_label || is_note || line[..line.len() - (mark.start - open)].ends_with(['\\', ']', '!']) {
        return;
    }
    let close = text[end..].chars().next().map_or(1, char::len_utf8);
    let edits = vec![Edit::replace(mark, "]("), Edit::replace(Span::new(end, end + close), ")")];
    found
        .at(Span::new(open, end + close), "malformed link: text between `]` and `(`")
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

/// The malformed start of `http:/example.com` or `htp://…`, and its correction.
fn malformed_scheme(dest: &str) -> Option<(&str, &'static str)> {
    let (scheme, rest) = dest.split_once(':')?;
    let slashes = rest.len() - rest.trim_start_matches('/').len();
    let is_typo = matches!(scheme, "htp" | "htps" | "htpp" | "htpps") && slashes == 2;
    let is_short = matches!(scheme, "http" | "https") && slashes == 1;
    let whole = if scheme.ends_with('s') { "https://" } else { "http://" };
    (is_typo || is_short).then(|| (&dest[..scheme.len() + 1 + slashes], whole))
}

/// `http:/example.com`, `htp://…`
fn report_malformed_scheme(address: Span, head: Span, (wrong, whole): (&str, &'static str), found: &mut Findings) {
    found
        .at(address, format!("malformed URL scheme `{wrong}`; use `{whole}`"))
        .unsafe_fix(format!("Replace with `{whole}`"), vec![Edit::replace(head, whole)]);
}

/// `https://https://example.com`
fn report_double_scheme(mark: Span, once: &str, found: &mut Findings) {
    found
        .at(mark, "URL with two schemes")
        .help(format!("keep only `{once}`"))
        .unsafe_fix("Remove the duplicate scheme", vec![Edit::replace(mark, once)]);
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
