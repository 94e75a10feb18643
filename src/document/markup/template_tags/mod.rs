//! Template tags in a body, found by their characters before it is parsed as Markdown: Liquid, Hugo, MDX, admonitions.
//!
//! The Markdown parser gets a copy in which each tag is replaced by filler of the same length, so that a `|`, a quote
//! or a blank line in a tag can't affect it, and offsets stay the same.

pub(crate) mod code;
pub(crate) mod mask;
pub(crate) mod scanner;
pub(crate) mod tags;
#[cfg(test)]
mod tests;

use crate::document::markup::template_tags::mask::mask_template_tags;
use crate::document::markup::template_tags::scanner::{TemplateTagScanner, unquoted};
use crate::document::markup::template_tags::tags::TemplateTags;

/// Finds the template tags in `text`; all spans are bytes of it.
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

/// What a scan has to search for in a body. Most bodies have little of it, and each search here saves a slower one.
struct SearchPlan {
    /// Whether there are tags that only count at the start of a line.
    by_line: bool,
    /// Anything at all.
    any: bool,
}

impl SearchPlan {
    fn new(bytes: &[u8], mdx: bool) -> Self {
        let doubled = |byte: u8| memchr::memchr_iter(byte, bytes).any(|at| bytes.get(at + 1) == Some(&byte));
        let marked = mdx || starts_line_mark(bytes) || doubled(b'$');
        let any = marked || memchr::memchr(b'{', bytes).is_some() || holds_tag(bytes);
        // Tilde fences only count at the start of a line, too.
        Self { by_line: marked || (any && doubled(b'~')), any }
    }
}

/// Whether a line starts with three of the characters of admonitions.
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

/// Whether three of these characters are adjacent anywhere. Branchless, so that it is vectorized; examining each line
/// takes a tenth of the time of the Markdown parser.
fn holds_triple(bytes: &[u8]) -> bool {
    let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else { return false };
    let is_sign =
        |byte: u8| u8::from(byte == b':') | u8::from(byte == b'!') | u8::from(byte == b'?') | u8::from(byte == b'=');
    let triples = bytes.iter().zip(second).zip(third);
    triples.fold(0, |any, ((&a, &b), &c)| any | (u8::from(a == b) & u8::from(b == c) & is_sign(a))) != 0
}

/// Whether a tag starts whose content isn't Markdown, or an ERB tag.
fn holds_tag(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let rest = &bytes[at + 1..];
        [b"%".as_slice(), b"pre", b"script", b"style"].iter().any(|name| rest.starts_with(name))
    })
}
