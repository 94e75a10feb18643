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
use memchr::memmem;

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
    // Most bodies have none of them anywhere.
    if !LINE_MARKS.iter().any(|signs| memmem::find(bytes, signs.as_slice()).is_some()) {
        return false;
    }
    let line_starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|end| end + 1));
    line_starts.into_iter().any(|start| {
        let line = unquoted(&bytes[start..]);
        matches!(line, [b':' | b'!' | b'?' | b'=', ..])
            && LINE_MARKS.iter().any(|signs| line.starts_with(signs.as_slice()))
    })
}

/// What an admonition or a container starts with.
const LINE_MARKS: [&[u8; 3]; 4] = [b":::", b"!!!", b"???", b"==="];

/// Whether a tag starts whose content isn't Markdown, or an ERB tag.
fn holds_tag(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let rest = &bytes[at + 1..];
        [b"%".as_slice(), b"pre", b"script", b"style"].iter().any(|name| rest.starts_with(name))
    })
}
