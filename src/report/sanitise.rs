//! The one way from strangers' text to a terminal or a CI log: what is printed can drive neither.
//!
//! Control characters become pictures, characters that reorder a line become U+FFFD, and what a CI runner would take
//! for a command is broken: `##[`, `##vso[` and `##teamcity[` anywhere, `::` where a line starts.

use std::borrow::Cow;

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
#[derive(Default)]
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

    #[test]
    fn commands_are_broken() {
        assert_eq!(
            text("##[error] ###[x ##vso[y ##TeamCity[z #[ok] [ok]"),
            "##⟦error] ###⟦x ##vso⟦y ##TeamCity⟦z #[ok] [ok]"
        );
        assert_eq!(disarm("a::b\n  ::error::x\n::y"), "a::b\n  ∶:error::x\n∶:y");
    }
}
