//! Wrapper around regular expressions and multi-pattern search.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind, packed};
use regex::{Regex, RegexBuilder};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

/// The maximum memory of a compiled pattern, in bytes: patterns come from untrusted configs.
const MAX_PATTERN_BYTES: usize = 1 << 20;

/// The maximum memory of all patterns of configs and rule documentation together, in bytes. Most take about 64 KiB.
const MAX_TOTAL_BYTES: usize = 64 << 20;

/// The sizes that patterns are counted as: the smallest that a pattern fits into.
const SIZE_CLASSES: [usize; 3] = [32 << 10, 128 << 10, MAX_PATTERN_BYTES];

/// The maximum length of a searched line, in bytes; longer lines are data rather than prose.
pub(crate) const MAX_LINE_BYTES: usize = 64 << 10;

/// A regular expression for one line of text. Compiled when first used, because that takes longer than matching.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
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
static TOTAL_BYTES: AtomicUsize = AtomicUsize::new(0);

impl Drop for Compiled {
    fn drop(&mut self) {
        TOTAL_BYTES.fetch_sub(self.size, Ordering::Relaxed);
    }
}

impl Pattern {
    /// A pattern from a config, compiled immediately so that an error is reported where it was made.
    ///
    /// # Errors
    /// What is wrong with it, as the `regex` crate reports it.
    pub(crate) fn new(text: &str) -> Result<Self, String> {
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

    /// A pattern known to be valid, compiled when first used. An invalid one would match nothing.
    pub(crate) fn lazy(text: String) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// As it is written.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it matches somewhere in `line`. A line over [`MAX_LINE_BYTES`] matches nothing.
    pub(crate) fn is_match(&self, line: &str) -> bool {
        line.len() <= MAX_LINE_BYTES && self.regex().is_some_and(|regex| regex.is_match(line))
    }

    /// The byte ranges of all non-empty matches in `line`, at most `most` of them. A line over [`MAX_LINE_BYTES`] has
    /// none.
    pub(crate) fn find_all(&self, line: &str, most: usize) -> Vec<std::ops::Range<usize>> {
        let Some(regex) = self.regex().filter(|_| line.len() <= MAX_LINE_BYTES) else { return Vec::new() };
        regex.find_iter(line).map(|found| found.range()).filter(|range| !range.is_empty()).take(most).collect()
    }

    /// The expansion of `template` for the match at `range` of `line`: `$1` is its first group, `$name` a named one.
    pub(crate) fn expand_template(&self, line: &str, range: std::ops::Range<usize>, template: &str) -> Option<String> {
        let captures = self.regex()?.captures_at(line, range.start)?;
        let mut filled = String::new();
        captures.expand(template, &mut filled);
        Some(filled)
    }

    /// The first group that `template` names and the pattern doesn't have.
    pub(crate) fn missing_group<'a>(&self, template: &'a str) -> Option<&'a str> {
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
        let compile = || compile(&self.text, MAX_PATTERN_BYTES).ok().map(|regex| Arc::new(Compiled { regex, size: 0 }));
        self.compiled.get_or_init(compile).as_ref().map(|compiled| &compiled.regex)
    }
}

fn compile(text: &str, limit: usize) -> Result<Regex, regex::Error> {
    RegexBuilder::new(text).size_limit(limit).dfa_size_limit(limit).build()
}

/// Compiles a pattern from a config, and counts its size.
fn compile_counted(text: &str) -> Result<Compiled, String> {
    let too_large = || {
        let limit = MAX_TOTAL_BYTES >> 20;
        format!("too large: with this pattern, all patterns of the project take more than {limit} MiB")
    };
    for size in SIZE_CLASSES {
        if TOTAL_BYTES.load(Ordering::Relaxed) + size > MAX_TOTAL_BYTES {
            return Err(too_large());
        }
        match compile(text, size) {
            Ok(regex) => {
                TOTAL_BYTES.fetch_add(size, Ordering::Relaxed);
                return Ok(Compiled { regex, size });
            }
            Err(regex::Error::CompiledTooBig(_)) if size < MAX_PATTERN_BYTES => {}
            Err(error) => return Err(last_line(&error.to_string())),
        }
    }
    Err(too_large())
}

