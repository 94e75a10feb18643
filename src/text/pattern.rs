//! The door to regular expressions and to searching for many words at once.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind, packed};
use regex::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

/// No pattern may take more memory than this, in bytes: patterns come from configs that strangers wrote.
const SIZE_LIMIT: usize = 1 << 20;

/// All patterns of configs and rule pages together may take no more memory than this, in bytes. A usual one takes some 64 KiB.
const TOTAL_LIMIT: usize = 64 << 20;

/// A pattern is counted as the smallest of these that it fits into.
const SIZES: [usize; 3] = [32 << 10, 128 << 10, SIZE_LIMIT];

/// Lines longer than this, in bytes, are data rather than prose, and are not searched.
pub const LINE_LIMIT: usize = 64 << 10;

/// A regular expression for one line of text. Compiled when it is first needed, for that takes longer than matching.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    compiled: OnceLock<Option<Arc<Compiled>>>,
}

/// A pattern ready for use.
#[derive(Debug)]
struct Compiled {
    regex: Regex,
    /// As how many bytes it is counted among those of all configs.
    size: usize,
}

/// The patterns of configs and rule pages that are in use, each once.
static IN_USE: Mutex<Option<HashMap<String, Weak<Compiled>>>> = Mutex::new(None);

/// How many bytes they count as.
static TOTAL: AtomicUsize = AtomicUsize::new(0);

impl Drop for Compiled {
    fn drop(&mut self) {
        TOTAL.fetch_sub(self.size, Ordering::Relaxed);
    }
}

impl Pattern {
    /// A pattern that a user wrote: compiled at once, so that a mistake is told where it was made.
    ///
    /// # Errors
    /// What is wrong with it, in the reader's words.
    pub fn new(text: &str) -> Result<Self, String> {
        let mut in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
        let in_use = in_use.get_or_insert_default();
        let compiled = match in_use.get(text).and_then(Weak::upgrade) {
            Some(compiled) => compiled,
            None => {
                let compiled = Arc::new(compile_counted(text)?);
                in_use.retain(|_, compiled| compiled.strong_count() > 0);
                in_use.insert(text.to_owned(), Arc::downgrade(&compiled));
                compiled
            }
        };
        Ok(Self { text: text.to_owned(), compiled: OnceLock::from(Some(compiled)) })
    }

    /// A pattern that is known to be right: compiled when first asked. Were it wrong, it would match nothing.
    pub fn lazy(text: String) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it matches somewhere in `line`. A line over [`LINE_LIMIT`] matches nothing.
    pub fn is_match(&self, line: &str) -> bool {
        line.len() <= LINE_LIMIT && self.regex().is_some_and(|regex| regex.is_match(line))
    }

    /// The byte range of the first match in `line`. A line over [`LINE_LIMIT`] matches nothing.
    pub fn find(&self, line: &str) -> Option<Range<usize>> {
        if line.len() > LINE_LIMIT {
            return None;
        }
        self.regex()?.find(line).map(|found| found.range())
    }

    /// The byte ranges of all matches in `line` that hold something, at most `most` of them. A line over [`LINE_LIMIT`]
    /// has none.
    pub fn find_all(&self, line: &str, most: usize) -> Vec<std::ops::Range<usize>> {
        let Some(regex) = self.regex().filter(|_| line.len() <= LINE_LIMIT) else { return Vec::new() };
        regex.find_iter(line).map(|found| found.range()).filter(|range| !range.is_empty()).take(most).collect()
    }

    /// What `template` makes of the match at `range` of `line`: `$1` is its first group, `$name` a named one.
    pub fn fill(&self, line: &str, range: std::ops::Range<usize>, template: &str) -> Option<String> {
        let captures = self.regex()?.captures_at(line, range.start)?;
        let mut filled = String::new();
        captures.expand(template, &mut filled);
        Some(filled)
    }

    /// The first group that `template` names and the pattern hasn't: nothing would stand for it.
    pub fn missing_group<'a>(&self, template: &'a str) -> Option<&'a str> {
        let regex = self.regex()?;
        let mut rest = template;
        while let Some((_, after)) = rest.split_once('$') {
            rest = after.strip_prefix('$').unwrap_or(after);
            let braced = after.strip_prefix('{').and_then(|inner| inner.split_once('}')).map(|(name, _)| name);
            let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
            let name = braced.unwrap_or(&after[..end]);
            let is_known = match name.parse::<usize>() {
                Ok(number) => number < regex.captures_len(),
                Err(_) => name.is_empty() || regex.capture_names().flatten().any(|known| known == name),
            };
            if !is_known {
                return Some(name);
            }
        }
        None
    }

    fn regex(&self) -> Option<&Regex> {
        let compile = || compile(&self.text, SIZE_LIMIT).ok().map(|regex| Arc::new(Compiled { regex, size: 0 }));
        self.compiled.get_or_init(compile).as_ref().map(|compiled| &compiled.regex)
    }
}

fn compile(text: &str, limit: usize) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(limit).dfa_size_limit(limit).build()
}

