//! Scanning functions for the lexer: ends of lines, quotations and continuations.

/// The maximum number of lines of a quotation; a longer one starts with an apostrophe.
pub(super) const MAX_QUOTED_LINES: usize = 60;

/// The end of the line that contains byte `from`, without its line ending.
pub(super) fn line_end(bytes: &[u8], from: usize) -> usize {
    memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |end| from + end)
}

/// The start of the next line, if only whitespace follows `at` on its line.
pub(super) fn continues(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    (rest.get(spaces) == Some(&b'\n')).then_some(at + spaces + 1)
}

/// The `"` that closes the quotation that starts at `from`; quotes within `$( … )` are skipped. With `escapes`, so are
/// characters after a `\`.
pub(super) fn closing_quote(bytes: &[u8], from: usize, escapes: bool) -> Option<usize> {
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

/// The next `expected` byte at or after `from`, within the maximum number of lines.
pub(super) fn find(bytes: &[u8], from: usize, expected: u8) -> Option<usize> {
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

/// The next `}}` on the line that contains byte `from`.
pub(super) fn closing_braces(bytes: &[u8], from: usize) -> Option<usize> {
    bytes[from..line_end(bytes, from)].windows(2).position(|window| window == b"}}").map(|found| from + found)
}

/// The bytes that mean themselves wherever they stand, in every dialect: of those that do, the most frequent.
const ORDINARY: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'_' | b'/' | b':' | b'=');
        byte += 1;
    }
    table
};

/// How many bytes at the start mean themselves.
pub(super) fn ordinary(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| ORDINARY[usize::from(**byte)]).count()
}
