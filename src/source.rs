//! One file's text as it is on disk, and where its lines are.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A half-open range of bytes in a file as it is on disk (BOM and carriage returns counted).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`, in bytes; `end` is raised to `start` where it lies before it.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The empty span before byte `at`.
    pub fn empty(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether byte `at` is inside.
    pub fn contains(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains_span(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span, `by` bytes further on.
    pub fn shift(self, by: usize) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }

    /// As a range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A place as people and editors count it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Point {
    /// Bytes from the start of the file, from 0.
    pub byte: usize,
    /// Line, from 1.
    pub line: usize,
    /// Unicode characters from the start of the line, from 1.
    pub column: usize,
    /// UTF-16 units from the start of the line, from 1.
    pub utf16: usize,
}

/// A part of a file that cannot be decoded as UTF-8.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EncodingError {
    /// A run of bytes that isn't UTF-8.
    InvalidUtf8(Span),
    /// The whole file is in another encoding, named here, as its byte-order mark says.
    OtherEncoding(&'static str),
}

/// A file's text. Byte offsets in it are byte offsets in the file: bytes that aren't UTF-8 are held as as many `?`.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    text: String,
    is_ascii: bool,
    errors: Vec<EncodingError>,
    likely_encoding: Option<&'static str>,
    lines: OnceLock<Vec<usize>>,
}

impl Source {
    /// Decodes a file's bytes. Never fails: invalid bytes are in [`Source::encoding_errors`].
    pub fn new(path: impl Into<PathBuf>, bytes: Vec<u8>) -> Self {
        let is_ascii = bytes.is_ascii();
        let (text, errors, likely_encoding) = decode(bytes, is_ascii);
        Self { path: path.into(), text, is_ascii, errors, likely_encoding, lines: OnceLock::new() }
    }

    /// The path as it is shown and as rules by path see it: relative to where the run began, if it can be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path with `/` between its parts; bytes that aren't UTF-8 are written `\xFF`.
    pub fn name(&self) -> Cow<'_, str> {
        display_path(&self.path)
    }

    /// The text. Empty for a file in another encoding.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether all of the text is ASCII, so that a search for anything else can be spared.
    pub fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    /// What cannot be decoded, in file order.
    pub fn encoding_errors(&self) -> &[EncodingError] {
        &self.errors
    }

    /// The encoding that a file that isn't UTF-8 probably has, as far as its bytes show.
    pub fn likely_encoding(&self) -> Option<&'static str> {
        self.likely_encoding
    }

    /// Whether the text is the file's bytes, so that an edit may be written back.
    pub fn is_valid_utf8(&self) -> bool {
        self.errors.is_empty()
    }

    /// The file without what follows the second line after byte `at`, for keeping many: places up to there, and the lines
    /// around them, are as they were.
    #[must_use]
    pub fn truncated_after(mut self, at: usize) -> Self {
        // The table of all lines is made of what is left, and only when it is asked for.
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let ends = memchr::memchr2_iter(b'\n', b'\r', rest).map(|end| at + end);
        let bytes = self.text.as_bytes();
        let mut ends = ends.filter(|&end| bytes[end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'));
        if let Some(end) = ends.nth(2) {
            self.text.truncate(end + 1);
            self.text.shrink_to_fit();
            self.lines = OnceLock::new();
        }
        self
    }

    /// The text under `span`; empty where the span isn't on character boundaries of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Length of the byte-order mark: 3 or 0.
    pub fn bom_len(&self) -> usize {
        if self.text.starts_with('\u{feff}') { 3 } else { 0 }
    }

    /// Byte offsets at which lines start. A line ends with `\n`, `\r\n` or a lone `\r`, as in `CommonMark`.
    pub fn line_starts(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
                .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
                .map(|at| at + 1);
            std::iter::once(0).chain(ends).collect()
        })
    }

    /// How lines end, by the first that ends: `\n`, `\r\n` or a lone `\r`.
    pub fn line_end(&self) -> &'static str {
        match memchr::memchr2(b'\n', b'\r', self.text.as_bytes()).map(|at| &self.text[at..]) {
            Some(rest) if rest.starts_with("\r\n") => "\r\n",
            Some(rest) if rest.starts_with('\r') => "\r",
            _ => "\n",
        }
    }

    /// The line, from 1, that byte `at` is on.
    pub fn line_of(&self, at: usize) -> usize {
        self.line_starts().partition_point(|&start| start <= at)
    }

    /// How many lines there are; a final newline starts no further one.
    pub fn line_count(&self) -> usize {
        let starts = self.line_starts();
        let last_is_empty = starts.last() == Some(&self.text.len());
        (starts.len() - usize::from(last_is_empty)).max(1)
    }

    /// The span of line `number` (from 1) without its line end; empty past the last line.
    pub fn line_span(&self, number: usize) -> Span {
        let starts = self.line_starts();
        let Some(&start) = number.checked_sub(1).and_then(|index| starts.get(index)) else {
            return Span::empty(self.text.len());
        };
        let next = starts.get(number).copied().unwrap_or(self.text.len());
        let end = start + self.text[start..next].trim_end_matches(['\n', '\r']).len();
        Span { start, end }
    }

    /// Where byte `at` is for people. A byte-order mark has no column; an offset inside a character is that character.
    pub fn point(&self, at: usize) -> Point {
        let at = self.text.floor_char_boundary(at);
        let line = self.line_of(at);
        let start = self.line_starts()[line - 1].max(if line == 1 { self.bom_len() } else { 0 });
        let before = &self.text[start.min(at)..at];
        Point { byte: at, line, column: before.chars().count() + 1, utf16: before.encode_utf16().count() + 1 }
    }
}

