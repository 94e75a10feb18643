//! The same label with the same bracket behind it, again and again: filler in any words and any language.

use crate::checks::phrases::shape;
use crate::checks::phrases::shape::Shape;
use crate::document::Document;
use crate::document::body::Line;
use crate::document::prose::{OBJECT_PLACEHOLDER, VisibleText};
use crate::source::Span;

/// A line `label : ( … )`, and where its bracket stands.
pub(super) struct Filler {
    /// The line without its blanks, which makes two of them the same.
    pub(super) text: String,
    /// The bracket with what is in it.
    pub(super) span: Span,
}

/// Whether a line ends in a round bracket behind a colon, as one look at it tells: `raw` is the line as it is written,
/// without blanks at its ends.
pub(super) fn may_be_filler(raw: &str) -> bool {
    let label =
        || raw.rfind(['(', '（']).map(|at| raw[..at].trim_end_matches(|c: char| c.is_whitespace() || "*_".contains(c)));
    raw.ends_with([')', '）']) && label().is_some_and(|label| label.ends_with([':', '：']))
}

/// The line as filler, if it is a label, a colon and words in round brackets. Words of one letter and numbers are
/// answers (`Right: (3)`), words in capitals flags (`Options: (DC O)`), and a link leads to what is there.
pub(super) fn filler(doc: &Document<'_>, line: &Line<'_>) -> Option<Filler> {
    if line.inlines.iter().any(|piece| piece.in_link) {
        return None;
    }
    let prose = VisibleText::from_line(doc.source, line);
    let text = prose.text();
    let hit = shape::candidates(text, false)
        .into_iter()
        .find(|one| one.shape == Shape::Label && text[one.shown.clone()].starts_with('('))?;
    let words = &text[hit.core];
    let says = words.chars().filter(|c| c.is_alphabetic() && !c.is_ascii_uppercase()).count() > 1;
    let is_plain =
        !words.contains(|c: char| c.is_numeric() || c == OBJECT_PLACEHOLDER || matches!(c, '(' | '/' | '@' | ':'));
    (says && is_plain)
        .then(|| Filler { text: text.chars().filter(|c| *c != ' ').collect(), span: prose.span(hit.shown) })
}
