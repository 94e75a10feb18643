//! The tags in raw HTML.

use crate::source::Span;
use memchr::memmem;
use std::collections::HashMap;

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

/// The most names of elements whose ends are looked for: each takes a search of the whole text. Others count as closed.
const MAX_NAMES: usize = 1_000;

/// Where the last end of each element of a text is.
pub(crate) struct ElementEnds<'a> {
    text: &'a str,
    last: HashMap<&'a str, Option<usize>>,
}

impl<'a> ElementEnds<'a> {
    /// Nothing is read yet.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, last: HashMap::new() }
    }

    /// Whether the end of element `name` is at byte `from` or after it.
    pub(crate) fn follow(&mut self, from: usize, name: &'a str) -> bool {
        if self.last.len() >= MAX_NAMES && !self.last.contains_key(name) {
            return true;
        }
        let find = || memmem::rfind(self.text.as_bytes(), format!("</{name}").as_bytes());
        self.last.entry(name).or_insert_with(find).is_some_and(|last| last >= from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_end_of_an_element_decides() {
        let mut ends = ElementEnds::new("<a></a><b></a>");
        assert_eq!([ends.follow(3, "a"), ends.follow(10, "a"), ends.follow(11, "a")], [true, true, false]);
        assert!(!ends.follow(0, "b"));
        let names: Vec<String> = (0..=MAX_NAMES).map(|index| format!("x{index}")).collect();
        let closed = names.iter().filter(|name| ends.follow(0, name)).count();
        assert_eq!(closed, names.len() + 2 - MAX_NAMES, "those that are not looked for");
    }

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
