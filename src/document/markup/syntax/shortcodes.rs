//! Hugo's shortcodes, as its lexer reads them (`parser/pageparser/pagelexer_shortcode.go`): everywhere in a page, in code
//! too.

use crate::source::Span;
use memchr::memmem;

/// A shortcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shortcode {
    /// With its delimiters; of a broken one, to the place of the error.
    pub(crate) span: Span,
    /// Its name; empty if the error comes first.
    pub(crate) name: Span,
    /// `{{< /name >}}`
    pub(crate) closing: bool,
    /// `{{< name />}}`
    pub(crate) self_closing: bool,
    pub(crate) error: Option<ShortcodeError>,
}

/// Why Hugo can't read a shortcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ShortcodeError {
    /// Nothing closes it.
    Unclosed,
    /// A comment in it isn't closed.
    UnclosedComment,
    /// A character that isn't allowed.
    Character(char),
    /// A quoted argument doesn't end on its line.
    Quote,
    /// Named and positional arguments.
    MixedArguments,
    /// No space between a value without quotes and the end, which becomes a part of the value.
    JoinedEnd,
    /// It has no name.
    NoName,
}

/// The shortcodes in `area`.
pub(crate) fn shortcodes(text: &str, area: Span) -> Vec<Shortcode> {
    let bytes = &text.as_bytes()[..area.end];
    let mut found = Vec::new();
    let mut at = area.start;
    while let Some(next) = memmem::find(&bytes[at..], b"{{") {
        let start = at + next;
        if !matches!(bytes.get(start + 2), Some(b'<' | b'%')) {
            at = start + 1;
            continue;
        }
        if bytes[start + 3..].starts_with(b"/*") {
            match memmem::find(&bytes[start + 5..], b"*/") {
                Some(len) => at = start + 5 + len + 2,
                None => {
                    let span = Span::new(start, start + 5);
                    found.push(broken(span, Span::empty(start + 3), ShortcodeError::UnclosedComment));
                    return found;
                }
            }
            continue;
        }
        let shortcode = Lexer { text, end: area.end, at: start + 3, arguments: None }.shortcode(start);
        at = shortcode.span.end.max(start + 3);
        found.push(shortcode);
    }
    found
}

fn broken(span: Span, name: Span, error: ShortcodeError) -> Shortcode {
    Shortcode { span, name, closing: false, self_closing: false, error: Some(error) }
}

struct Lexer<'a> {
    text: &'a str,
    end: usize,
    at: usize,
    /// Whether the arguments have names.
    arguments: Option<bool>,
}

impl Lexer<'_> {
    /// The shortcode that starts at `start`.
    fn shortcode(mut self, start: usize) -> Shortcode {
        let close = if self.text[start..].starts_with("{{<") { ">}}" } else { "%}}" };
        let mut name = Span::empty(self.at);
        let (mut closing, mut self_closing) = (false, false);
        let error = loop {
            let rest = &self.text[self.at..self.end];
            if rest.starts_with(close) {
                self.at += 3;
                // `{{</>}}` closes the shortcode before.
                break (name.is_empty() && !closing).then_some(ShortcodeError::NoName);
            }
            let Some(first) = rest.chars().next() else { break Some(ShortcodeError::Unclosed) };
            match first {
                ' ' | '\t' | '\n' | '\r' => self.at += 1,
                '/' if name.is_empty() => {
                    closing = true;
                    self.at += 1;
                }
                '/' => {
                    self_closing = true;
                    self.at += 1;
                }
                _ if name.is_empty() && (is_word(first) || first == '.') => {
                    let len = rest.find(|c: char| !(is_word(c) || matches!(c, '/' | '.'))).unwrap_or(rest.len());
                    let len = len - usize::from(rest[..len].ends_with('/'));
                    name = Span::new(self.at, self.at + len);
                    self.at += len;
                }
                '\\' if rest[1..].starts_with(['"', '`']) && !name.is_empty() => self.at += 1,
                _ if !name.is_empty() && (is_word(first) || matches!(first, '"' | '`')) => {
                    if let Err(error) = self.argument() {
                        break Some(error);
                    }
                }
                other => {
                    // The text between here and the next shortcode was never meant to be one.
                    self.at += other.len_utf8();
                    break Some(ShortcodeError::Character(other));
                }
            }
        };
        // The text of the next paragraph isn't an argument: the end is missing.
        let error = match error {
            Some(ShortcodeError::MixedArguments) if has_blank_line(&self.text[start..self.at]) => {
                Some(ShortcodeError::Unclosed)
            }
            error => error,
        };
        if error.is_some() {
            let line = self.text[start..self.at].find(['\r', '\n']).map_or(self.at, |len| start + len);
            return broken(Span::new(start, line), name, error.unwrap_or(ShortcodeError::NoName));
        }
        Shortcode { span: Span::new(start, self.at), name, closing, self_closing, error }
    }

    /// A positional argument, or a named one with its value.
    fn argument(&mut self) -> Result<(), ShortcodeError> {
        let rest = &self.text[self.at..self.end];
        if rest.starts_with(['"', '`']) {
            self.kind(false)?;
            return self.quoted();
        }
        let len = rest.find(|c: char| !(is_word(c) || c == '.')).unwrap_or(rest.len());
        self.at += len;
        let after = self.text[self.at..self.end].trim_start_matches([' ', '\t']);
        if !after.starts_with('=') {
            return self.kind(false);
        }
        self.kind(true)?;
        self.at = self.end - after.len() + 1;
        let value = self.text[self.at..self.end].trim_start();
        self.at = self.end - value.len();
        if value.starts_with(['"', '`']) || value.starts_with("\\\"") {
            self.at += usize::from(value.starts_with('\\'));
            return self.quoted();
        }
        // Without straight quotes, the value goes on to the next space: `file=config/_default/hugo`. Run with 0.168.
        let written = &value[..value.find(char::is_whitespace).unwrap_or(value.len())];
        let end = [">}}", "%}}"].iter().filter_map(|close| written.find(close)).min();
        self.at += end.unwrap_or(written.len());
        if end.is_some() { Err(ShortcodeError::JoinedEnd) } else { Ok(()) }
    }

    fn kind(&mut self, named: bool) -> Result<(), ShortcodeError> {
        match self.arguments.replace(named) {
            Some(before) if before != named => Err(ShortcodeError::MixedArguments),
            _ => Ok(()),
        }
    }

    fn quoted(&mut self) -> Result<(), ShortcodeError> {
        let bytes = &self.text.as_bytes()[self.at..self.end];
        let quote = bytes[0];
        let mut at = 1;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if quote == b'"' => at += 1,
                b'\n' if quote == b'"' => break,
                byte if byte == quote => {
                    self.at += at + 1;
                    return Ok(());
                }
                _ => {}
            }
            at += 1;
        }
        self.at += at.min(bytes.len());
        Err(ShortcodeError::Quote)
    }
}

