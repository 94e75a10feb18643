//! Template marks in a body, found by their letters before the Markdown reader sees it: Liquid, Hugo, MDX, admonitions.
//!
//! The reader gets a copy in which each mark is filler of the same length, so that a `|`, a quote or a blank line in a
//! mark can't disturb what it sees, and no offset moves.

pub mod code;
pub mod mask;
pub mod scanner;
#[cfg(test)]
mod tests;

use crate::document::body::blocks::{CodeBlock, Directive, InlineKind};
use crate::document::markup::template_tags::mask::mask_template_tags;
use crate::document::markup::template_tags::scanner::{TemplateTagScanner, unquoted};
use crate::source::Span;

/// The template marks of a body, in order, and the text in which they can't disturb the Markdown reader.
#[derive(Default)]
pub(crate) struct TemplateTags {
    /// What is masked_spans by filler, in order, never overlapping.
    pub(crate) masked_spans: Vec<MaskedSpan>,
    /// The marks themselves.
    pub(crate) directives: Vec<Directive>,
    /// Code that a template marks.
    pub(crate) code: Vec<CodeBlock>,
    /// The body with filler for what is masked_spans: as long as the body, byte by byte. None where nothing is masked_spans.
    pub(crate) masked: Option<String>,
}

impl TemplateTags {
    /// Turns bytes of the body into bytes of the file, in which the body starts at byte `by`.
    pub(crate) fn shift(&mut self, by: usize) {
        let masked_spans = self.masked_spans.iter_mut().map(|cover| &mut cover.span);
        let directives = self.directives.iter_mut().map(|directive| &mut directive.span);
        let code =
            self.code.iter_mut().flat_map(|code| [&mut code.span, &mut code.info].into_iter().chain(&mut code.lines));
        for span in masked_spans.chain(directives).chain(code) {
            *span = span.shift(by);
        }
    }
}

/// A part of the body that the Markdown reader sees as filler.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MaskedSpan {
    /// Where, in bytes of the body.
    pub(crate) span: Span,
    /// What it is in a leaf block.
    pub(crate) kind: MaskedKind,
}

/// What something masked_spans is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MaskedKind {
    /// A template mark.
    Tag,
    /// Code between two marks.
    Code,
    /// The content of an HTML element that holds no Markdown: its tags stay, so the filler must keep it in one line.
    Element,
    /// Something between two marks that isn't shown where it stands.
    Hidden,
    /// A line such as `!!! note`, whose indented content is prose. The reader sees a list item there.
    Admonition,
}

impl MaskedKind {
    /// What it is as a piece of a leaf block, if it is one.
    pub(crate) fn inline_kind(self) -> Option<InlineKind> {
        match self {
            MaskedKind::Tag => Some(InlineKind::Directive),
            MaskedKind::Code | MaskedKind::Element => Some(InlineKind::Code),
            MaskedKind::Hidden | MaskedKind::Admonition => None,
        }
    }
}

/// Finds the marks in `text`; all spans are bytes of it.
pub(crate) fn find(text: &str, mdx: bool) -> TemplateTags {
    let outlook = SearchPlan::new(text.as_bytes(), mdx);
    if !outlook.any {
        return TemplateTags::default();
    }
    let mut scan = TemplateTagScanner::new(text, mdx);
    if outlook.by_line {
        scan.run_by_line();
    } else {
        scan.run();
    }
    let mut marks = scan.tags;
    if !marks.masked_spans.is_empty() {
        marks.masked = Some(mask_template_tags(text, &marks.masked_spans));
    }
    marks
}

/// What a walk has to look for in a body. Most bodies hold little of it, and each search saves a slower one.
struct SearchPlan {
    /// TemplateTags that only the start of a line makes, which the walk then has to see.
    by_line: bool,
    /// Anything at all.
    any: bool,
}

impl SearchPlan {
    fn new(bytes: &[u8], mdx: bool) -> Self {
        let doubled = |byte: u8| memchr::memchr_iter(byte, bytes).any(|at| bytes.get(at + 1) == Some(&byte));
        let marked = mdx || starts_line_mark(bytes) || doubled(b'$');
        let any = marked || memchr::memchr(b'{', bytes).is_some() || holds_tag(bytes);
        // Fences of tildes are looked for at the start of lines, too.
        Self { by_line: marked || (any && doubled(b'~')), any }
    }
}

/// Whether a line starts with three signs as admonitions do.
fn starts_line_mark(bytes: &[u8]) -> bool {
    if !holds_triple(bytes) {
        return false;
    }
    let line_starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|end| end + 1));
    line_starts.into_iter().any(|start| {
        let line = unquoted(&bytes[start..]);
        matches!(line, [b':' | b'!' | b'?' | b'=', ..])
            && [b":::", b"!!!", b"???", b"==="].iter().any(|signs| line.starts_with(*signs))
    })
}

/// Whether three of these signs stand side by side anywhere. Written without branches, so that it is done for many bytes at
/// a time, while looking at each line takes as long as a tenth of the Markdown reader's work.
fn holds_triple(bytes: &[u8]) -> bool {
    let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else { return false };
    let is_sign =
        |byte: u8| u8::from(byte == b':') | u8::from(byte == b'!') | u8::from(byte == b'?') | u8::from(byte == b'=');
    let triples = bytes.iter().zip(second).zip(third);
    triples.fold(0, |any, ((&a, &b), &c)| any | (u8::from(a == b) & u8::from(b == c) & is_sign(a))) != 0
}

/// Whether a tag starts whose content isn't Markdown, or a mark of ERB.
fn holds_tag(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let rest = &bytes[at + 1..];
        [b"%".as_slice(), b"pre", b"script", b"style"].iter().any(|name| rest.starts_with(name))
    })
}
