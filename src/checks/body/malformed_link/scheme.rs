//! The scheme of a URL: misspelled, with the wrong separator, twice, or missing.

use crate::checks::check::Context;
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::body::Link;
use crate::source::Span;
use crate::url::{is_host, malformed_scheme};
use std::path::Path;

/// Prefixes of destinations with two schemes, and their corrections.
const DOUBLED: [(&str, &str); 8] = [
    ("https://https://", "https://"),
    ("https://http://", "http://"),
    ("http://https://", "https://"),
    ("http://http://", "http://"),
    ("http://https//", "https://"),
    ("https://https//", "https://"),
    ("https:https://", "https://"),
    ("http:http://", "http://"),
];

/// Hosts that authors link to without a scheme.
const KNOWN_HOSTS: [&str; 14] = [
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "youtube.com",
    "youtu.be",
    "twitter.com",
    "linkedin.com",
    "facebook.com",
    "medium.com",
    "stackoverflow.com",
    "wikipedia.org",
    "docs.google.com",
    "t.me",
    "velog.io",
];

/// Reports a malformed scheme of the destination of `link`.
pub(super) fn check(cx: &Context, link: &Link, found: &mut Findings) {
    if is_well_formed(&link.dest) {
        return;
    }
    let text = cx.doc.source.text();
    if let Some((wrong, right)) = DOUBLED.iter().find(|(twice, _)| link.dest.starts_with(twice)) {
        let Some(address) = destination_span(link, text) else { return };
        let mark = Span::new(address.start, address.start + wrong.len());
        found
            .at(mark, "URL with two schemes")
            .help(format!("keep only `{right}`"))
            .unsafe_fix("Remove the duplicate scheme", vec![Edit::replace(mark, *right)]);
    } else if let Some((wrong, right)) = malformed_scheme(&link.dest) {
        let Some(address) = destination_span(link, text) else { return };
        let head = Span::new(address.start, address.start + wrong.len());
        found
            .at(address, format!("malformed URL scheme `{wrong}`; use `{right}`"))
            .unsafe_fix(format!("Replace with `{right}`"), vec![Edit::replace(head, right)]);
    } else if !link.auto && has_no_scheme(cx, &link.dest) {
        let Some(address) = destination_span(link, text) else { return };
        found
            .at(address, format!("URL without a scheme: `{}`", crate::checks::support::fields::truncate(&link.dest)))
            .label_primary("a relative path")
            .help(format!("write `https://{}`", crate::checks::support::fields::truncate(&link.dest)))
            .unsafe_fix("Add `https://`", vec![Edit::replace(Span::empty(address.start), "https://")]);
    }
}

/// Whether a destination starts as nearly all do, so that most links need no further tests.
fn is_well_formed(dest: &str) -> bool {
    if dest.starts_with(['/', '#', '.', '{', '<', '!']) {
        return true;
    }
    let rest = dest.strip_prefix("https://").or_else(|| dest.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.starts_with("http") && !rest.starts_with('/'))
}

/// The span of the destination within the link.
fn destination_span(link: &Link, text: &str) -> Option<Span> {
    let within = Span::new(link.text.end, link.span.end);
    let at = within.start + text[within.range()].find(&link.dest)?;
    Some(Span::new(at, at + link.dest.len()))
}

/// Whether a destination is a URL without its scheme, which is a relative path: `www.example.com`, `github.com/a/b`.
fn has_no_scheme(cx: &Context, dest: &str) -> bool {
    let host = dest.split(['/', '?', '#']).next().unwrap_or(dest);
    let is_web = host.strip_prefix("www.").is_some_and(|rest| rest.contains('.') || dest.len() > host.len());
    let is_known = KNOWN_HOSTS.iter().any(|known| {
        host == *known || host.strip_suffix(known).is_some_and(|before| before.ends_with('.') && before.len() > 1)
    });
    let is_file = || {
        let page = cx.site.inside(cx.doc.source.path());
        let path = page.parent().unwrap_or(Path::new("")).join(dest);
        cx.site.has(&path) == Some(true)
    };
    (is_web || is_known) && is_host(host) && !dest.contains(char::is_whitespace) && !is_file()
}
