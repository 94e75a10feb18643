//! The invisible characters.

/// An invisible character, its name, and what should replace it.
pub(super) struct InvisibleCharacterKind {
    pub(super) character: char,
    pub(super) name: &'static str,
    pub(super) replacement: &'static str,
}

const fn kind(character: char, name: &'static str, replacement: &'static str) -> InvisibleCharacterKind {
    InvisibleCharacterKind { character, name, replacement }
}

pub(super) const NON_BREAKING_SPACE: char = '\u{a0}';

/// A character of a symbol font, which only that font displays.
pub(super) const SYMBOL: &str = "private-use character";

/// The characters that are searched for.
pub(super) const KINDS: [InvisibleCharacterKind; 58] = [
    kind('\u{0}', "null character", ""),
    kind('\u{1}', "control character", ""),
    kind('\u{2}', "control character", ""),
    kind('\u{3}', "control character", ""),
    kind('\u{4}', "control character", ""),
    kind('\u{5}', "control character", ""),
    kind('\u{6}', "control character", ""),
    kind('\u{7}', "control character", ""),
    kind('\u{8}', "backspace", ""),
    kind('\u{b}', "vertical tab", " "),
    kind('\u{e}', "control character", ""),
    kind('\u{f}', "control character", ""),
    kind('\u{10}', "control character", ""),
    kind('\u{11}', "control character", ""),
    kind('\u{12}', "control character", ""),
    kind('\u{13}', "control character", ""),
    kind('\u{14}', "control character", ""),
    kind('\u{15}', "control character", ""),
    kind('\u{16}', "control character", ""),
    kind('\u{17}', "control character", ""),
    kind('\u{18}', "control character", ""),
    kind('\u{19}', "control character", ""),
    kind('\u{1a}', "control character", ""),
    kind('\u{1b}', "escape", ""),
    kind('\u{1c}', "control character", ""),
    kind('\u{1d}', "control character", ""),
    kind('\u{1e}', "control character", ""),
    kind('\u{1f}', "control character", ""),
    kind('\u{7f}', "delete", ""),
    kind(NON_BREAKING_SPACE, "non-breaking space", " "),
    kind('\u{ad}', "soft hyphen", ""),
    kind('\u{200b}', "zero-width space", ""),
    kind('\u{200c}', "zero-width non-joiner", ""),
    kind('\u{200d}', "zero-width joiner", ""),
    kind('\u{200e}', "left-to-right mark", ""),
    kind('\u{200f}', "right-to-left mark", ""),
    kind('\u{2028}', "line separator", "\n"),
    kind('\u{2029}', "paragraph separator", "\n\n"),
    kind('\u{202a}', "left-to-right embedding", ""),
    kind('\u{202b}', "right-to-left embedding", ""),
    kind('\u{202c}', "pop directional formatting", ""),
    kind('\u{202d}', "left-to-right override", ""),
    kind('\u{202e}', "right-to-left override", ""),
    kind('\u{2060}', "word joiner", ""),
    kind('\u{2063}', "invisible separator", ""),
    kind('\u{feff}', "byte order mark", ""),
    kind('\u{3164}', "Hangul filler", " "),
    kind('\u{fffc}', "object replacement character", ""),
    // What remains of the bullets, arrows and check marks of a word processor.
    kind('\u{f06c}', SYMBOL, ""),
    kind('\u{f06e}', SYMBOL, ""),
    kind('\u{f076}', SYMBOL, ""),
    kind('\u{f0a7}', SYMBOL, ""),
    kind('\u{f0a8}', SYMBOL, ""),
    kind('\u{f0b7}', SYMBOL, ""),
    kind('\u{f0d8}', SYMBOL, ""),
    kind('\u{f0e0}', SYMBOL, ""),
    kind('\u{f0e8}', SYMBOL, ""),
    kind('\u{f0fc}', SYMBOL, ""),
];

/// Characters that leave the text around them as it is, unless they are in a word or hide a mark of Markdown.
pub(super) const IDLE: [char; 9] =
    [NON_BREAKING_SPACE, '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{2063}', '\u{feff}', '\u{3164}'];
