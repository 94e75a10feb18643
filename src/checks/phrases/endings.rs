//! How phrases end: their last three letters, which tell most lines from a note before anything is searched for.

use crate::document::prose::Glance;
use std::collections::BTreeSet;

/// The more endings, the less they tell, and a phrase of nested groups can have a great many.
const MAX_ENDINGS: usize = 4096;

/// The endings of all that a part of a phrase can match. The default is that of what has no letters.
#[derive(Clone, Debug)]
pub(super) struct Endings(BTreeSet<Ending>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Ending {
    letters: Glance,
    /// Whether these are all of the part's letters, so that those before it count too.
    whole: bool,
}

impl Default for Endings {
    fn default() -> Self {
        Self(BTreeSet::from([Ending { letters: Glance::default(), whole: true }]))
    }
}

impl Endings {
    /// Of what can't be.
    pub(super) fn none() -> Self {
        Self(BTreeSet::new())
    }

    /// Of what may be anything.
    pub(super) fn any() -> Self {
        Self(BTreeSet::from([Ending { letters: Glance::default(), whole: false }]))
    }

    /// Of a text.
    pub(super) fn of_text(text: &str) -> Self {
        let ending = Glance::at_end(text).map(|letters| Ending { letters, whole: !letters.is_full() });
        ending.map_or_else(Self::any, |ending| Self(BTreeSet::from([ending])))
    }

    /// Of this or `other`.
    pub(super) fn or(&mut self, other: &Self) {
        self.0.extend(&other.0);
        self.limit();
    }

    /// Of this followed by `next`.
    pub(super) fn then(&mut self, next: &Self) {
        // Nothing follows or comes before, or what comes before is out of sight: so it is nearly always.
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
                let letters = first.letters.letters().fold(last.letters, Glance::and);
                self.0.insert(Ending { letters, whole: first.whole && !letters.is_full() });
            }
            if self.0.len() > MAX_ENDINGS {
                return self.limit();
            }
        }
    }

    /// Whether they are those of what has no letters.
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

/// The endings of many phrases, to be asked for quickly.
#[derive(Debug)]
pub(super) struct EndingTable {
    /// Sorted.
    endings: Vec<Glance>,
    /// A bit for the last two letters of each, which rules out most lines before a search.
    pairs: Box<[u64; 1 << (PAIR_BITS - 6)]>,
    /// The lengths that occur, shortest first.
    lengths: Vec<usize>,
}

impl EndingTable {
    /// Of all phrases that end so.
    pub(super) fn new<'a>(endings: impl Iterator<Item = &'a Endings>) -> Self {
        let all: BTreeSet<Glance> = endings.flat_map(|endings| &endings.0).map(|ending| ending.letters).collect();
        let lengths: BTreeSet<usize> = all.iter().map(|ending| ending.len()).collect();
        let mut pairs = Box::new([0; 1 << (PAIR_BITS - 6)]);
        for pair in all.iter().map(|ending| pair(*ending, 2)) {
            pairs[pair / 64] |= 1 << (pair % 64);
        }
        Self { endings: all.into_iter().collect(), pairs, lengths: lengths.into_iter().collect() }
    }

    /// Whether a line whose last letters are these may end with a phrase.
    #[inline]
    pub(super) fn has(&self, line: Glance) -> bool {
        let may = |len: usize| {
            let pair = pair(line, len);
            self.pairs[pair / 64] & (1 << (pair % 64)) != 0
        };
        if !may(2) && !may(1) && !may(0) {
            return false;
        }
        let found = |len: usize| self.endings.binary_search(&line.shortened(len)).is_ok();
        self.lengths.iter().any(|&len| len <= line.len() && found(len))
    }

    /// The endings that have no letter of the kind that `is` tells.
    #[cfg(test)]
    pub(super) fn without(&self, is: impl Fn(char) -> bool) -> Vec<String> {
        let odd = self.endings.iter().filter(|ending| !ending.letters().any(&is));
        odd.map(|ending| ending.letters().collect()).collect()
    }
}

/// As many pairs of letters are told apart, as a power of two.
const PAIR_BITS: u32 = 14;

/// A number for the last `len` letters. Few have the same.
#[inline]
fn pair(letters: Glance, len: usize) -> usize {
    letters.shortened(len).hashed(PAIR_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::phrases::notation::{Phrase, Words};

    fn table(phrase: &str) -> EndingTable {
        let phrase = Phrase::parse(phrase, &Words::new()).expect("right");
        EndingTable::new([&phrase.endings].into_iter())
    }

    fn has(phrase: &str, line: &str) -> bool {
        table(phrase).has(Glance::at_end(line).expect("plain letters"))
    }

    #[test]
    fn every_way_to_read_a_phrase_ends_as_told() {
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
    fn of_too_many_endings_only_the_last_letters_are_kept() {
        let letters: Vec<String> = ('가'..'힣').take(80).map(String::from).collect();
        let any = format!("({})", letters.join("|"));
        let table = table(&format!("word {any}{any}{any}"));
        let has = |line| table.has(Glance::at_end(line).expect("plain letters"));
        assert!(has("word 각각각") && has("각") && !has("xyz"));
    }
}
