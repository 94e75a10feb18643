//! Similar words: wrapper around edit distances and Unicode normal forms.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The candidate that was most likely intended by `word`; none if no candidate, or more than one, is near enough.
///
/// A candidate that is equal except for case, spaces and hyphens comes first. Otherwise one letter may be wrong,
/// missing, added or transposed in a word of 4 to 7 letters, two in a longer one. Hangul is compared by syllable and by
/// the letters of its syllables, so that `블럭체인` is near `블록체인`.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = Spelling::new(word);
    let mut best: Option<(usize, &'a str)> = None;
    let mut tied = false;
    for candidate in candidates {
        let Some(distance) = word.near(candidate) else {
            continue;
        };
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, other)) if distance == least => tied |= other != candidate,
            _ => (best, tied) = (Some((distance, candidate)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, candidate)| candidate)
}

/// ``did you mean `…`?``, where one candidate is near enough to `word`.
pub(crate) fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// `message` with the candidate that was likely intended: ``unknown tag `x`; did you mean `y`?``
pub(crate) fn with_suggestion(message: String, near: Option<&str>) -> String {
    match near {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => message,
    }
}

/// A word without insignificant variation: case, full-width and decomposed forms, spaces, and the characters `-`, `_`,
/// `.`, `/`, `·`.
pub(crate) fn normalize(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().filter(|&c| is_kept(c)).map(|c| c.to_ascii_lowercase()).collect();
    }
    // Lowercasing can leave the normal form (`İ`), so normalization comes last.
    word.nfkc().flat_map(char::to_lowercase).filter(|&c| is_kept(c)).nfkc().collect()
}

/// As [`normalize`], and without a simple English plural ending. Only good for a suggestion: `news` becomes `new`.
pub(crate) fn normalize_plural(word: &str) -> String {
    let mut word = normalize(word);
    if word.len() < 4 || !word.is_ascii() {
        return word;
    }
    if word.ends_with("ies") && word.len() > 4 {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if ["ses", "xes", "zes", "ches", "shes"].iter().any(|end| word.ends_with(end)) {
        word.truncate(word.len() - 2);
    } else if word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        word.truncate(word.len() - 1);
    }
    word
}

/// Whether two words are canonically equivalent, composed or not.
pub(crate) fn is_canonically_equal(a: &str, b: &str) -> bool {
    a == b || (!(a.is_ascii() && b.is_ascii()) && a.nfc().eq(b.nfc()))
}

/// The number of letters to substitute, insert, delete or transpose with the next one; case is ignored.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    strsim::osa_distance(&lower(a), &lower(b))
}

/// Longer texts are no words, and comparing them takes time.
const MAX_WORD_CHARS: usize = 80;

/// A word in the forms needed for comparison.
struct Spelling {
    folded: String,
    composed: String,
    /// Decomposed Hangul syllables; none for a word without any.
    letters: Option<String>,
    /// Which letters from a to z are in it.
    alphabet: u32,
}

impl Spelling {
    fn new(word: &str) -> Self {
        let composed = lower(word);
        let letters = letters(&composed);
        let alphabet = alphabet(&composed);
        Self { folded: normalize(word), composed, letters, alphabet }
    }

    /// The distance of `other`, if it is near enough: 0 for the same normalized word.
    fn near(&self, other: &str) -> Option<usize> {
        if !self.folded.is_empty() && self.is_same(other) {
            return Some(0);
        }
        let are_ascii = self.composed.is_ascii() && other.is_ascii();
        if are_ascii && (self.composed.len().abs_diff(other.len()) > 2 || !self.shares_letters(other)) {
            return None;
        }
        let composed = lower(other);
        let by_syllable = distance_within_limit(&self.composed, &composed);
        let by_letter = self.letters.as_ref().and_then(|own| distance_within_limit(own, &letters(&composed)?));
        // Nobody mistypes the first letter and another one.
        let starts_alike = composed.nfd().next() == self.composed.nfd().next();
        by_syllable.into_iter().chain(by_letter).min().filter(|&distance| distance < 2 || starts_alike)
    }

    /// Whether two words have all but a few letters in common, as near ones do: no typo changes more than two.
    fn shares_letters(&self, other: &str) -> bool {
        let other = alphabet(other);
        (self.alphabet & !other).count_ones() <= 2 && (other & !self.alphabet).count_ones() <= 2
    }

    fn is_same(&self, other: &str) -> bool {
        if other.is_ascii() {
            let folded = other.bytes().filter(|&b| is_kept(b.into())).map(|b| b.to_ascii_lowercase());
            return folded.eq(self.folded.bytes());
        }
        normalize(other) == self.folded
    }
}

