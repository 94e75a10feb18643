//! Whether a string that a fix wrote is text.
//!
//! Quoting whatever can't be parsed makes YAML valid, and the data wrong: a list, a comment, a second field or a stray mark
//! becomes part of a string. What such syntax leaves behind in a string is found here.

use crate::data::common_keys::COMMON_KEYS;

/// Brackets and quotation marks, opening and closing.
const PAIRS: [(char, char); 12] = [
    ('[', ']'),
    ('{', '}'),
    ('(', ')'),
    ('"', '"'),
    ('\'', '\''),
    ('“', '”'),
    ('„', '“'),
    ('‘', '’'),
    ('«', '»'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
];

/// Whether `text` holds no syntax that its writer must have meant as such.
pub(super) fn is_plain_text(text: &str) -> bool {
    let text = text.trim_matches(is_invisible);
    !is_list_item(text)
        && !has_comment(text)
        && !has_stray_mark(text)
        && !ends_in_dash(text)
        && !ends_in_delimiter(text)
        && !has_field(text)
}

/// Whether `text` ends in what was meant to close the front matter: `Title ---`.
pub(super) fn ends_in_delimiter(text: &str) -> bool {
    text.split_whitespace().next_back().is_some_and(|word| word.chars().count() > 1 && is_dashes(word))
}

fn ends_in_dash(text: &str) -> bool {
    text.split_whitespace().next_back().is_some_and(is_dashes)
}

fn is_dashes(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | '+'))
}

/// `- a`, `* a`, `-, a`
fn is_list_item(text: &str) -> bool {
    let rest = text.strip_prefix(['-', '*', '•', '–', '—']);
    rest.is_some_and(|rest| rest.starts_with(|c: char| c == ',' || c.is_whitespace()))
}

/// `a # b`
fn has_comment(text: &str) -> bool {
    text.chars().zip(text.chars().skip(1)).any(|(before, c)| c == '#' && before.is_whitespace())
}

/// A bracket or a quotation mark that isn't part of the text: `'a`, `a)`, `"a"`, `"a", "b"`, `[a, b];`.
fn has_stray_mark(text: &str) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return false };
    let inside = &text[first.len_utf8()..];
    if let Some(&(_, close)) = PAIRS.iter().find(|(open, _)| *open == first) {
        let is_apostrophe =
            |at: usize| close == '\'' && inside[at + 1..].starts_with(|c: char| c == '\'' || c.is_alphanumeric());
        let end = inside.match_indices(close).map(|(at, _)| at).find(|at| !is_apostrophe(*at));
        let Some(end) = end else { return true };
        let rest = inside[end + close.len_utf8()..].trim_start_matches(is_invisible);
        let is_template = text.starts_with("{{") || text.starts_with("{%");
        if !is_template && (rest.starts_with([',', ';', '#']) || !rest.contains(char::is_alphanumeric)) {
            return true;
        }
    }
    let opens = |open: char, close: char| match open == close {
        true => text.matches(open).count().is_multiple_of(2),
        false => text.contains(open),
    };
    let mut closing = PAIRS.iter().filter(|(_, close)| *close == last).peekable();
    closing.peek().is_some() && !closing.any(|(open, close)| opens(*open, *close))
}

/// A second field in the value of the first: `A title draft: true`, `truelayout: post`.
fn has_field(text: &str) -> bool {
    let mut words = text.split_whitespace().enumerate().peekable();
    while let Some((index, word)) = words.next() {
        let Some(key) = word.strip_suffix(':') else { continue };
        let is_joined = || {
            let before = COMMON_KEYS.iter().filter_map(|common| key.strip_suffix(common));
            before.into_iter().any(|before| {
                before == "true"
                    || before == "false"
                    || before.ends_with(|c: char| !c.is_alphabetic() && c != '-' && c != '_')
            })
        };
        let mut is_field = || {
            let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            is_key && words.peek().is_some_and(|(_, value)| is_typed(value))
        };
        if is_joined() || (index > 0 && (COMMON_KEYS.contains(&key) || is_field())) {
            return true;
        }
    }
    false
}

/// A number, a boolean, a date, a URL, a list or a quoted string.
fn is_typed(value: &str) -> bool {
    matches!(value, "true" | "false")
        || value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '[' | '{' | '"' | '\''))
        || value.contains("://")
}

/// Spaces and characters without width.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_writers_put_in_titles_is_text() {
        for text in [
            "Rust: the book",
            "러스트: 첫걸음",
            "@kim",
            "C#: what's new",
            "Fix it (#12)",
            "\"Hello\" and goodbye: two words",
            "'Hello': a greeting",
            "[Draft] Notes: day one",
            "{{ page.title }}",
            "Notes (and more)",
            "It's here: the dogs' home",
            "Don't: a guide",
            "「제목」: 부제",
            "*bold*: text",
            "A: 2024",
            "12:30: lunch",
            "See https://example.com/a: there",
            "Postgres 16 — a year later: notes",
            "What is a slug?: notes",
        ] {
            assert!(is_plain_text(text), "{text:?}");
        }
    }

    #[test]
    fn syntax_is_not_text() {
        for text in [
            "- a",
            "* a: b",
            "-, a",
            "a: b # note",
            "'a'\u{3000}# note",
            "'a'\u{200e}# note",
            "\"a\"",
            "\"a\"\u{2028}",
            "'what's left'\u{2028}",
            "'what''s left'",
            "\"a\", \"b\"",
            "\"a\"; layout: post",
            "[a, b];",
            "[a",
            "b]]",
            "(a",
            "'b')",
            "a”",
            "-",
            "a -",
            "a ---",
            "false ---",
            "A title draft: true",
            "A: title date: 2024-01-31",
            "74url: https://example.com/",
            "truelayout: post",
            "A title foo: 3",
        ] {
            assert!(!is_plain_text(text), "{text:?}");
        }
        assert!(
            ends_in_delimiter("https://example.com/ ---") && !ends_in_delimiter("a - b") && !ends_in_delimiter("a -")
        );
    }
}
