//! The phrases of a rule, by language, and the fast tests that select the lines to search.

use crate::checks::phrases::endings::EndingTable;
use crate::checks::phrases::matcher::{self, PhraseMatcher, pattern_of};
use crate::checks::phrases::notation::{Phrase, WordLists};
use crate::checks::phrases::position;
use crate::checks::phrases::script::{DetectedLanguage, Script, ScriptSet};
use crate::data::typed;
use crate::document::Document;
use crate::document::body::Line;
use crate::document::prose::line_key::line_end_key;
use crate::text::pattern::{KeywordSet, Pattern};
use crate::text::prefix_key::PrefixKey;
use crate::text::similarity;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The languages with a file in `rules/phrases/`. English is first because it is used everywhere.
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

/// The maximum length of what surrounds a phrase without counting: brackets, spaces, dots, an emoji. In bytes.
const MAX_ORNAMENT_LEN: usize = 16;

/// The maximum length of a built-in phrase with its surroundings, in bytes: known before its file is read.
const MAX_BUILT_IN_LEN: usize = 140;

/// A phrase file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseFile {
    #[allow(dead_code, reason = "read by the tests")]
    language: String,
    /// The script of the language, if that identifies it.
    #[serde(default)]
    #[allow(dead_code, reason = "read by the tests")]
    script: Option<Script>,
    #[serde(default)]
    words: WordLists,
    phrases: Vec<String>,
    #[serde(default)]
    marks: Vec<String>,
    /// Lines that are tested.
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

/// All phrases of a rule.
#[derive(Debug, Default)]
pub(super) struct PhraseSet {
    languages: Vec<LanguagePhrases>,
    ignored: Option<Pattern>,
}

/// The phrases of one language, or custom ones.
#[derive(Debug)]
pub(super) struct LanguagePhrases {
    when: When,
    /// The language, whose file is read on first use; empty for custom phrases.
    code: &'static str,
    entries: OnceLock<Entries>,
}

/// When the phrases of a language are searched for.
#[derive(Debug)]
enum When {
    Always,
    /// In lines that start or end with letters of this script, in documents in its language.
    Script(Script),
    /// In documents that declare this language.
    Declared(&'static str),
}

/// The prepared search.
#[derive(Debug)]
struct Entries {
    /// The endings of all phrases.
    endings: EndingTable,
    /// Every match of the pattern contains one of these.
    keywords: KeywordSet,
    /// The maximum length of a phrase with its surroundings, in bytes.
    max_len: usize,
    matcher: PhraseMatcher,
    marks: Vec<String>,
    /// The first bytes of the markers, as bits.
    mark_starts: u128,
}

impl PhraseSet {
    /// Adds the phrases of the languages that `accepts` selects; with `auto`, only for documents in that language.
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

    /// Adds the phrases and markers of a rule or a site, which are searched for in every document.
    pub(super) fn add_custom<'a>(&mut self, phrases: impl Iterator<Item = &'a Phrase>, marks: &[String]) {
        let phrases: Vec<Phrase> = phrases.cloned().collect();
        if !phrases.is_empty() || !marks.is_empty() {
            let entries = OnceLock::from(Entries::new(&phrases, marks.to_vec()));
            self.languages.push(LanguagePhrases { when: When::Always, code: "", entries });
        }
    }

    /// Sets the phrases that aren't reported.
    pub(super) fn ignore(&mut self, phrases: &[Phrase]) {
        self.ignored = pattern_of(phrases);
    }

    /// The phrases that may occur in a document.
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

    /// Whether the whole of `text`, as rendered, is a phrase in a language of the document.
    pub(super) fn matches(&self, text: &str, detected: &DetectedLanguage<'_>) -> bool {
        let scripts = ScriptSet::of_text(text);
        let known =
            self.languages.iter().filter(|language_phrases| language_phrases.when.may_be_written_in(scripts)).any(
                |language_phrases| {
                    language_phrases.when.applies_to(detected) && language_phrases.entries().matches(text)
                },
            );
        known && !self.is_ignored(text)
    }

    /// Whether a line, as rendered, starts with a marker such as `TODO:`. Call it only after
    /// [`ActivePhrases::may_match`].
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

/// The phrases and markers that are searched for in a document.
pub(super) struct ActivePhrases<'a> {
    /// Custom ones, and those of languages without a script of their own.
    unscripted: Vec<&'a Entries>,
    /// Those of languages with a script of their own.
    scripted: Vec<&'a LanguagePhrases>,
    /// The maximum length of a phrase, in bytes.
    max_len: usize,
    /// The same for languages without a script of their own.
    unscripted_max_len: usize,
    /// The first bytes of all markers, as bits; those of languages with a script of their own share one.
    mark_starts: u128,
}