/// A path with `/` between its parts; bytes that aren't UTF-8 are written `\xFF`.
pub fn display_path(path: &Path) -> Cow<'_, str> {
    let name = match path.to_str() {
        Some(name) => Cow::Borrowed(name),
        None => {
            let bytes = path.as_os_str().as_encoded_bytes();
            let mut shown = String::new();
            for chunk in bytes.utf8_chunks() {
                shown.push_str(chunk.valid());
                for byte in chunk.invalid() {
                    shown.push_str(&format!("\\x{byte:02X}"));
                }
            }
            Cow::Owned(shown)
        }
    };
    if cfg!(windows) { Cow::Owned(name.replace('\\', "/")) } else { name }
}

/// Bytes → text of the same length, what wasn't text, and in which encoding it probably is.
fn decode(bytes: Vec<u8>, is_ascii: bool) -> (String, Vec<EncodingError>, Option<&'static str>) {
    let other = match bytes.as_slice() {
        [0xFF, 0xFE, 0, 0, ..] => Some("UTF-32 (little-endian)"),
        [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32 (big-endian)"),
        [0xFF, 0xFE, ..] => Some("UTF-16 (little-endian)"),
        [0xFE, 0xFF, ..] => Some("UTF-16 (big-endian)"),
        _ => None,
    };
    if let Some(name) = other {
        return (String::new(), vec![EncodingError::OtherEncoding(name)], None);
    }
    // Of ASCII the standard library makes a text as fast as can be, without a copy.
    let bytes = if is_ascii {
        match String::from_utf8(bytes) {
            Ok(text) => return (text, Vec::new(), None),
            Err(error) => error.into_bytes(),
        }
    } else {
        bytes
    };
    // Much faster on Korean or Chinese than the standard library, even with the copy that it takes to own the text.
    if let Ok(text) = simdutf8::basic::from_utf8(&bytes) {
        return (text.to_owned(), Vec::new(), None);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut errors: Vec<EncodingError> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let bad = Span::new(text.len(), text.len() + chunk.invalid().len());
        if bad.is_empty() {
            continue;
        }
        match errors.last_mut() {
            Some(EncodingError::InvalidUtf8(last)) if last.end == bad.start => last.end = bad.end,
            _ => errors.push(EncodingError::InvalidUtf8(bad)),
        }
        text.extend(std::iter::repeat_n('?', bad.len()));
    }
    // Text that is UTF-8 elsewhere is damaged rather than in another encoding.
    let likely = if text.is_ascii() { guess_encoding(&bytes) } else { None };
    (text, errors, likely)
}

/// The encoding of a file that isn't UTF-8: none if its bytes aren't valid in the one that they are most like.
fn guess_encoding(bytes: &[u8]) -> Option<&'static str> {
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(bytes, true);
    let encoding = detector.guess(None, false);
    let (_, failed) = encoding.decode_without_bom_handling(bytes);
    // The names of the Encoding Standard are those of browsers; these are better known.
    (!failed).then(|| match encoding.name() {
        "EUC-KR" => "CP949 (EUC-KR)",
        "windows-1252" => "Windows-1252 (Latin-1)",
        "gb18030" | "GBK" => "GBK",
        name => name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("x.md", text.as_bytes().to_vec())
    }

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let s = source("안녕 😀 x\r\n나");
        let x = s.text().find('x').expect("x is there");
        assert_eq!(s.point(x), Point { byte: x, line: 1, column: 6, utf16: 7 });
        let na = s.text().find('나').expect("나 is there");
        assert_eq!((s.point(na).line, s.point(na).column), (2, 1));
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let s = source("\u{feff}---\n");
        assert_eq!(s.point(3).column, 1);
        assert_eq!(s.point(0).column, 1);
        assert_eq!(s.point(4).column, 2);
    }

    #[test]
    fn lines_end_as_in_commonmark() {
        let s = source("a\rb\r\nc\nd");
        assert_eq!(s.line_starts(), [0, 2, 5, 7]);
        assert_eq!(s.slice(s.line_span(2)), "b");
        assert_eq!(s.slice(s.line_span(9)), "");
        assert_eq!(source("a\n").line_count(), 1);
        assert_eq!(source("").line_count(), 1);
    }

    #[test]
    fn what_is_kept_reads_as_before() {
        let whole = source("가\n나\r\n다\n라\n마\n바");
        let at = whole.text().find('나').expect("나 is there");
        let (point, kept) = (whole.point(at), source(whole.text()).truncated_after(at));
        assert_eq!((kept.text(), kept.point(at)), ("가\n나\r\n다\n라\n", point));
        assert_eq!(source("a").truncated_after(1).text(), "a");
    }

    #[test]
    fn bad_bytes_keep_their_length() {
        let s = Source::new("x.md", b"a\xff\xfeb\x80".to_vec());
        assert_eq!(s.text(), "a??b?");
        assert_eq!(
            s.encoding_errors(),
            [EncodingError::InvalidUtf8(Span::new(1, 3)), EncodingError::InvalidUtf8(Span::new(4, 5))]
        );
        let s = Source::new("x.md", b"\xff\xfea\0".to_vec());
        assert_eq!(s.encoding_errors(), [EncodingError::OtherEncoding("UTF-16 (little-endian)")]);
    }
}