/// The `regex` crate draws the pattern with a caret and puts the message under it.
fn last_line(message: &str) -> String {
    let line = message.lines().last().unwrap_or_default().trim();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// `text` written so that a pattern takes every character of it literally.
pub(crate) fn escape(text: &str) -> String {
    regex::escape(text)
}

/// Keywords searched for together, ASCII case-insensitively.
#[derive(Debug)]
pub(crate) struct KeywordSet {
    words: Vec<Vec<u8>>,
    /// Fast to build, for a page or two.
    first: Option<AhoCorasick>,
    /// Searches in a third of the time, and takes as long to build as hundreds of searches.
    later: OnceLock<Option<AhoCorasick>>,
    asked: AtomicUsize,
}

/// The number of searches after which the DFA is worth building.
const DFA_THRESHOLD: usize = 256;

impl KeywordSet {
    /// Takes the keywords. If there are too many for an automaton, none is ever found.
    pub(crate) fn new(words: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        let words: Vec<Vec<u8>> = words.into_iter().map(|word| word.as_ref().to_vec()).collect();
        let first = automaton(&words, AhoCorasickKind::ContiguousNFA);
        Self { words, first, later: OnceLock::new(), asked: AtomicUsize::new(0) }
    }

    /// Whether one of them occurs in `text`.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let automaton = match self.later.get() {
            Some(later) => later,
            None if self.asked.fetch_add(1, Ordering::Relaxed) < DFA_THRESHOLD => &self.first,
            None => self.later.get_or_init(|| automaton(&self.words, AhoCorasickKind::DFA)),
        };
        automaton.as_ref().is_some_and(|automaton| automaton.is_match(text))
    }

    /// The indices of those that occur in `text`, once for each occurrence, in no order.
    pub(crate) fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let found = self.first.iter().flat_map(move |automaton| automaton.find_overlapping_iter(text));
        found.map(|hit| hit.pattern().as_usize())
    }
}

fn automaton(words: &[Vec<u8>], kind: AhoCorasickKind) -> Option<AhoCorasick> {
    AhoCorasick::builder().kind(Some(kind)).ascii_case_insensitive(true).build(words).ok()
}

/// Strings searched for together, case-sensitively. Fast enough to run over every file if they are few and rare.
#[derive(Debug)]
pub(crate) struct LiteralSet {
    /// Vectorized search for a few strings. The automaton would choose its own prefilter, on the first bytes of
    /// characters for Korean strings: every syllable has one of these.
    packed: Option<packed::Searcher>,
    automaton: Option<AhoCorasick>,
    /// Whether none of them can occur in ASCII text, which is much faster to determine than to search.
    cannot_match_ascii: bool,
}

impl LiteralSet {
    /// Takes the strings, which are identified by their index. If there are too many for an automaton, none is ever
    /// found.
    pub(crate) fn new(texts: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        let texts: Vec<_> = texts.into_iter().collect();
        let cannot_match_ascii = texts.iter().all(|text| !text.as_ref().is_ascii());
        let longest = packed::MatchKind::LeftmostLongest;
        let packed = packed::Config::new().match_kind(longest).builder().extend(&texts).build();
        let automaton = match packed {
            Some(_) => None,
            None => AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(texts).ok(),
        };
        Self { packed, automaton, cannot_match_ascii }
    }

    /// Whether ASCII text contains none of them, which saves the search where a whole file is known to be ASCII.
    pub(crate) fn cannot_match_ascii(&self) -> bool {
        self.cannot_match_ascii
    }

    /// The occurrences in `text`, in order and not overlapping, each with the index of the string.
    pub(crate) fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let text = if self.cannot_match_ascii && text.is_ascii() { "" } else { text };
        let packed = self.packed.iter().flat_map(move |packed| packed.find_iter(text));
        let found = packed.chain(self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text)));
        found.map(|hit| (hit.pattern().as_usize(), hit.range()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_described_in_plain_words() {
        assert_eq!(Pattern::new("a(b").expect_err("unclosed"), "unclosed group");
        assert!(Pattern::new(&"(a{1000}){1000}".repeat(3)).is_err());
        assert!(Pattern::new("^a+$").expect("right").is_match("aaa"));
        assert!(!Pattern::lazy("a(b".into()).is_match("a(b"));
    }

    #[test]
    fn an_overlong_line_is_not_searched() {
        let pattern = Pattern::new("a").expect("right");
        assert_eq!(pattern.find_all("ba", 1), std::slice::from_ref(&(1..2)));
        assert!(!pattern.is_match(&"a".repeat(MAX_LINE_BYTES + 1)));
    }

    #[test]
    fn literals_are_found_where_they_stand() {
        let texts = LiteralSet::new(["in", "inside", "안"]);
        assert_eq!(texts.find_iter("inside 안 IN").collect::<Vec<_>>(), [(1, 0..6), (2, 7..10)]);
    }

    #[test]
    fn words_are_found_in_either_case() {
        let words = KeywordSet::new(["todo", "추후"]);
        for _ in 0..=DFA_THRESHOLD {
            assert!(words.is_match("a ToDo") && words.is_match("추후에") && !words.is_match("to do"));
        }
        assert!(words.later.get().is_some());
        assert!(!KeywordSet::new([""; 0]).is_match("x"));
    }
}
