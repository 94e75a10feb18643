//! The lines of a text, each with its indentation.

/// A line of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Its first byte.
    pub(crate) start: usize,
    /// The number of spaces and tabs it starts with, in bytes.
    pub(crate) indent: usize,
    /// One past its last byte, without trailing spaces and the line ending.
    pub(crate) end: usize,
    /// Where the next line starts.
    pub(crate) next: usize,
}

impl Line {
    /// Its first byte that isn't a space or a tab.
    pub(crate) fn first(&self) -> usize {
        self.start + self.indent
    }

    /// Whether it is blank.
    pub(crate) fn is_blank(&self) -> bool {
        self.first() >= self.end
    }

    /// Its content without indentation.
    pub(crate) fn content<'t>(&self, text: &'t str) -> &'t str {
        &text[self.first().min(self.end)..self.end]
    }

    /// Whether its content starts with one of `marks`.
    pub(crate) fn starts_with(&self, text: &str, marks: &[char]) -> bool {
        self.content(text).starts_with(marks)
    }
}

/// The lines of a text, which end with `\n`, `\r\n` or `\r`.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = &text[start..];
        let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes());
        next = length.map(|length| start + length + if rest[length..].starts_with("\r\n") { 2 } else { 1 });
        let line = &rest[..length.unwrap_or(rest.len())];
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let end = start + line.trim_end_matches([' ', '\t']).len();
        Some(Line { start, indent, end, next: next.unwrap_or(text.len()) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_in_yaml() {
        let text = "a\r\n  b \r\rc\n";
        let contents: Vec<&str> = lines(text).map(|line| line.content(text)).collect();
        assert_eq!(contents, ["a", "b", "", "c", ""]);
        assert_eq!(lines(text).map(|line| line.indent).collect::<Vec<_>>(), [0, 2, 0, 0, 0]);
    }
}
