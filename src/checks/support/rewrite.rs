//! Replaces values of the front matter, in its format and with their quotes.

use crate::data::format::FrontMatterFormat;
use crate::data::node::{Scalar, ScalarStyle, ScalarType, Value};
use crate::diagnostic::Edit;
use crate::source::Span;

/// The edit that changes a scalar to `text` and keeps its quotes. None for aliases, tagged values and block scalars.
pub(crate) fn replace_scalar(value: Value<'_>, syntax: FrontMatterFormat, text: &str) -> Option<Edit> {
    let scalar = own_scalar(value)?;
    let bare_key = syntax == FrontMatterFormat::Toml && scalar.kind == ScalarType::String && is_bare_key(text);
    let insert = match scalar.style {
        ScalarStyle::SingleQuoted if syntax == FrontMatterFormat::Yaml => format!("'{}'", text.replace('\'', "''")),
        ScalarStyle::SingleQuoted if !text.contains('\'') => format!("'{text}'"),
        ScalarStyle::Plain if bare_key => text.to_owned(),
        ScalarStyle::Plain => format_string(text, syntax),
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => quoted(text),
        ScalarStyle::Literal | ScalarStyle::Folded => return None,
    };
    Some(Edit::replace(scalar.span, insert))
}

/// The edit that replaces a scalar with `insert` verbatim. None for aliases, tagged values and block scalars.
pub(crate) fn replace(value: Value<'_>, insert: impl Into<String>) -> Option<Edit> {
    let scalar = own_scalar(value)?;
    (!matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded)).then(|| Edit::replace(scalar.span, insert))
}

/// The edit that removes an item of a list with the comma or the line break next to it. None where it is the only one, or
/// a comment is between it and the next.
pub(crate) fn remove_item(list: Value<'_>, item: Value<'_>, comments: &[Span]) -> Option<Edit> {
    let items: Vec<Span> = list.items()?.map(Value::span).collect();
    let at = items.iter().position(|span| *span == item.span())?;
    let span = match at.checked_sub(1) {
        Some(before) => Span::new(items[before].end, items[at].end),
        None => Span::new(items[at].start, items.get(1)?.start),
    };
    let is_clear = span.start <= span.end && !comments.iter().any(|comment| span.contains_span(*comment));
    is_clear.then(|| Edit::replace(span, ""))
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

/// `text` as an item or value of type string: unquoted if YAML allows it, otherwise quoted.
pub(crate) fn format_string(text: &str, syntax: FrontMatterFormat) -> String {
    if syntax == FrontMatterFormat::Yaml && is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// The scalar, if it is written at this place.
fn own_scalar(value: Value<'_>) -> Option<&Scalar> {
    value.scalar().filter(|scalar| !value.is_alias() && scalar.tag.is_none() && !scalar.span.is_empty())
}

/// Whether every dialect of YAML parses it as a string without quotes, in flow collections too.
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
    fn words_are_quoted_where_necessary() {
        for plain in ["aws", "개발", "CI/CD", "next.js", "open source"] {
            assert_eq!(format_string(plain, FrontMatterFormat::Yaml), plain);
        }
        for other in ["no", "True", "404", "a, b", "a: b", "- a", "*a", "", "a #b", "[x]"] {
            assert!(format_string(other, FrontMatterFormat::Yaml).starts_with('"'), "{other}");
        }
        assert_eq!(format_string("aws", FrontMatterFormat::Toml), "\"aws\"");
        assert_eq!(quoted("a\"b\\c\td"), "\"a\\\"b\\\\c\\u0009d\"");
    }
}
