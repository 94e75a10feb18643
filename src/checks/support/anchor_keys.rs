//! The form in which anchors are compared: generators derive different IDs from a heading, but keep its letters and digits.

use crate::text::similarity;

/// `l&eacute;quipe` → `lquipe`.
pub(crate) fn without_entities(text: &str) -> String {
    let mut parts = text.split('&');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| {
        let is_name = |name: &str| {
            !name.is_empty() && name.len() < 10 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        };
        let rest = part.split_once(';').filter(|(name, _)| is_name(name)).map_or(part, |(_, rest)| rest);
        whole + rest
    })
}

/// Letters and digits only, without accents, in lower case. Text without accents isn't decomposed.
pub(crate) fn fold(text: &str) -> String {
    let has_none =
        |c: char| c.is_ascii() || matches!(c, '\u{3000}'..='\u{3096}' | '\u{30a1}'..='\u{9fff}' | '가'..='힣');
    if text.chars().all(has_none) { letters(text) } else { letters(&similarity::strip_accents(text)) }
}

/// Letters and digits only, in lower case.
pub(crate) fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' | 'a'..='z' | '가'..='힣' | '\u{4e00}'..='\u{9fff}' => letters.push(c),
            'A'..='Z' => letters.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() => letters.extend(c.to_lowercase()),
            _ => {}
        }
    }
    letters
}
