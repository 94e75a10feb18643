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
    let parts: Vec<&str> = anchor.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let heading = heading.to_lowercase();
    let is_han = |c: &char| ('\u{3400}'..='\u{9fff}').contains(c);
    if heading.chars().any(|c| is_han(&c)) {
        return parts.len() == heading.chars().filter(is_han).count() && parts.iter().all(|part| is_syllable(part));
    }
    let words: Vec<&str> = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let begins_alike = |(part, word): (&&str, &&str)| {
        let (Some(latin), Some(letter)) = (part.chars().next(), word.chars().next()) else { return false };
        latin == letter || CYRILLIC.iter().any(|(letters, latins)| letters.contains(letter) && latins.contains(latin))
    };
    heading.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c))
        && parts.len() == words.len()
        && parts.iter().zip(&words).all(begins_alike)
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
