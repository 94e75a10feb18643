//! The first or last few letters of a string, packed: they distinguish most strings at almost no cost.

use crate::text::fold::visible_form;

/// Up to three letters from one end of a text, outermost first, in lowercase. Punctuation and spaces don't count.
///
/// They are packed into one number, the outermost in the high bits, so that keys are compared and sorted as numbers.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct PrefixKey(u64);

/// Bits per character; 0 is no character.
const BITS: usize = 21;

/// What one character is in the visible form.
enum Seen {
    Letter(char),
    Sign,
    /// Depends on the characters next to it: an accent, a part of a syllable, a part of an entity.
    Unsure,
}

impl PrefixKey {
    /// The maximum number of letters.
    pub(crate) const MAX_LETTERS: usize = 3;

    /// The last letters of a text; none if they cannot be determined without reading it.
    pub(crate) fn at_end(text: &str) -> Option<Self> {
        Self::default().push_end(text)
    }

    /// The first letters of a text; none if they cannot be determined without reading it.
    pub(crate) fn at_start(text: &str) -> Option<Self> {
        Self::default().push_chars(text.chars())
    }

    /// The number of letters.
    #[inline]
    pub(crate) fn len(self) -> usize {
        // The positions after an empty one are empty too.
        if self.0 == 0 { 0 } else { Self::MAX_LETTERS - self.0.trailing_zeros() as usize / BITS }
    }

    /// Whether the text has no letter.
    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether there is no room for a further letter.
    #[inline]
    pub(crate) fn is_full(self) -> bool {
        self.len() == Self::MAX_LETTERS
    }

    /// The letters, outermost first.
    pub(crate) fn letters(self) -> impl Iterator<Item = char> {
        (0..self.len()).filter_map(move |at| char::from_u32((self.0 >> shift(at)) as u32 & ((1 << BITS) - 1)))
    }

    /// The outermost `len` letters only.
    #[inline]
    #[must_use]
    pub(crate) fn truncate(self, len: usize) -> Self {
        if len >= Self::MAX_LETTERS { self } else { Self(self.0 >> (shift(len) + BITS) << (shift(len) + BITS)) }
    }

    /// With a further letter, farther from the end; unchanged if full.
    #[inline]
    #[must_use]
    pub(crate) fn push(self, letter: char) -> Self {
        if self.is_full() { self } else { Self(self.0 | (letter as u64) << shift(self.len())) }
    }

    /// A number below `1 << bits` that differs for most keys.
    #[inline]
    pub(crate) fn hash(self, bits: u32) -> usize {
        (self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - bits)) as usize
    }

    /// Adds the last letters of `text`.
    #[inline]
    pub(crate) fn push_end(mut self, text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        // Most texts end in ASCII, where a byte is a character.
        for (at, &byte) in bytes.iter().enumerate().rev() {
            match byte {
                b'&' | b';' => return None,
                0x80.. => return self.push_chars(text[..=at].chars().rev()),
                _ if byte.is_ascii_alphanumeric() => self = self.push(char::from(byte.to_ascii_lowercase())),
                _ => {}
            }
            if self.is_full() {
                break;
            }
        }
        Some(self)
    }

    #[inline]
    pub(crate) fn push_chars(mut self, chars: impl Iterator<Item = char>) -> Option<Self> {
        for c in chars {
            if c.is_ascii_alphanumeric() {
                self = self.push(c.to_ascii_lowercase());
            } else {
                match seen(c) {
                    Seen::Letter(letter) => self = self.push(letter),
                    Seen::Sign => {}
                    Seen::Unsure => return None,
                }
            }
            if self.is_full() {
                break;
            }
        }
        Some(self)
    }
}

/// The bit offset of the letter with this index.
#[inline]
fn shift(at: usize) -> usize {
    BITS * (PrefixKey::MAX_LETTERS - 1 - at)
}

#[inline]
fn seen(c: char) -> Seen {
    match c {
        'a'..='z' | '0'..='9' => Seen::Letter(c),
        'A'..='Z' => Seen::Letter(c.to_ascii_lowercase()),
        '&' | ';' => Seen::Unsure,
        '\0'..='\x7f' => Seen::Sign,
        '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' => Seen::Unsure,
        '\u{ff01}'..='\u{ff5e}' => visible_form(c).map_or(Seen::Sign, seen),
        // Letters that are never part of another one: Korean, Chinese, Japanese, Latin, Cyrillic.
        '가'..='힣' | '\u{3400}'..='\u{9fff}' => Seen::Letter(c),
        'ぁ'..='ゖ' | 'ゝ'..='ゟ' | 'ァ'..='ヺ' | 'ー'..='ヿ' => Seen::Letter(c),
        '\u{c0}'..='\u{17e}' | '\u{400}'..='\u{52f}' if c.is_alphanumeric() => {
            Seen::Letter(c.to_lowercase().next().unwrap_or(c))
        }
        // Dashes, quotation marks and periods are frequent and need no table lookup.
        '\u{2010}'..='\u{205e}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Seen::Sign,
        _ if c.is_alphanumeric() => Seen::Unsure,
        _ => Seen::Sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::similarity;

    fn letters(glance: Option<PrefixKey>) -> Option<String> {
        glance.map(|glance| glance.letters().collect())
    }

    #[test]
    fn letters_are_distinguished_from_symbols() {
        for (text, end) in [
            ("( 추후 업데이트 ).", "트이데"),
            ("**ＴＢＤ**", "dbt"),
            ("Ёлка\u{200b}!", "акл"),
            ("a - b", "ba"),
            ("…", ""),
        ] {
            assert_eq!(letters(PrefixKey::at_end(text)).as_deref(), Some(end), "{text}");
        }
        assert_eq!(letters(PrefixKey::at_start("\\[Note] 2")).as_deref(), Some("not"));
    }

    #[test]
    fn what_is_reported_without_a_table_is_correct() {
        for c in ('\u{2000}'..='\u{30ff}').filter(|c| !matches!(c, '\u{3099}' | '\u{309a}')) {
            assert_eq!(matches!(seen(c), Seen::Sign), !c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn what_has_to_be_read_is_not_guessed() {
        for text in ["TBD&nbsp;", &similarity::to_nfd("추후"), &similarity::to_nfd("é"), "தமிழ்"] {
            assert_eq!(PrefixKey::at_end(text), None, "{text}");
        }
    }
}
