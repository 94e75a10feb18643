//! The door to Unicode's forms: letters put together and taken apart.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose as composed;

/// The one character that `first` and `second` make together: `e` and an accent, two Hangul letters.
pub fn compose(first: char, second: char) -> Option<char> {
    composed(first, second)
}

/// `text` with every letter taken apart, as macOS writes it (NFD).
pub fn decomposed(text: &str) -> String {
    text.nfd().collect()
}
