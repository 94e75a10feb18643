//! Links whose address is one of a list, or starts like one.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use serde::Deserialize;

/// Options: which addresses, and what to say of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LinkDestination {
    /// Whole addresses, ASCII letters in either case.
    #[serde(default)]
    exactly: Vec<String>,
    /// How an address starts, letter by letter; `?` is any letter.
    #[serde(default)]
    starts: Vec<String>,
    /// How an address starts that is no such one all the same.
    #[serde(default)]
    unless_starts: Vec<String>,
    /// What is wrong, with `{}` where the address goes.
    message: String,
    /// What to do.
    help: String,
}

impl Check for LinkDestination {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let longest = self.exactly.iter().map(String::len).max().unwrap_or_default();
        for link in cx.doc.body.links.iter().filter(|link| !link.auto) {
            let dest = link.dest.trim();
            let is_one = dest.len() <= longest && self.exactly.iter().any(|one| one.eq_ignore_ascii_case(dest));
            let starts = |all: &[String]| all.iter().any(|start| starts_like(dest, start));
            if is_one || starts(&self.starts) && !starts(&self.unless_starts) {
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
