//! Lines and columns of findings in file order, at a cost that doesn't grow with the length of a line.

use crate::source::{Point, Source};

/// Turns byte offsets of one file into points. Remembers the last, so that walking along one long line counts it once.
pub(super) struct Columns<'a> {
    source: &'a Source,
    last: Option<Point>,
}

impl<'a> Columns<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, last: None }
    }

    /// The same as [`Source::point`].
    pub(super) fn point(&mut self, at: usize) -> Point {
        let at = self.source.text().floor_char_boundary(at);
        let point = match self.last {
            // What a byte-order mark does to columns is the source's affair.
            Some(last)
                if last.byte <= at && last.byte >= self.source.bom_len() && last.line == self.source.line_of(at) =>
            {
                let between = &self.source.text()[last.byte..at];
                Point {
                    byte: at,
                    line: last.line,
                    column: last.column + between.chars().count(),
                    utf16: last.utf16 + between.encode_utf16().count(),
                }
            }
            _ => self.source.point(at),
        };
        self.last = Some(point);
        point
    }

    /// A place near a finding's start, which stays what the next is counted from.
    pub(super) fn aside(&mut self, at: usize) -> Point {
        let last = self.last;
        let point = self.point(at);
        self.last = last;
        point
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_as_the_source_says() {
        let source = Source::new("x.md", "\u{feff}안녕 😀 x\r\n나\rb\n\n끝".as_bytes().to_vec());
        let mut columns = Columns::new(&source);
        for at in (0..=source.text().len()).chain([4, 0, 9, 3]) {
            assert_eq!(columns.point(at), source.point(at), "at {at}");
            assert_eq!(columns.aside(at + 3), source.point(at + 3), "at {at}");
        }
    }
}
