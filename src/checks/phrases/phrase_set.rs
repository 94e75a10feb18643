//! The phrases that are looked for, by language, and the quick looks that tell which lines to read.

use crate::checks::phrases::endings::EndingTable;
use crate::checks::phrases::notation::{Phrase, WordLists};
use crate::checks::phrases::position;
use crate::checks::phrases::script::{DetectedLanguage, Script, ScriptSet};
use crate::data::typed;
use crate::document::Document;
use crate::document::body::Line;
use crate::document::prose::Glance;
use crate::text::pattern::{Keywords, Pattern};
use crate::text::words;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The languages that have a file in `rules/phrases/`. English is first because it is spoken everywhere.
const BUILT_IN_LANGUAGES: [(&str, Option<Script>); 9] = [
    ("en", None),
    ("ko", Some(Script::Hangul)),
    ("ja", Some(Script::Kana)),
    ("zh", Some(Script::Han)),
    ("de", None),
    ("fr", None),
    ("es", None),
    ("pt", None),
    ("ru", Some(Script::Cyrillic)),
];

/// Their codes.
pub(super) const CODES: [&str; BUILT_IN_LANGUAGES.len()] = {
    let mut codes = [""; BUILT_IN_LANGUAGES.len()];
    let mut index = 0;
    while index < codes.len() {
        codes[index] = BUILT_IN_LANGUAGES[index].0;
        index += 1;
    }
    codes
};

/// Bytes around a phrase that don't count: brackets, blanks, dots, an emoji.
const MAX_ORNAMENT_LEN: usize = 16;

/// No ready-made phrase with the signs around it is longer, in bytes: known before its file is read.
const MAX_BUILT_IN_LEN: usize = 140;

/// A phrase file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseFile {
    #[allow(dead_code, reason = "read by the tests")]
    language: String,
    /// The letters it is written in, where they tell the language.
    #[serde(default)]
    #[allow(dead_code, reason = "read by the tests")]
    script: Option<Script>,
    #[serde(default)]
    words: WordLists,
    phrases: Vec<String>,
    #[serde(default)]
    marks: Vec<String>,
    /// Lines that the tests run.
    #[allow(dead_code, reason = "read by the tests")]
    examples: Examples,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the tests")]
struct Examples {
    r#match: Vec<String>,
    leave: Vec<String>,
}

/// Everything that one rule looks for.
#[derive(Debug, Default)]
pub(super) struct PhraseSet {
    languages: Vec<LanguagePhrases>,
    ignored: Option<Pattern>,
}

/// The phrases of one language, or a user's own.
#[derive(Debug)]
pub(super) struct LanguagePhrases {
    when: When,
    /// The language, whose file is read when a line first asks for it; empty for a user's own.
    code: &'static str,
    entries: OnceLock<Entries>,
}

/// When the phrases of a language are looked for.
#[derive(Debug)]
enum When {
    Always,
    /// In lines that start or end in these letters, of documents that are written in them.
    Script(Script),
    /// In documents that say that they are in this language.
    Declared(&'static str),
}

/// What is looked for, ready for the search.
#[derive(Debug)]
struct Entries {
    /// The last letters of all phrases.
    endings: EndingTable,
    /// One of these is in every line that the pattern is for.
    keywords: Keywords,
    /// No phrase with the signs around it is longer, in bytes.
    max_len: usize,
    pattern: Option<Pattern>,
    marks: Vec<String>,
    /// The first bytes of the marks, as bits.
    mark_starts: u128,
}

impl PhraseSet {
    /// Adds the phrases of the languages that `wanted` accepts; with `auto`, for documents in that language only.
    pub(super) fn add_built_in(&mut self, accepts: impl Fn(&str) -> bool, auto: bool) {
        for &(code, script) in BUILT_IN_LANGUAGES.iter().filter(|(code, _)| accepts(code)) {
            let when = match script {
                _ if !auto || code == "en" => When::Always,
                Some(script) => When::Script(script),
                None => When::Declared(code),
            };
            self.languages.push(LanguagePhrases { when, code, entries: OnceLock::new() });
        }
    }

    /// Adds a page's or a site's own phrases and marks, which are looked for in every document.
    pub(super) fn add_custom<'a>(&mut self, phrases: impl Iterator<Item = &'a Phrase>, marks: &[String]) {
        let phrases: Vec<Phrase> = phrases.cloned().collect();
        if !phrases.is_empty() || !marks.is_empty() {
            let entries = OnceLock::from(Entries::new(&phrases, marks.to_vec()));
            self.languages.push(LanguagePhrases { when: When::Always, code: "", entries });
        }
    }

    /// Takes phrases that are no leftovers on this site.
    pub(super) fn ignore(&mut self, phrases: &[Phrase]) {
        self.ignored = pattern_of(phrases);
    }

