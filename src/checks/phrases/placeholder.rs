//! A placeholder that was found, with all its places.

use crate::checks::finding::Findings;
use crate::checks::phrases::position::Position;
use crate::checks::phrases::repeated_label;
use crate::document::Document;
use crate::document::body::Line;
use crate::source::Span;

/// A placeholder in a file, with all its places.
pub(super) struct Placeholder {
    pub(super) position: Position,
    /// Its rendered text, by which equal placeholders are grouped.
    pub(super) text: String,
    pub(super) spans: Vec<Span>,
    /// Whether it can hardly be one of several values, as those of a list or a table.
    pub(super) unambiguous: bool,
}

/// Adds a placeholder, to an equal one if there is one. Few files have more than a handful; the limit keeps this linear.
pub(super) fn add(mut hit: Placeholder, placeholders: &mut Vec<Placeholder>) {
    let same = |one: &&mut Placeholder| (one.position, &one.text) == (hit.position, &hit.text);
    match placeholders.iter_mut().take(100).find(same) {
        Some(known) => known.spans.append(&mut hit.spans),
        None => placeholders.push(hit),
    }
}

/// Adds a line to the repeated labels, if it is one.
pub(super) fn add_repeated_label(doc: &Document<'_>, line: &Line<'_>, repeated_labels: &mut Vec<Placeholder>) {
    let Some(label) = repeated_label::repeated_label(doc, line) else { return };
    match repeated_labels.iter_mut().take(100).find(|one| one.text == label.text) {
        Some(known) => known.spans.push(label.span),
        None => repeated_labels.push(Placeholder {
            position: Position::Label,
            text: label.text,
            spans: vec![label.span],
            unambiguous: true,
        }),
    }
}

/// Reports a label that is repeated with the same bracketed text.
pub(super) fn report_repeated_label(label: &Placeholder, doc: &Document<'_>, found: &mut Findings) {
    let Some((&first, others)) = label.spans.split_first() else { return };
    let message =
        format!("`{}` repeated after the same label in {} places", shorten(doc.slice(first)), label.spans.len());
    let finding = found.at(first, message);
    finding.label_primary("same text each time").help("add the content, or remove the lines");
    others.iter().for_each(|&span| {
        finding.also_at(span);
    });
}

/// `text` on one line, truncated for a message.
pub(super) fn shorten(text: &str) -> String {
    const MAX_CHARS: usize = 40;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MAX_CHARS {
        return text;
    }
    text.chars().take(MAX_CHARS - 1).chain(['…']).collect()
}
