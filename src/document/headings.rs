//! The headings of a page: their text, and where it is written.

use crate::document::Document;
use crate::document::body::{BlockKind, Body, InlineKind, LeafBlock};
use crate::source::Span;

/// The blocks that are headings, in order.
pub(crate) fn blocks(body: &Body) -> impl Iterator<Item = &LeafBlock> {
    body.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)))
}

/// The text of a heading, if all generators derive it in the same way: no markup but code and emphasis, no entities, no
/// dashes that are replaced.
pub(crate) fn plain_text(doc: &Document<'_>, block: &LeafBlock) -> Option<String> {
    let pieces = doc.body.inlines_of(block);
    let is_plain = |kind| matches!(kind, InlineKind::Text | InlineKind::Code);
    if pieces.iter().any(|piece| !is_plain(piece.kind) || piece.in_link) {
        return None;
    }
    let text: String = pieces.iter().map(|piece| doc.slice(piece.span).trim_matches('`')).collect();
    let is_emphasised = !text.contains('_') && doc.slice(block.span).contains('_');
    let may_differ = text.contains(['&', '\\', '<', '{', '$', '^', '~', '\n'])
        || text.contains("--")
        || text.contains("  ")
        || text.matches(':').count() > 1
        || text.starts_with(' ');
    (!is_emphasised && !may_differ).then_some(text)
}

/// A heading.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    /// From 1 to 6.
    pub(crate) level: u8,
    /// With its markers.
    pub(crate) span: Span,
    /// What is written as its text, without markers and without an id.
    pub(crate) text: Span,
    /// Its text, as all generators derive it.
    pub(crate) plain: Option<String>,
    /// The id that is written behind it.
    pub(crate) id: Option<String>,
}

/// The headings of a page, in order.
pub(crate) fn of_page(doc: &Document<'_>) -> Vec<Heading> {
    let heading = |block: &LeafBlock| {
        let BlockKind::Heading(level) = block.kind else { return None };
        let (text, id) = text_and_id(doc.slice(block.span));
        let text = text.shift(block.span.start);
        let plain = match id {
            Some(_) => None,
            None => plain_text(doc, block),
        };
        Some(Heading { level, span: block.span, text, plain, id })
    };
    doc.body.blocks.iter().filter_map(heading).collect()
}

/// Where the text of a heading is, and the id behind it: `## Text {#id} ##`.
fn text_and_id(heading: &str) -> (Span, Option<String>) {
    let line = heading.lines().next().unwrap_or_default();
    let marks = line.len() - line.trim_start_matches('#').len();
    // Below the text of the other kind of heading is a line of its own.
    let is_atx = marks > 0;
    let mut end = match is_atx {
        true => line.trim_end().len(),
        false => heading.trim_end().rfind(['\n', '\r']).map_or(line.len(), |at| heading[..at].trim_end().len()),
    };
    let start = marks + heading[marks..].len() - heading[marks..].trim_start_matches([' ', '\t']).len();
    if is_atx {
        let closed = heading[..end].trim_end_matches('#');
        if closed.len() < end && closed.ends_with([' ', '\t']) {
            end = closed.trim_end().len();
        }
    }
    let text = &heading[start.min(end)..end];
    let mut id = None;
    if let Some(open) = text.rfind('{').filter(|_| text.ends_with('}')) {
        let inside = text[open + 1..text.len() - 1].trim_matches([':', ' ', '/', '*']);
        let name = inside.split_whitespace().find_map(|word| word.strip_prefix('#'));
        id = name.or(text[open..].starts_with("{/*").then_some(inside)).map(str::to_owned);
        if id.is_some() {
            end = start + text[..open].trim_end().len();
        }
    }
    (Span::new(start.min(end), end), id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn the_text_of_a_heading_has_neither_markers_nor_an_id() {
        for (text, expected, id) in [
            ("## Setup\n", "Setup", None),
            ("##  A *b* `c` ##  \n", "A *b* `c`", None),
            ("# C#\n", "C#", None),
            ("## Setup {#own}\n", "Setup", Some("own")),
            ("## Setup { #own .x } ##\n", "Setup", Some("own")),
            ("## Setup {/*own*/}\n", "Setup", Some("own")),
            ("Setup\n=====\n", "Setup", None),
            ("> ## 설치 방법\n", "설치 방법", None),
            ("#\n", "", None),
        ] {
            let source = Source::new("a.md", text.into());
            let headings = of_page(&Document::parse(&source));
            let [heading] = &headings[..] else { panic!("{text}: {headings:?}") };
            assert_eq!((source.slice(heading.text), heading.id.as_deref()), (expected, id), "{text}");
        }
    }
}
