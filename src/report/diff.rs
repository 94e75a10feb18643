//! What fixes change, as a unified diff that `patch` takes.
//!
//! The fixes say themselves what they changed, so the texts are not compared: that would take time that grows with the
//! square of the changed lines.

use crate::diagnostic::Change;
use crate::report::sanitise;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::io::{self, Write};
use std::ops::Range;

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// The lines of a changed place are compared where there are no more of them: a field that was moved is then shown as that,
/// and not as the whole front matter.
const COMPARED: usize = 400;

/// A text before and after it was edited.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts<'a> {
    /// The file's name.
    pub name: &'a str,
    /// Before.
    pub old: &'a str,
    /// After.
    pub new: &'a str,
    /// Where they differ, in order.
    pub changes: &'a [Change],
}

/// Writes the difference. `shown` says that people or a CI runner will see it, so that what would drive them is made
/// harmless; without it, the bytes are exact.
///
/// # Errors
/// Where `out` can't be written to.
pub(crate) fn write(out: &mut dyn Write, texts: Texts, shown: bool, color: bool) -> io::Result<()> {
    let (old, new) = (Lines::new(texts.old), Lines::new(texts.new));
    let blocks = blocks(&old, &new, texts.changes);
    if blocks.is_empty() {
        return Ok(());
    }
    let mut line = |text: &str| match shown {
        false => out.write_all(text.as_bytes()),
        true => {
            let end = if text.ends_with('\n') { "\n" } else { "" };
            let line = sanitise::text(text.trim_end_matches(['\r', '\n']));
            let line = sanitise::disarm(&line);
            let (on, off) = match line.bytes().next() {
                Some(b'+') if color => ("\x1b[32m", "\x1b[0m"),
                Some(b'-') if color => ("\x1b[31m", "\x1b[0m"),
                Some(b'@') if color => ("\x1b[36m", "\x1b[0m"),
                _ => ("", ""),
            };
            write!(out, "{on}{line}{off}{end}")
        }
    };
    let name = sanitise::text(texts.name);
    line(&format!("--- {name}\n"))?;
    line(&format!("+++ {name}\n"))?;
    let near = |pair: &[Block]| pair[1].old.start - pair[0].old.end <= 2 * CONTEXT;
    for hunk in blocks.chunk_by(|a, b| near(&[a.clone(), b.clone()])) {
        let ([first, ..], [.., last]) = (hunk, hunk) else { continue };
        let before = first.old.start.min(CONTEXT);
        let after = (old.len() - last.old.end).min(CONTEXT);
        let old_range = first.old.start - before..last.old.end + after;
        let new_range = first.new.start - before..last.new.end + after;
        line(&format!("@@ -{} +{} @@\n", shown_range(&old_range), shown_range(&new_range)))?;
        let mut at = old_range.start;
        let mut print = |mark: &str, text: &str| {
            line(&format!("{mark}{text}"))?;
            if text.ends_with('\n') { Ok(()) } else { line("\n\\ No newline at end of file\n") }
        };
        for block in hunk {
            (at..block.old.start).try_for_each(|number| print(" ", old.get(number)))?;
            block.old.clone().try_for_each(|number| print("-", old.get(number)))?;
            block.new.clone().try_for_each(|number| print("+", new.get(number)))?;
            at = block.old.end;
        }
        (at..old_range.end).try_for_each(|number| print(" ", old.get(number)))?;
    }
    Ok(())
}

/// Lines, counted from 0, in the place of which others came.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Block {
    old: Range<usize>,
    new: Range<usize>,
}

/// The lines of a text. They end with `\n` alone, as `patch` has them: a lone `\r` is a character like any other.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
        let starts = std::iter::once(0).chain(ends).filter(|start| *start < text.len()).collect();
        Self { text, starts }
    }

    fn len(&self) -> usize {
        self.starts.len()
    }

    /// Where line `number` starts; the text's end after the last.
    fn start(&self, number: usize) -> usize {
        self.starts.get(number).copied().unwrap_or(self.text.len())
    }

    fn get(&self, number: usize) -> &'a str {
        &self.text[self.start(number)..self.start(number + 1)]
    }

    /// The line that byte `at` is in; the number of lines for the text's end.
    fn at(&self, at: usize) -> usize {
        if at >= self.text.len() { self.len() } else { self.starts.partition_point(|start| *start <= at) - 1 }
    }

    /// As [`Lines::at`]; the end of a text without a last line end is in its last line.
    fn at_or_last(&self, at: usize) -> usize {
        let is_open = !self.text.is_empty() && !self.text.ends_with('\n');
        if is_open && at >= self.text.len() { self.len() - 1 } else { self.at(at) }
    }

    fn is_start(&self, at: usize) -> bool {
        self.start(self.at(at)) == at
    }
}

