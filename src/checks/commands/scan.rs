//! Where things end in a script, for the lexer: lines, quotations, what goes on over lines.

/// A quotation may go over so many lines; one that goes further was an apostrophe.
pub(crate) const MAX_QUOTED_LINES: usize = 60;

/// The end of the line that byte `from` is on, without its line end.
pub(crate) fn line_end(bytes: &[u8], from: usize) -> usize {
    memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |end| from + end)
}

/// Where the next line starts, if nothing but blanks stands from `at` to the line's end.
pub(crate) fn continues(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    (rest.get(spaces) == Some(&b'\n')).then_some(at + spaces + 1)
}

/// The `"` that closes what starts at `from`; quotes within `$( … )` are another's. `escapes`: a `\` hides what follows.
pub(crate) fn closing_quote(bytes: &[u8], from: usize, escapes: bool) -> Option<usize> {
    let (mut at, mut lines, mut depth) = (from, 0, 0usize);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if escapes => at += 1,
            b'"' if depth == 0 => return Some(at),
            b'$' if bytes.get(at + 1) == Some(&b'(') => {
                depth += 1;
                at += 1;
            }
            b')' => depth = depth.saturating_sub(1),
            b'\n' => lines += 1,
            _ => {}
        }
        if lines > MAX_QUOTED_LINES {
            return None;
        }
        at += 1;
    }
    None
}

/// The next `wanted` at or after `from`, not too many lines on.
pub(crate) fn find(bytes: &[u8], from: usize, expected: u8) -> Option<usize> {
    let mut lines = 0;
    for (offset, &byte) in bytes.get(from..)?.iter().enumerate() {
        if byte == expected {
            return Some(from + offset);
        }
        lines += usize::from(byte == b'\n');
        if lines > MAX_QUOTED_LINES {
            return None;
        }
    }
    None
}

/// The next `}}` on the line that byte `from` is on.
pub(crate) fn closing_braces(bytes: &[u8], from: usize) -> Option<usize> {
    bytes[from..line_end(bytes, from)].windows(2).position(|window| window == b"}}").map(|found| from + found)
}
