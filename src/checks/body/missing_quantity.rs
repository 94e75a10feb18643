//! A unit without its number: `초 이내에`, `within  seconds`.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: the phrases that need a number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MissingQuantity {
    /// Korean units that follow a number.
    units: Vec<String>,
    /// Korean words after a number and its unit that make it a limit.
    qualifiers: Vec<String>,
    /// English words before and after a number; two spaces between them show that the number is missing.
    patterns: Vec<(String, String)>,
    #[serde(skip)]
    search: OnceLock<LiteralSet>,
}

/// Words that can replace a number before a unit.
const COUNTED: [&str; 20] = [
    "몇", "수", "한", "두", "세", "네", "첫", "반", "매", "여러", "단", "전", "다섯", "여섯", "일곱", "여덟", "아홉",
    "열", "밀리", "스무",
];

impl Check for MissingQuantity {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let search = self.search.get_or_init(|| self.search());
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        let korean = self.units.len() * self.qualifiers.len();
        for (which, range) in search.find_iter(cx.doc.slice(body.span)) {
            let span = Span::from(range).shift(body.span.start);
            let before = &text[..span.start];
            let is_lost =
                if which < korean { lacks_number(before) } else { before.ends_with(|c: char| !c.is_alphanumeric()) };
            if is_lost && body.is_prose(span.start) && body.is_prose(span.end - 1) {
                found.at(span, format!("missing number before `{}`", cx.doc.slice(span))).help("add the number");
            }
        }
    }
}

impl MissingQuantity {
    fn search(&self) -> LiteralSet {
        let korean =
            self.units.iter().flat_map(|unit| self.qualifiers.iter().map(move |limit| format!("{unit} {limit}")));
        let english = self.patterns.iter().map(|(before, after)| format!("{before}  {after}"));
        LiteralSet::new(korean.chain(english))
    }
}

/// Whether a word that isn't a number precedes the unit.
fn lacks_number(before: &str) -> bool {
    let Some(rest) = before.strip_suffix([' ', '\u{a0}']) else { return false };
    let near = &rest[rest.ceil_char_boundary(rest.len().saturating_sub(60))..];
    let word = near.rsplit([' ', '\n', '\u{a0}']).next().unwrap_or_default();
    let is_number =
        |c: char| c.is_numeric() || "~일이삼사오육칠팔구십백천만억영)%$}]`".contains(c) || c.is_ascii_uppercase();
    word.ends_with(|c: char| ('가'..='힣').contains(&c)) && !word.ends_with(is_number) && !COUNTED.contains(&word)
}
