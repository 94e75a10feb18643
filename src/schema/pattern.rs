//! Wrapper around `fancy_regex`: ECMAScript patterns, which JSON Schema uses.

#[cfg(feature = "schema")]
use fancy_regex::{Regex, RegexBuilder};

#[cfg(feature = "schema")]
/// The maximum number of backtracking steps of a match.
const MAX_BACKTRACKS: usize = 100_000;
#[cfg(feature = "schema")]
/// The maximum size of a compiled pattern, in bytes.
const MAX_COMPILED_BYTES: usize = 1 << 20;
#[cfg(feature = "schema")]
/// The maximum length of a pattern, in bytes.
const MAX_PATTERN_BYTES: usize = 10_000;

/// A pattern that may match anywhere in a string.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    #[cfg(feature = "schema")]
    regex: Regex,
}

/// Without the feature no schema is loaded, and so no pattern.
#[cfg(not(feature = "schema"))]
impl Pattern {
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        Err(format!("invalid pattern `{source}`"))
    }
    pub(crate) fn is_match(&self, _: &str) -> bool {
        true
    }
    pub(crate) fn source(&self) -> &str {
        &self.source
    }
}

#[cfg(feature = "schema")]
impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Why it isn't one.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        if source.len() > MAX_PATTERN_BYTES {
            return Err(format!("pattern is longer than {MAX_PATTERN_BYTES} bytes"));
        }
        let regex = RegexBuilder::new(&translate(source))
            .backtrack_limit(MAX_BACKTRACKS)
            .delegate_size_limit(MAX_COMPILED_BYTES)
            .max_prog_size(MAX_COMPILED_BYTES)
            .build()
            .map_err(|error| {
                let text = error.to_string();
                let line = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("cannot be compiled");
                format!("invalid pattern `{}`: {}", crop(source), line.trim().trim_start_matches("error: "))
            })?;
        Ok(Self { source: source.to_owned(), regex })
    }

    /// Whether it matches somewhere. A string on which it would take too long counts as a match.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text).unwrap_or(true)
    }

    /// As it is written.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }
}

#[cfg(feature = "schema")]
fn crop(source: &str) -> String {
    match source.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &source[..end]),
        None => source.to_owned(),
    }
}

#[cfg(feature = "schema")]
/// The pattern in Rust's dialect: `\d` and `\w` are ASCII, `$` is the end of the text and not the position before a
/// final line feed, `\/` is a slash, `[` needs no escape in a class.
fn translate(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 16);
    let mut in_class = false;
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('d') if in_class => out.push_str("0-9"),
                Some('d') => out.push_str("[0-9]"),
                Some('D') if !in_class => out.push_str("[^0-9]"),
                Some('w') if in_class => out.push_str("A-Za-z0-9_"),
                Some('w') => out.push_str("[A-Za-z0-9_]"),
                Some('W') if !in_class => out.push_str("[^A-Za-z0-9_]"),
                Some('/') => out.push('/'),
                Some('c') => match chars.next() {
                    Some(letter) if letter.is_ascii_alphabetic() => {
                        out.push_str(&format!("\\x{:02x}", letter as u32 % 32));
                    }
                    other => out.extend(['\\', '\\', 'c'].into_iter().chain(other)),
                },
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            '[' if in_class => out.push_str("\\["),
            '&' | '~' if in_class && chars.peek() == Some(&c) => out.extend(['\\', c]),
            '[' => {
                in_class = true;
                out.push('[');
                if chars.peek() == Some(&'^') {
                    out.extend(chars.next());
                }
                // In ECMAScript `[]` matches nothing and `[^]` anything.
                if chars.peek() == Some(&']') {
                    chars.next();
                    out.push_str(if out.ends_with('^') { "&&x]" } else { "a&&b]" });
                    in_class = false;
                }
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            '$' if !in_class => out.push_str("\\z"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(all(test, feature = "schema"))]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).expect("a pattern").is_match(text)
    }

    #[test]
    fn patterns_are_as_in_javascript() {
        assert!(matches(r"^\d+$", "12") && !matches(r"^\d+$", "১২") && !matches(r"^\d+$", "12\n"));
        assert!(matches(r"^[\w-]+$", "a-b_1") && !matches(r"^\w+$", "é"));
        assert!(matches(r"^https?:\/\/", "https://x") && matches(r"^[[\]]+$", "[]"));
        assert!(matches(r"^(?!draft)", "post") && !matches(r"^(?!draft)", "draft 1"));
        assert!(matches(r"^[가-힣]+$", "한글") && matches("é", "café"));
        assert!(matches("[^]", "a") && !matches("[]", "a"));
        assert!(matches(r"a\cJb", "a\nb"));
    }

    #[test]
    fn what_costs_too_much_is_refused_or_let_pass() {
        let clock = Clock::start();
        assert!(Pattern::new("((a{100}){100}){100}").is_err());
        assert!(Pattern::new(&"(".repeat(5000)).is_err());
        assert!(Pattern::new(&"a".repeat(20_000)).is_err());
        for odd in ["a{1000}{1000}{1000}", "(?=a{1000}{1000})", r"\w{500}\w{500}"] {
            let _ = Pattern::new(odd).map(|pattern| pattern.is_match(&"a".repeat(5000)));
        }
        let slow = Pattern::new(r"^(?:(a+)\1?)+(?!a)b$").expect("a pattern");
        assert!(slow.is_match(&("a".repeat(5000) + "cb")), "nothing is said where it takes too long");
        assert!(clock.seconds() < 60.0);
    }
}
