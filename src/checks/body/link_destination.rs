//! Links whose destination is in a list, or starts with a prefix in a list.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use serde::Deserialize;

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
    /// The message, with `{}` where the destination goes.
    message: String,
    /// The help.
    help: String,
}

impl Check for LinkDestination {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let longest = self.destinations.iter().map(String::len).max().unwrap_or_default();
        for link in cx.doc.body.links.iter().filter(|link| !link.auto) {
            let dest = link.dest.trim();
            let is_one = dest.len() <= longest && self.destinations.iter().any(|one| one.eq_ignore_ascii_case(dest));
            let starts = |all: &[String]| all.iter().any(|start| starts_like(dest, start));
            if is_one || starts(&self.prefixes) && !starts(&self.ignore_prefixes) {
                found.at(link.span, self.message.replace("{}", dest)).help(&self.help);
            }
        }
    }
}

fn starts_like(dest: &str, start: &str) -> bool {
    let (dest, start) = (dest.as_bytes(), start.as_bytes());
    let same = |(a, b): (&u8, &u8)| if *b == b'?' { a.is_ascii_alphabetic() } else { a == b };
    dest.len() >= start.len() && dest.iter().zip(start).all(same)
}
