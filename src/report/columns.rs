//! Lines and columns of findings, at a cost that doesn't grow with the length of a line.

use crate::source::{Point, Source};
use std::collections::HashMap;

/// Bytes between two marks in a line that is longer.
const STEP: usize = 512;

/// Turns byte offsets of one file into points. A long line is counted once, with a mark at every few hundred bytes.
pub(super) struct Columns<'a> {
    source: &'a Source,
    /// The marks of each long line that was asked for.
    marks: HashMap<usize, Vec<Point>>,
}

impl<'a> Columns<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, marks: HashMap::new() }
    }

    /// The same as [`Source::point`].
    pub(super) fn point(&mut self, at: usize) -> Point {
        let source = self.source;
        let at = source.text().floor_char_boundary(at);
        let line = source.line_of(at);
        if at - source.line_span(line).start <= 2 * STEP {
            return source.point(at);
        }
        let marks = self.marks.entry(line).or_insert_with(|| marks(source, line));
        let next = marks.partition_point(|mark| mark.byte <= at);
        match next.checked_sub(1) {
            Some(index) => further(source, marks[index], at),
            None => source.point(at),
        }
    }
}

/// Points along a line.
fn marks(source: &Source, line: usize) -> Vec<Point> {
    let span = source.line_span(line);
    // What a byte-order mark does to columns is the source's affair.
    let mut marks = vec![source.point(source.text().floor_char_boundary(span.start + STEP))];
    while let Some(&last) = marks.last().filter(|last| last.byte + STEP < span.end) {
        marks.push(further(source, last, source.text().floor_char_boundary(last.byte + STEP)));
    }
    marks
}

/// The point at byte `at` of the same line.
fn further(source: &Source, from: Point, at: usize) -> Point {
    let between = &source.text()[from.byte..at];
    let (characters, units) = (between.chars().count(), between.encode_utf16().count());
    Point { byte: at, line: from.line, column: from.column + characters, utf16: from.utf16 + units }
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
        }
    }

    #[test]
    fn a_long_line_is_no_different() {
        let source = Source::new("x.md", format!("a\n{}끝\r\nb", "안a😀".repeat(1000)).into_bytes());
        let mut columns = Columns::new(&source);
        for at in (0..source.text().len()).rev().step_by(7).chain(0..source.text().len()) {
            assert_eq!(columns.point(at), source.point(at), "at {at}");
        }
    }
}
