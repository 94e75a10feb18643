//! Which languages a document is written in, as far as its letters and its metadata tell.

use crate::document::Document;
use serde::Deserialize;

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

/// What a document shows of its language.
#[derive(Debug)]
pub(super) struct Tongue {
    scripts: Vec<Script>,
    languages: Vec<String>,
}

impl Tongue {
    /// Reads the whole body once: ask only when it matters.
    pub(super) fn of(doc: &Document<'_>) -> Self {
        let (mut hangul, mut kana, mut han, mut cyrillic) = (0_usize, 0_usize, 0_usize, 0_usize);
        for c in doc.slice(doc.body.span).chars().filter(|c| !c.is_ascii()) {
            hangul += usize::from(is_hangul(c));
            kana += usize::from(is_kana(c));
            han += usize::from(is_han(c));
            cyrillic += usize::from(matches!(c, '\u{400}'..='\u{4ff}'));
        }
        // A Chinese post may quote a Japanese name, and no Japanese sentence goes without Kana.
        let japanese = kana * 10 > han;
        let scripts = [
            (Script::Hangul, hangul > 0),
            (Script::Kana, kana > 0 && japanese),
            (Script::Han, han > 0 && !japanese),
            (Script::Cyrillic, cyrillic > 0),
        ];
        let scripts = scripts.into_iter().filter(|(_, there)| *there).map(|(script, _)| script).collect();
        Self { scripts, languages: declared(doc) }
    }

    /// Whether it is written in `script`.
    pub(super) fn writes(&self, script: Script) -> bool {
        self.scripts.contains(&script)
    }

    /// Whether its metadata or its path says that it is in `language`: `fr`, also where it says `fr-CA`.
    pub(super) fn says(&self, language: &str) -> bool {
        self.languages.iter().any(|said| said == language)
    }
}

/// Languages that the front matter, a folder or an inner suffix of the name give: `lang: fr`, `docs/fr/x.md`, `x.fr.md`.
fn declared(doc: &Document<'_>) -> Vec<String> {
    let fields = ["lang", "language", "locale"].into_iter().filter_map(|name| doc.field(name)?.text());
    let name = doc.source.name();
    let places = name.split(['/', '.']);
    fields.chain(places).map(|text| text.split(['-', '_']).next().unwrap_or(text).to_lowercase()).collect()
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
