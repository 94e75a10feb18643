//! One line of a file as it fits on a terminal: clean, cropped around what is marked, every cell accounted for.
//!
//! Looks at no more of the line than it shows, so that its cost doesn't grow with the line.

use crate::report::sanitise::{Line, is_bidi_control, visible};
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How much room there is, in cells.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// For the line.
    pub(super) line: usize,
    /// From the middle of the marks to the right edge at least, for what is to be written below.
    pub(super) right: usize,
    /// Stands where text was left out.
    pub(super) ellipsis: &'static str,
}

/// Shows `line`, of which `marks` (bytes of it) are marked, the most important first. Gives the text and where in it
/// the marks are; a mark or a part of one that had to be left out is at the ellipsis that stands for it.
pub(super) fn crop(line: &str, marks: &[Range<usize>], room: Room) -> (String, Vec<Range<usize>>) {
    let part = part(line, marks, room);
    let mut out = Line::default();
    if part.start > 0 {
        out.text.push_str(room.ellipsis);
    }
    let first = out.text.len();
    // Where each byte of the part at which a mark may begin or end has come to be.
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut before = ' ';
    for (at, c) in line[part.clone()].char_indices().map(|(at, c)| (part.start + at, c)) {
        places.push((at, out.text.len()));
        match c {
            _ if joins(c, before) => {}
            _ if is_marked(marks, at) && is_named(c) => out.text.push_str(&name(c)),
            _ if is_invisible(c) => {}
            '\u{a0}' => out.push(' '),
            _ => out.push(c),
        }
        before = c;
    }
    let last = out.text.len();
    if part.end < line.len() {
        out.text.push_str(room.ellipsis);
    }
    let place = |at: usize| places.binary_search_by_key(&at, |&(at, _)| at).map_or(last, |index| places[index].1);
    let shown = marks.iter().map(|mark| {
        let start = if mark.start < part.start { 0 } else { place(mark.start) };
        let end = match mark.end {
            end if end > part.end => out.text.len(),
            end if end <= part.start && mark.start < part.start => first,
            end => place(end),
        };
        start..end.max(start)
    });
    let shown = shown.collect();
    (out.text, shown)
}

/// The part of the line to show: all if it fits, else what is marked with as much on both sides as there is room for.
fn part(line: &str, marks: &[Range<usize>], room: Room) -> Range<usize> {
    let cost = |at: usize, c: char| cost(c, is_marked(marks, at));
    let total = |part: Range<usize>| -> usize {
        line[part.clone()].char_indices().map(|(at, c)| cost(part.start + at, c)).sum()
    };
    let all = room.line * CELL;
    let focus = focus(line, marks, all / 2);
    let focus = focus.start..forward(line, focus.start, all, cost).min(focus.end);
    let focused = total(focus.clone());
    let most_before = all.saturating_sub((room.right * CELL).max(focused / 2) + focused / 2);
    if backward(line, focus.start, most_before, cost) == 0 && forward(line, 0, all, cost) == line.len() {
        return 0..line.len();
    }

    let inside = all.saturating_sub(2 * room.ellipsis.width() * CELL);
    let half = (inside.saturating_sub(focused) / 2).min(most_before);
    let start = backward(line, focus.start, half, cost);
    let end = forward(line, focus.start, inside.saturating_sub(total(start..focus.start)), cost);
    if end < line.len() {
        return start..end;
    }
    // The line ends before the room does: what is left over goes to the text before the marks.
    let rest = inside.saturating_sub(total(focus.start..end));
    backward(line, focus.start, rest.min(most_before), cost)..end
}

/// What must be seen: all marks if they are near each other, else the first.
fn focus(line: &str, marks: &[Range<usize>], near: usize) -> Range<usize> {
    let Some(first) = marks.first() else { return 0..0 };
    let start = marks.iter().map(|mark| mark.start).min().unwrap_or(first.start);
    let end = marks.iter().map(|mark| mark.end).max().unwrap_or(first.end);
    let reach = forward(line, start, near, |_, c| cost(c, true));
    if reach >= end { start..end } else { first.clone() }
}

/// The cost of one cell. A character without width costs a little too, so that the number of them shown is bounded.
const CELL: usize = 32;

/// At least what a character takes when it is shown.
fn cost(c: char, marked: bool) -> usize {
    match c {
        '\t' => 4 * CELL,
        _ if marked && is_named(c) => name(c).len() * CELL,
        _ => visible(c).width().unwrap_or(1) * CELL + 1,
    }
}

/// How far `room` reaches from `start` to the right.
fn forward(line: &str, start: usize, room: usize, cost: impl Fn(usize, char) -> usize) -> usize {
    // Half a cell more, which a line of ordinary length needs for what each character costs beyond its cells.
    let mut left = room + CELL / 2;
    for (at, c) in line[start..].char_indices().map(|(at, c)| (start + at, c)) {
        match left.checked_sub(cost(at, c)) {
            Some(rest) => left = rest,
            None => return at,
        }
    }
    line.len()
}

/// How far `room` reaches from `end` to the left; never between a character and what combines with it.
fn backward(line: &str, end: usize, room: usize, cost: impl Fn(usize, char) -> usize) -> usize {
    let mut left = room;
    let mut start = end;
    for (at, c) in line[..end].char_indices().rev() {
        match left.checked_sub(cost(at, c)) {
            Some(rest) => left = rest,
            None => break,
        }
        if at == 0 || visible(c).width() != Some(0) {
            start = at;
        }
    }
    start
}

fn is_marked(marks: &[Range<usize>], at: usize) -> bool {
    marks.iter().any(|mark| mark.contains(&at))
}

/// Whether a character shows nothing, or as different terminals like: left out.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e01ef}')
}

/// Whether a character is shown by its name where it is marked, for else there would be nothing to see.
fn is_named(c: char) -> bool {
    is_invisible(c) || is_bidi_control(c)
}

/// Whether a character only changes how the emoji before it is drawn. Left out, marked or not, so that an emoji has the
/// width of its parts on every terminal.
fn joins(c: char, before: char) -> bool {
    match c {
        '\u{fe0f}' => !before.is_ascii(),
        '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' => before.width() == Some(2) || before == '\u{fe0f}',
        _ => false,
    }
}

/// `<U+200B>`
fn name(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cropped(line: &str, marked: &str, room: usize, right: usize) -> String {
        let at = line.find(marked).expect("the mark is in the line");
        let mark = at..at + marked.len();
        let (text, marks) = crop(line, std::slice::from_ref(&mark), Room { line: room, right, ellipsis: "…" });
        let marks = &marks[0];
        format!("{}[{}]{}", &text[..marks.start], &text[marks.clone()], &text[marks.end..])
    }

    #[test]
    fn around_the_mark() {
        let line = "one two three four five six seven";
        assert_eq!(cropped(line, "four", 40, 0), "one two three [four] five six seven");
        assert_eq!(cropped(line, "four", 14, 0), "…ee [four] five…");
        assert_eq!(cropped(line, "one", 14, 0), "[one] two thre…");
        assert_eq!(cropped(line, "seven", 14, 0), "…e six [seven]");
        assert_eq!(cropped(line, "two three four five", 14, 0), "…[two three fo…]");
        assert_eq!(cropped(line, "seven", 40, 20), "…e four five six [seven]");
    }

    #[test]
    fn wide_characters_take_two_cells() {
        assert_eq!(cropped("가나다라마바사아자차", "마", 10, 0), "…라[마]바사…");
        assert_eq!(cropped("가나다라마바사아자차", "마", 20, 0), "가나다라[마]바사아자차");
    }
}
