//! The tags in raw HTML.

use crate::source::Span;
use memchr::memmem;

/// A tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct HtmlTag {
    /// From `<` to `>`.
    pub(crate) span: Span,
    pub(crate) name: Span,
    /// `</name>`
    pub(crate) closing: bool,
    /// `<name/>`
    pub(crate) self_closing: bool,
    pub(crate) has_attributes: bool,
}

/// Elements whose content isn't HTML.
const RAW_TEXT: [&str; 6] = ["script", "style", "textarea", "title", "xmp", "iframe"];

/// The tags in `area`, in order, without those in comments and in scripts.
pub(crate) fn tags(text: &str, area: Span) -> Vec<HtmlTag> {
    let bytes = &text.as_bytes()[..area.end];
    let mut found = Vec::new();
    let mut at = area.start;
    while let Some(next) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + next;
        let rest = &bytes[start..];
        let skipped = match rest {
            [b'<', b'!', b'-', b'-', ..] => memmem::find(&rest[2..], b"-->").map_or(rest.len(), |end| end + 5),
            [b'<', b'!' | b'?', ..] => memchr::memchr(b'>', rest).map_or(rest.len(), |end| end + 1),
            _ => 1,
        };
        let Some(tag) = tag(text, Span::new(start, area.end)) else {
            at = start + skipped;
            continue;
        };
        at = tag.span.end;
        found.push(tag);
        let name = &text[tag.name.range()];
        if !tag.closing && !tag.self_closing && RAW_TEXT.iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            at = close_of(text, Span::new(at, area.end), name).unwrap_or(at);
        }
    }
    found
}

/// The tag at the start of `area`.
fn tag(text: &str, area: Span) -> Option<HtmlTag> {
    let rest = &text[area.range()];
    let closing = rest.starts_with("</");
    let after = &rest[1 + usize::from(closing)..];
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    let len = after.find(|c| !is_name(c)).unwrap_or(after.len());
    if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = Span::new(area.end - after.len(), area.end - after.len() + len);
    let mut quote = None;
    let end = after.as_bytes().iter().skip(len).position(|&byte| {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None => return byte == b'>',
        }
        false
    })?;
    let end = name.end + end;
    let inside = text[name.end..end].trim();
    Some(HtmlTag {
        span: Span::new(area.start, end + 1),
        name,
        closing,
        self_closing: inside.ends_with('/'),
        has_attributes: !inside.trim_end_matches('/').trim().is_empty(),
    })
}

/// Where `</name` starts.
fn close_of(text: &str, area: Span, name: &str) -> Option<usize> {
    let bytes = &text.as_bytes()[area.range()];
    let is_close = |at: &usize| {
        let after = &bytes[at + 2..];
        after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    };
    memmem::find_iter(bytes, b"</").find(is_close).map(|at| area.start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_a_block() {
        let text = "<div class=\"a>b\">\n<!-- <x> --><br/>a < b <script>if (a<b) {}</script></div>";
        let seen: Vec<_> = tags(text, Span::new(0, text.len()))
            .into_iter()
            .map(|tag| (&text[tag.name.range()], tag.closing, tag.self_closing, tag.has_attributes))
            .collect();
        assert_eq!(
            seen,
            [
                ("div", false, false, true),
                ("br", false, true, false),
                ("script", false, false, false),
                ("script", true, false, false),
                ("div", true, false, false)
            ]
        );
    }
}
