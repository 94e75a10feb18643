//! A text with edits applied, and a mapping from each of its bytes back to the original text.

use crate::diagnostic::Edit;
use crate::source::Span;
use std::borrow::Cow;

/// A text and edits to it.
#[derive(Clone)]
pub(crate) struct PatchedText<'a> {
    source: &'a str,
    /// In order, never overlapping.
    edits: Vec<Edit>,
    /// Where the insertion of each edit starts in `text`.
    starts: Vec<usize>,
    text: Cow<'a, str>,
}

impl<'a> PatchedText<'a> {
    /// No edits yet.
    pub(crate) fn new(source: &'a str) -> Self {
        Self { source, edits: Vec::new(), starts: Vec::new(), text: Cow::Borrowed(source) }
    }

    /// The text with all edits applied.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether an earlier edit changed something within `span` of the original text, or at it.
    pub(crate) fn overlaps_edit(&self, span: Span) -> bool {
        self.edits.iter().any(|old| overlaps(old.span, span))
    }

    /// Applies edits, given in bytes of the original text. An edit replaces earlier ones that it overlaps.
    pub(crate) fn apply(&mut self, edits: impl IntoIterator<Item = Edit>) {
        for edit in edits {
            // They are in order and don't overlap, so those that it overlaps are adjacent.
            let at = self.edits.partition_point(|old| old.span < edit.span);
            let meets = |old: &&Edit| overlaps(old.span, edit.span);
            let before = self.edits[..at].iter().rev().take_while(meets).count();
            let after = self.edits[at..].iter().take_while(meets).count();
            self.edits.splice(at - before..at + after, [edit]);
        }
        self.starts.clear();
        let mut text = String::with_capacity(self.source.len() + 16 * self.edits.len());
        let mut done = 0;
        for edit in &self.edits {
            text.push_str(&self.source[done..edit.span.start]);
            self.starts.push(text.len());
            text.push_str(&edit.insert);
            done = edit.span.end;
        }
        text.push_str(&self.source[done..]);
        self.text = Cow::Owned(text);
    }

    /// The span of the original text for `span` of the patched text. A span that reaches into an edit reaches to its
    /// end; inserted text has no position of its own, only that of the edit.
    pub(crate) fn original_span(&self, span: Span) -> Span {
        if self.edits.is_empty() {
            return span;
        }
        let start = self.original_offset(span.start, Edge::Start);
        if span.is_empty() { Span::empty(start) } else { Span::new(start, self.original_offset(span.end, Edge::End)) }
    }

    fn original_offset(&self, at: usize, edge: Edge) -> usize {
        // The last edit that starts before `at` or, for the start of a span, at it.
        let before = match edge {
            Edge::Start => self.starts.partition_point(|&start| start <= at),
            Edge::End => self.starts.partition_point(|&start| start < at),
        };
        let Some(index) = before.checked_sub(1) else { return at };
        let (edit, into) = (&self.edits[index], at - self.starts[index]);
        match edge {
            Edge::Start if into < edit.insert.len() => edit.span.start,
            Edge::End if into <= edit.insert.len() => edit.span.end,
            _ => edit.span.end + (into - edit.insert.len()),
        }
    }
}

/// Which end of a span an offset is.
#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

fn overlaps(one: Span, other: Span) -> bool {
    one == other || (one.start < other.end && other.start < one.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_find_their_way_back() {
        let source = "title: 책: 하나\nx: [a\ny: 1\n";
        let mut patch = PatchedText::new(source);
        let value = source.find("책").expect("is there");
        patch.apply([Edit::replace(Span::new(value, value + 11), "\"책: 하나\"")]);
        let bracket = source.find("[a").expect("is there") + 2;
        patch.apply([Edit::replace(Span::empty(bracket), "]")]);
        assert_eq!(patch.text(), "title: \"책: 하나\"\nx: [a]\ny: 1\n");
        let back = |what: &str| {
            let at = patch.text().find(what).expect("is there");
            &source[patch.original_span(Span::new(at, at + what.len())).range()]
        };
        assert_eq!(back("\"책: 하나\""), "책: 하나");
        assert_eq!(back("[a]"), "[a");
        assert_eq!(back("a"), "a");
        assert_eq!(back("y: 1"), "y: 1");
        assert!(patch.overlaps_edit(Span::new(value, value + 1)) && !patch.overlaps_edit(Span::new(0, 5)));
    }
}
