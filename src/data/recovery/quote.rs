//! Writes a string as a quoted YAML value that is parsed as exactly that string.

/// `text` in double quotes, or in single ones where it holds a `"` or a `\`.
pub(crate) fn quote(text: &str) -> String {
    if text.contains(['"', '\\']) { single_quoted(text) } else { format!("\"{text}\"") }
}

/// `text` in single quotes, where only `'` needs doubling.
pub(crate) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A quoted string that contains its own quote, requoted so that it is parsed as intended.
pub(crate) fn requoted(raw: &str, mark: char, first_close: usize) -> String {
    let after = raw.get(first_close + 1..).and_then(|rest| rest.chars().next());
    // `"A" and "B"` starts with a quoted word; `"say "hi" now"` and `'It's here'` are quoted as a whole.
    let opens_with_word =
        after.is_none_or(|char| char.is_whitespace() || matches!(char, ',' | '.' | ';' | ':' | '?' | '!' | ')' | '-'));
    let whole = raw.len() > 1 && raw.ends_with(mark) && !opens_with_word;
    quote(if whole { &raw[1..raw.len() - 1] } else { raw })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_chosen_so_that_the_text_stays_as_it_is() {
        assert_eq!(quote("Rust: the book"), "\"Rust: the book\"");
        assert_eq!(quote("it's"), "\"it's\"");
        assert_eq!(quote("\"A\" and it's"), "'\"A\" and it''s'");
        assert_eq!(quote("C:\\x"), "'C:\\x'");
    }
}
