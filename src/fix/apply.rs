//! Applies fixes to a text: each whole or not at all, never two in the same place.

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::source::Span;

/// A text with fixes applied.
#[derive(Debug)]
pub(crate) struct AppliedFixes {
    /// The text now.
    pub(crate) text: String,
    /// What was done to the text before, in its bytes: in order, apart from each other.
    pub(crate) edits: Vec<Edit>,
    /// Which findings were fixed, as indices of the diagnostics.
    pub(crate) fixed: Vec<usize>,
}

/// Applies the fixes of `diagnostics` that don't meet, at most so many, and the first of two that do: the other may come in
/// the next pass, when its place is linted anew. None where there is nothing to apply.
pub(crate) fn apply_fixes(
    text: &str,
    diagnostics: &[Diagnostic],
    unsafe_too: bool,
    at_most: usize,
) -> Option<AppliedFixes> {
    let mut taken = Taken::default();
    let mut fixed = Vec::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        let Some(fix) = diagnostic.fix.as_ref().filter(|fix| fix.safe || unsafe_too) else { continue };
        if at_most > 0 && changes(text, fix) && (taken.holds(fix) || taken.take(fix)) {
            fixed.push(index);
            if fixed.len() == at_most {
                break;
            }
        }
    }
    let edits = taken.edits;
    (!edits.is_empty()).then(|| AppliedFixes { text: apply(text, &edits), edits, fixed })
}

/// `text` with `edits` made, which are in order and apart from each other.
pub(crate) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.insert);
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether a fix fits the text and leaves it other than it was.
fn changes(text: &str, fix: &Fix) -> bool {
    let there = |edit: &Edit| text.get(edit.span.range());
    fix.edits.iter().all(|edit| there(edit).is_some())
        && fix.edits.iter().any(|edit| there(edit) != Some(edit.insert.as_str()))
}

/// The edits so far, sorted by place.
#[derive(Default)]
struct Taken {
    edits: Vec<Edit>,
}

impl Taken {
    /// Takes all edits of a fix, or none where one of them crosses another of its own or meets one of another fix. Its own
    /// may be adjacent, like those of two spaces: they were made for each other.
    fn take(&mut self, fix: &Fix) -> bool {
        let mut own = fix.edits.clone();
        own.sort_by_key(|edit| edit.span);
        let crossed = own.windows(2).any(|pair| pair[1].span.start < pair[0].span.end || pair[0].span == pair[1].span);
        if crossed || own.iter().any(|edit| self.meets(edit.span)) {
            return false;
        }
        for edit in own {
            let at = self.place(edit.span);
            self.edits.insert(at, edit);
        }
        true
    }

    /// Whether another fix makes the same edits.
    fn holds(&self, fix: &Fix) -> bool {
        fix.edits.iter().all(|edit| self.edits.get(self.place(edit.span)) == Some(edit))
    }

    fn meets(&self, span: Span) -> bool {
        let at = self.place(span);
        let beside = at.checked_sub(1).into_iter().chain([at]).filter_map(|index| self.edits.get(index));
        beside.into_iter().any(|edit| meet(edit.span, span))
    }

    fn place(&self, span: Span) -> usize {
        self.edits.partition_point(|edit| edit.span < span)
    }
}

/// Two edits side by side meet too: what one of them reads may be what the other writes.
fn meet(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FixEffect, Level};

    fn finding(safe: bool, edits: &[(usize, usize, &str)]) -> Diagnostic {
        let edits = edits.iter().map(|(start, end, insert)| Edit::replace(Span::new(*start, *end), *insert)).collect();
        Diagnostic {
            fix: Some(Fix { title: String::new(), safe, edits, effect: FixEffect::Spelling }),
            ..Diagnostic::new("r", Level::Warning, Span::empty(0), "")
        }
    }

    fn run(text: &str, findings: &[Diagnostic], unsafe_too: bool) -> Option<(String, Vec<usize>)> {
        apply_fixes(text, findings, unsafe_too, usize::MAX).map(|pass| (pass.text, pass.fixed))
    }

    #[test]
    fn the_first_of_two_that_meet_wins() {
        let crossing = [finding(true, &[(0, 2, "x")]), finding(true, &[(1, 3, "y")]), finding(true, &[(4, 5, "z")])];
        assert_eq!(run("abcde", &crossing, false), Some(("xcdz".into(), vec![0, 2])));
        let beside = [finding(true, &[(0, 2, "x")]), finding(true, &[(2, 3, "y")])];
        assert_eq!(run("abcde", &beside, false), Some(("xcde".into(), vec![0])));
        let same = [finding(true, &[(2, 2, "x")]), finding(true, &[(2, 2, "x")])];
        assert_eq!(run("abcde", &same, false), Some(("abxcde".into(), vec![0, 1])), "one edit fixes both");
        let inside = [finding(true, &[(0, 5, "x")]), finding(true, &[(2, 3, "y")])];
        assert_eq!(run("abcde", &inside, false), Some(("x".into(), vec![0])));
    }

    #[test]
    fn a_fix_is_whole_or_not_at_all() {
        let two = [finding(true, &[(4, 5, "z")]), finding(true, &[(0, 1, "x"), (4, 5, "y")])];
        assert_eq!(run("abcde", &two, false), Some(("abcdz".into(), vec![0])));
        let unordered = [finding(true, &[(3, 4, "y"), (0, 1, "x")])];
        assert_eq!(run("abcde", &unordered, false), Some(("xbcye".into(), vec![0])));
    }

    #[test]
    fn edits_of_one_fix_may_lie_side_by_side() {
        let beside = [finding(true, &[(1, 2, "x"), (2, 3, "y"), (4, 4, "z")])];
        assert_eq!(run("abcde", &beside, false), Some(("axydze".into(), vec![0])));
        for crossing in [[(1, 3, "x"), (2, 4, "y")], [(1, 1, "x"), (1, 1, "y")]] {
            assert_eq!(run("abcde", &[finding(true, &crossing)], false), None);
        }
    }

    #[test]
    fn guesses_wait_to_be_asked_for_and_nothing_is_no_fix() {
        let guess = [finding(false, &[(0, 1, "x")])];
        assert_eq!(run("abc", &guess, false), None);
        assert_eq!(run("abc", &guess, true), Some(("xbc".into(), vec![0])));
        assert_eq!(run("abc", &[finding(true, &[(0, 1, "a")])], false), None);
        assert_eq!(run("가나", &[finding(true, &[(1, 3, "a")])], false), None, "not on a character's edge");
        assert_eq!(run("abc", &[finding(true, &[(2, 9, "a")])], false), None);
    }
}
