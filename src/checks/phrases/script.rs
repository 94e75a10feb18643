//! Which languages a document is written in, as far as its letters and its metadata tell.

use crate::document::Document;
use serde::Deserialize;
use std::cell::OnceCell;

/// The letters that a language is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Script {
    /// Korean.
    Hangul,
    /// Japanese: Kana, with or without Han.
    Kana,
    /// Chinese: Han without Kana.
    Han,
    /// Russian and its neighbours.
    Cyrillic,
}

/// The scripts that a text has letters of.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct ScriptSet(u8);

impl ScriptSet {
    /// All of them.
    pub(super) const ALL: Self = Self(u8::MAX);

    /// Those that the letters are of, as nearly as [`Scripts::of`].
    pub(super) fn of_letters(letters: impl Iterator<Item = char>) -> Self {
        let foreign = letters.filter(|letter| !letter.is_ascii());
        foreign.fold(Self::default(), |all, letter| all.union(Self::of_first(letter.encode_utf8(&mut [0; 4]))))
    }

    /// Those of the first letter of a text, as nearly as [`Scripts::of`].
    pub(super) fn of_first(text: &str) -> Self {
        Self(text.as_bytes().first().map_or(0, |byte| BY_FIRST_BYTE[usize::from(*byte)]))
    }

    /// Looks at the first byte of each letter, which tells the script nearly enough: a script that isn't there may be
    /// named, one that is there is never left out. Han letters are Chinese and Japanese ones.
    pub(super) fn of_text(text: &str) -> Self {
        Self(text.bytes().fold(0, |all, byte| all | BY_FIRST_BYTE[usize::from(byte)]))
    }

    /// These and `others`.
    pub(super) fn union(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether there are letters of none.
    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether there are letters of `script`.
    pub(super) fn has(self, script: Script) -> bool {
        self.0 & script.bit() != 0
    }
}

impl Script {
    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The scripts of the letters whose UTF-8 form starts with a byte; that form's other bytes start nothing.
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

/// So many letters tell Japanese from Chinese.
const MAX_LETTERS: usize = 1_000;

/// What a document shows of its language.
pub(super) struct DetectedLanguage<'a> {
    doc: &'a Document<'a>,
    japanese: OnceCell<bool>,
    declared: OnceCell<Vec<[u8; 2]>>,
}

impl<'a> DetectedLanguage<'a> {
    /// Of this document.
    pub(super) fn new(doc: &'a Document<'a>) -> Self {
        Self { doc, japanese: OnceCell::new(), declared: OnceCell::new() }
    }

    /// Whether a text in it that has letters of `script` is in the script's language: Han letters alone could be
    /// Japanese or Chinese.
    pub(super) fn uses_script(&self, script: Script) -> bool {
        match script {
            Script::Hangul | Script::Cyrillic => true,
            Script::Kana => self.is_japanese(),
            Script::Han => !self.is_japanese(),
        }
    }

    /// Whether its metadata or its path says that it is in `language`: `lang: fr`, also where it says `fr-CA`,
    /// `docs/fr/x.md`, `x.fr.md`.
    pub(super) fn declares(&self, language: &str) -> bool {
        let declared = self.declared.get_or_init(|| declared(self.doc));
        declared.iter().any(|code| code.eq_ignore_ascii_case(language.as_bytes()))
    }

    /// A Chinese post may quote a Japanese name, and no Japanese sentence goes without Kana.
    fn is_japanese(&self) -> bool {
        *self.japanese.get_or_init(|| {
            let text = self.doc.slice(self.doc.body.span);
            let letters = text.chars().filter(|&c| is_kana(c) || is_han(c)).take(MAX_LETTERS);
            let (kana, all) = letters.fold((0, 0), |(kana, all), c| (kana + usize::from(is_kana(c)), all + 1));
            kana * 11 > all
        })
    }
}

/// What may be the names of languages in the front matter, the folders and the parts of the file's name: all are two
/// letters long.
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
