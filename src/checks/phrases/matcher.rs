//! Whether a whole text is one of many phrases.
//!
//! One pattern of all phrases of a language takes longer to compile than a small site takes to check, so the pattern of each
//! is compiled when a text with its keyword is met.

use crate::checks::phrases::notation::Phrase;
use crate::text::pattern::Pattern;
use std::sync::OnceLock;

/// Phrases, each with its pattern.
#[derive(Debug)]
pub(super) struct PhraseMatcher {
    phrases: Vec<Searched>,
    /// One pattern of all of them.
    whole: OnceLock<Option<Pattern>>,
}

#[derive(Debug)]
struct Searched {
    /// Every match contains one of these, each with its pairs.
    keywords: Vec<(String, PairSet)>,
    regex: String,
    pattern: OnceLock<Pattern>,
}

impl PhraseMatcher {
    pub(super) fn new(phrases: &[Phrase]) -> Self {
        let searched = |phrase: &Phrase| Searched {
            keywords: phrase.keywords.iter().map(|keyword| (keyword.clone(), PairSet::of(keyword))).collect(),
            regex: phrase.regex.clone(),
            pattern: OnceLock::new(),
        };
        Self { phrases: phrases.iter().map(searched).collect(), whole: OnceLock::new() }
    }

    /// Whether the text is one of the phrases.
    pub(super) fn any(&self, text: &str) -> bool {
        let regexes = || self.phrases.iter().map(|phrase| phrase.regex.as_str());
        self.whole.get_or_init(|| pattern_of_regexes(regexes())).as_ref().is_some_and(|whole| whole.is_match(text))
    }

    /// The same for a text without letters that have another case and aren't ASCII.
    pub(super) fn any_with_keyword(&self, text: &str) -> bool {
        let pairs = PairSet::of(text);
        let has = |(keyword, needed): &(String, PairSet)| needed.is_part_of(pairs) && contains(text, keyword);
        let may_match = |phrase: &&Searched| phrase.keywords.iter().any(has);
        self.phrases.iter().filter(may_match).any(|phrase| {
            let pattern = || pattern_of_regexes(std::iter::once(phrase.regex.as_str()));
            phrase.pattern.get_or_init(|| pattern().unwrap_or_else(|| Pattern::lazy(String::new()))).is_match(text)
        })
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

/// The pairs of adjacent bytes in a text, without the case of ASCII letters; several pairs share a bit.
#[derive(Clone, Copy, Debug)]
struct PairSet(u64);

impl PairSet {
    fn of(text: &str) -> Self {
        let letters = || text.bytes().map(|byte| byte.to_ascii_lowercase());
        Self(letters().zip(letters().skip(1)).fold(0, |all, (a, b)| all | (1 << ((a.wrapping_mul(7) ^ b) % 64))))
    }

    fn is_part_of(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }
}

/// Whether `text` contains `keyword`, ignoring the case of ASCII letters.
fn contains(text: &str, keyword: &str) -> bool {
    let (text, keyword) = (text.as_bytes(), keyword.as_bytes());
    let Some(first) = keyword.first() else { return true };
    text.windows(keyword.len()).any(|part| part[0].eq_ignore_ascii_case(first) && part.eq_ignore_ascii_case(keyword))
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
