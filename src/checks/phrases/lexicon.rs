//! The phrases that are looked for, by language, and the quick looks that tell which lines to read.

use crate::checks::phrases::ending::Table;
use crate::checks::phrases::notation::{Phrase, Words};
use crate::checks::phrases::script::{Script, Scripts, Tongue};
use crate::checks::phrases::shape;
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

/// The languages that have a file in `rules/phrases/`. English is first because it is spoken everywhere.
const READY_MADE: [(&str, Option<Script>); 9] = [
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
pub(super) const CODES: [&str; READY_MADE.len()] = {
    let mut codes = [""; READY_MADE.len()];
    let mut index = 0;
    while index < codes.len() {
        codes[index] = READY_MADE[index].0;
        index += 1;
    }
    codes
};

/// Bytes around a phrase that don't count: brackets, blanks, dots, an emoji.
const SIGNS: usize = 16;

/// No ready-made phrase with the signs around it is longer, in bytes: known before its file is read.
const READY_MADE_REACH: usize = 140;

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
    words: Words,
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
pub(super) struct Lexicon {
    members: Vec<Member>,
    left_alone: Option<Pattern>,
}

/// The phrases of one language, or a user's own.
#[derive(Debug)]
pub(super) struct Member {
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
    Written(Script),
    /// In documents that say that they are in this language.
    Said(&'static str),
}

/// What is looked for, ready for the search.
#[derive(Debug)]
struct Entries {
    /// The last letters of all phrases.
    endings: Table,
    /// One of these is in every line that the pattern is for.
    keywords: KeywordSet,
    /// No phrase with the signs around it is longer, in bytes.
    reach: usize,
    pattern: Option<Pattern>,
    marks: Vec<String>,
    /// The first bytes of the marks, as bits.
    mark_starts: u128,
}

impl Lexicon {
    /// Adds the phrases of the languages that `wanted` accepts; with `auto`, for documents in that language only.
    pub(super) fn add_ready_made(&mut self, wanted: impl Fn(&str) -> bool, auto: bool) {
        for &(code, script) in READY_MADE.iter().filter(|(code, _)| wanted(code)) {
            let when = match script {
                _ if !auto || code == "en" => When::Always,
                Some(script) => When::Written(script),
                None => When::Said(code),
            };
            self.members.push(Member { when, code, entries: OnceLock::new() });
        }
    }

    /// Adds a page's or a site's own phrases and marks, which are looked for in every document.
    pub(super) fn add_own<'a>(&mut self, phrases: impl Iterator<Item = &'a Phrase>, marks: &[String]) {
        let phrases: Vec<Phrase> = phrases.cloned().collect();
        if !phrases.is_empty() || !marks.is_empty() {
            let entries = OnceLock::from(Entries::new(&phrases, marks.to_vec()));
            self.members.push(Member { when: When::Always, code: "", entries });
        }
    }

    /// Takes phrases that are no leftovers on this site.
    pub(super) fn leave_alone(&mut self, phrases: &[Phrase]) {
        self.left_alone = pattern_of(phrases);
    }

    /// The members that may have to do with a document.
    pub(super) fn of(&self, tongue: &Tongue<'_>) -> Chosen<'_> {
        let may = |member: &&Member| !matches!(member.when, When::Said(language) if !tongue.says(language));
        let (written, spoken): (Vec<&Member>, Vec<&Member>) =
            self.members.iter().filter(may).partition(|member| matches!(member.when, When::Written(_)));
        let spoken: Vec<&Entries> = spoken.into_iter().map(Member::entries).collect();
        let plain_reach = spoken.iter().map(|entries| entries.reach).max().unwrap_or_default();
        let other_marks = if written.is_empty() { 0 } else { start_bit("\u{80}") };
        let mark_starts = spoken.iter().fold(other_marks, |bits, entries| bits | entries.mark_starts);
        Chosen { spoken, written, reach: plain_reach.max(READY_MADE_REACH), plain_reach, mark_starts }
    }

    /// Whether the whole of `text`, in readable form, is a phrase in a language of the document.
    pub(super) fn holds(&self, text: &str, tongue: &Tongue<'_>) -> bool {
        let scripts = Scripts::of(text);
        let known = self.members.iter().filter(|member| member.when.is_written(scripts)).any(|member| {
            let matches = |pattern: &Pattern| pattern.is_match(text);
            member.when.is_meant(tongue) && member.entries().pattern.as_ref().is_some_and(matches)
        });
        known && !self.leaves_alone(text)
    }

    /// Whether a line in readable form starts with a mark such as `TODO:`. Ask only where [`Chosen::may_be_in`] said so.
    pub(super) fn is_marked(&self, line: &str) -> bool {
        let mut marks =
            self.members.iter().filter_map(|member| member.entries.get()).flat_map(|entries| &entries.marks);
        marks.any(|mark| shape::after_marker(line, mark).is_some() && !self.leaves_alone(mark))
    }

    fn leaves_alone(&self, text: &str) -> bool {
        self.left_alone.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }
}

/// The phrases and marks that are looked for in one document.
pub(super) struct Chosen<'a> {
    /// Those of a user, and of languages without letters of their own.
    spoken: Vec<&'a Entries>,
    /// Those of languages that have.
    written: Vec<&'a Member>,
    /// No phrase is longer, in bytes.
    reach: usize,
    /// No phrase of a language without letters of its own is longer.
    plain_reach: usize,
    /// The first bytes of all marks, as bits; those of a language that has letters of its own start with one.
    mark_starts: u128,
}

impl Chosen<'_> {
    /// Whether a line may hold a phrase or start with a mark, as far as its length, its first and last letters tell, and
    /// the words in the few characters at its end. `raw` is the line as it is written, without blanks at its ends.
    pub(super) fn may_be_in(&self, doc: &Document<'_>, line: &Line<'_>, raw: &str) -> bool {
        let first = Scripts::of_first(raw);
        let mut noted = None;
        // A long line holds a phrase only as a note at its end.
        let mut is_in_reach =
            |reach: usize| raw.len() <= reach || *noted.get_or_insert_with(|| shape::may_end_with_note(raw));
        let short = if self.plain_reach < raw.len() && is_plain(raw) { self.plain_reach } else { self.reach };
        if !is_in_reach(short) {
            return self.mark_starts & start_bit(raw) != 0 && self.entries(first).any(|entries| entries.may_mark(raw));
        }
        let ending = line_end_key(doc.source, line.inlines);
        let scripts = ending.map_or(Scripts::ALL, |ending| Scripts::of_letters(ending.letters()).and(first));
        self.entries(scripts).any(|entries| {
            entries.may_mark(raw)
                || is_in_reach(entries.reach)
                    && ending.is_none_or(|ending| entries.endings.has(ending))
                    && entries.keywords.is_match(tail(raw, entries.reach))
        })
    }

    /// What is looked for in lines with letters of these scripts.
    fn entries(&self, scripts: Scripts) -> impl Iterator<Item = &Entries> {
        let written = if scripts.is_none() { [].as_slice() } else { self.written.as_slice() };
        let written = written.iter().filter(move |member| member.when.is_written(scripts));
        self.spoken.iter().copied().chain(written.map(|member| member.entries()))
    }
}

