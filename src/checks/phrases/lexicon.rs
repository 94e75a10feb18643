//! The phrases that are looked for, by language, and the one search that tells which of them to try.

use super::notation::{Phrase, Words};
use super::script::{Script, Tongue};
use super::shape;
use crate::document::typed;
use crate::pattern::{Keywords, Pattern};
use crate::words;
use serde::Deserialize;

/// Phrase files by language. English is first because it is spoken everywhere.
const READY_MADE: [(&str, &str); 9] = [
    ("en", include_str!("../../../rules/phrases/en.yaml")),
    ("ko", include_str!("../../../rules/phrases/ko.yaml")),
    ("ja", include_str!("../../../rules/phrases/ja.yaml")),
    ("zh", include_str!("../../../rules/phrases/zh.yaml")),
    ("de", include_str!("../../../rules/phrases/de.yaml")),
    ("fr", include_str!("../../../rules/phrases/fr.yaml")),
    ("es", include_str!("../../../rules/phrases/es.yaml")),
    ("pt", include_str!("../../../rules/phrases/pt.yaml")),
    ("ru", include_str!("../../../rules/phrases/ru.yaml")),
];

/// A phrase file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseFile {
    language: String,
    #[serde(default)]
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the tests")]
struct Examples {
    r#match: Vec<String>,
    leave: Vec<String>,
}

/// When the phrases of a language are looked for.
#[derive(Debug)]
enum When {
    Always,
    /// Where the document has these letters.
    Written(Script),
    /// Where the document says that it is in this language.
    Said(String),
}

/// The phrases of one language, or a user's own.
#[derive(Debug)]
struct Member {
    when: When,
    pattern: Pattern,
}

/// Some of the members of a lexicon, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Members(u16);

impl Members {
    /// Whether there is none.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those of either.
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn one(index: usize) -> Self {
        Self(1 << index)
    }

    fn has(self, index: usize) -> bool {
        self.0 & (1 << index) != 0
    }
}

/// Everything that one rule looks for.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    members: Vec<Member>,
    /// Each keyword with the members that need it.
    keywords: Vec<(String, Members)>,
    search: Option<Keywords>,
    marks: Vec<String>,
    left_alone: Option<Pattern>,
}

impl Lexicon {
    /// Adds the phrase files whose language `wanted` accepts; with `auto`, for documents in that language only.
    pub(super) fn add_ready_made(&mut self, wanted: impl Fn(&str) -> bool, auto: bool) {
        for (_, text) in READY_MADE.iter().filter(|(code, _)| wanted(code)) {
            // The tests read every file, so one that can't be read is never shipped.
            let Ok(file) = typed::from_yaml::<PhraseFile>(text) else { continue };
            let phrases: Vec<Phrase> =
                file.phrases.iter().filter_map(|one| Phrase::parse(one, &file.words).ok()).collect();
            let when = match (auto, file.script) {
                (false, _) => When::Always,
                (true, Some(script)) => When::Written(script),
                (true, None) if file.language == "en" => When::Always,
                (true, None) => When::Said(file.language),
            };
            self.add(when, phrases.iter(), &file.marks);
        }
    }

    /// Adds a page's or a site's own phrases and marks, which are looked for in every document.
    pub(super) fn add_own<'a>(&mut self, phrases: impl Iterator<Item = &'a Phrase>, marks: &[String]) {
        self.add(When::Always, phrases, marks);
    }

    /// Takes phrases that are no leftovers on this site.
    pub(super) fn leave_alone<'a>(&mut self, phrases: impl Iterator<Item = &'a Phrase>) {
        self.left_alone = pattern_of(phrases);
    }

    /// Prepares the search. Call it once everything is added.
    pub(super) fn seal(&mut self) {
        let words: Vec<String> = self.keywords.iter().map(|(word, _)| word.clone()).collect();
        self.search = Some(Keywords::new(&words));
    }

    /// The members that have a keyword in `raw`, a piece of the file as it is written.
    pub(super) fn members_in(&self, raw: &str) -> Members {
        let found = self.search.iter().flat_map(|search| search.in_text(raw));
        found.fold(Members::default(), |members, index| members.or(self.keywords[index].1))
    }

    /// Those of `members` whose language the document is in; it is asked for only where that matters.
    pub(super) fn spoken<'a>(&self, members: Members, tongue: impl Fn() -> &'a Tongue) -> Members {
        let spoken = |member: &Member| match &member.when {
            When::Always => true,
            When::Written(script) => tongue().writes(*script),
            When::Said(language) => tongue().says(language),
        };
        let ones = self.members.iter().enumerate().filter(|(index, member)| members.has(*index) && spoken(member));
        ones.fold(Members::default(), |all, (index, _)| all.or(Members::one(index)))
    }

    /// Whether the whole of `text`, in readable form, is a phrase of one of `members`.
    pub(super) fn holds(&self, members: Members, text: &str) -> bool {
        let mut asked = self.members.iter().enumerate().filter(|(index, _)| members.has(*index));
        asked.any(|(_, member)| member.pattern.is_match(text)) && !self.leaves_alone(text)
    }

    /// Whether a line in readable form starts with a mark such as `TODO:`.
    pub(super) fn is_marked(&self, line: &str) -> bool {
        self.marks.iter().any(|mark| shape::after_marker(line, mark).is_some() && !self.leaves_alone(mark))
    }

    fn leaves_alone(&self, text: &str) -> bool {
        self.left_alone.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }

    fn add<'a>(&mut self, when: When, phrases: impl Iterator<Item = &'a Phrase>, marks: &[String]) {
        let phrases: Vec<&Phrase> = phrases.collect();
        let member = Members::one(self.members.len());
        let words = phrases.iter().flat_map(|phrase| &phrase.keywords).chain(marks);
        for word in words.flat_map(|word| spellings(word)) {
            match self.keywords.iter_mut().find(|(known, _)| *known == word) {
                Some((_, members)) => *members = members.or(member),
                None => self.keywords.push((word, member)),
            }
        }
        self.marks.extend_from_slice(marks);
        let pattern = pattern_of(phrases.into_iter()).unwrap_or_else(|| Pattern::lazy(r"\z\A.".to_owned()));
        self.members.push(Member { when, pattern });
    }
}

/// One pattern for the whole of a text that is one of `phrases`, in either case unless a phrase says otherwise.
fn pattern_of<'a>(phrases: impl Iterator<Item = &'a Phrase>) -> Option<Pattern> {
    let ways: Vec<&str> = phrases.map(|phrase| phrase.regex.as_str()).collect();
    (!ways.is_empty()).then(|| Pattern::lazy(format!("^(?i:{})$", ways.join("|"))))
}

/// The ways in which a keyword may be written in a file: as it is, with its letters taken apart, and full-width.
fn spellings(word: &str) -> Vec<String> {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
        c => c,
    };
    let mut all = vec![word.to_owned(), words::decomposed(word)];
    if word.chars().all(|c| c.is_ascii_uppercase()) {
        all.push(word.chars().map(wide).collect());
    }
    all.dedup();
    all
}
