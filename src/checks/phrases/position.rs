//! The places in a line where a phrase is a leftover rather than a part of a sentence.

use crate::document::prose::OBJECT;
use serde::Deserialize;
use std::ops::Range;

/// How a phrase stands in its line. Measured over 95,000 posts: a phrase in the middle of a sentence is nearly always
/// innocent, in these shapes it nearly never is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Position {
    /// The line is the phrase, in brackets or not.
    Line,
    /// The heading is the phrase, in brackets or not.
    Heading,
    /// The phrase stands in brackets at the line's end.
    Bracket,
    /// The line is a short label, a colon and the phrase, in brackets or not.
    Label,
    /// The line starts with a mark and a colon: `TODO: …`.
    Marker,
}

/// A part of a line that is a leftover if it is a phrase.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Candidate {
    /// How it stands in the line.
    pub(super) position: Position,
    /// What to compare with the phrases, in bytes of the line.
    pub(super) core: Range<usize>,
    /// What to show: the same with its brackets.
    pub(super) displayed: Range<usize>,
}

/// More characters than this before a colon are a sentence rather than a label.
const MAX_LABEL_LEN: usize = 30;

/// The candidates in a readable line, the wider ones first.
pub(super) fn candidates(text: &str, heading: bool) -> Vec<Candidate> {
    let alone = if heading { Position::Heading } else { Position::Line };
    let body = trim(text, 0..text.len());
    let mut found = vec![Candidate { position: alone, core: body.clone(), displayed: body.clone() }];
    let bracket = last_bracket(text);
    if let Some(displayed) = &bracket {
        let before = text[..displayed.start].trim_end();
        let position = match before.strip_suffix(':') {
            _ if trim(text, 0..displayed.start).is_empty() => alone,
            Some(label) if is_label(label) => Position::Label,
            _ => Position::Bracket,
        };
        let width = |at: Option<char>| at.map_or(0, char::len_utf8);
        let inner = &text[displayed.clone()];
        let core = displayed.start + width(inner.chars().next())..displayed.end - width(inner.chars().next_back());
        found.push(Candidate { position, core: trim(text, core), displayed: displayed.clone() });
    }
    if let Some(colon) = text[..body.end].rfind(':').filter(|&colon| is_label(&text[..colon])) {
        let core = trim(text, colon + 1..body.end);
        found.push(Candidate { position: Position::Label, core: core.clone(), displayed: core });
    }
    found.retain(|candidate| !candidate.core.is_empty());
    found
}

/// Whether a long line may end with a note, in brackets or after a label: a quick look at it as it is written.
pub(super) fn may_end_with_note(raw: &str) -> bool {
    let closes = |c| matches!(c, ')' | ']' | '}' | '>' | '】' | '〕' | '〉' | '）' | '］' | '｝' | '＞');
    let head = &raw.as_bytes()[..raw.len().min(3 * MAX_LABEL_LEN + 8)];
    // A sentence in Latin letters, as most long lines are, ends in one and a full stop: no look at characters is needed.
    let is_sentence = |end: &[u8; 4]| end.iter().all(|byte| byte.is_ascii_alphanumeric() || b" .,".contains(byte));
    let may_close = !raw.as_bytes().last_chunk().is_some_and(is_sentence) && raw.chars().rev().take(4).any(closes);
    // The second is the first byte of `：`, and of little else.
    may_close || memchr::memchr2(b':', 0xef, head).is_some()
}

/// The text after `mark` and its colon, if the line starts with them: `TODO: …`, `TODO(ann): …`.
pub(super) fn text_after_marker<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(mark)?.trim_start();
    let rest = match rest.strip_prefix('(') {
        Some(name) => name.split_once(')')?.1.trim_start(),
        None => rest,
    };
    let rest = rest.strip_prefix(':')?.trim();
    (!rest.is_empty()).then_some(rest)
}

/// The last bracketed part of a line, if nothing but ornaments follows it.
fn last_bracket(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end_matches(is_ornament).len();
    let close = text[..end].chars().next_back()?;
    let inner = &text[..end - close.len_utf8()];
    let start = inner.rfind(opening_bracket(close)?)?;
    Some(start..end)
}

fn opening_bracket(close: char) -> Option<char> {
    const PAIRS: [(char, char); 7] =
        [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('【', '】'), ('〔', '〕'), ('〈', '〉')];
    PAIRS.iter().find(|(_, known)| *known == close).map(|(open, _)| *open)
}

/// `range` without the ornaments at its ends.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let end = range.start + part.trim_end_matches(is_ornament).len();
    let start = end - text[range.start..end].trim_start_matches(is_ornament).len();
    start..end
}

/// Signs that people put around a note: dots, dashes, stars, emoji. Quotation marks are none, for a quoted word is
/// spoken about, and neither is a question mark.
fn is_ornament(c: char) -> bool {
    let means_something = c.is_alphanumeric()
        || opening_bracket(c).is_some()
        || matches!(c, '(' | '[' | '{' | '<' | '【' | '〔' | '〈' | '「' | '」' | '『' | '』')
        || matches!(
            c,
            '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '„' | '`' | '?' | '/' | '\\' | '@' | '%' | '$' | '&'
        )
        || c == OBJECT;
    !means_something
}

fn is_label(label: &str) -> bool {
    label.chars().count() <= MAX_LABEL_LEN
        && label.contains(char::is_alphanumeric)
        && !label.contains(['。', '!', '?', '"', '“', '「'])
        && !label.contains(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> Vec<(Position, &str, &str)> {
        let read = |c: Candidate| (c.position, &text[c.core], &text[c.displayed]);
        candidates(text, false).into_iter().map(read).collect()
    }

    #[test]
    fn a_line_has_few_places_for_a_note() {
        assert_eq!(shapes("🚧 TBD…"), [(Position::Line, "TBD", "TBD")]);
        assert_eq!(shapes("** ( TBD ) **")[1], (Position::Line, "TBD", "( TBD )"));
        assert_eq!(shapes("Chapter 3 (TBD).")[1], (Position::Bracket, "TBD", "(TBD)"));
        assert_eq!(shapes("슬라이드 : ( 추후 )")[1], (Position::Label, "추후", "( 추후 )"));
        assert_eq!(shapes("Where: TBD.")[1], (Position::Label, "TBD", "TBD"));
        assert_eq!(shapes("We say it at last. And so: TBD").len(), 1);
        assert_eq!(shapes("\"TODO\"")[0], (Position::Line, "\"TODO\"", "\"TODO\""));
        assert_eq!(shapes("..."), []);
        assert_eq!(shapes("a)"), [(Position::Line, "a)", "a)")]);
    }

    #[test]
    fn a_marker_opens_a_line() {
        assert_eq!(text_after_marker("TODO(ann): more", "TODO"), Some("more"));
        assert_eq!(text_after_marker("TODO : more", "TODO"), Some("more"));
        assert_eq!(text_after_marker("TODO:", "TODO"), None);
        assert_eq!(text_after_marker("TODOS: more", "TODO"), None);
    }
}
