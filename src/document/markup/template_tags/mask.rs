//! The copy of a body that the Markdown parser gets, with filler in the masked spans.

use crate::document::markup::template_tags::tags::{MaskedKind, MaskedSpan};
use crate::source::Span;
use std::ops::Range;

/// `text` with filler for what is covered. Tags without other text on their lines become blank lines, as the page's reader
/// will see it; anything else a word.
pub(crate) fn mask_template_tags(text: &str, covered: &[MaskedSpan]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut group = covered;
    while let Some(first) = group.first() {
        let together = |pair: &&[MaskedSpan]| is_blank(&text[pair[0].span.end..pair[1].span.start]);
        let len = 1 + group.windows(2).take_while(together).count();
        let last = &group[len - 1];
        let alone = is_only_content_of_line(text, first.span.join(last.span));
        for part in &group[..len] {
            masked.push_str(&text[masked.len()..part.span.start]);
            fill(&mut masked, &text[part.span.range()], part.kind, alone);
        }
        group = &group[len..];
    }
    masked.push_str(&text[masked.len()..]);
    masked
}

fn fill(masked: &mut String, covered: &str, role: MaskedKind, alone: bool) {
    if role == MaskedKind::Admonition {
        masked.push_str("+ ");
        masked.extend(std::iter::repeat_n('x', covered.len() - 2));
    } else if alone && role != MaskedKind::Element {
        masked.extend(covered.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }));
    } else {
        masked.extend(std::iter::repeat_n('x', covered.len()));
    }
}

/// Whether `span` is the only content of its lines. Four spaces before it may be code, where a blank line would be
/// lost.
pub(crate) fn is_only_content_of_line(text: &str, span: Span) -> bool {
    let before = &text[..span.start];
    let indent = before.trim_end_matches([' ', '\t', '>']);
    let starts = (indent.is_empty() || indent.ends_with(['\n', '\r'])) && !before[indent.len()..].contains("    ");
    let after = &text[span.end..];
    starts && after.trim_start_matches([' ', '\t']).chars().next().is_none_or(|c| matches!(c, '\n' | '\r'))
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// A destination as written, where the Markdown parser got filler: what it got, and the position in that, start at byte
/// `start` of the file's text.
pub(crate) fn unmask(
    text: &str,
    (seen, start): (&str, usize),
    written: Range<usize>,
    dest: &str,
    masked_spans: &[MaskedSpan],
) -> Option<String> {
    let place = Span::from(written.clone()).shift(start);
    let next = masked_spans.partition_point(|masked| masked.span.end <= place.start);
    if dest.is_empty() || masked_spans.get(next).is_none_or(|masked| masked.span.start >= place.end) {
        return None;
    }
    let at = place.start + seen.get(written)?.rfind(dest)?;
    text.get(at..at + dest.len()).map(str::to_owned)
}