    /// The members that may have to do with a document.
    pub(super) fn active(&self, detected: &DetectedLanguage<'_>) -> ActivePhrases<'_> {
        let may = |language_phrases: &&LanguagePhrases| !matches!(language_phrases.when, When::Declared(language) if !detected.declares(language));
        let (scripted, unscripted): (Vec<&LanguagePhrases>, Vec<&LanguagePhrases>) = self
            .languages
            .iter()
            .filter(may)
            .partition(|language_phrases| matches!(language_phrases.when, When::Script(_)));
        let unscripted: Vec<&Entries> = unscripted.into_iter().map(LanguagePhrases::entries).collect();
        let unscripted_max_len = unscripted.iter().map(|entries| entries.max_len).max().unwrap_or_default();
        let other_marks = if scripted.is_empty() { 0 } else { start_bit("\u{80}") };
        let mark_starts = unscripted.iter().fold(other_marks, |bits, entries| bits | entries.mark_starts);
        ActivePhrases {
            unscripted,
            scripted,
            max_len: unscripted_max_len.max(MAX_BUILT_IN_LEN),
            unscripted_max_len,
            mark_starts,
        }
    }

    /// Whether the whole of `text`, in readable form, is a phrase in a language of the document.
    pub(super) fn matches(&self, text: &str, detected: &DetectedLanguage<'_>) -> bool {
        let scripts = ScriptSet::of_text(text);
        let known =
            self.languages.iter().filter(|language_phrases| language_phrases.when.may_be_written_in(scripts)).any(
                |language_phrases| {
                    let matches = |pattern: &Pattern| pattern.is_match(text);
                    language_phrases.when.applies_to(detected)
                        && language_phrases.entries().pattern.as_ref().is_some_and(matches)
                },
            );
        known && !self.is_ignored(text)
    }

    /// Whether a line in readable form starts with a mark such as `TODO:`. Ask only where [`Chosen::may_be_in`] said so.
    pub(super) fn has_marker(&self, line: &str) -> bool {
        let mut marks = self
            .languages
            .iter()
            .filter_map(|language_phrases| language_phrases.entries.get())
            .flat_map(|entries| &entries.marks);
        marks.any(|mark| position::text_after_marker(line, mark).is_some() && !self.is_ignored(mark))
    }

    fn is_ignored(&self, text: &str) -> bool {
        self.ignored.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }
}

/// The phrases and marks that are looked for in one document.
pub(super) struct ActivePhrases<'a> {
    /// Those of a user, and of languages without letters of their own.
    unscripted: Vec<&'a Entries>,
    /// Those of languages that have.
    scripted: Vec<&'a LanguagePhrases>,
    /// No phrase is longer, in bytes.
    max_len: usize,
    /// No phrase of a language without letters of its own is longer.
    unscripted_max_len: usize,
    /// The first bytes of all marks, as bits; those of a language that has letters of its own start with one.
    mark_starts: u128,
}

impl ActivePhrases<'_> {
    /// Whether a line may hold a phrase or start with a mark, as far as its length, its first and last letters tell, and
    /// the words in the few characters at its end. `raw` is the line as it is written, without blanks at its ends.
    pub(super) fn may_match(&self, doc: &Document<'_>, line: &Line<'_>, raw: &str) -> bool {
        let first = ScriptSet::of_first(raw);
        let mut noted = None;
        // A long line holds a phrase only as a note at its end.
        let mut is_short_enough =
            |max_len: usize| raw.len() <= max_len || *noted.get_or_insert_with(|| position::may_end_with_note(raw));
        let short =
            if self.unscripted_max_len < raw.len() && is_plain(raw) { self.unscripted_max_len } else { self.max_len };
        if !is_short_enough(short) {
            return self.mark_starts & start_bit(raw) != 0
                && self.entries(first).any(|entries| entries.may_start_with_marker(raw));
        }
        let ending = Glance::at_end_of(doc.source, line.pieces);
        let scripts = ending.map_or(ScriptSet::ALL, |ending| ScriptSet::of_letters(ending.letters()).union(first));
        self.entries(scripts).any(|entries| {
            entries.may_start_with_marker(raw)
                || is_short_enough(entries.max_len)
                    && ending.is_none_or(|ending| entries.endings.has(ending))
                    && entries.keywords.are_in(tail(raw, entries.max_len))
        })
    }

    /// What is looked for in lines with letters of these scripts.
    fn entries(&self, scripts: ScriptSet) -> impl Iterator<Item = &Entries> {
        let scripted = if scripts.is_none() { [].as_slice() } else { self.scripted.as_slice() };
        let scripted = scripted.iter().filter(move |language_phrases| language_phrases.when.may_be_written_in(scripts));
        self.unscripted.iter().copied().chain(scripted.map(|language_phrases| language_phrases.entries()))
    }
}

impl When {
    /// Whether a text with letters of these scripts may be in the language.
    fn may_be_written_in(&self, scripts: ScriptSet) -> bool {
        match self {
            When::Script(script) => scripts.has(*script),
            When::Always | When::Declared(_) => true,
        }
    }

    /// Whether the document as a whole is in the language: Han letters alone are Chinese or Japanese.
    fn applies_to(&self, detected: &DetectedLanguage<'_>) -> bool {
        match self {
            When::Always => true,
            When::Script(script) => detected.uses_script(*script),
            When::Declared(language) => detected.declares(language),
        }
    }
}

