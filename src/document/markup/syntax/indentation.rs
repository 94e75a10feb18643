//! Text with spaces instead of tabs in its indentation, and the way back from its offsets. `markdown` 1.0 doesn't find a
//! tag above a list that is indented by a tab, and names columns as if each tab were several characters.

use crate::source::Span;
use std::borrow::Cow;

/// How many columns a tab goes to at most.
const TAB_STOP: usize = 4;

/// A text whose lines are indented by spaces.
pub(super) struct Untabbed<'a> {
    pub(super) text: Cow<'a, str>,
    /// The lines; none if nothing was replaced.
    lines: Vec<Line>,
}

struct Line {
    /// Where the line starts in the new text, and in the original.
    start: usize,
    original_start: usize,
    /// The length of its indentation in the new text, and in the original.
    indent: usize,
    original_indent: usize,
}

impl<'a> Untabbed<'a> {
    /// Replaces the tabs at the beginning of each line of `text`.
    pub(super) fn new(text: Cow<'a, str>) -> Self {
        if !has_tab_in_indentation(&text) {
            return Self { text, lines: Vec::new() };
        }
        let mut result = String::with_capacity(text.len() + text.len() / 8);
        let mut lines = Vec::new();
        let mut original_start = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_start_matches([' ', '\t']);
            let original_indent = line.len() - content.len();
            let start = result.len();
            let columns = line.as_bytes()[..original_indent].iter().fold(0, |column, byte| match byte {
                b'\t' => (column / TAB_STOP + 1) * TAB_STOP,
                _ => column + 1,
            });
            result.extend(std::iter::repeat_n(' ', columns));
            result.push_str(content);
            lines.push(Line { start, original_start, indent: columns, original_indent });
            original_start += line.len();
        }
        Self { text: Cow::Owned(result), lines }
    }

    /// The place in the original text of `span`, a place in [`Self::text`].
    pub(super) fn original(&self, span: Span) -> Span {
        Span::new(self.original_offset(span.start), self.original_offset(span.end))
    }

    fn original_offset(&self, at: usize) -> usize {
        let next = self.lines.partition_point(|line| line.start <= at);
        let Some(line) = next.checked_sub(1).map(|index| &self.lines[index]) else { return at };
        match (at - line.start).checked_sub(line.indent) {
            Some(in_content) => line.original_start + line.original_indent + in_content,
            None => line.original_start + (at - line.start).min(line.original_indent),
        }
    }
}

fn has_tab_in_indentation(text: &str) -> bool {
    text.contains('\t')
        && text
            .lines()
            .any(|line| line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).any(|byte| byte == b'\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back_to_the_original() {
        let text = "a\tb\n  \t가 c\n\t\n\td";
        let untabbed = Untabbed::new(Cow::Borrowed(text));
        assert_eq!(untabbed.text, "a\tb\n    가 c\n    \n    d");
        for word in ["a", "b", "가", "c", "d"] {
            let at = untabbed.text.find(word).unwrap_or_default();
            let span = untabbed.original(Span::new(at, at + word.len()));
            assert_eq!(&text[span.range()], word);
        }
        let unchanged = Untabbed::new(Cow::Borrowed("a\tb\n c"));
        assert_eq!(unchanged.original(Span::new(3, 5)), Span::new(3, 5));
    }
}
