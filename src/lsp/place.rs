//! Places as editors count them: lines and columns from 0, in the negotiated units.

use crate::source::{Source, Span};
use lsp_types::{Position, PositionEncodingKind, Range};

/// What a column counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Units {
    Bytes,
    /// What an editor means that says nothing.
    #[default]
    Utf16,
    Characters,
}

impl Units {
    /// The first of the editor's that is known.
    pub(super) fn agree(offered: &[PositionEncodingKind]) -> Self {
        let known = |kind: &PositionEncodingKind| match kind.as_str() {
            "utf-8" => Some(Units::Bytes),
            "utf-16" => Some(Units::Utf16),
            "utf-32" => Some(Units::Characters),
            _ => None,
        };
        offered.iter().find_map(known).unwrap_or_default()
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Units::Bytes => PositionEncodingKind::UTF8,
            Units::Utf16 => PositionEncodingKind::UTF16,
            Units::Characters => PositionEncodingKind::UTF32,
        }
    }

    fn of(self, c: char) -> usize {
        match self {
            Units::Bytes => c.len_utf8(),
            Units::Utf16 => c.len_utf16(),
            Units::Characters => 1,
        }
    }

    /// The range under `span`.
    pub(super) fn range(self, source: &Source, span: Span) -> Range {
        Range { start: self.position(source, span.start), end: self.position(source, span.end) }
    }

    fn position(self, source: &Source, at: usize) -> Position {
        let at = source.text().floor_char_boundary(at);
        let line = source.line_of(at);
        let start = source.line_starts()[line - 1];
        let column: usize = source.text()[start..at].chars().map(|c| self.of(c)).sum();
        Position { line: line as u32 - 1, character: column as u32 }
    }

    /// The span under `range`. A place outside of the text becomes the nearest one inside; the middle of a character becomes its start.
    pub(super) fn span(self, source: &Source, range: Range) -> Span {
        Span::new(self.offset(source, range.start), self.offset(source, range.end))
    }

    /// The byte at a position, as [`Units::span`] has it.
    pub(super) fn offset(self, source: &Source, position: Position) -> usize {
        let line = position.line as usize + 1;
        if line > source.line_starts().len() {
            return source.text().len();
        }
        let span = source.line_span(line);
        let mut left = position.character as usize;
        for (at, c) in source.slice(span).char_indices() {
            let units = self.of(c);
            if left < units {
                return span.start + at;
            }
            left -= units;
        }
        span.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let source = Source::new("x.md", "가😀x\r\n\r\ny".into());
        for units in [Units::Bytes, Units::Utf16, Units::Characters] {
            for (at, _) in source.text().char_indices().filter(|(_, c)| *c != '\n') {
                let position = units.position(&source, at);
                assert_eq!(units.offset(&source, position), at, "{units:?}");
            }
        }
        let x = source.text().find('x').expect("x is there");
        let columns = |units: Units| units.position(&source, x).character;
        assert_eq!([columns(Units::Bytes), columns(Units::Utf16), columns(Units::Characters)], [7, 3, 2]);
    }

    #[test]
    fn places_that_are_none_are_the_nearest() {
        let source = Source::new("x.md", "가😀x\n".into());
        let at = |line, character| Units::Utf16.offset(&source, Position { line, character });
        assert_eq!([at(0, 2), at(0, 99), at(1, 0), at(1, 5), at(9, 9)], [3, 8, 9, 9, 9]);
    }
}
