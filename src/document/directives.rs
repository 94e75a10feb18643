//! Template marks in a body, found by their letters before the Markdown reader sees it: Liquid, Hugo, MDX, admonitions.

use super::blocks::{CodeBlock, Directive, PieceKind};
use crate::source::Span;

/// The template marks of a body, in order, and the text in which they can't disturb the Markdown reader.
#[derive(Default)]
pub(super) struct Marks {
    /// What is covered by filler, in order, never overlapping.
    pub(super) covered: Vec<Cover>,
    /// The marks themselves.
    pub(super) directives: Vec<Directive>,
    /// Code that a template marks.
    pub(super) code: Vec<CodeBlock>,
    /// The body with filler for what is covered: as long as the body, byte by byte. None where nothing is covered.
    pub(super) masked: Option<String>,
}

/// A part of the body that the Markdown reader sees as filler.
#[derive(Clone, Copy)]
pub(super) struct Cover {
    /// Where, in bytes of the body.
    pub(super) span: Span,
    /// What it is in a leaf block.
    pub(super) kind: PieceKind,
}

/// Finds the marks in `text`; all spans are bytes of it.
pub(super) fn find(text: &str, mdx: bool) -> Marks {
    let _ = (text, mdx);
    Marks::default()
}
