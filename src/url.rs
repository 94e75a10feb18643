//! Helpers for URLs.

/// Whether a text is an absolute URL: `https://…`, `mailto:…`, `data:…`. One letter before the colon is a drive, not a
/// scheme.
pub(crate) fn has_scheme(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut letters = scheme.chars();
    scheme.len() > 1
        && !rest.is_empty()
        && !rest.starts_with(char::is_whitespace)
        && letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}
