//! The few lines a finding is about, safe to print and cropped to the terminal: what `full` shows of a file.
//!
//! Its cost depends on the terminal's width and not on the length of a line or of the file.

use crate::diagnostic::Diagnostic;
use crate::report::crop::{Room, crop};
use crate::report::model::other_labels;
use crate::report::sanitise;
use crate::source::{Source, Span};
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// More second places than this are left out: a page of marks explains nothing.
pub(super) const MARKS: usize = 8;

/// Lines shown before and after a marked line.
pub(super) const CONTEXT: usize = 1;

/// Lines of a file as they are shown, one after the other with a newline each, and what is marked in them.
pub(super) struct Excerpt {
    /// All lines shown. Offsets below are bytes of this text.
    pub(super) text: String,
    /// The lines: the finding's own and the adjacent ones, then those of second places in file order.
    pub(super) lines: Vec<Line>,
    /// The finding's own mark first.
    pub(super) marks: Vec<Mark>,
}

/// A line shown.
pub(super) struct Line {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// Where it starts and where the next one does.
    pub(super) range: Range<usize>,
}

/// A marked part of one line.
pub(super) struct Mark {
    /// What is marked; empty for a place between two characters.
    pub(super) range: Range<usize>,
    /// A few words on it, clean, in as many lines as its place leaves no other way.
    pub(super) label: Option<String>,
}

impl Excerpt {
    /// Takes out the lines that `diagnostic` is about, each at most `width` cells wide.
    pub(super) fn new(source: &Source, diagnostic: &Diagnostic, width: usize, ellipsis: &'static str) -> Self {
        let own = (diagnostic.span, diagnostic.label.as_deref());
        let others = other_labels(diagnostic).map(|(span, label)| (span, Some(label)));
        let wanted: Vec<Wanted> = std::iter::once(own)
            .chain(others)
            .take(MARKS)
            .map(|(span, label)| Wanted::new(source, span, label))
            .collect();

        let mut excerpt = Self { text: String::new(), lines: Vec::new(), marks: Vec::new() };
        let mut ranges = vec![0..0; wanted.len()];
        for number in line_numbers(source, &wanted) {
            let here: Vec<usize> = (0..wanted.len()).filter(|&index| wanted[index].line == number).collect();
            let line = source.line_span(number);
            let spans: Vec<Range<usize>> = here
                .iter()
                .map(|&index| wanted[index].span)
                .map(|span| span.start - line.start..span.end - line.start)
                .collect();
            let labels = here.iter().filter_map(|&index| wanted[index].label.as_deref());
            let right = labels.map(|label| label.width().min(LABEL) + STEM).max().unwrap_or(0);
            let (text, shown) = crop(source.slice(line), &spans, Room { line: width, right, ellipsis });
            let start = excerpt.text.len();
            for (index, range) in here.into_iter().zip(shown) {
                ranges[index] = start + range.start..start + range.end;
            }
            excerpt.text.push_str(&text);
            excerpt.text.push('\n');
            excerpt.lines.push(Line { number, range: start..excerpt.text.len() });
        }
        let marks = wanted.into_iter().zip(ranges).map(|(mark, range)| {
            let label = mark.label.map(|label| wrap(&label, label_room(&excerpt.text, &range, width)));
            Mark { range, label }
        });
        excerpt.marks = marks.collect();
        excerpt
    }
}

/// What miette draws between the middle of a mark and its label.
const STEM: usize = 4;

/// Cells that a label gets, if need be by cropping the text before the mark.
const LABEL: usize = 24;

/// A mark asked for: a part of one line.
struct Wanted {
    line: usize,
    span: Span,
    label: Option<String>,
}

impl Wanted {
    /// A span over several lines marks what it holds of the first: the rest is read on from there.
    fn new(source: &Source, span: Span, label: Option<&str>) -> Self {
        let text = source.text();
        let start = text.floor_char_boundary(span.start);
        let line = source.line_of(start);
        let on_line = source.line_span(line);
        let start = start.min(on_line.end);
        let end = text.ceil_char_boundary(span.end.min(text.len())).clamp(start, on_line.end);
        let label = label.filter(|label| !label.is_empty()).map(|label| sanitise::text(label).into_owned());
        Self { line, span: Span::new(start, end), label }
    }
}

/// The marked lines with the adjacent ones: those of the finding itself first, wherever its second places are.
fn line_numbers(source: &Source, wanted: &[Wanted]) -> Vec<usize> {
    let Some(own) = wanted.first() else { return Vec::new() };
    let mut numbers: Vec<usize> = wanted.iter().flat_map(|mark| around(source, mark.line)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let home = numbers.partition_point(|&number| number < own.line);
    let follows = |at: &usize| numbers[*at] + 1 == numbers[*at + 1];
    let first = (0..home).rev().take_while(follows).last().unwrap_or(home);
    let last = (home..numbers.len() - 1).take_while(follows).last().map_or(home, |at| at + 1);
    numbers[..=last].rotate_left(first);
    numbers
}

/// A line and the adjacent ones, if there are any.
fn around(source: &Source, line: usize) -> impl Iterator<Item = usize> {
    let last = source.line_count().max(line);
    line.saturating_sub(CONTEXT).max(1)..=(line + CONTEXT).min(last)
}

/// How many cells there are for the label of a mark in `text`: from below the mark's middle to the right edge.
fn label_room(text: &str, mark: &Range<usize>, width: usize) -> usize {
    let line = text[..mark.start].rfind('\n').map_or(0, |at| at + 1);
    let middle = text[line..mark.start].width() + text[mark.clone()].width() / 2;
    width.saturating_sub(middle + STEM).max(LABEL)
}

/// Breaks a label at spaces into lines of about `room` cells.
fn wrap(label: &str, room: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for word in label.split_inclusive(' ') {
        let cells = word.trim_end().width();
        if used > 0 && used + cells > room {
            out.truncate(out.trim_end().len());
            out.push('\n');
            used = 0;
        }
        out.push_str(word);
        used += word.width();
    }
    out
}
