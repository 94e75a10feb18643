//! Keys that are a typo for another one: rare, and one letter away from a common key that the page lacks.

use crate::generator::profile::GeneratorProfile;
use crate::site::PageFacts;
use crate::site::finding::{SiteFinding, SiteFindings};
use crate::text::similarity;
use std::collections::BTreeMap;

/// How many times rarer a typo is than the intended key: measured over 157 sites, 24 of 28 were right.
const RATIO: usize = 20;

/// A key on more pages than this was chosen.
const MOST_TYPOS: usize = 5;

pub(super) fn find_misspelled_fields(pages: &[PageFacts], profile: &GeneratorProfile, remarks: &mut SiteFindings) {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for (index, page) in (0_u32..).zip(pages) {
        page.keys().for_each(|key| counts.entry(key).or_default().add(index));
    }
    let common: Vec<(&str, usize)> =
        counts.iter().map(|(key, count)| (*key, count.pages)).filter(|(_, count)| *count >= RATIO).collect();
    for (key, Count { pages: count, first: at, .. }) in &counts {
        let is_reported =
            profile.renamed.contains_key(*key) || profile.ignored.iter().any(|known| known.field == **key);
        if *count > MOST_TYPOS || is_reported || profile.knows(key) || key.chars().count() < 3 {
            continue;
        }
        let common = common.iter().filter(|(_, count)| *count >= RATIO * at.len()).map(|(key, count)| (*key, *count));
        // The generator's own keys need no company, but if there are few pages, a custom name is likelier.
        let own = profile.fields.keys().filter(|known| known.chars().count() >= 6).map(|known| (known.as_str(), 0));
        // A short name is another word as soon as a letter differs, but not if two letters are transposed or one is doubled.
        let short = SHORT_KEYS.iter().filter(|short| profile.knows(short) && is_transposed_or_doubled(key, short));
        let mut short = short.map(|short| (*short, 0));
        let near = common
            .chain(own)
            .find(|(other, _)| key.chars().count() > 3 && is_typo(key, other, profile.folds_case))
            .or_else(|| short.next_back());
        let abbreviation = || {
            let (_, whole) = ABBREVIATIONS.iter().find(|(short, whole)| *short == *key && profile.knows(whole))?;
            Some((*whole, 0))
        };
        let Some((meant, count)) = near.or_else(abbreviation) else { continue };
        for &page in at {
            let has = |wanted: &str| pages[page as usize].keys().any(|key| key == wanted);
            if !has(meant) {
                remarks.push((page, SiteFinding::MisspelledField { key: (*key).into(), meant: meant.into(), count }));
            }
        }
    }
}

/// Names that people write for those of a generator, which doesn't know them.
const ABBREVIATIONS: [(&str, &str); 9] = [
    ("allowed-tool", "allowed-tools"),
    ("dat", "date"),
    ("desc", "description"),
    ("descr", "description"),
    ("keyword", "keywords"),
    ("tag", "tags"),
    ("titl", "title"),
    ("tittle", "title"),
    ("titre", "title"),
];

/// The short names that nearly every generator knows.
const SHORT_KEYS: [&str; 5] = ["title", "date", "tags", "draft", "layout"];

/// `tgas`, `titel`, `taggs` for `tags` and `title`.
fn is_transposed_or_doubled(key: &str, other: &str) -> bool {
    // `ti tle`
    if key.contains(' ') && key.replace(' ', "") == *other {
        return true;
    }
    let (key, other) = (key.as_bytes(), other.as_bytes());
    let same = key.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (rest, others) = (&key[same..], &other[same..]);
    let is_transposed = rest.len() == others.len()
        && rest.len() > 1
        && rest[0] == others[1]
        && rest[1] == others[0]
        && rest[2..] == others[2..];
    let is_doubled = same > 0 && rest.len() == others.len() + 1 && rest[0] == key[same - 1] && rest[1..] == *others;
    is_transposed || is_doubled
}

/// How many pages have a key.
#[derive(Default)]
struct Count {
    pages: usize,
    /// The first of them: all, if they are few enough for a typo.
    first: Vec<u32>,
    last: Option<u32>,
}

impl Count {
    fn add(&mut self, page: u32) {
        if self.last.replace(page) != Some(page) {
            self.pages += 1;
            if self.first.len() < MOST_TYPOS {
                self.first.push(page);
            }
        }
    }
}

/// Whether `key` is most likely meant to be `other`.
fn is_typo(key: &str, other: &str, folds_case: bool) -> bool {
    if key == other || key.eq_ignore_ascii_case(other) {
        return key != other && !folds_case;
    }
    let length = key.chars().count();
    if length.abs_diff(other.chars().count()) > 2 || other.chars().count() < 4 {
        return false;
    }
    // One and many are two keys to many a theme, and so are a key and its twin with a number.
    let without_digits = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase();
    if similarity::normalize_plural(key) == similarity::normalize_plural(other)
        && similarity::normalize(key) != similarity::normalize(other)
    {
        return key.ends_with("ss");
    }
    if without_digits(key) == without_digits(other) {
        return false;
    }
    // Nobody mistypes the first letter and another one.
    let most = if length >= 8 && key.chars().next() == other.chars().next() { 2 } else { 1 };
    similarity::distance(key, other) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_keys_are_transposed_or_doubled() {
        for (key, other) in
            [("tgas", "tags"), ("taggs", "tags"), ("titel", "title"), ("dtae", "date"), ("datte", "date")]
        {
            assert!(is_transposed_or_doubled(key, other), "{key}");
        }
        for (key, other) in [("data", "date"), ("tile", "title"), ("tag", "tags"), ("dates", "date"), ("tags", "tags")]
        {
            assert!(!is_transposed_or_doubled(key, other), "{key}");
        }
    }

    #[test]
    fn typos_are_near_but_plurals_and_numbers_are_not() {
        for (key, other) in [("descrition", "description"), ("tagss", "tags"), ("tille", "title"), ("Title", "title")] {
            assert!(is_typo(key, other, false), "{key}");
        }
        for (key, other) in [
            ("images", "image"),
            ("tag", "tags"),
            ("image2", "image"),
            ("toc", "doc"),
            ("author", "title"),
            ("jobtitle", "subtitle"),
        ] {
            assert!(!is_typo(key, other, false), "{key}");
        }
        assert!(!is_typo("Title", "title", true));
    }
}
