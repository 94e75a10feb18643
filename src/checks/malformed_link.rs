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

/// What a broken link shows, with what it should be. None where brackets have to change places.
const MARKS: [(&str, Option<&str>); 13] = [
    ("] (http", Some("](http")),
    ("]（http", Some("](http")),
    ("] （http", Some("](http")),
    (")[http", None),
    ("https://https://", Some("https://")),
    ("https://http://", Some("http://")),
    ("http://https://", Some("https://")),
    ("http://http://", Some("http://")),
    ("http://https//", Some("https://")),
    ("https://https//", Some("https://")),
    ("](http:/", None),
    ("](https:/", None),
    ("](htp", None),
];

/// How long a link's text may be, in bytes.
const REACH: usize = 300;

static SEARCH: LazyLock<Literals> = LazyLock::new(|| Literals::new(MARKS.iter().map(|(mark, _)| mark)));

impl Check for MalformedLink {
    fn check(&self, cx: &Context, found: &mut Found) {
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        let hits = SEARCH.find_iter(cx.doc.slice(body.span));
        for (which, range) in hits {
            let mark = Span::from(range).shift(body.span.start);
            let (written, _) = MARKS[which];
            match written.as_bytes() {
                [b']', b' ' | 0xef, ..] => detached(body, text, mark, found),
                [b')', ..] => swapped(body, text, mark, found),
                [b']', ..] => lone_slash(body, text, mark, found),
                _ => doubled(body, text, mark, MARKS[which].1.unwrap_or_default(), found),
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

/// `[text](http:/example.com)`, `[text](htp://…)`
fn lone_slash(body: &Body, text: &str, mark: Span, found: &mut Found) {
    if !body.links.iter().any(|link| link.span.covers(mark) && link.text.end <= mark.start) {
        return;
    }
    let rest = &text[mark.start + 2..];
    let Some(end) = rest.find([')', ' ', '\n']) else { return };
    let start = mark.start + 2;
    let scheme = rest.split(':').next().unwrap_or_default();
    let schemes =
        MARKS.iter().find_map(|(mark, once)| once.filter(|_| rest.starts_with(mark)).map(|once| (mark, once)));
    if let Some((written, once)) = schemes {
        return doubled(body, text, Span::new(start, start + written.len()), once, found);
    }
    let is_slip = matches!(scheme, "htp" | "htps" | "htpp" | "htpps") && rest[scheme.len()..].starts_with("://");
    let after = rest[scheme.len()..].trim_start_matches([':', '/']);
    let slashes = rest.len() - scheme.len() - after.len() - 1;
    if !is_slip && (slashes != 1 || !matches!(scheme, "http" | "https")) {
        return;
    }
    let whole = if scheme.ends_with('s') { "https" } else { "http" };
    let head = Span::new(start, start + rest.len() - after.len());
    found
        .at(Span::new(start, start + end), format!("`{}` isn't how an address starts", &text[head.range()]))
        .help(format!("write `{whole}://`"))
        .fix(format!("write `{whole}://`"), vec![Edit::replace(head, format!("{whole}://"))]);
}

/// `https://https://example.com`
fn doubled(body: &Body, text: &str, mark: Span, once: &str, found: &mut Found) {
    let is_address = body.links.iter().any(|link| link.span.covers(mark) && link.text.end <= mark.start);
    let before = text[..mark.start].chars().next_back();
    let is_start = !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '=' | '?'));
    if is_address && is_start {
        found
            .at(mark, "this address has two schemes")
            .help(format!("write `{once}` once"))
            .fix("take one out", vec![Edit::replace(mark, once)]);
    }
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
