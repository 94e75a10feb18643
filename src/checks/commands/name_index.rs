//! An index to find program names before a space in code of any length.

use std::collections::BTreeMap;

/// Names, with a table of their last two bytes, which rules out most words.
#[derive(Debug)]
pub(super) struct ProgramNameIndex {
    /// By their last two bytes.
    names: BTreeMap<[u8; 2], Vec<Box<str>>>,
    /// Those of one byte.
    letters: Vec<u8>,
    /// A bit for each pair of bytes.
    ends: Box<[u64; 1 << 10]>,
}

impl ProgramNameIndex {
    /// Creates an index of the names.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut index = Self { names: BTreeMap::new(), letters: Vec::new(), ends: Box::new([0; 1 << 10]) };
        for name in names {
            match *name.as_bytes() {
                [.., before, last] => {
                    mark(&mut index.ends, before, last);
                    index.names.entry([before, last]).or_default().push(name.into());
                }
                [last] => {
                    (0..=u8::MAX).for_each(|before| mark(&mut index.ends, before, last));
                    index.letters.push(last);
                }
                [] => {}
            }
        }
        index
    }

    /// The offsets in `text` of all names that stand as words before a space or a non-breaking space, in order.
    pub(super) fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        // Other characters start with the first byte of a non-breaking space too.
        memchr::memchr2_iter(b' ', 0xc2, text.as_bytes()).filter_map(|end| self.ending_at(text, end))
    }

    fn ending_at(&self, text: &str, end: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let last = *bytes.get(end.checked_sub(1)?)?;
        let before = end.checked_sub(2).map_or(0, |at| bytes[at]);
        let index = index(before, last);
        if self.ends[index / 64] & (1 << (index % 64)) == 0 || !text[end..].starts_with([' ', '\u{a0}']) {
            return None;
        }
        let word = &bytes[..end];
        let is_start = |start: &usize| {
            let inside = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_/.@".contains(byte);
            !word[..*start].last().is_some_and(inside)
        };
        let names = self.names.get(&[before, last]).into_iter().flatten();
        let starts = names.filter(|name| word.ends_with(name.as_bytes())).map(|name| end - name.len());
        let letter = self.letters.contains(&last).then(|| end - 1);
        starts.chain(letter).filter(is_start).min()
    }
}

fn mark(ends: &mut [u64; 1 << 10], before: u8, last: u8) {
    let index = index(before, last);
    ends[index / 64] |= 1 << (index % 64);
}

fn index(before: u8, last: u8) -> usize {
    usize::from(before) << 8 | usize::from(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_before_a_space() {
        let names = ProgramNameIndex::new(["git", "gh", "a", "apt-get"].into_iter());
        let find_all = |text| names.find_all(text).collect::<Vec<_>>();
        assert_eq!(find_all("git git\u{a0}x (gh  apt-get a b"), [0, 4, 12, 16, 24]);
        assert!(find_all("digit x .git x src/gh x git").is_empty());
        assert_eq!(find_all("안git ©gh \u{a9} a\u{a9}"), [3, 9]);
    }
}
