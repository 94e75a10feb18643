//! The same label with the same bracket behind it, again and again: filler in any words and any language.

use crate::checks::phrases::position;
use crate::checks::phrases::position::Position;
use crate::document::Document;
use crate::document::body::Line;
use crate::document::prose::{OBJECT, Prose};
use crate::source::Span;

/// A line `label : ( … )`, and where its bracket stands.
pub(super) struct RepeatedLabel {
    /// The line without its blanks, which makes two of them the same.
    pub(super) text: String,
    /// The bracket with what is in it.
    pub(super) span: Span,
}

/// Whether a line ends in a round bracket behind a colon, as one look at it tells: `raw` is the line as it is written,
/// without blanks at its ends.
pub(super) fn may_be_repeated_label(raw: &str) -> bool {
    let label =
        || raw.rfind(['(', '（']).map(|at| raw[..at].trim_end_matches(|c: char| c.is_whitespace() || "*_".contains(c)));
    raw.ends_with([')', '）']) && label().is_some_and(|label| label.ends_with([':', '：']))
}

/// The line as filler, if it is a label, a colon and words in round brackets. Words of one letter and numbers are
/// answers (`Right: (3)`), words in capitals flags (`Options: (DC O)`), and a link leads to what is there.
pub(super) fn repeated_label(doc: &Document<'_>, line: &Line<'_>) -> Option<RepeatedLabel> {
    if line.pieces.iter().any(|piece| piece.in_link) {
        return None;
    }
    let prose = Prose::of_line(doc.source, line);
    let text = prose.text();
    let hit = position::candidates(text, false)
        .into_iter()
        .find(|one| one.position == Position::Label && text[one.displayed.clone()].starts_with('('))?;
    let words = &text[hit.core];
    let has_words = words.chars().filter(|c| c.is_alphabetic() && !c.is_ascii_uppercase()).count() > 1;
    let is_plain = !words.contains(|c: char| c.is_numeric() || c == OBJECT || matches!(c, '(' | '/' | '@' | ':'));
    (has_words && is_plain)
        .then(|| RepeatedLabel { text: text.chars().filter(|c| *c != ' ').collect(), span: prose.span(hit.displayed) })
}
