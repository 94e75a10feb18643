//! Where MDX constructs end: statements, expressions, tags.

/// The maximum length of an expression or tag, in bytes: an unclosed one must not swallow the page.
pub(crate) const LIMIT: usize = 16384;

/// The maximum length of an `import` or `export`, in bytes.
pub(crate) const STATEMENT_LIMIT: usize = 16384;

/// Whether a line starts an `import` or `export`.
pub(crate) fn is_statement(line: &[u8]) -> bool {
    line.starts_with(b"import ") || line.starts_with(b"export ") || line.starts_with(b"import{")
}

/// The end of the `import` or `export` that starts at `at`, the start of a line: the end of the line before the first
/// blank line at which all brackets are closed.
pub(crate) fn statement_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let mut depth = 0_isize;
    let mut end = at;
    for line in rest.split_inclusive('\n') {
        if depth <= 0 && line.trim().is_empty() {
            break;
        }
        depth += line.bytes().map(bracket).sum::<isize>();
        end += line.len();
        if end - at > STATEMENT_LIMIT {
            return None;
        }
    }
    Some(at + text[at..end].trim_end().len())
}

/// The end of the `{…}` at `at`.
pub(crate) fn expression_end(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at..text.len().min(at + LIMIT)];
    if bytes.starts_with(b"{/*") {
        return memchr::memmem::find(bytes, b"*/}").map(|end| at + end + 3);
    }
    let mut depth = 0_usize;
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at + index + 1),
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The end of the component tag (`<Tabs …>`, `</Tabs>`, `<>`) at `at`; lowercase tags are HTML and left to Markdown.
pub(crate) fn tag_end(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at..text.len().min(at + LIMIT)];
    let name = bytes.get(if bytes.get(1) == Some(&b'/') { 2 } else { 1 })?;
    if !name.is_ascii_uppercase() && *name != b'>' {
        return None;
    }
    let mut quote = None;
    let mut depth = 0_usize;
    for (index, &byte) in bytes.iter().enumerate().skip(1) {
        match (byte, quote) {
            (_, Some(open)) if byte == open => quote = None,
            (_, Some(_)) => {}
            (b'"' | b'\'', None) if depth == 0 => quote = Some(byte),
            (b'{', None) => depth += 1,
            (b'}', None) => depth = depth.saturating_sub(1),
            (b'>', None) if depth == 0 => return Some(at + index + 1),
            (b'<', None) if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

fn bracket(byte: u8) -> isize {
    match byte {
        b'{' | b'(' | b'[' => 1,
        b'}' | b')' | b']' => -1,
        _ => 0,
    }
}