/// Compiles a pattern that a user wrote, and counts its size.
fn compile_counted(text: &str) -> Result<Compiled, String> {
    let too_much = || {
        let limit = TOTAL_LIMIT >> 20;
        format!("too large: with this pattern, all patterns of the project take more than {limit} MiB")
    };
    for size in SIZES {
        if TOTAL.load(Ordering::Relaxed) + size > TOTAL_LIMIT {
            return Err(too_much());
        }
        match compile(text, size) {
            Ok(regex) => {
                TOTAL.fetch_add(size, Ordering::Relaxed);
                return Ok(Compiled { regex, size });
            }
            Err(regex::Error::CompiledTooBig(_)) if size < SIZE_LIMIT => {}
            Err(error) => return Err(last_line(&error.to_string())),
        }
    }
    Err(too_much())
}

/// The regex crate draws the pattern with a caret and says what is wrong below it.
fn last_line(message: &str) -> String {
    let line = message.lines().last().unwrap_or_default().trim();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// `text` written so that a pattern takes every character of it literally.
pub fn escape(text: &str) -> String {
    regex::escape(text)
}

/// Words to look for all at once, ASCII letters in either case.
#[derive(Debug)]
pub struct Keywords {
    words: Vec<Vec<u8>>,
    /// Quickly made, for a page or two.
    first: Option<AhoCorasick>,
    /// Searches in a third of the time, and takes as long to make as hundreds of searches.
    later: OnceLock<Option<AhoCorasick>>,
    asked: AtomicUsize,
}

/// After so many questions there will be more.
const OFTEN: usize = 256;

impl Keywords {
    /// Takes the words. Too many to search for are never found.
    pub fn new(words: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        let words: Vec<Vec<u8>> = words.into_iter().map(|word| word.as_ref().to_vec()).collect();
        let first = automaton(&words, AhoCorasickKind::ContiguousNFA);
        Self { words, first, later: OnceLock::new(), asked: AtomicUsize::new(0) }
    }

    /// Whether one of them occurs in `text`.
    pub fn are_in(&self, text: &str) -> bool {
        let automaton = match self.later.get() {
            Some(later) => later,
            None if self.asked.fetch_add(1, Ordering::Relaxed) < OFTEN => &self.first,
            None => self.later.get_or_init(|| automaton(&self.words, AhoCorasickKind::DFA)),
        };
        automaton.as_ref().is_some_and(|automaton| automaton.is_match(text))
    }
}

fn automaton(words: &[Vec<u8>], kind: AhoCorasickKind) -> Option<AhoCorasick> {
    AhoCorasick::builder().kind(Some(kind)).ascii_case_insensitive(true).build(words).ok()
}

/// Texts to look for all at once, letter by letter. Fast enough to run over every file where they are few and rare.
#[derive(Debug)]
pub struct Literals {
    /// Searches many bytes at a time, where there are few texts. The automaton would choose for itself how to skip what
    /// can't match, and choose the first bytes of letters where all texts are Korean: every syllable has one of these.
    packed: Option<packed::Searcher>,
    automaton: Option<AhoCorasick>,
    /// Whether none of them can be in ASCII text, which is told much faster than they are searched.
    none_in_ascii: bool,
}

impl Literals {
    /// Takes the texts, which are known by their position from then on. Too many to search for are never found.
    pub fn new(texts: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        let texts: Vec<_> = texts.into_iter().collect();
        let none_in_ascii = texts.iter().all(|text| !text.as_ref().is_ascii());
        let longest = packed::MatchKind::LeftmostLongest;
        let packed = packed::Config::new().match_kind(longest).builder().extend(&texts).build();
        let automaton = match packed {
            Some(_) => None,
            None => AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(texts).ok(),
        };
        Self { packed, automaton, none_in_ascii }
    }

    /// Whether ASCII text holds none of them, which spares the search where that is known of a whole file.
    pub fn none_in_ascii(&self) -> bool {
        self.none_in_ascii
    }

    /// Where they are in `text`, in order and not overlapping, each with its position among the texts.
    pub fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let text = if self.none_in_ascii && text.is_ascii() { "" } else { text };
        let packed = self.packed.iter().flat_map(move |packed| packed.find_iter(text));
        let found = packed.chain(self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text)));
        found.map(|hit| (hit.pattern().as_usize(), hit.range()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_in_plain_words() {
        assert_eq!(Pattern::new("a(b").expect_err("unclosed"), "unclosed group");
        assert!(Pattern::new(&"(a{1000}){1000}".repeat(3)).is_err());
        assert!(Pattern::new("^a+$").expect("right").is_match("aaa"));
        assert!(!Pattern::lazy("a(b".into()).is_match("a(b"));
    }

    #[test]
    fn an_overlong_line_is_not_searched() {
        let pattern = Pattern::new("a").expect("right");
        assert_eq!(pattern.find("ba"), Some(1..2));
        assert!(!pattern.is_match(&"a".repeat(LINE_LIMIT + 1)));
    }

    #[test]
    fn literals_are_found_where_they_stand() {
        let texts = Literals::new(["in", "inside", "안"]);
        assert_eq!(texts.find_iter("inside 안 IN").collect::<Vec<_>>(), [(1, 0..6), (2, 7..10)]);
    }

    #[test]
    fn words_are_found_in_either_case() {
        let words = Keywords::new(["todo", "추후"]);
        for _ in 0..=OFTEN {
            assert!(words.are_in("a ToDo") && words.are_in("추후에") && !words.are_in("to do"));
        }
        assert!(words.later.get().is_some());
        assert!(!Keywords::new([""; 0]).are_in("x"));
    }
}
