//! Whether an anchor may be a heading in Latin letters: `#vyosla-i-vodka` for `Вёсла и водка`, `#ri-ben` for `日本`.

/// The letters with which the transliteration of a Cyrillic letter may begin, in the usual systems.
const CYRILLIC: [(&str, &str); 32] = [
    ("а", "a"),
    ("б", "b"),
    ("в", "vw"),
    ("г", "gh"),
    ("ґ", "g"),
    ("д", "d"),
    ("еёэє", "eyji"),
    ("ж", "zjg"),
    ("з", "z"),
    ("иіїй", "iyj"),
    ("к", "kc"),
    ("л", "l"),
    ("м", "m"),
    ("н", "n"),
    ("о", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "sc"),
    ("т", "t"),
    ("у", "u"),
    ("ў", "uw"),
    ("ф", "fp"),
    ("х", "hkxc"),
    ("ц", "ct"),
    ("ч", "ct"),
    ("ш", "s"),
    ("щ", "s"),
    ("ы", "yi"),
    ("ю", "yjiu"),
    ("я", "yjia"),
    ("ђ", "d"),
    ("ј", "j"),
];

/// Whether `anchor` may be a transliteration of `heading`.
pub(crate) fn may_be(anchor: &str, heading: &str) -> bool {
    let anchor = anchor.to_ascii_lowercase();
    let heading = heading.to_lowercase();
    if heading.chars().any(is_han) {
        return may_be_pinyin(&anchor, &heading);
    }
    let parts: Vec<&str> = anchor.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let words: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let begins_alike = |(part, word): (&&str, &&str)| {
        let (Some(latin), Some(letter)) = (part.chars().next(), word.chars().next()) else { return false };
        latin == letter || CYRILLIC.iter().any(|(letters, latins)| letters.contains(letter) && latins.contains(latin))
    };
    heading.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c))
        && parts.len() == words.len()
        && parts.iter().zip(&words).all(begins_alike)
}

/// The longest syllable: `zhuang`.
const MAX_SYLLABLE: usize = 6;

/// Whether `anchor` has one syllable of Pinyin for each Han character of `heading`, and its Latin letters and digits as
/// they are: `2a-tong-guo-cli` for `2a：通过 CLI`. What separates them doesn't matter. Both are in lower case.
fn may_be_pinyin(anchor: &str, heading: &str) -> bool {
    let letters: String = anchor.chars().filter(char::is_ascii_alphanumeric).collect();
    // Where the characters read so far may end.
    let mut ends = vec![0];
    for c in heading.chars().filter(|c| c.is_alphanumeric()) {
        let mut next = Vec::new();
        for &start in &ends {
            let rest = &letters[start..];
            if !is_han(c) {
                next.extend(rest.starts_with(c).then_some(start + c.len_utf8()));
                continue;
            }
            let lengths = (1..=rest.len().min(MAX_SYLLABLE)).filter(|len| is_syllable(&rest[..*len]));
            next.extend(lengths.map(|len| start + len));
        }
        next.sort_unstable();
        next.dedup();
        ends = next;
    }
    ends.contains(&letters.len())
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// Whether a word can be one syllable of Pinyin, without its tone.
fn is_syllable(word: &str) -> bool {
    let initial = ["zh", "ch", "sh"].iter().find(|initial| word.starts_with(**initial)).map_or(0, |_| 2);
    let is_consonant = word.starts_with(|c: char| "bpmfdtnlgkhjqxrzcsyw".contains(c));
    let rest = &word[if initial > 0 { initial } else { usize::from(is_consonant) }..];
    let tail = rest.trim_start_matches(['a', 'e', 'i', 'o', 'u', 'v']);
    rest.len() > tail.len() && rest.len() <= 5 && matches!(tail, "" | "n" | "ng" | "r")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transliteration_has_the_words_of_its_heading() {
        for (anchor, heading) in [
            ("vyosla-i-uklyuchiny", "Вёсла и уключины"),
            ("parusa", "Паруса"),
            ("zhurnal_2024", "Журнал 2024"),
            ("an-zhuang", "安装"),
            ("2a-tong-guo-cli", "2a：通过 CLI"),
            ("ti-qu-ifilglf", "提取 iFIL/GLF"),
        ] {
            assert!(may_be(anchor, heading), "{anchor}");
        }
        for (anchor, heading) in [
            ("constructed-vs-primitive", "Складені та прості"),
            ("installation", "安装"),
            ("length", "長さ"),
            ("usage", "사용법"),
        ] {
            assert!(!may_be(anchor, heading), "{anchor}");
        }
    }
}
