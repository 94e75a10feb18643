//! A unit whose number got lost: `초 이내에`, `within  seconds`.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::source::Span;
use crate::text::pattern::Literals;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: after which words a number is missed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MissingQuantity {
    /// Units that follow a number, in Korean.
    units: Vec<String>,
    /// What makes a limit of a number and its unit, in Korean.
    limits: Vec<String>,
    /// Words before a number and after it, in English, between which two blanks stand where the number was.
    around: Vec<(String, String)>,
    #[serde(skip)]
    search: OnceLock<Literals>,
}

/// What a unit can follow instead of a number.
const COUNTED: [&str; 20] = [
    "몇", "수", "한", "두", "세", "네", "첫", "반", "매", "여러", "단", "전", "다섯", "여섯", "일곱", "여덟", "아홉",
    "열", "밀리", "스무",
];

impl Check for MissingQuantity {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let search = self.search.get_or_init(|| self.search());
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        let korean = self.units.len() * self.limits.len();
        for (which, range) in search.find_iter(cx.doc.slice(body.span)) {
            let span = Span::from(range).shift(body.span.start);
            let before = &text[..span.start];
            let is_lost =
                if which < korean { lacks_number(before) } else { before.ends_with(|c: char| !c.is_alphanumeric()) };
            if is_lost && body.is_prose(span.start) && body.is_prose(span.end - 1) {
                found.at(span, format!("`{}` lacks its number", cx.doc.slice(span))).help("write how many");
            }
        }
    }
}

impl MissingQuantity {
    fn search(&self) -> Literals {
        let korean = self.units.iter().flat_map(|unit| self.limits.iter().map(move |limit| format!("{unit} {limit}")));
        let english = self.around.iter().map(|(before, after)| format!("{before}  {after}"));
        Literals::new(korean.chain(english))
    }
}

/// Whether a word that is no number ends before a blank: the unit stands alone.
fn lacks_number(before: &str) -> bool {
    let Some(rest) = before.strip_suffix([' ', '\u{a0}']) else { return false };
    let near = &rest[rest.ceil_char_boundary(rest.len().saturating_sub(60))..];
    let word = near.rsplit([' ', '\n', '\u{a0}']).next().unwrap_or_default();
    let is_number =
        |c: char| c.is_numeric() || "~일이삼사오육칠팔구십백천만억영)%$}]`".contains(c) || c.is_ascii_uppercase();
    word.ends_with(|c: char| ('가'..='힣').contains(&c)) && !word.ends_with(is_number) && !COUNTED.contains(&word)
}