/// The changed lines, in order and apart from each other.
fn blocks(old: &Lines, new: &Lines, changes: &[Change]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut push = |block: Block| match blocks.last_mut() {
        Some(last) if last.old.end == block.old.start && last.new.end == block.new.start => {
            (last.old.end, last.new.end) = (block.old.end, block.new.end);
        }
        _ => blocks.push(block),
    };
    let mut changes = changes.iter().peekable();
    while let Some(first) = changes.next() {
        let mut last = first;
        // What meets in a line is changed together; what is between changes is the same in both texts.
        let end = |last: &Change| {
            let are_starts = old.is_start(last.old.end) && new.is_start(last.new.end);
            if are_starts { old.at(last.old.end) } else { (old.at(last.old.end) + 1).min(old.len()) }
        };
        let mut old_end = end(last);
        while let Some(next) = changes.next_if(|next| next.old.start < old.start(old_end)) {
            last = next;
            old_end = end(last).max(old_end);
        }
        let new_end = new.at(last.new.end + (old.start(old_end) - last.old.end));
        let old_start = old.at_or_last(first.old.start);
        let prefix = first.old.start - old.start(old_start);
        let new_start = new.at(first.new.start - prefix);
        compare(old, new, Block { old: old_start..old_end, new: new_start..new_end.max(new_start) }, &mut push);
    }
    blocks
}

/// What in a block truly differs.
fn compare(old: &Lines, new: &Lines, mut block: Block, push: &mut impl FnMut(Block)) {
    let is_same = |a: usize, b: usize| old.get(a) == new.get(b);
    while !block.old.is_empty() && !block.new.is_empty() && is_same(block.old.start, block.new.start) {
        (block.old.start, block.new.start) = (block.old.start + 1, block.new.start + 1);
    }
    while !block.old.is_empty() && !block.new.is_empty() && is_same(block.old.end - 1, block.new.end - 1) {
        (block.old.end, block.new.end) = (block.old.end - 1, block.new.end - 1);
    }
    if block.old.len().max(block.new.len()) > COMPARED || block.old.is_empty() || block.new.is_empty() {
        if !(block.old.is_empty() && block.new.is_empty()) {
            push(block);
        }
        return;
    }
    let lines = |lines: &Lines<'_>, range: &Range<usize>| -> Vec<String> {
        range.clone().map(|number| lines.get(number).to_owned()).collect()
    };
    let (a, b) = (lines(old, &block.old), lines(new, &block.new));
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (old, new) = (op.old_range(), op.new_range());
        let shift = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        push(Block { old: shift(old, block.old.start), new: shift(new, block.new.start) });
    }
}

/// Lines as the head of a hunk has them: from 1, with their number where it isn't one.
fn shown_range(range: &Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => (range.start + 1).to_string(),
        length => format!("{},{length}", range.start + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use similar::TextDiff;

    /// The difference after each `(text, replacement)` was made, once each, from left to right.
    fn diff(old: &str, edits: &[(&str, &str)], shown: bool) -> String {
        let (mut new, mut changes, mut at) = (String::new(), Vec::new(), 0);
        for (from, to) in edits {
            let start = at + old[at..].find(from).expect("it is there");
            new.push_str(&old[at..start]);
            let before = new.len();
            new.push_str(to);
            at = start + from.len();
            changes.push(Change { old: Span::new(start, at), new: Span::new(before, new.len()) });
        }
        new.push_str(&old[at..]);
        let mut out = Vec::new();
        let texts = Texts { name: "a.md", old, new: &new, changes: &changes };
        write(&mut out, texts, shown, false).expect("a vector can be written to");
        let out = String::from_utf8(out).expect("text");
        if !shown {
            let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
            let (old, new) = (lines(old), lines(&new));
            let whole = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
            assert_eq!(out, whole.unified_diff().header("a.md", "a.md").to_string());
        }
        out
    }

    #[test]
    fn as_patch_takes_it() {
        let expected = "--- a.md\n+++ a.md\n@@ -1,3 +1,3 @@\n a\r\n-b\r\n+c\r\n d\n\\ No newline at end of file\n";
        assert_eq!(diff("a\r\nb\r\nd", &[("b", "c")], false), expected);
    }

    #[test]
    fn the_same_as_if_the_texts_were_compared() {
        let text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\ntwelve\nthirteen";
        for edits in [
            &[("one", "1")][..],
            &[("one\n", "")],
            &[("one", "0\none")],
            &[("two\n", ""), ("three", "3")],
            &[("wo\nth", "x")],
            &[("two", "2"), ("three", "3"), ("five", "5")],
            &[("w", ""), ("o", ""), ("four\nfive\n", "five\nfour\n")],
            &[("two", "2"), ("nine", "9")],
            &[("two", "2"), ("ten", "10")],
            &[("two", "2"), ("eleven", "11")],
            &[("thirteen", "13")],
            &[("thirteen", "thirteen\n")],
            &[("thirteen", "")],
            &[("\nthirteen", "")],
            &[("twelve\nthirteen", "twelve\n")],
            &[("six\n", "six\n\n"), ("seven\n", "")],
            &[("six", "six")],
            &[(text, "")],
            &[(text, "one\n2\n")],
            &[],
        ] {
            diff(text, edits, false);
        }
        diff("", &[("", "x\n")], false);
        diff("x\n", &[("\n", "\ny\n")], false);
    }

    #[test]
    fn what_is_shown_is_harmless() {
        let shown = diff("::error::x\n\x1b[31m\n", &[("31", "32")], true);
        assert!(!shown.contains('\x1b') && shown.contains(" ∶:error::x"), "{shown}");
    }
}
