//! Terms of taxonomies that differ only in what nobody means by it: `AWS` and `aws`, `next.js` and `Next JS`.

use crate::generator::profile::TermNormalization;
use crate::site::PageFacts;
use crate::site::finding::{SiteFinding, SiteFindings};
use crate::text::similarity;
use std::collections::{BTreeMap, HashMap};

/// By taxonomy, then by word, the indices of its pages.
pub(super) type TermIndex = BTreeMap<Box<str>, BTreeMap<Box<str>, Vec<u32>>>;

/// The pages of every word.
pub(super) fn count(pages: &[PageFacts]) -> TermIndex {
    let mut words = TermIndex::new();
    for (index, page) in (0_u32..).zip(pages) {
        for (field, text) in page.terms() {
            if !words.contains_key(field) {
                words.insert(field.into(), BTreeMap::new());
            }
            let Some(of_field) = words.get_mut(field) else { continue };
            match of_field.get_mut(text) {
                Some(pages) if pages.last() == Some(&index) => {}
                Some(pages) => pages.push(index),
                None => {
                    of_field.insert(text.into(), vec![index]);
                }
            }
        }
    }
    words
}

pub(super) fn find_near_duplicates(
    pages: &[PageFacts],
    words: &TermIndex,
    same: TermNormalization,
    remarks: &mut SiteFindings,
) {
    for (field, words) in words {
        for group in groups(words.keys().map(|word| &**word)) {
            let best = best(&group, |word| words.get(word).map_or(0, Vec::len));
            let Some((best_word, best_pages)) = words.get_key_value(best) else { continue };
            // Spellings that are the same term to the generator do no harm.
            for word in group.into_iter().filter(|word| !same.are_equal(word, best)) {
                // `duplicate-tag` reports a page that has both spellings.
                let alone = |page: &&u32| !best_pages.contains(page);
                for &page in words.get(word).into_iter().flatten().filter(alone) {
                    remarks.push((
                        page,
                        SiteFinding::NearDuplicateTerm {
                            field: field.clone(),
                            text: word.into(),
                            count: words.get(word).map_or(0, Vec::len),
                            better: best_word.clone(),
                            better_count: best_pages.len(),
                            example: pages[best_pages[0] as usize].path.to_path_buf(),
                        },
                    ));
                }
            }
        }
    }
}

/// Words that differ from another one in case alone: the pattern of agents isn't the library React.
const OTHER_WORDS: [&str; 1] = ["ReAct"];

/// The words that differ only in case, width, spaces or marks, as groups of at least two, sorted.
pub(crate) fn groups<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Vec<&'a str>> {
    let mut folded: HashMap<String, Vec<&str>> = HashMap::new();
    for word in words.filter(|word| !OTHER_WORDS.contains(word)) {
        folded.entry(key(word)).or_default().push(word);
    }
    let mut groups: Vec<Vec<&str>> = folded.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    groups
}

/// The spelling to keep: the commonest; of equals one without capitals, then the first in order.
fn best<'a>(group: &[&'a str], count: impl Fn(&str) -> usize) -> &'a str {
    let rank = |word: &&str| (count(word), !word.contains(char::is_uppercase));
    let mut best = group[0];
    for word in &group[1..] {
        if rank(word) > rank(&best) {
            best = word;
        }
    }
    best
}

/// A word without what nobody means anything by. A mark between digits stays, and so does one in front: `1.0` isn't
/// `10`, `.NET` isn't `net`, `--continue` isn't `continue`.
fn key(word: &str) -> String {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut kept = String::with_capacity(word.len());
    let mut last: Option<char> = None;
    let mut rest = word.trim().chars().peekable();
    while let Some(c) = rest.next() {
        let is_mark = matches!(c, '.' | '-' | '_' | '/' | ' ');
        if is_mark && ((is_digit(last) && is_digit(rest.peek().copied())) || last.is_none()) {
            kept.push(',');
        } else {
            kept.push(c);
        }
        last = Some(c);
    }
    let folded = similarity::normalize(&kept);
    // Nothing but marks: nothing to compare.
    if folded.is_empty() { word.to_owned() } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_means_is_folded() {
        let words = [
            "AWS",
            "aws",
            "Next.js",
            "next js",
            "1.0",
            "10",
            ".NET",
            "net",
            "C",
            "C++",
            "C#",
            "go",
            "2018-1",
            "20181",
            "--continue",
            "continue",
            "React",
            "ReAct",
        ];
        assert_eq!(groups(words.into_iter()), [vec!["AWS", "aws"], vec!["Next.js", "next js"]]);
    }

    #[test]
    fn the_commonest_spelling_is_kept() {
        assert_eq!(best(&["AWS", "aws"], |word| if word == "AWS" { 3 } else { 2 }), "AWS");
        assert_eq!(best(&["AWS", "aws"], |_| 1), "aws");
    }
}