impl ActivePhrases<'_> {
    /// Whether a line may have a phrase or start with a marker, judging by its length, its first and last letters, and
    /// the keywords near its end. `raw` is the line as written, trimmed.
    pub(super) fn may_match(&self, doc: &Document<'_>, line: &Line<'_>, raw: &str) -> bool {
        let marked = position::whole_bracket(raw).unwrap_or(raw);
        let first = ScriptSet::of_first(marked);
        let mut noted = None;
        // A long line has a phrase only as a note at its end.
        let mut is_short_enough =
            |max_len: usize| raw.len() <= max_len || *noted.get_or_insert_with(|| position::may_end_with_note(raw));
        let short =
            if self.unscripted_max_len < raw.len() && is_plain(raw) { self.unscripted_max_len } else { self.max_len };
        if !is_short_enough(short) {
            return self.mark_starts & start_bit(marked) != 0
                && self.entries(first).any(|entries| entries.may_start_with_marker(marked));
        }
        let ending = line_end_key(doc.source, line.inlines);
        let scripts = ending.map_or(ScriptSet::ALL, |ending| ScriptSet::of_letters(ending.letters()).union(first));
        self.entries(scripts).any(|entries| {
            entries.may_start_with_marker(marked)
                || is_short_enough(entries.max_len)
                    && ending.is_none_or(|ending| entries.endings.has(ending))
                    && entries.keywords.is_match(tail(raw, entries.max_len))
        })
    }

    /// Whether a short text that isn't a line may be a phrase or start with a marker.
    pub(super) fn may_hold(&self, raw: &str) -> bool {
        self.entries(ScriptSet::of_text(raw))
            .any(|entries| entries.may_start_with_marker(raw) || entries.keywords.is_match(raw))
    }

    /// What is searched for in lines with letters of these scripts.
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

    /// Whether the document is in the language: Han letters alone are Chinese or Japanese.
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
            // The tests parse every file and every phrase, so an invalid one is never released.
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
            keywords: KeywordSet::new(keywords),
            max_len: max_len + MAX_ORNAMENT_LEN,
            matcher: PhraseMatcher::new(phrases),
            mark_starts: marks.iter().fold(0, |bits, mark| bits | start_bit(mark)),
            marks,
        }
    }

    /// Whether the whole of a text, as rendered, is a phrase.
    fn matches(&self, text: &str) -> bool {
        // Letters in another case than a keyword's are found only if they are ASCII.
        match matcher::has_case_beyond_ascii(text) {
            true => self.matcher.any(text),
            false => self.keywords.is_match(text) && self.matcher.any_with_keyword(text),
        }
    }

    /// Whether a line as written, trimmed, starts with the letters of a marker.
    fn may_start_with_marker(&self, raw: &str) -> bool {
        self.mark_starts & start_bit(raw) != 0 && self.marks.iter().any(|mark| raw.starts_with(mark.as_str()))
    }
}

/// The phrase file of a language.
fn read(code: &str) -> Option<PhraseFile> {
    typed::built_in(&format!("phrases/{code}.yaml"))
}

/// A bit for the first byte of `text`; all non-ASCII bytes share one.
fn start_bit(text: &str) -> u128 {
    text.as_bytes().first().map_or(0, |byte| 1 << byte.min(&0x7f))
}

/// Whether a line starts with an ASCII character and its last letters are ASCII too, so that it has no phrase of a
/// language with a script of its own.
fn is_plain(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let Some(end) = bytes.last_chunk::<MAX_ORNAMENT_LEN>() else { return false };
    let letters = end.iter().rev().filter(|byte| byte.is_ascii_alphanumeric());
    bytes[0].is_ascii() && end.is_ascii() && letters.take(PrefixKey::MAX_LETTERS).count() == PrefixKey::MAX_LETTERS
}

/// At most the last `bytes` bytes of `text`.
fn tail(text: &str, bytes: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(bytes))..]
}

/// The spellings of a keyword that the search would miss, because it ignores case only for ASCII letters: capitalized,
/// decomposed, full-width.
fn spellings(word: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::from([word.to_owned()]);
    if !word.is_ascii() {
        let mut letters = word.chars();
        all.extend(letters.next().map(|first| first.to_uppercase().chain(letters).collect()));
        all.extend(all.clone().iter().map(|spelling| similarity::to_nfd(spelling)));
    } else if word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        all.insert(word.chars().filter_map(|c| char::from_u32(c as u32 + 0xfee0)).collect());
    }
    all
}

/// Each language with the lines of its file that must be found, and those that must not.
#[cfg(test)]
pub(super) fn examples() -> Vec<(String, Vec<String>, Vec<String>)> {
    let examples = |(code, script): &(&str, Option<Script>)| {
        let file = read(code).unwrap_or_else(|| panic!("{code}.yaml isn't as a phrase file should be"));
        for phrase in &file.phrases {
            let phrase = Phrase::parse(phrase, &file.words).unwrap_or_else(|error| panic!("{code}: {phrase}: {error}"));
            assert!(phrase.max_len + MAX_ORNAMENT_LEN <= MAX_BUILT_IN_LEN, "{code}: {phrase:?} is too long");
            let odd = EndingTable::new([&phrase.endings].into_iter())
                .without(|letter| script.is_none_or(|script| ScriptSet::of_letters([letter].into_iter()).has(script)));
            // A phrase with arbitrary endings is recognized by the line's first letter.
            assert!(odd.iter().all(String::is_empty), "{code}: lines that end in {odd:?} aren't looked at");
        }
        let is_reported = |mark: &String| script.is_none_or(|script| ScriptSet::of_first(mark).has(script));
        assert!(file.marks.iter().all(is_reported), "{code}: a mark starts with another language's letter");
        assert_eq!((*code, *script), (file.language.as_str(), file.script));
        (file.language, file.examples.r#match, file.examples.leave)
    };
    BUILT_IN_LANGUAGES.iter().map(examples).collect()
}
