//! A label with the same bracketed text after it, again and again: a placeholder in any words and any language.

use crate::checks::phrases::position;
use crate::checks::phrases::position::Position;
use crate::document::Document;
use crate::document::body::Line;
use crate::document::prose::{OBJECT_PLACEHOLDER, VisibleText};
use crate::source::Span;

/// A line `label : ( … )`, and the span of its brackets.
pub(super) struct RepeatedLabel {
    /// The line without its spaces, by which equal ones are grouped.
    pub(super) text: String,
    /// The brackets with their content.
    pub(super) span: Span,
}

/// Whether a line ends with round brackets after a colon. A fast test: `raw` is the line as written, trimmed.
pub(super) fn may_be_repeated_label(raw: &str) -> bool {
    let label =
        || raw.rfind(['(', '（']).map(|at| raw[..at].trim_end_matches(|c: char| c.is_whitespace() || "*_".contains(c)));
    raw.ends_with([')', '）']) && label().is_some_and(|label| label.ends_with([':', '：']))
}

/// The repeated label, if the line is a label, a colon and words in round brackets. Single letters and numbers are
/// answers (`Right: (3)`), words in capitals flags (`Options: (DC O)`), and a link has its content elsewhere.
pub(super) fn repeated_label(doc: &Document<'_>, line: &Line<'_>) -> Option<RepeatedLabel> {
    if line.inlines.iter().any(|piece| piece.in_link) {
        return None;
    }
    let prose = VisibleText::from_line(doc.source, line);
    let text = prose.text();
    let hit = position::candidates(text, false)
        .into_iter()
        .find(|one| one.position == Position::Label && text[one.displayed.clone()].starts_with('('))?;
    let words = &text[hit.core];
    let has_words = words.chars().filter(|c| c.is_alphabetic() && !c.is_ascii_uppercase()).count() > 1;
    let is_plain =
        !words.contains(|c: char| c.is_numeric() || c == OBJECT_PLACEHOLDER || matches!(c, '(' | '/' | '@' | ':'));
    (has_words && is_plain)
        .then(|| RepeatedLabel { text: text.chars().filter(|c| *c != ' ').collect(), span: prose.span(hit.displayed) })
}
