//! The language of a document, judging by its letters and its metadata.

use crate::document::Document;
use serde::Deserialize;
use std::cell::OnceCell;

/// The script of a language.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Script {
    /// Korean.
    Hangul,
    /// Japanese: Kana, with or without Han.
    Kana,
    /// Chinese: Han without Kana.
    Han,
    /// Russian and other Slavic languages.
    Cyrillic,
}

/// The scripts of a text's letters.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct ScriptSet(u8);

impl ScriptSet {
    /// All of them.
    pub(super) const ALL: Self = Self(u8::MAX);

    /// The scripts of the letters, as approximate as [`ScriptSet::of_text`].
    pub(super) fn of_letters(letters: impl Iterator<Item = char>) -> Self {
        let foreign = letters.filter(|letter| !letter.is_ascii());
        foreign.fold(Self::default(), |all, letter| all.union(Self::of_first(letter.encode_utf8(&mut [0; 4]))))
    }

    /// The script of the first letter, as approximate as [`ScriptSet::of_text`].
    pub(super) fn of_first(text: &str) -> Self {
        Self(text.as_bytes().first().map_or(0, |byte| BY_FIRST_BYTE[usize::from(*byte)]))
    }

    /// Looks at the first byte of each letter only: the set may have a script that doesn't occur, but never lacks one
    /// that does. Han letters are both Chinese and Japanese.
    pub(super) fn of_text(text: &str) -> Self {
        Self(text.bytes().fold(0, |all, byte| all | BY_FIRST_BYTE[usize::from(byte)]))
    }

    /// The scripts of both.
    pub(super) fn union(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether there are none.
    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether it contains `script`.
    pub(super) fn has(self, script: Script) -> bool {
        self.0 & script.bit() != 0
    }
}

impl Script {
    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The scripts of the letters whose UTF-8 encoding starts with a byte; continuation bytes have none.
const BY_FIRST_BYTE: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte {
            0xe1 | 0xea..=0xed => Script::Hangul.bit(),
            0xe3..=0xe9 => Script::Han.bit() | Script::Kana.bit(),
            0xd0 | 0xd1 => Script::Cyrillic.bit(),
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// The maximum number of letters that are counted to tell Japanese from Chinese.
const MAX_LETTERS: usize = 1_000;

/// The language of a document.
pub(super) struct DetectedLanguage<'a> {
    doc: &'a Document<'a>,
    japanese: OnceCell<bool>,
    declared: OnceCell<Vec<[u8; 2]>>,
}

impl<'a> DetectedLanguage<'a> {
    /// The language of `doc`.
    pub(super) fn new(doc: &'a Document<'a>) -> Self {
        Self { doc, japanese: OnceCell::new(), declared: OnceCell::new() }
    }

    /// Whether a text in the document with letters of `script` is in the script's language: Han letters alone could be
    /// Japanese or Chinese.
    pub(super) fn uses_script(&self, script: Script) -> bool {
        match script {
            Script::Hangul | Script::Cyrillic => true,
            Script::Kana => self.is_japanese(),
            Script::Han => !self.is_japanese(),
        }
    }

    /// Whether its metadata or its path declares `language`: `lang: fr`, also `fr-CA`, `docs/fr/x.md`, `x.fr.md`.
    pub(super) fn declares(&self, language: &str) -> bool {
        let declared = self.declared.get_or_init(|| declared(self.doc));
        declared.iter().any(|code| code.eq_ignore_ascii_case(language.as_bytes()))
    }

    /// A Chinese post may quote a Japanese name, but no Japanese sentence lacks Kana.
    fn is_japanese(&self) -> bool {
        *self.japanese.get_or_init(|| {
            let text = self.doc.slice(self.doc.body.span);
            let letters = text.chars().filter(|&c| is_kana(c) || is_han(c)).take(MAX_LETTERS);
            let (kana, all) = letters.fold((0, 0), |(kana, all), c| (kana + usize::from(is_kana(c)), all + 1));
            kana * 11 > all
        })
    }
}

/// Possible language codes in the front matter, the folders and the parts of the file name: all have two letters.
fn declared(doc: &Document<'_>) -> Vec<[u8; 2]> {
    let root = doc.front_matter.as_ref().and_then(|front| front.root());
    let fields = root.into_iter().flat_map(|root| root.entries()).filter_map(|entry| match entry.key.text()? {
        "lang" | "language" | "locale" => entry.value.text(),
        _ => None,
    });
    let code = |text: &[u8]| match *text {
        [first, second] | [first, second, b'-' | b'_', ..] => Some([first, second]),
        _ => None,
    };
    let name = doc.source.name();
    let places = name.as_bytes().split(|byte| matches!(byte, b'/' | b'.'));
    fields.map(str::as_bytes).chain(places).filter_map(code).filter(|code| code != b"md").collect()
}

/// Hangul syllables and letters.
pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}')
}

/// Hiragana and Katakana.
pub(super) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

/// Han characters.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}
