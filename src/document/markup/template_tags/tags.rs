//! The template tags of a body, and the spans that are masked because of them.

use crate::document::body::blocks::{CodeBlock, Directive, InlineKind};
use crate::source::Span;

/// The template tags of a body, in order, and the masked text for the Markdown parser.
#[derive(Default)]
pub(crate) struct TemplateTags {
    /// The masked spans, in order, never overlapping.
    pub(crate) masked_spans: Vec<MaskedSpan>,
    /// The marks themselves.
    pub(crate) directives: Vec<Directive>,
    /// Code in template tags.
    pub(crate) code: Vec<CodeBlock>,
    /// The body with filler in the masked spans: as long as the body, byte by byte. None if nothing is masked.
    pub(crate) masked: Option<String>,
}

impl TemplateTags {
    /// Converts bytes of the body to bytes of the file, in which the body starts at byte `by`.
    pub(crate) fn shift(&mut self, by: usize) {
        let masked_spans = self.masked_spans.iter_mut().map(|masked| &mut masked.span);
        let directives = self.directives.iter_mut().map(|directive| &mut directive.span);
        let code =
            self.code.iter_mut().flat_map(|code| [&mut code.span, &mut code.info].into_iter().chain(&mut code.lines));
        for span in masked_spans.chain(directives).chain(code) {
            *span = span.shift(by);
        }
    }
}

/// A part of the body that is filler to the Markdown parser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MaskedSpan {
    /// Where, in bytes of the body.
    pub(crate) span: Span,
    /// What it is in a leaf block.
    pub(crate) kind: MaskedKind,
}

/// The kind of a masked span.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MaskedKind {
    /// A template mark.
    Tag,
    /// Code between two marks.
    Code,
    /// The content of an HTML element that isn't Markdown: its tags stay, so the filler must keep it on one line.
    Element,
    /// Content between two tags that isn't displayed in place.
    Hidden,
    /// A line such as `!!! note`, whose indented content is prose. The parser gets a list item there.
    Admonition,
}

impl MaskedKind {
    /// The kind of inline span it is in a leaf block, if it is one.
    pub(crate) fn inline_kind(self) -> Option<InlineKind> {
        match self {
            MaskedKind::Tag => Some(InlineKind::Directive),
            MaskedKind::Code | MaskedKind::Element => Some(InlineKind::Code),
            MaskedKind::Hidden | MaskedKind::Admonition => None,
        }
    }
}
