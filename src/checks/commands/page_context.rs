//! Text on a page about a word in a command: that it is wrong on purpose, or correct.

use crate::checks::commands::guesses::Guesses;
use crate::document::Document;
use memchr::memmem;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// The maximum number of bytes that are searched for a page's typos. A page that needs more is generated.
const MAX_SEARCHED_BYTES: usize = 256 << 20;

/// The cost of a match besides the search for it, in bytes.
const COST_PER_MATCH: usize = 16_000;

/// The maximum number of bytes of a line that are looked at on either side of a word.
const MAX_DISTANCE: usize = 400;

/// A page, with a cache: the same typo in a thousand places is looked up once.
pub(super) struct PageContext<'a> {
    text: &'a str,
    /// The comparisons of its words with names that are left.
    pub(super) guesses: Guesses,
    bytes_left: Cell<usize>,
    known: RefCell<HashMap<(String, String), bool>>,
}

impl<'a> PageContext<'a> {
    pub(super) fn new(doc: &Document<'a>) -> Self {
        Self {
            text: doc.source.text(),
            guesses: Guesses::default(),
            bytes_left: Cell::new(MAX_SEARCHED_BYTES),
            known: RefCell::default(),
        }
    }

    /// Whether the page mentions `word`, a typo in a command of `program`, as an error, or contains one of the patterns
    /// with the word in place of their `{}` or `*`; a space in a pattern matches any number of spaces or none. Also
    /// true once the search limit is reached: nothing is reported that wasn't looked up.
    pub(super) fn is_intentional<'p>(
        &self,
        word: &str,
        program: &str,
        patterns: impl Iterator<Item = &'p str>,
    ) -> bool {
        let key = (word.to_owned(), program.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let patterns: Vec<(&str, &str)> = patterns.filter_map(|pattern| pattern.split_once(['{', '*'])).collect();
        let is_intentional = !self.spend(self.text.len())
            || memmem::find_iter(self.text.as_bytes(), word).filter(|at| self.text.is_char_boundary(*at)).any(|at| {
                let end = at + word.len();
                let from = self.text.floor_char_boundary(at.saturating_sub(MAX_DISTANCE));
                let to = self.text.floor_char_boundary(end.saturating_add(MAX_DISTANCE));
                let (before, after) = (&self.text[from..at], &self.text[end..to]);
                !self.spend(COST_PER_MATCH)
                    || shows_failure(line_before(before), line_after(after))
                    || patterns.iter().any(|pattern| is_within(before, after, *pattern))
            });
        self.known.borrow_mut().insert(key, is_intentional);
        is_intentional
    }

    /// Whether the page has `word` more than once; true once the search limit is reached.
    pub(super) fn occurs_again(&self, word: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let is_whole =
            |at: &usize| !self.text[..*at].ends_with(is_part) && !self.text[at + word.len()..].starts_with(is_part);
        !self.spend(self.text.len()) || memmem::find_iter(self.text.as_bytes(), word).filter(is_whole).nth(1).is_some()
    }

    /// Whether the search limit is reached.
    pub(super) fn search_limit_reached(&self) -> bool {
        self.bytes_left.get() == 0
    }

    fn spend(&self, cost: usize) -> bool {
        let rest = self.bytes_left.get().checked_sub(cost);
        self.bytes_left.set(rest.unwrap_or_default());
        rest.is_some()
    }
}

/// Whether a line with the typo between these parts corrects it with `^typo^`, shows an error message about it, says
/// that it doesn't exist, or is a choice in a quiz.
fn shows_failure(before: &str, after: &str) -> bool {
    (before.ends_with('^') && after.starts_with('^'))
        || is_choice(before)
        || FAILURE_MESSAGES.iter().any(|answer| before.contains(answer) || after.contains(answer))
}

/// Whether the two parts of a pattern surround a word.
fn is_within(ahead: &str, behind: &str, (before, after): (&str, &str)) -> bool {
    let (before, after) = (before.trim_end(), after.trim_start_matches('}').trim_start());
    let behind = behind.trim_start_matches([' ', '\t', '"', '\'']);
    let ahead = ahead.trim_end_matches([' ', '\t', '"', '\'']);
    ahead.ends_with(before) && behind.starts_with(after) && !(before.is_empty() && behind.starts_with("=="))
}

/// Parts of messages about a command that fails.
const FAILURE_MESSAGES: [&str; 14] = [
    "is not a",
    "here is no ",
    "here are no ",
    "oesn't exist",
    "nknown command",
    "nknown option",
    "no such ",
    "nrecognized",
    "not found",
    "invalid choice",
    "id you mean",
    "similar command",
    " typo",
    "isspel",
];

fn line_before(text: &str) -> &str {
    &text[text.rfind('\n').map_or(0, |end| end + 1)..]
}

fn line_after(text: &str) -> &str {
    &text[..text.find('\n').unwrap_or(text.len())]
}

/// Whether a line that starts with this is one of several answers: `- [ ]`, `B. `.
fn is_choice(line: &str) -> bool {
    let item = line.trim_start_matches([' ', '-', '*', '>']);
    let letter = matches!(item.as_bytes(), [b'A'..=b'H', b'.' | b')', b' ', ..]);
    letter || item.starts_with("[ ] ") || item.starts_with("[x] ")
}
