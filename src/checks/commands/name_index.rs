//! The names of programs, to be found as words before a blank in code of any length.

/// Names, with a table of the two bytes that they end with: few words of a text have such an end.
#[derive(Debug)]
pub(crate) struct ProgramNameIndex {
    names: Vec<Box<str>>,
    /// A bit for each two bytes.
    ends: Box<[u64; 1 << 10]>,
}

impl ProgramNameIndex {
    /// Takes the names.
    pub(crate) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let names: Vec<Box<str>> = names.filter(|name| !name.is_empty()).map(Box::from).collect();
        let mut ends = Box::new([0; 1 << 10]);
        for name in &names {
            match name.as_bytes() {
                [.., before, last] => mark(&mut ends, *before, *last),
                [last] => (0..=u8::MAX).for_each(|before| mark(&mut ends, before, *last)),
                [] => {}
            }
        }
        Self { names, ends }
    }

    /// Where in `text` one of them stands as a word before a blank, which may be a no-break blank, in order.
    pub(crate) fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        // The first byte of a no-break blank is that of other signs too.
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
        let (word, inside) = (&text[..end], |c: char| c.is_ascii_alphanumeric() || "-_/.@".contains(c));
        let starts = self.names.iter().filter_map(|name| word.strip_suffix(&**name));
        starts.filter(|before| !before.ends_with(inside)).map(str::len).min()
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
    fn names_are_words_before_a_blank() {
        let names = ProgramNameIndex::new(["git", "gh", "a", "apt-get"].into_iter());
        let find_all = |text| names.find_all(text).collect::<Vec<_>>();
        assert_eq!(find_all("git git\u{a0}x (gh  apt-get a b"), [0, 4, 12, 16, 24]);
        assert!(find_all("digit x .git x src/gh x git").is_empty());
        assert_eq!(find_all("안git ©gh \u{a9} a\u{a9}"), [3, 9]);
    }
}