/// Hugo's `isAlphaNumericOrHyphen`.
fn is_word(c: char) -> bool {
    c == '-' || c == '_' || c.is_alphanumeric()
}

fn has_blank_line(text: &str) -> bool {
    text.contains("\n\n") || text.contains("\n\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(&str, &str, Option<ShortcodeError>)> {
        let found = shortcodes(text, Span::new(0, text.len()));
        found.into_iter().map(|code| (&text[code.span.range()], &text[code.name.range()], code.error)).collect()
    }

    #[test]
    fn what_hugo_reads() {
        assert_eq!(seen("a {{< fig src=\"x\" w=10 >}} b"), [("{{< fig src=\"x\" w=10 >}}", "fig", None)]);
        assert_eq!(seen("{{% /note %}}"), [("{{% /note %}}", "note", None)]);
        assert_eq!(seen("{{</* note */>}} {{< a/b >}}"), [("{{< a/b >}}", "a/b", None)]);
        assert_eq!(seen("{{< gist spf13 7896402 >}}")[0].2, None);
        assert_eq!(seen("{{< figure src='a.png' >}}")[0].2, None);
        assert_eq!(seen("{{< code file=config/_default/hugo.toml fm=true >}}")[0].2, None);
        assert_eq!(seen("{{< fig src=https://example.org/?a=b#c >}}")[0].2, None);
        assert_eq!(seen("{{ .Title }}"), []);
        let closed = &shortcodes("{{< fig src=\"x\" />}}", Span::new(0, 20))[0];
        assert!(closed.self_closing && !closed.closing);
    }

    #[test]
    fn what_hugo_refuses() {
        assert_eq!(seen("{{< fig src=\"x\"\n\nmore")[0].2, Some(ShortcodeError::Unclosed));
        assert_eq!(seen("{{< fig src=\"x\" > }}")[0].2, Some(ShortcodeError::Character('>')));
        assert_eq!(seen("{{% fig src=\"x\" >}}")[0].2, Some(ShortcodeError::Character('>')));
        assert_eq!(seen("{{< fig src=\"x >}}\nb")[0], ("{{< fig src=\"x >}}", "fig", Some(ShortcodeError::Quote)));
        assert_eq!(seen("{{< fig \"x\" caption=\"a\" >}}")[0].2, Some(ShortcodeError::MixedArguments));
        assert_eq!(seen("{{< fig src=a.png>}} b"), [("{{< fig src=a.png", "fig", Some(ShortcodeError::JoinedEnd))]);
        assert_eq!(seen("{{< >}}")[0].2, Some(ShortcodeError::NoName));
        assert_eq!(seen("{{</>}}")[0].2, None);
        assert_eq!(seen("{{</* never closed")[0].2, Some(ShortcodeError::UnclosedComment));
    }
}
