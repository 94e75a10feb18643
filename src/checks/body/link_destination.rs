//! Links whose destination is in a list, or starts with a prefix in a list.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{BlockKind, Link};
use crate::url::has_scheme;
use serde::Deserialize;
use std::path::Path;

/// Options: the destinations, and the message.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LinkDestination {
    /// Whole destinations; ASCII letters match in either case.
    #[serde(default)]
    exactly: Vec<String>,
    /// Prefixes of destinations, case-sensitive; `?` matches any letter.
    #[serde(default)]
    starts: Vec<String>,
    /// Prefixes of destinations that aren't reported.
    #[serde(default)]
    unless_starts: Vec<String>,
    /// The message, with `{}` where the destination goes.
    message: String,
    /// The help.
    help: String,
}

impl Check for LinkDestination {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let longest = self.exactly.iter().map(String::len).max().unwrap_or_default();
        for link in cx.doc.body.links.iter().filter(|link| !link.auto) {
            let dest = link.dest.trim();
            let is_one = dest.len() <= longest && self.exactly.iter().any(|one| one.eq_ignore_ascii_case(dest));
            let starts = |all: &[String]| all.iter().any(|start| starts_like(dest, start));
            let is_listed = is_one || starts(&self.starts) && !starts(&self.unless_starts);
            if is_listed && !is_meant(cx, link, dest) {
                found.at(link.span, self.message.replace("{}", dest)).help(&self.help);
            }
        }
    }
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
    let same = |(a, b): (&u8, &u8)| if *b == b'?' { a.is_ascii_alphabetic() } else { a == b };
    dest.len() >= start.len() && dest.iter().zip(start).all(same)
}
