//! Where a text differs from what fixes made of it, over several passes: so that nobody has to compare the two.

use crate::diagnostic::{Change, Edit};
use crate::source::Span;

/// What `edits` change, which are in order and apart from each other.
pub(crate) fn of_edits(edits: &[Edit]) -> Vec<Change> {
    let mut changes = Vec::with_capacity(edits.len());
    let (mut from, mut to) = (0, 0);
    for edit in edits {
        let start = to + (edit.span.start - from);
        let end = start + edit.insert.len();
        changes.push(Change { old: edit.span, new: Span::new(start, end) });
        (from, to) = (edit.span.end, end);
    }
    changes
}

/// The changes from the first text to the third; `first` leads from the first to the second, `second` on to the third.
pub(super) fn compose(first: &[Change], second: &[Change]) -> Vec<Change> {
    if first.is_empty() || second.is_empty() {
        return if first.is_empty() { second.to_vec() } else { first.to_vec() };
    }
    let mut composed = Vec::with_capacity(first.len() + second.len());
    let (mut first, mut second) = (first.iter().peekable(), second.iter().peekable());
    // Between changes, a place moves by as much as the changes before it grew or shrank.
    let (mut in_old, mut in_middle_of_first) = (0, 0);
    let (mut in_new, mut in_middle_of_second) = (0, 0);
    loop {
        let (a, b) = (first.peek().map(|change| change.new.start), second.peek().map(|change| change.old.start));
        let Some(start) = a.into_iter().chain(b).min() else { return composed };
        let mut end = start;
        let old_start = in_old + (start - in_middle_of_first);
        let new_start = in_new + (start - in_middle_of_second);
        // All that meet in the middle text are one.
        loop {
            if let Some(change) = first.next_if(|change| change.new.start <= end) {
                (in_old, in_middle_of_first) = (change.old.end, change.new.end);
                end = end.max(change.new.end);
            } else if let Some(change) = second.next_if(|change| change.old.start <= end) {
                (in_new, in_middle_of_second) = (change.new.end, change.old.end);
                end = end.max(change.old.end);
            } else {
                break;
            }
        }
        let old_end = in_old + (end - in_middle_of_first);
        let new_end = in_new + (end - in_middle_of_second);
        composed.push(Change { old: Span::new(old_start, old_end), new: Span::new(new_start, new_end) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::apply::apply;

    #[test]
    fn what_two_passes_change_is_what_differs() {
        let text = "one two three four five";
        let passes: [&[(usize, usize, &str)]; 4] = [
            &[(0, 3, "1"), (4, 7, "zwei"), (13, 13, "!")],
            &[(0, 0, ">"), (3, 5, ""), (12, 13, "?")],
            &[(0, 1, ""), (1, 1, "x"), (20, 20, "end")],
            &[],
        ];
        for first in passes {
            for second in passes {
                let edits = |edits: &[(usize, usize, &str)]| -> Vec<Edit> {
                    edits.iter().map(|(a, b, insert)| Edit::replace(Span::new(*a, *b), *insert)).collect()
                };
                let (first, second) = (edits(first), edits(second));
                let middle = apply(text, &first);
                let last = apply(&middle, &second);
                let changes = compose(&of_edits(&first), &of_edits(&second));
                let (mut old, mut new) = (0, 0);
                for change in &changes {
                    assert_eq!(text[old..change.old.start], last[new..change.new.start], "{changes:?}");
                    (old, new) = (change.old.end, change.new.end);
                }
                assert_eq!(text[old..], last[new..], "{changes:?}");
            }
        }
    }
}
