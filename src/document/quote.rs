//! Writing a text as a quoted YAML value that is read as just that text.

/// `text` in double quotes, or in single ones where it holds a `"` or a `\`.
pub(super) fn quote(text: &str) -> String {
    if text.contains(['"', '\\']) { single(text) } else { format!("\"{text}\"") }
}

/// `text` in single quotes, where only `'` needs doubling.
pub(super) fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
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
