//! The one way from strangers' text to a terminal or a CI log: what is printed can drive neither.
//!
//! Control characters become pictures, characters that reorder a line become U+FFFD, and what a CI runner would take
//! for a command is broken: `##[`, `##vso[` and `##teamcity[` anywhere, `::` where a line starts.

use std::borrow::Cow;
use std::io::{self, Write};

/// Text for one line of output.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'[') {
        return Cow::Borrowed(text);
    }
    let mut clean = Line::default();
    text.chars().for_each(|c| clean.push(c));
    Cow::Owned(clean.text)
}

/// Text in which a format's own marks are written as it wants them: `marks` says how. The rest as in [`text`].
pub(super) fn escaped(text: &str, marks: &[(char, &str)]) -> String {
    let mut clean = Line::default();
    for c in text.chars() {
        match marks.iter().find(|(mark, _)| *mark == c) {
            Some((_, written)) => clean.text.push_str(written),
            None => clean.push(c),
        }
    }
    clean.text
}

/// A finished block of output in which no line starts with `::`, which GitHub's runner obeys however far it is indented.
pub(super) fn disarm(block: &str) -> Cow<'_, str> {
    if !block.lines().any(is_command) {
        return Cow::Borrowed(block);
    }
    let mut out = String::with_capacity(block.len() + 8);
    for line in block.split_inclusive('\n') {
        out.push_str(&if is_command(line) { line.replacen(':', RATIO, 1) } else { line.to_owned() });
    }
    Cow::Owned(out)
}

/// A line of output in the making, clean after every push.
#[derive(Default, Debug)]
pub(super) struct Line {
    pub(super) text: String,
}

impl Line {
    /// Adds a character as it may be shown. One cell wide where a control was, four for a tab.
    pub(super) fn push(&mut self, c: char) {
        match c {
            '\t' => self.text.push_str("    "),
            '[' if opens_command(&self.text) => self.text.push('⟦'),
            _ => self.text.push(visible(c)),
        }
    }
}

/// A stream that people and CI runners read: whatever is written to it, what comes out drives neither. Of escape sequences
/// only colors pass, and only where they are asked for.
#[derive(Debug)]
pub struct Sanitized<W> {
    out: W,
    color: bool,
    /// What of a character or a color has come so far.
    held: Vec<u8>,
    /// The line so far, without colors.
    line: Line,
    /// Whether a colon that starts a line waits for what comes after it.
    colon: bool,
}

impl<W: Write> Sanitized<W> {
    /// Sanitizes what goes to `out`; `color` lets colors pass.
    pub fn new(out: W, color: bool) -> Self {
        Self { out, color, held: Vec::new(), line: Line::default(), colon: false }
    }

    /// From here on, colors pass or don't.
    pub fn set_color(&mut self, color: bool) {
        self.color = color;
    }

    /// The stream itself, for formats that are read by programs and escape by their own rules.
    pub fn exact(&mut self) -> &mut W {
        &mut self.out
    }

    fn push(&mut self, c: char, clean: &mut String) {
        if std::mem::take(&mut self.colon) {
            self.line.text.push(':');
            clean.push_str(if c == ':' { RATIO } else { ":" });
        }
        if c == '\n' {
            clean.push(c);
            self.line.text.clear();
        } else if c == ':' && self.line.text.trim_start().is_empty() {
            self.colon = true;
        } else {
            let from = self.line.text.len();
            self.line.push(c);
            clean.push_str(&self.line.text[from..]);
        }
    }

    /// The text of what was written, as far as it is whole.
    fn take_text(&mut self) -> String {
        let mut text = String::with_capacity(self.held.len());
        let mut bytes = self.held.as_slice();
        loop {
            match std::str::from_utf8(bytes) {
                Ok(rest) => {
                    text.push_str(rest);
                    bytes = &[];
                    break;
                }
                Err(error) => {
                    let (valid, rest) = bytes.split_at(error.valid_up_to());
                    text.push_str(&String::from_utf8_lossy(valid));
                    bytes = rest;
                    let Some(bad) = error.error_len() else { break };
                    text.push(char::REPLACEMENT_CHARACTER);
                    bytes = &rest[bad..];
                }
            }
        }
        self.held = bytes.to_vec();
        text
    }
}