/// Which letters from a to z are in a word, a bit for each.
fn alphabet(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_alphabetic).fold(0, |all, letter| all | 1 << (letter & 0x1f))
}

/// Hangul syllables decomposed into letters; none if there are none.
fn letters(composed: &str) -> Option<String> {
    let has_hangul = !composed.is_ascii() && composed.chars().any(|c| ('가'..='힣').contains(&c));
    has_hangul.then(|| composed.nfd().collect())
}

/// The distance of two words, at least 1, if the length of the first allows that many errors.
fn distance_within_limit(a: &str, b: &str) -> Option<usize> {
    let (length, other) = (a.chars().count(), b.chars().count());
    let limit = match length {
        0..4 => return None,
        4..8 => 1,
        8..=MAX_WORD_CHARS => 2,
        _ => return None,
    };
    if length.abs_diff(other) > limit {
        return None;
    }
    Some(strsim::osa_distance(a, b).max(1)).filter(|&distance| distance <= limit)
}

/// Whether a normalized word keeps the character.
fn is_kept(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '-' | '_' | '.' | '/' | '·' | '・')
}

fn lower(word: &str) -> String {
    if word.is_ascii() {
        word.to_ascii_lowercase()
    } else if is_nfc(word) {
        word.to_lowercase()
    } else {
        word.nfc().flat_map(char::to_lowercase).collect()
    }
}

/// The character composed of `first` and `second`: `e` and an accent, two Hangul letters.
pub(crate) fn compose(first: char, second: char) -> Option<char> {
    unicode_normalization::char::compose(first, second)
}

/// `text` with every letter taken apart and its plain forms in the place of others (NFKD).
pub(crate) fn to_nfkd(text: &str) -> String {
    text.nfkd().collect()
}

/// `text` without the accents of Latin, Greek and Cyrillic letters, and with all other letters put together (NFC).
pub(crate) fn strip_accents(text: &str) -> String {
    let plain = text.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
    // Only Hangul and Kana are composed then.
    if text.chars().any(|c| c >= '\u{1100}') { plain.nfc().collect() } else { plain.collect() }
}

/// `text` with every letter taken apart, as macOS writes it (NFD).
pub(crate) fn to_nfd(text: &str) -> String {
    text.nfd().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_if_there_is_one() {
        let terms = ["development", "meetup", "aws", "data", "date"];
        assert_eq!(nearest("developement", terms), Some("development"));
        assert_eq!(nearest("DEVELOPMENT", terms), Some("development"));
        assert_eq!(nearest("metup", terms), Some("meetup"));
        assert_eq!(nearest("meteup", terms), Some("meetup"), "a swap is one mistake");
        assert_eq!(nearest("meat", terms), None);
        assert_eq!(nearest("aw", terms), None, "too short to guess");
        assert_eq!(nearest("A-W-S", terms), Some("aws"));
        assert_eq!(nearest("datx", terms), None, "two are as near");
        assert_eq!(nearest("datx", ["data", "data"]), Some("data"));
        assert_eq!(nearest("", [""]), None);
        assert_eq!(nearest("--", ["..", "__"]), None);
    }

    #[test]
    fn hangul_is_compared_by_its_letters_too() {
        assert_eq!(nearest("블럭체인", ["블록체인", "쿠버네티스"]), Some("블록체인"));
        assert_eq!(nearest("게발", ["개발", "문화"]), Some("개발"));
        assert_eq!(nearest("개편", ["개발", "문화"]), None);
        let decomposed: String = "개발".nfd().collect();
        assert_eq!(nearest(&decomposed, ["개발"]), Some("개발"));
    }

    #[test]
    fn folding_drops_what_means_nothing() {
        let decomposed: String = "개발".nfd().collect();
        assert_eq!(normalize(&decomposed), "개발");
        assert_eq!(normalize("ＡＷＳ"), "aws");
        assert_eq!(normalize("CI / CD"), "cicd");
        assert_eq!(normalize("next.js"), normalize("Next JS"));
        assert_eq!(normalize("개발·문화"), "개발문화");
        assert_ne!(normalize("C++"), normalize("C#"));
    }

    #[test]
    fn plurals_fold_together() {
        for (one, many) in [("meetup", "Meetups"), ("library", "libraries"), ("class", "classes"), ("box", "boxes")] {
            assert_eq!(normalize_plural(one), normalize_plural(many), "{one}");
        }
        assert_eq!(normalize_plural("aws"), "aws");
        assert_eq!(normalize_plural("status"), "status");
    }

    #[test]
    fn composed_and_decomposed_look_the_same() {
        let decomposed: String = "café".nfd().collect();
        assert!(is_canonically_equal("café", &decomposed));
        assert!(!is_canonically_equal("café", "cafe"));
    }
}
