//! Prose in lines of a given width.

use unicode_width::UnicodeWidthStr;

/// How links are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// `text (URL)`
    InProse,
    /// The same, but `text: URL` for a link that starts the text.
    AtStart,
}

/// The lines of `prose`, each at most `width` cells wide unless a single word is wider. Code isn't broken if it fits into
/// half a line.
pub(super) fn wrap(prose: &str, width: usize, links: Links) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words(&with_urls(prose, links), width / 2) {
        let index = lines.len() - 1;
        let line = &mut lines[index];
        if line.is_empty() {
            line.push_str(&word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(&word);
        } else {
            lines.push(word);
        }
    }
    lines
}

/// The words of `prose`. Code that is at most `max_code` cells wide belongs to one word.
pub(super) fn words(prose: &str, max_code: usize) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut rest = prose;
    while let Some(c) = rest.chars().next() {
        let index = words.len() - 1;
        let code = code_length(rest).filter(|length| rest[..*length].width() <= max_code);
        let length = code.unwrap_or(c.len_utf8());
        match c {
            ' ' => words.push(String::new()),
            _ => words[index].push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The length of the inline code that `text` starts with, with its backticks.
fn code_length(text: &str) -> Option<usize> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    if ticks == 0 {
        return None;
    }
    let mut at = ticks;
    loop {
        let next = at + text[at..].find('`')?;
        let run = text[next..].len() - text[next..].trim_start_matches('`').len();
        at = next + run;
        if run == ticks {
            return Some(at);
        }
    }
}

/// `prose` with links replaced by their text and URL. Links within the project have no URL that would help here.
fn with_urls(prose: &str, links: Links) -> String {
    let mut out = String::with_capacity(prose.len());
    let mut rest = prose;
    while let Some(c) = rest.chars().next() {
        if let Some(length) = code_length(rest) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else if let Some((text, url, length)) = link(rest).filter(|_| !out.ends_with('!')) {
            out.push_str(text);
            match url.contains("://") {
                true if out.len() == text.len() && links == Links::AtStart => out.push_str(&format!(": {url}")),
                true => out.push_str(&format!(" ({url})")),
                false => {}
            }
            rest = &rest[length..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// The text, the URL, and the length of the link that `text` starts with.
fn link(text: &str) -> Option<(&str, &str, usize)> {
    let inside = text.strip_prefix('[')?;
    let (label, rest) = inside.split_once("](")?;
    let (url, _) = rest.split_once(')')?;
    (!label.contains('[')).then_some((label, url, 1 + label.len() + 2 + url.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_whole_if_it_is_short() {
        assert_eq!(wrap("use `--fix --x` now", 14, Links::InProse), ["use `--fix", "--x` now"]);
        assert_eq!(wrap("use it: `--fix --x` now", 24, Links::InProse), ["use it: `--fix --x` now"]);
        assert_eq!(wrap("always use `--fix --x` now", 22, Links::InProse), ["always use `--fix --x`", "now"]);
    }

    #[test]
    fn wide_characters_take_two_cells() {
        assert_eq!(wrap("가나다 라마바 사아자", 14, Links::InProse), ["가나다 라마바", "사아자"]);
    }

    #[test]
    fn links_in_code_are_code() {
        assert_eq!(
            wrap("`[a](https://b.c)` [`d`](https://e.f)", 80, Links::AtStart),
            ["`[a](https://b.c)` `d` (https://e.f)"]
        );
        assert_eq!(wrap("![a](https://b.c)", 80, Links::AtStart), ["![a](https://b.c)"]);
    }
}
