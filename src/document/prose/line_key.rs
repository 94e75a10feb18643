//! The [`PrefixKey`] of a line of a leaf block, from either end, up to what isn't prose.

use crate::document::body::{InlineKind, InlineSpan};
use crate::source::Source;
use crate::text::prefix_key::PrefixKey;

/// The key of the last letters of a line; none if they cannot be determined without reading the line.
pub(crate) fn line_end_key(source: &Source, line: &[InlineSpan]) -> Option<PrefixKey> {
    let mut key = PrefixKey::default();
    for inline in prose(line.iter().rev()) {
        key = key.push_end(source.slice(inline.span))?;
        if key.is_full() {
            break;
        }
    }
    Some(key)
}

/// The key of the first letters of a line; none if they cannot be determined without reading the line.
pub(crate) fn line_start_key(source: &Source, line: &[InlineSpan]) -> Option<PrefixKey> {
    let mut key = PrefixKey::default();
    for inline in prose(line.iter()) {
        key = key.push_chars(source.slice(inline.span).chars())?;
        if key.is_full() {
            break;
        }
    }
    Some(key)
}

/// The text before the first inline that a reader sees as something else.
fn prose<'a>(inlines: impl Iterator<Item = &'a InlineSpan>) -> impl Iterator<Item = &'a InlineSpan> {
    inlines
        .take_while(|inline| matches!(inline.kind, InlineKind::Text | InlineKind::Html | InlineKind::Break))
        .filter(|inline| inline.kind == InlineKind::Text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn a_line_ends_where_its_prose_does() {
        let text = "See [the *page*](x.html) <br>\n\n`x` TBD";
        let source = Source::new("x.md", text.into());
        let doc = Document::parse(&source);
        let letters = |key: Option<PrefixKey>| key.map(|key| key.letters().collect::<String>());
        let ends = doc.body.blocks.iter().map(|block| line_end_key(&source, doc.body.inlines_of(block)));
        assert_eq!(ends.map(letters).collect::<Vec<_>>(), [Some("ega".to_owned()), Some("dbt".to_owned())]);
        let start = line_start_key(&source, doc.body.inlines_of(&doc.body.blocks[1]));
        assert_eq!(letters(start).as_deref(), Some(""));
    }
}