impl<W: Write> Write for Sanitized<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        let text = self.take_text();
        let mut clean = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            if c == '\x1b' && self.color {
                match color_length(rest) {
                    Some(0) => {
                        self.held.splice(0..0, rest.bytes());
                        break;
                    }
                    Some(length) => {
                        clean.push_str(&rest[..length]);
                        rest = &rest[length..];
                        continue;
                    }
                    None => {}
                }
            }
            self.push(c, &mut clean);
            rest = &rest[c.len_utf8()..];
        }
        self.out.write_all(clean.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// How long the color (`ESC [ … m`) at the start of `text` is; 0 where it may go on. None where it is no color.
fn color_length(text: &str) -> Option<usize> {
    let codes = match text.as_bytes() {
        [_] => return Some(0),
        [_, b'[', codes @ ..] => codes,
        _ => return None,
    };
    let length = codes.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b';').count();
    match codes.get(length) {
        Some(b'm') => Some(length + 3),
        Some(_) => None,
        None if length < 32 => Some(0),
        None => None,
    }
}

/// Whether `c` after `before` must not be printed as it is, though JSON would allow it: for formats that can escape it.
pub(super) fn is_live(before: &str, c: char) -> bool {
    c == '[' && opens_command(before) || visible(c) != c
}

/// Whether a `[` after this text would be read by a CI runner.
fn opens_command(before: &str) -> bool {
    let bytes = before.as_bytes();
    COMMANDS.iter().any(|command| {
        bytes.len().checked_sub(command.len()).is_some_and(|at| bytes[at..].eq_ignore_ascii_case(command.as_bytes()))
    })
}

/// The stand-in for a character that must not reach a terminal; any other character itself.
pub(super) fn visible(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        '\u{2028}' | '\u{2029}' => '\u{2424}',
        _ if is_bidi_control(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// Whether a character changes the order in which others are shown.
pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What, before a `[`, makes a runner obey: GitHub's first form, Azure Pipelines, `TeamCity`.
const COMMANDS: [&str; 3] = ["##", "##vso", "##teamcity"];

/// Looks like a colon and isn't one.
const RATIO: &str = "\u{2236}";

fn is_command(line: &str) -> bool {
    line.trim_start().starts_with("::")
}

/// `line` as it may be shown on a terminal or in a CI log.
pub fn sanitise(line: &str) -> String {
    disarm(&text(line)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_pictures() {
        assert_eq!(text("a\x1b[31m\0\x7f\u{9b}\u{202e}b\tc"), "a␛[31m␀␡\u{fffd}\u{fffd}b    c");
        assert_eq!(text("추후 업데이트"), "추후 업데이트");
    }

    /// What comes out of a stream that is written to in pieces of `size` bytes.
    fn streamed(text: &[u8], size: usize, color: bool) -> String {
        let mut out = Vec::new();
        let mut stream = Sanitized::new(&mut out, color);
        text.chunks(size).for_each(|piece| stream.write_all(piece).expect("a vector can be written to"));
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_stream_is_clean_however_it_is_written() {
        let text =
            "a\x1b[31m\0\u{9b}\u{202e}b\n  ::error::x\n: :\n##[error] ##vso[y\n한::글 \x1b[1mb\x1b[0m\n".as_bytes();
        for size in 1..text.len() {
            let plain = "a␛[31m␀\u{fffd}\u{fffd}b\n  ∶:error::x\n: :\n##⟦error] ##vso⟦y\n한::글 ␛[1mb␛[0m\n";
            assert_eq!(streamed(text, size, false), plain, "{size}");
            let color = "a\x1b[31m␀\u{fffd}\u{fffd}b\n  ∶:error::x\n: :\n##⟦error] ##vso⟦y\n한::글 \x1b[1mb\x1b[0m\n";
            assert_eq!(streamed(text, size, true), color, "{size}");
        }
        assert_eq!(streamed(b"\x1b]0;x\x07 \x1b[2J \xff \xc2", 64, true), "␛]0;x␇ ␛[2J \u{fffd} ");
    }

    #[test]
    fn commands_are_broken() {
        assert_eq!(
            text("##[error] ###[x ##vso[y ##TeamCity[z #[ok] [ok]"),
            "##⟦error] ###⟦x ##vso⟦y ##TeamCity⟦z #[ok] [ok]"
        );
        assert_eq!(disarm("a::b\n  ::error::x\n::y"), "a::b\n  ∶:error::x\n∶:y");
    }
}
