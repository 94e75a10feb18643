//! What a page itself says of a word in a command: that it is wrong on purpose, or right after all.

use crate::checks::commands::walk::Guesses;
use crate::document::Document;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// As many bytes of a page are searched for what it says of its slips. A page with so many is no post.
const FUEL: usize = 256 << 20;

/// What a look at a place where a word stands costs beside the search for it, in bytes.
const LOOK: usize = 16_000;

/// As much of a line is looked at on either side of a word.
const NEAR: usize = 400;

/// A page, with what was asked of it so far: the same slip in a thousand places is looked up once.
pub(crate) struct Page<'a> {
    text: &'a str,
    /// What words of its commands may still be compared with.
    pub(crate) guesses: Guesses,
    fuel: Cell<usize>,
    known: RefCell<HashMap<(String, String), bool>>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(doc: &Document<'a>) -> Self {
        Self { text: doc.source.text(), guesses: Guesses::default(), fuel: Cell::new(FUEL), known: RefCell::default() }
    }

    /// Whether the page is about `word`, a slip in a command of `program`, or holds one of the patterns with it in the
    /// place of their `{}` or `*`; a blank in them stands for any number of blanks or none. Where the page has been
    /// searched enough, it does: nothing is said of what wasn't looked up.
    pub(crate) fn excuses<'p>(&self, word: &str, program: &str, patterns: impl Iterator<Item = &'p str>) -> bool {
        let key = (word.to_owned(), program.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let patterns: Vec<(&str, &str)> = patterns.filter_map(|pattern| pattern.split_once(['{', '*'])).collect();
        let excuses = !self.spend(self.text.len())
            || self.text.match_indices(word).any(|(at, _)| {
                let end = at + word.len();
                let from = self.text.floor_char_boundary(at.saturating_sub(NEAR));
                let to = self.text.floor_char_boundary(end.saturating_add(NEAR));
                let (before, after) = (&self.text[from..at], &self.text[end..to]);
                !self.spend(LOOK)
                    || fails(line_before(before), line_after(after))
                    || patterns.iter().any(|pattern| is_within(before, after, *pattern))
            });
        self.known.borrow_mut().insert(key, excuses);
        excuses
    }

    /// Whether it has been searched enough.
    pub(crate) fn is_spent(&self) -> bool {
        self.fuel.get() == 0
    }

    fn spend(&self, cost: usize) -> bool {
        let left = self.fuel.get().checked_sub(cost);
        self.fuel.set(left.unwrap_or_default());
        left.is_some()
    }
}

/// Whether a line with a slip between these two parts mends it by `^slip^`, shows what the program or the shell says to
/// it, says that there is none, or has it as an answer to choose.
fn fails(before: &str, after: &str) -> bool {
    (before.ends_with('^') && after.starts_with('^'))
        || is_choice(before)
        || ANSWERS.iter().any(|answer| before.contains(answer) || after.contains(answer))
}

/// Whether a pattern's two parts stand around a word.
fn is_within(ahead: &str, behind: &str, (before, after): (&str, &str)) -> bool {
    let (before, after) = (before.trim_end(), after.trim_start_matches('}').trim_start());
    let behind = behind.trim_start_matches([' ', '\t', '"', '\'']);
    let ahead = ahead.trim_end_matches([' ', '\t', '"', '\'']);
    ahead.ends_with(before) && behind.starts_with(after) && !(before.is_empty() && behind.starts_with("=="))
}

/// What a page says of a command that fails.
const ANSWERS: [&str; 12] = [
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
];

fn line_before(text: &str) -> &str {
    &text[text.rfind('\n').map_or(0, |end| end + 1)..]
}

fn line_after(text: &str) -> &str {
    &text[..text.find('\n').unwrap_or(text.len())]
}

/// Whether a line that starts like this is one of several answers: `- [ ]`, `B. `.
fn is_choice(line: &str) -> bool {
    let item = line.trim_start_matches([' ', '-', '*', '>']);
    let letter = matches!(item.as_bytes(), [b'A'..=b'H', b'.' | b')', b' ', ..]);
    letter || item.starts_with("[ ] ") || item.starts_with("[x] ")
}
