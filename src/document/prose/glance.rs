//! The first or last few letters of a text: most texts are told apart by them, at hardly any cost.

use crate::document::body::{InlineKind, InlineSpan};
use crate::document::prose::fold;
use crate::source::Source;

/// Up to three letters from one end of a text, outermost first, in lower case. Signs and blanks don't count.
///
/// They are packed into one number, the outermost on top, so that glances are told apart and sorted at once.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct PrefixKey(u64);

/// A character takes so many bits; none is 0.
const BITS: usize = 21;

/// What one character of a file is in the readable form.
enum Seen {
    Letter(char),
    Sign,
    /// What the characters beside it decide: an accent, a part of a syllable, a part of an entity.
    Unsure,
}

impl PrefixKey {
    /// How many letters are looked at.
    pub const MAX_LETTERS: usize = 3;

    /// The last letters of a text; none where that takes reading it.
    pub fn at_end(text: &str) -> Option<Self> {
        Self::default().take_end(text)
    }

    /// The first letters of a text; none where that takes reading it.
    pub fn at_start(text: &str) -> Option<Self> {
        Self::default().take(text.chars())
    }

    /// The last letters of a line, up to what isn't prose.
    pub fn at_end_of(source: &Source, line: &[InlineSpan]) -> Option<Self> {
        let mut glance = Self::default();
        for piece in prose(line.iter().rev()) {
            glance = glance.take_end(source.slice(piece.span))?;
            if glance.is_full() {
                break;
            }
        }
        Some(glance)
    }

    /// The first letters of a line, up to what isn't prose.
    pub fn at_start_of(source: &Source, line: &[InlineSpan]) -> Option<Self> {
        let mut glance = Self::default();
        for piece in prose(line.iter()) {
            glance = glance.take(source.slice(piece.span).chars())?;
            if glance.is_full() {
                break;
            }
        }
        Some(glance)
    }

    /// How many letters there are.
    #[inline]
    pub fn len(self) -> usize {
        // The letters below an empty place are none either.
        if self.0 == 0 { 0 } else { Self::MAX_LETTERS - self.0.trailing_zeros() as usize / BITS }
    }

    /// Whether the text had no letter.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether there is no room for a further letter.
    #[inline]
    pub fn is_full(self) -> bool {
        self.len() == Self::MAX_LETTERS
    }

    /// The letters, outermost first.
    pub fn letters(self) -> impl Iterator<Item = char> {
        (0..self.len()).filter_map(move |at| char::from_u32((self.0 >> shift(at)) as u32 & ((1 << BITS) - 1)))
    }

    /// Only the outermost `len` letters.
    #[inline]
    #[must_use]
    pub fn truncate(self, len: usize) -> Self {
        if len >= Self::MAX_LETTERS { self } else { Self(self.0 >> (shift(len) + BITS) << (shift(len) + BITS)) }
    }

    /// With a further letter, farther from the end; unchanged where there is no room.
    #[inline]
    #[must_use]
    pub fn push(self, letter: char) -> Self {
        if self.is_full() { self } else { Self(self.0 | (letter as u64) << shift(self.len())) }
    }

    /// A number below `1 << bits` that tells most glances apart.
    #[inline]
    pub fn hash(self, bits: u32) -> usize {
        (self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - bits)) as usize
    }

    /// Takes in the last letters of `text`.
    #[inline]
    fn take_end(mut self, text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        // Most texts end in ASCII, of which a byte is a character.
        for (at, &byte) in bytes.iter().enumerate().rev() {
            match byte {
                b'&' | b';' => return None,
                0x80.. => return self.take(text[..=at].chars().rev()),
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
    fn take(mut self, chars: impl Iterator<Item = char>) -> Option<Self> {
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

/// Where the letter with this number stands, in bits from below.
#[inline]
fn shift(at: usize) -> usize {
    BITS * (PrefixKey::MAX_LETTERS - 1 - at)
}

/// The pieces of text before the first that is something else to a reader.
fn prose<'a>(pieces: impl Iterator<Item = &'a InlineSpan>) -> impl Iterator<Item = &'a InlineSpan> {
    pieces
        .take_while(|piece| matches!(piece.kind, InlineKind::Text | InlineKind::Html | InlineKind::Break))
        .filter(|piece| piece.kind == InlineKind::Text)
}

#[inline]
fn seen(c: char) -> Seen {
    match c {
        'a'..='z' | '0'..='9' => Seen::Letter(c),
        'A'..='Z' => Seen::Letter(c.to_ascii_lowercase()),
        '&' | ';' => Seen::Unsure,
        '\0'..='\x7f' => Seen::Sign,
        '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' => Seen::Unsure,
        '\u{ff01}'..='\u{ff5e}' => fold(c).map_or(Seen::Sign, seen),
        // Letters that are no part of another one: Korean, Chinese, Japanese, Latin, Cyrillic.
        '가'..='힣' | '\u{3400}'..='\u{9fff}' => Seen::Letter(c),
        'ぁ'..='ゖ' | 'ゝ'..='ゟ' | 'ァ'..='ヺ' | 'ー'..='ヿ' => Seen::Letter(c),
        '\u{c0}'..='\u{17e}' | '\u{400}'..='\u{52f}' if c.is_alphanumeric() => {
            Seen::Letter(c.to_lowercase().next().unwrap_or(c))
        }
        // Dashes, quotation marks and full stops, of which there are many, need no look into tables.
        '\u{2010}'..='\u{205e}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Seen::Sign,
        _ if c.is_alphanumeric() => Seen::Unsure,
        _ => Seen::Sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::text::similarity;

    fn letters(glance: Option<PrefixKey>) -> Option<String> {
        glance.map(|glance| glance.letters().collect())
    }

    #[test]
    fn letters_are_told_from_signs() {
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
    fn what_is_told_without_a_table_is_told_right() {
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

    #[test]
    fn a_line_ends_where_its_prose_does() {
        let text = "See [the *page*](x.html) <br>\n\n`x` TBD";
        let source = Source::new("x.md", text.into());
        let doc = Document::parse(&source);
        let ends = doc.body.blocks.iter().map(|block| PrefixKey::at_end_of(&source, doc.body.inlines_of(block)));
        assert_eq!(ends.map(letters).collect::<Vec<_>>(), [Some("ega".to_owned()), Some("dbt".to_owned())]);
        let start = PrefixKey::at_start_of(&source, doc.body.inlines_of(&doc.body.blocks[1]));
        assert_eq!(letters(start).as_deref(), Some(""));
    }
}
