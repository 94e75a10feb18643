//! A link that isn't one, because of a blank, its brackets, or its scheme.

use super::{Check, Context, Found};
use crate::diagnostic::Edit;
use crate::document::body::Body;
use crate::pattern::Literals;
use crate::source::Span;
use serde::Deserialize;
use std::sync::LazyLock;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MalformedLink {}

/// What stands where the brackets of a link should meet.
const JOINTS: [&str; 4] = ["] (http", "]（http", "] （http", ")[http"];

/// How an address starts that has two schemes, with what it should be.
const DOUBLED: [(&str, &str); 6] = [
    ("https://https://", "https://"),
    ("https://http://", "http://"),
    ("http://https://", "https://"),
    ("http://http://", "http://"),
    ("http://https//", "https://"),
    ("https://https//", "https://"),
];

/// How long a link's text may be, in bytes.
const REACH: usize = 300;

static SEARCH: LazyLock<Literals> = LazyLock::new(|| Literals::new(JOINTS));

impl Check for MalformedLink {
    fn check(&self, cx: &Context, found: &mut Found) {
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        for (which, range) in SEARCH.find_iter(cx.doc.slice(body.span)) {
            let mark = Span::from(range).shift(body.span.start);
            if JOINTS[which].starts_with(')') {
                swapped(body, text, mark, found);
            } else {
                detached(body, text, mark, found);
            }
        }
        for link in body.links.iter().filter(|link| link.dest.starts_with("ht")) {
            let within = Span::new(link.text.end, link.span.end);
            let Some(at) = text[within.range()].find(&link.dest).map(|at| within.start + at) else { continue };
            let address = Span::new(at, at + link.dest.len());
            match DOUBLED.iter().find(|(twice, _)| link.dest.starts_with(twice)) {
                Some((twice, once)) => doubled(Span::new(at, at + twice.len()), once, found),
                None => lone_slash(&link.dest, address, found),
            }
        }
    }
}

/// `[text] (https://…)`, `[text]（https://…）`
fn detached(body: &Body, text: &str, mark: Span, found: &mut Found) {
    let is_text = body.piece_at(mark.start).is_some_and(|piece| !piece.in_link) && body.is_prose(mark.start);
    let line = line_before(text, mark.start);
    let Some(open) = line.rfind('[').map(|at| mark.start - line.len() + at) else { return };
    let Some(end) = address_end(text, mark.end, &[')', '）']) else { return };
    let label = text[open + 1..mark.start].trim();
    // `[x]` is a box to tick, `[1]` a number in a list of sources; a backslash takes the bracket for itself.
    let is_label = label.chars().count() > 1 && !label.bytes().all(|byte| byte.is_ascii_digit());
    if !is_text || !is_label || line[..line.len() - (mark.start - open)].ends_with(['\\', ']', '!']) {
        return;
    }
    let close = text[end..].chars().next().map_or(1, char::len_utf8);
    let address = mark.end - "http".len();
    let edits =
        vec![Edit::replace(Span::new(mark.start, address), "]("), Edit::replace(Span::new(end, end + close), ")")];
    found
        .at(Span::new(open, end + close), "this link isn't one: something is between its brackets")
        .help("write `[text](address)`, both brackets plain and side by side")
        .fix("join the brackets", edits);
}

/// `(text)[https://…]`
fn swapped(body: &Body, text: &str, mark: Span, found: &mut Found) {
    let line = line_before(text, mark.start);
    let Some(open) = line.rfind('(').map(|at| mark.start - line.len() + at) else { return };
    let Some(end) = address_end(text, mark.end, &[']']) else { return };
    let is_text = body.is_prose(mark.start) && body.is_prose(open);
    if !is_text || text[..open].ends_with([']', '\\']) || text[end + 1..].starts_with('(') {
        return;
    }
    let label = &text[open + 1..mark.start];
    let address = &text[mark.end - "http".len()..end];
    let edits = vec![Edit::replace(Span::new(open, end + 1), format!("[{label}]({address})"))];
    found
        .at(Span::new(open, end + 1), "this link isn't one: its brackets are swapped")
        .help("write `[text](address)`")
        .fix("swap the brackets", edits);
}

/// `http:/example.com`, `htp://…`
fn lone_slash(dest: &str, address: Span, found: &mut Found) {
    let Some((scheme, rest)) = dest.split_once(':') else { return };
    let slashes = rest.len() - rest.trim_start_matches('/').len();
    let is_slip = matches!(scheme, "htp" | "htps" | "htpp" | "htpps") && slashes == 2;
    if !is_slip && (slashes != 1 || !matches!(scheme, "http" | "https")) {
        return;
    }
    let whole = if scheme.ends_with('s') { "https://" } else { "http://" };
    let head = Span::new(address.start, address.start + scheme.len() + 1 + slashes);
    found
        .at(address, format!("`{}` isn't how an address starts", &dest[..head.len()]))
        .help(format!("write `{whole}`"))
        .fix(format!("write `{whole}`"), vec![Edit::replace(head, whole)]);
}

/// `https://https://example.com`
fn doubled(mark: Span, once: &str, found: &mut Found) {
    found
        .at(mark, "this address has two schemes")
        .help(format!("write `{once}` once"))
        .fix("take one out", vec![Edit::replace(mark, once)]);
}

/// The line before byte `at`, as far back as a link's text may reach.
fn line_before(text: &str, at: usize) -> &str {
    let near = &text[text.ceil_char_boundary(at.saturating_sub(REACH))..at];
    near.rsplit('\n').next().unwrap_or(near)
}

/// Where the address that `from` is in ends, if one of `closers` ends it on this line.
fn address_end(text: &str, from: usize, closers: &[char]) -> Option<usize> {
    let rest = &text[from..];
    let end = rest.find(|c: char| c.is_whitespace() || closers.contains(&c))?;
    rest[end..].starts_with(closers).then_some(from + end)
}
