//! Text put together from several places of a file, each byte of it tied to its place.

use crate::source::{Source, Span};

/// What a lexer reads: the lines of a command without prompts and indentation.
#[derive(Default, Debug)]
pub(crate) struct MappedText {
    text: String,
    /// Where each part starts: here, and in the file.
    parts: Vec<(usize, usize)>,
}

impl MappedText {
    /// Adds what stands under `span`.
    pub(crate) fn push(&mut self, source: &Source, span: Span) {
        let joins = self.parts.last().is_some_and(|(here, there)| there + (self.text.len() - here) == span.start);
        if !joins {
            self.parts.push((self.text.len(), span.start));
        }
        self.text.push_str(source.slice(span));
    }

    /// A text that is read by its own offsets.
    #[cfg(test)]
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), parts: vec![(0, 0)] }
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of the file behind `start..end`, from the first to the last, whatever lies between them there.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
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