impl LanguagePhrases {
    fn entries(&self) -> &Entries {
        self.entries.get_or_init(|| {
            // The tests read every file and every phrase, so one that can't be read is never shipped.
            let file = read(self.code).unwrap_or_default();
            let phrases = file.phrases.iter().filter_map(|one| Phrase::parse(one, &file.words).ok());
            Entries::new(&phrases.collect::<Vec<_>>(), file.marks)
        })
    }
}

impl Entries {
    fn new(phrases: &[Phrase], marks: Vec<String>) -> Self {
        let words = phrases.iter().flat_map(|phrase| &phrase.keywords);
        let keywords: BTreeSet<String> = words.flat_map(|word| spellings(word)).collect();
        let max_len = phrases.iter().map(|phrase| phrase.max_len).max().unwrap_or_default();
        Self {
            endings: EndingTable::new(phrases.iter().map(|phrase| &phrase.endings)),
            keywords: Keywords::new(keywords),
            max_len: max_len + MAX_ORNAMENT_LEN,
            pattern: pattern_of(phrases),
            mark_starts: marks.iter().fold(0, |bits, mark| bits | start_bit(mark)),
            marks,
        }
    }

    /// Whether a line as it is written in the file, without blanks before it, starts with the letters of a mark.
    fn may_start_with_marker(&self, raw: &str) -> bool {
        self.mark_starts & start_bit(raw) != 0 && self.marks.iter().any(|mark| raw.starts_with(mark.as_str()))
    }
}

/// The phrase file of a language.
fn read(code: &str) -> Option<PhraseFile> {
    typed::ready_made(&format!("phrases/{code}.yaml"))
}

/// A bit for the first byte of `text`; all that aren't ASCII share one.
fn start_bit(text: &str) -> u128 {
    text.as_bytes().first().map_or(0, |byte| 1 << byte.min(&0x7f))
}

/// Whether a line starts with an ASCII letter and its last letters are such too, so that it holds no phrase of a language
/// that has letters of its own.
fn is_plain(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    // Of a known length, they are counted side by side.
    let Some(end) = bytes.last_chunk::<MAX_ORNAMENT_LEN>() else { return false };
    let letters: u8 = end.iter().map(|byte| u8::from(byte.is_ascii_alphanumeric())).sum();
    bytes[0].is_ascii() && end.is_ascii() && usize::from(letters) >= Glance::MOST
}

/// The last `bytes` bytes of `text`, or a few less.
fn tail(text: &str, bytes: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(bytes))..]
}

/// One pattern for the whole of a text that is one of `phrases`, in either case unless a phrase says otherwise.
fn pattern_of(phrases: &[Phrase]) -> Option<Pattern> {
    let ways: Vec<&str> = phrases.iter().map(|phrase| phrase.regex.as_str()).collect();
    (!ways.is_empty()).then(|| Pattern::lazy(format!("^(?i:{})$", ways.join("|"))))
}

/// The ways in which a keyword may be written in a file where the search, which folds ASCII letters only, would miss
/// it: with a capital first letter, with its letters taken apart, full-width.
fn spellings(word: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::from([word.to_owned()]);
    if !word.is_ascii() {
        let mut letters = word.chars();
        all.extend(letters.next().map(|first| first.to_uppercase().chain(letters).collect()));
        all.extend(all.clone().iter().map(|spelling| words::decomposed(spelling)));
    } else if word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        all.insert(word.chars().filter_map(|c| char::from_u32(c as u32 + 0xfee0)).collect());
    }
    all
}

/// Each language with the lines of its file that must be found and those that mustn't.
#[cfg(test)]
pub(super) fn examples() -> Vec<(String, Vec<String>, Vec<String>)> {
    let examples = |(code, script): &(&str, Option<Script>)| {
        let file = read(code).unwrap_or_else(|| panic!("{code}.yaml isn't as a phrase file should be"));
        for phrase in &file.phrases {
            let phrase = Phrase::parse(phrase, &file.words).unwrap_or_else(|error| panic!("{code}: {phrase}: {error}"));
            assert!(phrase.max_len + MAX_ORNAMENT_LEN <= MAX_BUILT_IN_LEN, "{code}: {phrase:?} is too long");
            let odd = EndingTable::new([&phrase.endings].into_iter())
                .without(|letter| script.is_none_or(|script| ScriptSet::of_letters([letter].into_iter()).has(script)));
            // One that may end in any way is told by the line's first letter.
            assert!(odd.iter().all(String::is_empty), "{code}: lines that end in {odd:?} aren't looked at");
        }
        let is_told = |mark: &String| script.is_none_or(|script| ScriptSet::of_first(mark).has(script));
        assert!(file.marks.iter().all(is_told), "{code}: a mark starts with another language's letter");
        assert_eq!((*code, *script), (file.language.as_str(), file.script));
        (file.language, file.examples.r#match, file.examples.leave)
    };
    BUILT_IN_LANGUAGES.iter().map(examples).collect()
}