impl When {
    /// Whether a text with letters of these scripts may be in the language.
    fn is_written(&self, scripts: Scripts) -> bool {
        match self {
            When::Written(script) => scripts.has(*script),
            When::Always | When::Said(_) => true,
        }
    }

    /// Whether the document as a whole is in the language: Han letters alone are Chinese or Japanese.
    fn is_meant(&self, tongue: &Tongue<'_>) -> bool {
        match self {
            When::Always => true,
            When::Written(script) => tongue.writes(*script),
            When::Said(language) => tongue.says(language),
        }
    }
}

impl Member {
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
        let longest = phrases.iter().map(|phrase| phrase.longest).max().unwrap_or_default();
        Self {
            endings: Table::new(phrases.iter().map(|phrase| &phrase.endings)),
            keywords: KeywordSet::new(keywords),
            reach: longest + SIGNS,
            pattern: pattern_of(phrases),
            mark_starts: marks.iter().fold(0, |bits, mark| bits | start_bit(mark)),
            marks,
        }
    }

    /// Whether a line as it is written in the file, without blanks before it, starts with the letters of a mark.
    fn may_mark(&self, raw: &str) -> bool {
        self.mark_starts & start_bit(raw) != 0 && self.marks.iter().any(|mark| raw.starts_with(mark.as_str()))
    }
}

/// The phrase file of a language.
fn read(code: &str) -> Option<PhraseFile> {
    typed::built_in(&format!("phrases/{code}.yaml"))
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
    let Some(end) = bytes.last_chunk::<SIGNS>() else { return false };
    let letters: u8 = end.iter().map(|byte| u8::from(byte.is_ascii_alphanumeric())).sum();
    bytes[0].is_ascii() && end.is_ascii() && usize::from(letters) >= PrefixKey::MAX_LETTERS
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
        all.extend(all.clone().iter().map(|spelling| similarity::to_nfd(spelling)));
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
            assert!(phrase.longest + SIGNS <= READY_MADE_REACH, "{code}: {phrase:?} is too long");
            let odd = Table::new([&phrase.endings].into_iter())
                .without(|letter| script.is_none_or(|script| Scripts::of_letters([letter].into_iter()).has(script)));
            // One that may end in any way is told by the line's first letter.
            assert!(odd.iter().all(String::is_empty), "{code}: lines that end in {odd:?} aren't looked at");
        }
        let is_told = |mark: &String| script.is_none_or(|script| Scripts::of_first(mark).has(script));
        assert!(file.marks.iter().all(is_told), "{code}: a mark starts with another language's letter");
        assert_eq!((*code, *script), (file.language.as_str(), file.script));
        (file.language, file.examples.r#match, file.examples.leave)
    };
    READY_MADE.iter().map(examples).collect()
}
