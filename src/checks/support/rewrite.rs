//! Values written anew, in the language of the front matter and the quotes that were there.

use crate::data::node::{Kind, Scalar, Style, Value};
use crate::data::problem::Syntax;
use crate::diagnostic::Edit;

/// The edit that makes a scalar say `text`, in the same quotes. None for aliases, tagged values and blocks of text.
pub(crate) fn replace_scalar(value: Value<'_>, syntax: Syntax, text: &str) -> Option<Edit> {
    let scalar = own_scalar(value)?;
    let bare_key = syntax == Syntax::Toml && scalar.kind == Kind::String && is_bare_key(text);
    let insert = match scalar.style {
        Style::Single if syntax == Syntax::Yaml => format!("'{}'", text.replace('\'', "''")),
        Style::Single if !text.contains('\'') => format!("'{text}'"),
        Style::Plain if bare_key => text.to_owned(),
        Style::Plain => format_string(text, syntax),
        Style::Single | Style::Double => quoted(text),
        Style::Literal | Style::Folded => return None,
    };
    Some(Edit::replace(scalar.span, insert))
}

/// The edit that replaces a scalar by `insert`, as it is. None for aliases, tagged values and blocks of text.
pub(crate) fn replace(value: Value<'_>, insert: impl Into<String>) -> Option<Edit> {
    let scalar = own_scalar(value)?;
    (!matches!(scalar.style, Style::Literal | Style::Folded)).then(|| Edit::replace(scalar.span, insert))
}

/// `text` in the double quotes that YAML, TOML and JSON share.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// `text` as an item or value that is read as text: without quotes where YAML lets it be, else with them.
pub(crate) fn format_string(text: &str, syntax: Syntax) -> String {
    if syntax == Syntax::Yaml && is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// The scalar, if it is written here.
fn own_scalar(value: Value<'_>) -> Option<&Scalar> {
    value.scalar().filter(|scalar| !value.is_alias() && scalar.tag.is_none() && !scalar.span.is_empty())
}

/// Whether YAML reads it as text without quotes, in whatever dialect and inside brackets too.
fn is_plain(text: &str) -> bool {
    const OTHER: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.chars().next().is_some_and(|first| first.is_alphabetic())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '+' | '·'))
        && !text.ends_with(' ')
        && !OTHER.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn is_bare_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_they_must_be() {
        for plain in ["aws", "개발", "CI/CD", "next.js", "open source"] {
            assert_eq!(format_string(plain, Syntax::Yaml), plain);
        }
        for other in ["no", "True", "404", "a, b", "a: b", "- a", "*a", "", "a #b", "[x]"] {
            assert!(format_string(other, Syntax::Yaml).starts_with('"'), "{other}");
        }
        assert_eq!(format_string("aws", Syntax::Toml), "\"aws\"");
        assert_eq!(quoted("a\"b\\c\td"), "\"a\\\"b\\\\c\\u0009d\"");
    }
}
