//! The few lines a finding is about, safe to print and cropped to the terminal: what `full` shows of a file.
//!
//! Its cost depends on the terminal's width and not on the length of a line or of the file.

use super::sanitise::Line as Clean;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// More second places than this are left out: a page of marks explains nothing.
pub(super) const MARKS: usize = 8;

/// Lines shown before and after a marked line.
pub(super) const CONTEXT: usize = 1;

/// Lines of a file as they are shown, one after the other with a newline each, and what is marked in them.
pub(super) struct Excerpt {
    /// All lines shown. Offsets below are bytes of this text.
    pub(super) text: String,
    /// The lines: the finding's own and their neighbours, then those of second places in file order.
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
        let others = diagnostic.labels.iter().map(|label| (label.span, Some(label.text.as_str())));
        let wanted: Vec<Wanted> = std::iter::once(own)
            .chain(others)
            .take(MARKS)
            .map(|(span, label)| Wanted::new(source, span, label))
            .collect();

        let mut numbers: Vec<usize> = wanted.iter().flat_map(|mark| around(source, mark.line)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        // The finding's own lines are shown first, wherever its second places are.
        let home = numbers.partition_point(|&number| number < wanted[0].line);
        let follows = |at: &usize| numbers[*at] + 1 == numbers[*at + 1];
        let first = (0..home).rev().take_while(follows).last().unwrap_or(home);
        let last = (home..numbers.len() - 1).take_while(follows).last().map_or(home, |at| at + 1);
        numbers[..=last].rotate_left(first);

        let mut excerpt = Self { text: String::new(), lines: Vec::new(), marks: Vec::new() };
        let mut ranges = vec![0..0; wanted.len()];
        for number in numbers {
            let here: Vec<usize> = (0..wanted.len()).filter(|&index| wanted[index].line == number).collect();
            let marks: Vec<&Wanted> = here.iter().map(|&index| &wanted[index]).collect();
            let line = source.line_span(number);
            let window = Window::new(&source.text()[line.range()], line.start, &marks, width, ellipsis);
            let start = excerpt.text.len();
            let (text, shown) = window.show(&marks);
            for (index, range) in here.into_iter().zip(shown) {
                ranges[index] = start + range.start..start + range.end;
            }
            excerpt.text.push_str(&text);
            excerpt.text.push('\n');
            excerpt.lines.push(Line { number, range: start..excerpt.text.len() });
        }
        excerpt.marks = wanted
            .iter()
            .zip(ranges)
            .map(|(mark, range)| {
                let line = excerpt.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
                let middle = excerpt.text[line..range.start].width() + excerpt.text[range.clone()].width() / 2;
                let room = width.saturating_sub(middle + STEM).max(LABEL);
                Mark { range, label: mark.label.as_ref().map(|label| wrap(label, room)) }
            })
            .collect();
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
        let label = label.filter(|label| !label.is_empty()).map(|label| super::sanitise::text(label).into_owned());
        Self { line, span: Span::new(start, end), label }
    }
}

/// A line and its neighbours, as far as there are any.
fn around(source: &Source, line: usize) -> impl Iterator<Item = usize> {
    let last = source.line_count().max(line);
    line.saturating_sub(CONTEXT).max(1)..=(line + CONTEXT).min(last)
}

/// The part of one line that is shown.
struct Window<'a> {
    line: &'a str,
    /// Where the line is in the file.
    offset: usize,
    part: Range<usize>,
    ellipsis: &'static str,
}

impl<'a> Window<'a> {
    /// Chooses the part: all of a line that fits, else as much on both sides of the marks as there is room for.
    fn new(line: &'a str, offset: usize, marks: &[&Wanted], width: usize, ellipsis: &'static str) -> Self {
        let focus = focus(marks, line, offset, width);
        let marked = |at: usize| marks.iter().any(|mark| mark.span.contains(offset + at));
        let cost = |(at, c): (usize, char)| cost(c, marked(at));

        let room = width * CELL;
        let label = marks.iter().filter_map(|mark| mark.label.as_deref()).map(UnicodeWidthStr::width).max();
        let label = label.map_or(0, |cells| cells.min(LABEL) + STEM) * CELL;
        let inside = forward(line, focus.start, room, cost).min(focus.end);
        let focus_cost: usize =
            line[focus.start..inside].char_indices().map(|(at, c)| cost((focus.start + at, c))).sum();
        let most_before = room.saturating_sub(label.max(focus_cost / 2) + focus_cost / 2);

        let whole_before = backward(line, focus.start, most_before, cost) == 0;
        if whole_before && forward(line, 0, room, cost) == line.len() {
            return Self { line, offset, part: 0..line.len(), ellipsis };
        }
        let room = room.saturating_sub(2 * ellipsis.width() * CELL);
        let sides = room.saturating_sub(focus_cost);
        let half = backward(line, focus.start, (sides / 2).min(most_before), cost);
        let used: usize = line[half..focus.start].char_indices().map(|(at, c)| cost((half + at, c))).sum();
        let end = forward(line, focus.start, room - used.min(room), cost);
        let start = if end == line.len() {
            // The line ends before the room does: what is left over goes to the text before the mark.
            let after: usize = line[focus.start..].char_indices().map(|(at, c)| cost((focus.start + at, c))).sum();
            backward(line, focus.start, room.saturating_sub(after).min(most_before), cost)
        } else {
            half
        };
        Self { line, offset, part: start..end, ellipsis }
    }

