//! Links whose destination is in a list, or starts with a prefix in a list.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{BlockKind, InlineKind, Link};
use crate::source::Span;
use crate::url::has_scheme;
use memchr::memmem;
use serde::Deserialize;
use std::path::Path;

/// Options: the destinations, and the message.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LinkDestination {
    /// Whole destinations; ASCII letters match in either case.
    #[serde(default)]
    destinations: Vec<String>,
    /// Prefixes of destinations, case-sensitive; `?` matches any letter.
    #[serde(default)]
    prefixes: Vec<String>,
    /// Prefixes of destinations that aren't reported.
    #[serde(default)]
    ignore_prefixes: Vec<String>,
    /// Whether to check the attributes `src` and `href` of HTML too.
    #[serde(default)]
    html: bool,
    /// The message, with `{}` where the destination goes.
    message: String,
    /// The help.
    help: String,
}

impl Check for LinkDestination {
    fn check(&self, cx: &Context, found: &mut Findings) {
        // The templates of pages hold what their copies replace.
        let is_template = || cx.doc.source.path().to_string_lossy().to_ascii_lowercase().contains("template");
        if !self.destinations.is_empty() && is_template() {
            return;
        }
        for link in cx.doc.body.links.iter().filter(|link| !link.auto) {
            let dest = link.dest.trim();
            if self.is_listed(dest) && !is_meant(cx, link, dest) {
                found.at(link.span, self.message.replace("{}", dest)).help(&self.help);
            }
        }
        if self.html {
            self.check_html(cx, found);
        }
    }
}

impl LinkDestination {
    fn is_listed(&self, dest: &str) -> bool {
        let is_one = self.destinations.iter().any(|one| one.eq_ignore_ascii_case(dest));
        let starts = |all: &[String]| all.iter().any(|start| starts_like(dest, start));
        is_one || starts(&self.prefixes) && !starts(&self.ignore_prefixes)
    }

    /// Checks the attributes of HTML outside comments.
    fn check_html(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        let inline = body.inlines.iter().filter(|inline| inline.kind == InlineKind::Html).map(|inline| inline.span);
        for tags in body.html.iter().copied().chain(inline) {
            for dest in attributes(cx.doc.slice(tags)).map(|dest| dest.shift(tags.start)) {
                let written = cx.doc.slice(dest);
                if self.is_listed(written) && !body.comments.iter().any(|comment| comment.contains(dest.start)) {
                    found.at(dest, self.message.replace("{}", written)).help(&self.help);
                }
            }
        }
    }
}

/// The values of the attributes `src` and `href` in HTML.
fn attributes(html: &str) -> impl Iterator<Item = Span> + '_ {
    let names = ["src=", "href="].into_iter();
    let values = names.flat_map(move |name| memmem::find_iter(html.as_bytes(), name).map(move |at| at + name.len()));
    values.filter_map(|at| {
        let quote = html[at..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let len = html[at + 1..].find([quote, '\n'])?;
        Some(Span::new(at + 1, at + 1 + len))
    })
}

/// Texts of links that show what a link looks like: `[text](url)`.
const TEXTS_OF_EXAMPLES: [&str; 13] = [
    "text",
    "link text",
    "link-text",
    "linktext",
    "title",
    "label",
    "name",
    "example",
    "anchor text",
    "alt text",
    "alt",
    "description",
    "display text",
];

/// Whether a link isn't a placeholder although its destination is in the list: a file or a heading is called so, or the
/// link is an example of one.
fn is_meant(cx: &Context, link: &Link, dest: &str) -> bool {
    let text = cx.doc.slice(link.text).trim().trim_matches(['`', '*', '_']).to_lowercase();
    let is_name = !has_scheme(dest) && !dest.is_empty() && dest.len() < MAX_NAME_LEN;
    let page = cx.site.inside(cx.doc.source.path());
    let is_file = || cx.site.has(&page.parent().unwrap_or(Path::new("")).join(dest)) == Some(true);
    let name = dest.trim_start_matches('#').to_lowercase();
    let headings = || cx.doc.body.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    let is_heading =
        || headings().any(|block| cx.doc.slice(block.span).trim_matches(['#', ' ', '`']).to_lowercase() == name);
    TEXTS_OF_EXAMPLES.contains(&&*text) || is_name && (is_file() || is_heading())
}

/// The maximum length of a destination that is looked up as a name, in bytes.
const MAX_NAME_LEN: usize = 100;

fn starts_like(dest: &str, start: &str) -> bool {
    let (dest, start) = (dest.as_bytes(), start.as_bytes());
    // Most differ in the first letter.
    if start.first().is_some_and(|first| *first != b'?' && dest.first() != Some(first)) {
        return false;
    }
    let same = |(a, b): (&u8, &u8)| if *b == b'?' { a.is_ascii_alphabetic() } else { a == b };
    dest.len() >= start.len() && dest.iter().zip(start).all(same)
}
