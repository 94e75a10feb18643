//! The positions in a line in which a phrase is a placeholder rather than part of a sentence.

use crate::document::prose::OBJECT_PLACEHOLDER;
use serde::Deserialize;
use std::ops::Range;

/// The position of a phrase in its line. In 95,000 posts, a phrase within a sentence is nearly always intended, in one
/// of these positions nearly never.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Position {
    /// The line is the phrase, in brackets or not.
    Line,
    /// The heading is the phrase, in brackets or not.
    Heading,
    /// The phrase is in brackets at the end of the line.
    Bracket,
    /// The line is a short label, a colon and the phrase, in brackets or not.
    Label,
    /// The line starts with a marker and a colon, a dash or a verb: `TODO: …`, `TODO - …`, `TODO add …`.
    Marker,
    /// The phrase is the alternative text of an image.
    AltText,
    /// The phrase is the text of a link without a destination.
    LinkText,
    /// The last line of the page starts with the phrase.
    LastLine,
}

/// A part of a line that is a placeholder if it is a phrase.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Candidate {
    /// Its position in the line.
    pub(super) position: Position,
    /// The range to compare with the phrases, in bytes of the line.
    pub(super) core: Range<usize>,
    /// The range to report: the same with its brackets.
    pub(super) displayed: Range<usize>,
}

/// The maximum length of a label, in characters; longer text before a colon is a sentence.
const MAX_LABEL_LEN: usize = 30;

/// The candidates in a rendered line, the longest first.
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

/// The phrase that the last line of a page may start with, before a comma or a period and a few words: `待续，敬请关注。`
pub(super) fn opening(text: &str) -> Option<Candidate> {
    const MAX_REST: usize = 90;
    let end = text.find([',', '，', '、', '.', '。', '…', '!', '！'])?;
    let core = trim(text, 0..end);
    (!core.is_empty() && text.len() - end <= MAX_REST && core.start == 0).then(|| Candidate {
        position: Position::LastLine,
        displayed: core.clone(),
        core,
    })
}

/// The inside of the square brackets that enclose a whole line: `[TODO: describe it]`.
pub(super) fn whole_bracket(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix('[')?.trim_end().strip_suffix(']')?;
    (!inner.contains(['[', ']'])).then_some(inner)
}

/// The marker that ends the last line of a page, behind at least three words: `The backstage is a channel TODO`.
pub(super) fn closing_marker(text: &str) -> Option<Candidate> {
    let end = text.trim_end().len();
    let before = text[..end].strip_suffix("TODO")?;
    let words: Vec<&str> = before.split_whitespace().collect();
    let ends_word = words.last().is_some_and(|last| last.len() > 3 && last.ends_with(|c: char| c.is_ascii_lowercase()));
    let core = before.len()..end;
    let is_end = ends_word && before.ends_with(' ') && !before.contains("TODO") && words.len() > 2;
    is_end.then(|| Candidate { position: Position::LastLine, displayed: core.clone(), core })
}

/// Whether a phrase can hardly be one of several values: it is in brackets, or has three syllables or four words.
pub(super) fn is_unambiguous(text: &str, candidate: &Candidate) -> bool {
    let core = &text[candidate.core.clone()];
    let is_plain = !core.chars().any(char::is_lowercase) && core.is_ascii();
    let syllables = core.chars().filter(|c| *c > '\u{2e7f}').count();
    !is_plain && (candidate.core != candidate.displayed || syllables > 2 || core.split(' ').count() > 3)
}

/// Whether a long line may end with a note, in brackets or after a label. A fast test of the line as written.
pub(super) fn may_end_with_note(raw: &str) -> bool {
    let closes = |c| matches!(c, ')' | ']' | '}' | '>' | '】' | '〕' | '〉' | '）' | '］' | '｝' | '＞');
    let head = &raw.as_bytes()[..raw.len().min(3 * MAX_LABEL_LEN + 8)];
    // Most long lines are sentences in Latin letters, which end with a few letters and a period: characters needn't be
    // decoded.
    let is_sentence = |end: &[u8; 4]| end.iter().all(|byte| byte.is_ascii_alphanumeric() || b" .,".contains(byte));
    let may_close = !raw.as_bytes().last_chunk().is_some_and(is_sentence) && raw.chars().rev().take(4).any(closes);
    // 0xef is the first byte of `：`, and of few other characters.
    may_close || memchr::memchr2(b':', 0xef, head).is_some()
}

/// Verbs that follow a marker without a colon: `TODO add a picture`. `TODO list` is a noun.
const VERBS: [&str; 34] = [
    "add",
    "check",
    "clarify",
    "clean",
    "complete",
    "confirm",
    "define",
    "delete",
    "describe",
    "document",
    "expand",
    "explain",
    "fill",
    "find",
    "finish",
    "fix",
    "include",
    "insert",
    "investigate",
    "link",
    "mention",
    "move",
    "put",
    "remove",
    "rename",
    "replace",
    "review",
    "rewrite",
    "show",
    "translate",
    "update",
    "upload",
    "verify",
    "write",
];

/// The text after `mark` and a colon, a dash or before a verb, if the line starts with them: `TODO: …`, `TODO(ann): …`.
pub(super) fn text_after_marker<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(mark)?.trim_start();
    let rest = match rest.strip_prefix('(') {
        Some(name) => name.split_once(')')?.1.trim_start(),
        None => rest,
    };
    let dash = || rest.strip_prefix(['-', '–', '—']).filter(|after| after.starts_with(' '));
    let verb = || {
        let word = rest.split(' ').next().unwrap_or_default();
        (text.strip_prefix(mark)?.starts_with(' ') && rest.len() > word.len() && VERBS.contains(&word)).then_some(rest)
    };
    let rest = rest.strip_prefix(':').or_else(dash).or_else(verb)?.trim();
    (!rest.is_empty()).then_some(rest)
}

/// The last bracketed part of a line, if only ornaments follow it.
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

/// `range` without ornaments at its ends.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let end = range.start + part.trim_end_matches(is_ornament).len();
    let start = end - text[range.start..end].trim_start_matches(is_ornament).len();
    start..end
}

/// Characters that people put around a note: dots, dashes, stars, emoji. Quotation marks aren't among them, because a
/// quoted phrase is mentioned rather than used, and neither are question marks.
fn is_ornament(c: char) -> bool {
    let means_something = c.is_alphanumeric()
        || opening_bracket(c).is_some()
        || matches!(c, '(' | '[' | '{' | '<' | '【' | '〔' | '〈' | '「' | '」' | '『' | '』')
        || matches!(
            c,
            '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '„' | '`' | '?' | '/' | '\\' | '@' | '%' | '$' | '&'
        )
        || c == OBJECT_PLACEHOLDER;
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
    fn a_line_has_few_candidates() {
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
    fn a_marker_starts_a_line() {
        assert_eq!(text_after_marker("TODO(ann): more", "TODO"), Some("more"));
        assert_eq!(text_after_marker("TODO : more", "TODO"), Some("more"));
        assert_eq!(text_after_marker("TODO:", "TODO"), None);
        assert_eq!(text_after_marker("TODOS: more", "TODO"), None);
        assert_eq!(text_after_marker("TODO - more", "TODO"), Some("more"));
        assert_eq!(text_after_marker("TODO add more", "TODO"), Some("add more"));
        assert_eq!(text_after_marker("TODO list", "TODO"), None);
        assert_eq!(text_after_marker("TODOadd more", "TODO"), None);
    }
}