    /// The part as it is printed, and where in that the marks are.
    fn show(&self, marks: &[&Wanted]) -> (String, Vec<Range<usize>>) {
        let mut out = Clean::default();
        let mut ranges: Vec<Range<usize>> = marks.iter().map(|_| 0..0).collect();
        if self.part.start > 0 {
            out.text.push_str(self.ellipsis);
        }
        let first = out.text.len();
        let spans: Vec<Range<usize>> =
            marks.iter().map(|mark| mark.span.start - self.offset..mark.span.end - self.offset).collect();
        let mut before = ' ';
        for (at, c) in self.line[self.part.clone()].char_indices().map(|(at, c)| (self.part.start + at, c)) {
            for (span, range) in spans.iter().zip(&mut ranges) {
                if span.start == at {
                    range.start = out.text.len();
                }
                if span.end == at {
                    range.end = out.text.len();
                }
            }
            let marked = spans.iter().any(|span| span.contains(&at));
            if marked && is_invisible(c) && !joins(c, before) {
                named(c).chars().for_each(|c| out.push(c));
            } else if !is_invisible(c) && !joins(c, before) {
                out.push(if c == '\u{a0}' { ' ' } else { c });
            }
            before = c;
        }
        let last = out.text.len();
        if self.part.end < self.line.len() {
            out.text.push_str(self.ellipsis);
        }
        // What lies outside the part is marked at the ellipsis that stands for it.
        for (span, range) in spans.iter().zip(&mut ranges) {
            range.start = match span.start {
                at if at < self.part.start => 0,
                at if at >= self.part.end => last,
                _ => range.start,
            };
            range.end = match span.end {
                at if at < self.part.start || at == self.part.start && at > span.start => first,
                at if at > self.part.end => out.text.len(),
                at if at == self.part.end => last,
                _ => range.end,
            };
            range.end = range.end.max(range.start);
        }
        (out.text, ranges)
    }
}

/// The bytes of the line that must be seen: all marks if they fit beside each other, else the first asked for.
fn focus(marks: &[&Wanted], line: &str, offset: usize, width: usize) -> Range<usize> {
    let Some(first) = marks.first() else { return 0..0 };
    let all = marks.iter().fold(first.span, |all, mark| all.to(mark.span));
    let local = |span: Span| span.start - offset..span.end - offset;
    let fits = forward(line, local(all).start, width * CELL / 2, |(_, c)| cost(c, true)) >= local(all).end;
    local(if fits { all } else { first.span })
}

/// The cost of one cell. A character without width costs a little too, so that a window holds a bounded number of them.
const CELL: usize = 32;

/// At least what the character takes when it is shown.
fn cost(c: char, marked: bool) -> usize {
    match c {
        '\t' => 4 * CELL,
        _ if marked && is_invisible(c) => named(c).len() * CELL,
        _ => c.width().unwrap_or(1).max(usize::from(c.is_control())) * CELL + 1,
    }
}

/// How far `room` reaches from `start` to the right.
fn forward(line: &str, start: usize, room: usize, cost: impl Fn((usize, char)) -> usize) -> usize {
    let mut left = room + CELL / 2;
    for (at, c) in line[start..].char_indices().map(|(at, c)| (start + at, c)) {
        match left.checked_sub(cost((at, c))) {
            Some(rest) => left = rest,
            None => return at,
        }
    }
    line.len()
}

/// How far `room` reaches from `end` to the left; never between a character and what combines with it.
fn backward(line: &str, end: usize, room: usize, cost: impl Fn((usize, char)) -> usize) -> usize {
    let mut left = room;
    let mut start = end;
    for (at, c) in line[..end].char_indices().rev() {
        match left.checked_sub(cost((at, c))) {
            Some(rest) => left = rest,
            None => break,
        }
        if at == 0 || c.width() != Some(0) {
            start = at;
        }
    }
    start
}

/// Whether a character shows nothing, and different terminals give it different widths: left out, unless it is what the
/// finding is about.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}')
}

/// Whether a character only changes how the emoji before it is drawn. Left out too, so that an emoji has the width of
/// its parts on every terminal.
fn joins(c: char, before: char) -> bool {
    let emoji = before.width() == Some(2) || is_invisible(before);
    emoji && matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// `<U+200B>`
fn named(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

/// Breaks a label at blanks into lines of about `room` cells.
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
