//! Text assembled from several parts of a file, with a mapping from its offsets to the file's.

use crate::source::{Source, Span};

/// The input of the lexer: the lines of a command without prompts and indentation.
#[derive(Default, Debug)]
pub(super) struct MappedText {
    text: String,
    /// The start of each part: in this text, and in the file.
    parts: Vec<(usize, usize)>,
}

impl MappedText {
    /// Appends the text of `span`.
    pub(super) fn push(&mut self, source: &Source, span: Span) {
        let joins = self.parts.last().is_some_and(|(here, there)| there + (self.text.len() - here) == span.start);
        if !joins {
            self.parts.push((self.text.len(), span.start));
        }
        self.text.push_str(source.slice(span));
    }

    /// A text whose offsets are its own.
    #[cfg(test)]
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), parts: vec![(0, 0)] }
    }

    /// The text.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The span in the file for `start..end`, from the first byte to the last, whatever lies between them in the file.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        if end <= start {
            return Span::empty(self.file_offset(start));
        }
        Span::new(self.file_offset(start), self.file_offset(end - 1) + 1)
    }

    fn file_offset(&self, at: usize) -> usize {
        let part = self.parts.partition_point(|(here, _)| *here <= at).saturating_sub(1);
        self.parts.get(part).map_or(at, |(here, there)| there + (at - here))
    }
}
