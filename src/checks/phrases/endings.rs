//! The endings of phrases: their last three letters, which rule out most lines before any search.

use crate::text::prefix_key::PrefixKey;
use std::collections::BTreeSet;

/// The maximum number of endings. A phrase with nested groups can have very many, and then they rule out little.
const MAX_ENDINGS: usize = 4096;

/// The endings of everything that a part of a phrase matches. The default is that of a part without letters.
#[derive(Clone, Debug)]
pub(super) struct Endings(BTreeSet<Ending>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Ending {
    letters: PrefixKey,
    /// Whether these are all letters of the part, so that those before it count too.
    whole: bool,
}

impl Default for Endings {
    fn default() -> Self {
        Self(BTreeSet::from([Ending { letters: PrefixKey::default(), whole: true }]))
    }
}

impl Endings {
    /// The endings of a part that matches nothing.
    pub(super) fn none() -> Self {
        Self(BTreeSet::new())
    }

    /// The endings of a part that matches anything.
    pub(super) fn any() -> Self {
        Self(BTreeSet::from([Ending { letters: PrefixKey::default(), whole: false }]))
    }

    /// The endings of a literal text.
    pub(super) fn of_text(text: &str) -> Self {
        let ending = PrefixKey::at_end(text).map(|letters| Ending { letters, whole: !letters.is_full() });
        ending.map_or_else(Self::any, |ending| Self(BTreeSet::from([ending])))
    }

    /// Adds those of an alternative.
    pub(super) fn or(&mut self, other: &Self) {
        self.0.extend(&other.0);
        self.limit();
    }

    /// Appends those of the next part.
    pub(super) fn then(&mut self, next: &Self) {
        // Shortcuts for the common cases: no next part, nothing before it, or nothing before it that counts.
        if next.is_empty() {
            return;
        }
        if self.is_empty() || next.0.iter().all(|last| !last.whole) {
            return self.clone_from(next);
        }
        let before = std::mem::replace(self, Self::none());
        for last in &next.0 {
            if !last.whole {
                self.0.insert(*last);
                continue;
            }
            for first in &before.0 {
                let letters = first.letters.letters().fold(last.letters, PrefixKey::push);
                self.0.insert(Ending { letters, whole: first.whole && !letters.is_full() });
            }
            if self.0.len() > MAX_ENDINGS {
                return self.limit();
            }
        }
    }

    /// Whether they are those of a part without letters.
    fn is_empty(&self) -> bool {
        let mut endings = self.0.iter();
        endings.next().is_some_and(|one| one.whole && one.letters.is_empty()) && endings.next().is_none()
    }

    fn limit(&mut self) {
        if self.0.len() > MAX_ENDINGS {
            *self = Self::any();
        }
    }
}

/// The endings of many phrases, for fast lookups.
#[derive(Debug)]
pub(super) struct EndingTable {
    /// Sorted.
    endings: Vec<PrefixKey>,
    /// A bit for the last two letters of each, which rules out most lines before a search.
    pairs: Box<[u64; 1 << (PAIR_BITS - 6)]>,
    /// The lengths of the endings, shortest first.
    lengths: Vec<usize>,
}

impl EndingTable {
    /// A table of the endings of all phrases.
    pub(super) fn new<'a>(endings: impl Iterator<Item = &'a Endings>) -> Self {
        let all: BTreeSet<PrefixKey> = endings.flat_map(|endings| &endings.0).map(|ending| ending.letters).collect();
        let lengths: BTreeSet<usize> = all.iter().map(|ending| ending.len()).collect();
        let mut pairs = Box::new([0; 1 << (PAIR_BITS - 6)]);
        for pair in all.iter().map(|ending| pair(*ending, 2)) {
            pairs[pair / 64] |= 1 << (pair % 64);
        }
        Self { endings: all.into_iter().collect(), pairs, lengths: lengths.into_iter().collect() }
    }

    /// Whether a line with these last letters may end with a phrase.
    #[inline]
    pub(super) fn has(&self, line: PrefixKey) -> bool {
        let may = |len: usize| {
            let pair = pair(line, len);
            self.pairs[pair / 64] & (1 << (pair % 64)) != 0
        };
        if !may(2) && !may(1) && !may(0) {
            return false;
        }
        let found = |len: usize| self.endings.binary_search(&line.truncate(len)).is_ok();
        self.lengths.iter().any(|&len| len <= line.len() && found(len))
    }

    /// The endings without a letter for which `is` holds.
    #[cfg(test)]
    pub(super) fn without(&self, is: impl Fn(char) -> bool) -> Vec<String> {
        let odd = self.endings.iter().filter(|ending| !ending.letters().any(&is));
        odd.map(|ending| ending.letters().collect()).collect()
    }
}

/// The number of distinct hashes of letter pairs, as a power of two.
const PAIR_BITS: u32 = 14;

/// A hash of the last `len` letters.
#[inline]
fn pair(letters: PrefixKey, len: usize) -> usize {
    letters.truncate(len).hash(PAIR_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::phrases::notation::{Phrase, WordLists};

    fn table(phrase: &str) -> EndingTable {
        let phrase = Phrase::parse(phrase, &WordLists::new()).expect("right");
        EndingTable::new([&phrase.endings].into_iter())
    }

    fn has(phrase: &str, line: &str) -> bool {
        table(phrase).has(PrefixKey::at_end(line).expect("plain letters"))
    }

    #[test]
    fn every_alternative_has_its_ending() {
        for line in ["It is to be done", "To be done later.", "to be (done) SOON!"] {
            assert!(has("to be done( (later|soon))?", line), "{line}");
        }
        assert!(!has("to be done( (later|soon))?", "to be done in May"));
        assert!(has("작성 (중|완)(이다)?", "작성중") && has("작성 (중|완)(이다)?", "작성  완 이다"));
        assert!(!has("작성 (중|완)(이다)?", "개발 중"));
        assert!(has("미정", "미정") && has("미정", "날짜: 미정"));
        assert!(has("(x)?미정(y)?", "미정Y"));
        assert!(has("insert … here", "insert it here") && has("insert here …", "insert here whatever"));
    }

    #[test]
    fn too_many_endings_match_anything() {
        let letters: Vec<String> = ('가'..'힣').take(80).map(String::from).collect();
        let any = format!("({})", letters.join("|"));
        let table = table(&format!("word {any}{any}{any}"));
        let has = |line| table.has(PrefixKey::at_end(line).expect("plain letters"));
        assert!(has("word 각각각") && has("각") && !has("xyz"));
    }
}
