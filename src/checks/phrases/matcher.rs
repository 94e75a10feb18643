//! Whether a whole text is one of many phrases.
//!
//! One pattern of all phrases of a language takes longer to compile than a small site takes to check, so the pattern of each
//! is compiled when a text with its keyword is met.

use crate::checks::phrases::notation::Phrase;
use crate::text::pattern::{KeywordSet, Pattern};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Phrases, each with its pattern.
#[derive(Debug)]
pub(super) struct PhraseMatcher {
    phrases: Vec<Searched>,
    /// The keywords of all phrases, and the phrase that each belongs to.
    keywords: OnceLock<(KeywordSet, Vec<usize>)>,
    /// One pattern of all of them.
    whole: OnceLock<Option<Pattern>>,
}

#[derive(Debug)]
struct Searched {
    /// Every match contains one of these.
    keywords: Vec<String>,
    regex: String,
    pattern: OnceLock<Pattern>,
}

impl PhraseMatcher {
    pub(super) fn new(phrases: &[Phrase]) -> Self {
        let searched = |phrase: &Phrase| Searched {
            keywords: phrase.keywords.clone(),
            regex: phrase.regex.clone(),
            pattern: OnceLock::new(),
        };
        let phrases = phrases.iter().map(searched).collect();
        Self { phrases, keywords: OnceLock::new(), whole: OnceLock::new() }
    }

    /// Whether the text is one of the phrases.
    pub(super) fn any(&self, text: &str) -> bool {
        let regexes = || self.phrases.iter().map(|phrase| phrase.regex.as_str());
        self.whole.get_or_init(|| pattern_of_regexes(regexes())).as_ref().is_some_and(|whole| whole.is_match(text))
    }

    /// The same for a text without letters that have another case and aren't ASCII.
    pub(super) fn any_with_keyword(&self, text: &str) -> bool {
        self.phrases_with_keyword_in(text).into_iter().any(|index| {
            let phrase = &self.phrases[index];
            let pattern = || pattern_of_regexes(std::iter::once(phrase.regex.as_str()));
            phrase.pattern.get_or_init(|| pattern().unwrap_or_else(|| Pattern::lazy(String::new()))).is_match(text)
        })
    }

    /// The indices of the phrases of which a keyword occurs in `text`, ignoring the case of ASCII letters.
    fn phrases_with_keyword_in(&self, text: &str) -> BTreeSet<usize> {
        let (keywords, owners) = self.keywords.get_or_init(|| {
            let of_phrase =
                |(index, one): (usize, &Searched)| one.keywords.iter().map(move |_| index).collect::<Vec<_>>();
            let owners = self.phrases.iter().enumerate().flat_map(of_phrase).collect();
            (KeywordSet::new(self.phrases.iter().flat_map(|phrase| &phrase.keywords)), owners)
        });
        keywords.find_all(text).map(|index| owners[index]).collect()
    }
}

/// One pattern that matches a whole text that is one of `phrases`, in either case unless a phrase says otherwise.
pub(super) fn pattern_of(phrases: &[Phrase]) -> Option<Pattern> {
    pattern_of_regexes(phrases.iter().map(|phrase| phrase.regex.as_str()))
}

fn pattern_of_regexes<'a>(regexes: impl Iterator<Item = &'a str>) -> Option<Pattern> {
    let ways: Vec<&str> = regexes.collect();
    (!ways.is_empty()).then(|| Pattern::lazy(format!("^(?i:{})$", ways.join("|"))))
}

/// Whether a text has letters in either case that aren't ASCII: `é`, but not `한`.
pub(super) fn has_case_beyond_ascii(text: &str) -> bool {
    text.chars().any(|c| !c.is_ascii() && (c.is_lowercase() || c.is_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::phrases::notation::WordLists;

    #[test]
    fn one_by_one_they_match_as_all_together() {
        let notations = ["coming soon", "TBD", "추후 업데이트", "(to be|will be) (written|added)", "待续"];
        let parse = |notation: &&str| Phrase::parse(notation, &WordLists::new()).expect("a phrase");
        let matcher = PhraseMatcher::new(&notations.iter().map(parse).collect::<Vec<_>>());
        for (text, expected) in [
            ("Coming SOON", true),
            ("coming soon now", false),
            ("tbd", false),
            ("TBD", true),
            ("추후 업데이트", true),
            ("추후업데이트", true),
            ("Will be written", true),
            ("to be", false),
            ("待续", true),
            ("", false),
        ] {
            assert!(!has_case_beyond_ascii(text));
            assert_eq!((matcher.any(text), matcher.any_with_keyword(text)), (expected, expected), "{text}");
        }
        assert!(has_case_beyond_ascii("à venir") && has_case_beyond_ascii("\u{212a}ey"));
    }
}
