//! A tolerant lexer for shell commands: words with their spans, and nothing for what it can't parse.
//!
//! It doesn't validate syntax. A placeholder (`<name>`, `[opt]`, `{{ x }}`, `$VAR`, `…`, a word in another script) is a
//! word of unknown content, and a line with an unclosed quote is skipped.

use crate::checks::commands::mapped_text::MappedText;
use crate::checks::commands::scan;
use crate::source::Span;

/// Replaces unknown content in a word's text.
const UNKNOWN: char = '\u{fffc}';

/// How a shell continues a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Dialect {
    /// `\`
    Posix,
    /// `` ` ``; a backslash is an ordinary character.
    PowerShell,
    /// `^`; a backslash is an ordinary character.
    Cmd,
}

/// A word of a command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Word {
    /// What the program receives: quotes and backslashes resolved.
    pub(super) text: String,
    /// Its span, including quotes.
    pub(super) span: Span,
    /// Whether its text is known exactly: it has no placeholder, variable or substitution.
    pub(super) plain: bool,
    /// The offset in `text` at which the first quoted or escaped part starts, if there is one.
    pub(super) quoted: Option<usize>,
}

/// A simple command in the sense of POSIX: words up to a line ending, `|`, `;`, `&` or bracket.
pub(super) type SimpleCommand = Vec<Word>;

/// Calls `each` for the commands in `text`, in order; with `one_line`, only for those of the first line and its
/// continuations. Commands aren't collected, because a listing may be a megabyte long.
pub(super) fn commands(text: &MappedText, dialect: Dialect, one_line: bool, mut each: impl FnMut(SimpleCommand)) {
    read(text, dialect, one_line, |read| {
        if let LexerOutput::Command(words) = read {
            each(words);
        }
    });
}

/// Calls `each` for what is opened in `text` and never closed: its span, and the words of the command before it.
pub(super) fn find_unclosed(text: &MappedText, dialect: Dialect, mut each: impl FnMut(Span, &SimpleCommand)) {
    read(text, dialect, false, |read| {
        if let LexerOutput::Unclosed(span, words) = read {
            each(span, &words);
        }
    });
}

/// What the lexer produces.
enum LexerOutput {
    Command(SimpleCommand),
    /// A quotation, substitution or here-document without its end.
    Unclosed(Span, SimpleCommand),
}

fn read(text: &MappedText, dialect: Dialect, one_line: bool, mut each: impl FnMut(LexerOutput)) {
    let mut lexer = Lexer {
        text,
        bytes: text.as_str().as_bytes(),
        at: 0,
        dialect,
        commands: Vec::new(),
        words: Vec::new(),
        word: None,
        drop_next: false,
        heredocs: Vec::new(),
    };
    while lexer.at < lexer.bytes.len() {
        let line = lexer.at;
        if lexer.line().is_some() {
            lexer.commands.drain(..).map(LexerOutput::Command).for_each(&mut each);
        } else {
            // A line with something unclosed produces no commands.
            lexer.commands.clear();
            let words = std::mem::take(&mut lexer.words);
            each(LexerOutput::Unclosed(text.span(lexer.at, lexer.at + 1), words));
            (lexer.word, lexer.drop_next) = (None, false);
            lexer.heredocs.clear();
            lexer.at = scan::line_end(lexer.bytes, line) + 1;
        }
        if one_line {
            break;
        }
        if let Err(open) = lexer.skip_heredocs() {
            each(LexerOutput::Unclosed(text.span(open, open + 2), Vec::new()));
            break;
        }
    }
}

struct Lexer<'a> {
    text: &'a MappedText,
    bytes: &'a [u8],
    at: usize,
    dialect: Dialect,
    /// The commands of the current line.
    commands: Vec<SimpleCommand>,
    words: SimpleCommand,
    word: Option<PartialWord>,
    /// Whether the next word is the target of a redirection.
    drop_next: bool,
    /// The ends of the here-documents that start below this line, and where each is announced.
    heredocs: Vec<(String, usize)>,
}

/// A word that isn't complete yet.
struct PartialWord {
    start: usize,
    text: String,
    plain: bool,
    quoted: Option<usize>,
}

impl Lexer<'_> {
    /// Reads a line with its continuations; none if something stays open.
    fn line(&mut self) -> Option<()> {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' | b'\r' => {
                    self.end_command();
                    self.at += if self.bytes[self.at..].starts_with(b"\r\n") { 2 } else { 1 };
                    return Some(());
                }
                b' ' | b'\t' => self.end_word(1),
                b'#' if self.word.is_none() => self.at = scan::line_end(self.bytes, self.at),
                b'\'' => self.single_quoted()?,
                b'"' => self.double_quoted()?,
                b'\\' if self.dialect == Dialect::Posix => self.escape(),
                b'^' if self.dialect == Dialect::Cmd && scan::continues(self.bytes, self.at + 1).is_some() => {
                    self.continue_line()
                }
                b'`' if self.dialect == Dialect::PowerShell => {
                    if scan::continues(self.bytes, self.at + 1).is_some() {
                        self.continue_line()
                    } else {
                        self.push_unknown(self.at + 1)
                    }
                }
                b'`' => {
                    let end = scan::find(self.bytes, self.at + 1, b'`')?;
                    self.push_unknown(end + 1);
                }
                b'$' => self.dollar()?,
                b'<' => self.less_than(),
                b'>' => self.redirect(1),
                b'&' if self.peek(1) == b'>' => self.redirect(2),
                b'|' | b';' | b'&' | b'(' | b')' => {
                    self.end_command();
                    self.at += 1;
                }
                b'{' if self.peek(1) == b'{' => {
                    let end = scan::closing_braces(self.bytes, self.at)
                        .map_or(scan::line_end(self.bytes, self.at), |end| end + 2);
                    self.push_unknown(end);
                }
                b'{' if self.word.is_some() => self.push_unknown(self.at + 1),
                b'[' if self.word.is_none() => self.bracket(),
                b'.' if self.bytes[self.at..].starts_with(b"...") => self.push_unknown(self.at + 3),
                0x80.. => {
                    let len = self.text.as_str()[self.at..].chars().next().map_or(1, char::len_utf8);
                    self.push_unknown(self.at + len);
                }
                _ => self.push_ordinary(),
            }
        }
        self.end_command();
        Some(())
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(b'\n')
    }

    fn open(&mut self) -> &mut PartialWord {
        let start = self.at;
        self.word.get_or_insert_with(|| PartialWord { start, text: String::new(), plain: true, quoted: None })
    }

    fn push(&mut self, c: char, len: usize) {
        self.open().text.push(c);
        self.at += len;
    }

    /// Pushes the byte here, which means itself, and those after it that always do.
    fn push_ordinary(&mut self) {
        let word = &self.text.as_str()[self.at..self.at + 1 + scan::ordinary(&self.bytes[self.at + 1..])];
        self.open().text.push_str(word);
        self.at += word.len();
    }

    /// Marks everything up to `end` as unknown.
    fn push_unknown(&mut self, end: usize) {
        let open = self.open();
        open.plain = false;
        open.text.push(UNKNOWN);
        self.at = end.min(self.bytes.len());
    }

    fn end_word(&mut self, skip: usize) {
        if let Some(open) = self.word.take()
            && !std::mem::take(&mut self.drop_next)
        {
            let span = self.text.span(open.start, self.at);
            self.words.push(Word { text: open.text, span, plain: open.plain, quoted: open.quoted });
        }
        self.at += skip;
    }

    fn end_command(&mut self) {
        self.end_word(0);
        self.drop_next = false;
        if !self.words.is_empty() {
            self.commands.push(std::mem::take(&mut self.words));
        }
    }

    fn continue_line(&mut self) {
        if let Some(next) = scan::continues(self.bytes, self.at + 1) {
            // In theory a word may continue on the next line; in posts that doesn't happen.
            self.end_word(0);
            self.at = next;
        }
    }

    fn escape(&mut self) {
        if scan::continues(self.bytes, self.at + 1).is_some() {
            return self.continue_line();
        }
        let Some(next) = self.text.as_str()[self.at + 1..].chars().next().filter(|next| !matches!(next, '\n' | '\r'))
        else {
            self.at += 1;
            return;
        };
        let open = self.open();
        open.quoted.get_or_insert(open.text.len());
        open.text.push(next);
        self.at += 1 + next.len_utf8();
    }

    fn single_quoted(&mut self) -> Option<()> {
        let end = scan::find(self.bytes, self.at + 1, b'\'')?;
        let inner = self.text.as_str()[self.at + 1..end].to_owned();
        let open = self.open();
        open.quoted.get_or_insert(open.text.len());
        open.text.push_str(&inner);
        self.at = end + 1;
        Some(())
    }

    fn double_quoted(&mut self) -> Option<()> {
        let open = self.open();
        open.quoted.get_or_insert(open.text.len());
        let start = self.at + 1;
        let end = scan::closing_quote(self.bytes, start, self.dialect == Dialect::Posix)?;
        let inner = &self.text.as_str()[start..end];
        let plain = !inner.contains(['$', '`']);
        let inner = inner.replace("\\\"", "\"");
        let open = self.open();
        open.plain &= plain;
        open.text.push_str(&inner);
        self.at = end + 1;
        Some(())
    }

    fn dollar(&mut self) -> Option<()> {
        let close = match self.peek(1) {
            b'(' => b')',
            b'{' => b'}',
            _ => {
                let rest = &self.bytes[self.at + 1..];
                let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
                self.push_unknown(self.at + 1 + name);
                return Some(());
            }
        };
        let open = self.peek(1);
        let (mut at, mut depth, mut lines) = (self.at + 1, 0usize, 0);
        while let Some(&byte) = self.bytes.get(at) {
            depth += usize::from(byte == open);
            if byte == close {
                depth -= 1;
                if depth == 0 {
                    self.push_unknown(at + 1);
                    return Some(());
                }
            }
            lines += usize::from(byte == b'\n');
            if lines > scan::MAX_QUOTED_LINES {
                return None;
            }
            at += 1;
        }
        None
    }

    /// `<name>` is a placeholder, `<<END` a here-document, anything else an input redirection.
    fn less_than(&mut self) {
        let rest = &self.text.as_str()[self.at + 1..];
        let inside = rest.split(['>', '<', '\n', '|', ';']).next().unwrap_or_default();
        let closes = rest[inside.len()..].starts_with('>');
        if closes
            && inside.len() < 80
            && inside.starts_with(|c: char| {
                c.is_alphanumeric() || matches!(c, '/' | '_' | '-' | '.' | '$' | '{' | '[' | ':')
            })
        {
            return self.push_unknown(self.at + 1 + inside.len() + 1);
        }
        if let Some(rest) = rest.strip_prefix('<') {
            if !rest.starts_with('<') {
                let word =
                    rest.trim_start_matches(['-', '~']).trim_start_matches(' ').trim_start_matches(['\'', '"', '\\']);
                let end: String = word.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !end.is_empty() {
                    self.heredocs.push((end, self.at));
                }
            }
            let skip =
                1 + self.bytes[self.at + 1..].iter().take_while(|byte| matches!(byte, b'<' | b'-' | b'~')).count();
            return self.redirect(skip);
        }
        self.redirect(1);
    }

    fn redirect(&mut self, len: usize) {
        // `2>` names a file descriptor.
        if self.word.as_ref().is_some_and(|open| open.text.len() == 1 && open.text.as_bytes()[0].is_ascii_digit()) {
            self.word = None;
        }
        self.end_word(len);
        while matches!(self.peek(0), b'>' | b'&' | b'|') && self.at < self.bytes.len() {
            self.at += 1;
        }
        self.drop_next = true;
    }

    /// `[…]` is an optional part; `[ -f x ]` is a command.
    fn bracket(&mut self) {
        let (mut depth, mut at) = (0usize, self.at);
        let end = scan::line_end(self.bytes, at);
        if matches!(self.peek(1), b' ' | b'[') {
            return self.push('[', 1);
        }
        while at < end {
            match self.bytes[at] {
                b'[' => depth += 1,
                b']' => depth -= 1,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        // A Markdown link is a single word, including what follows the bracket.
        if self.bytes.get(at) == Some(&b'(') && depth == 0 {
            let close = self.bytes[at..end].iter().position(|byte| *byte == b')');
            let inner = self.text.as_str()[self.at..close.map_or(at, |close| at + close + 1)].to_owned();
            let open = self.open();
            open.text.push_str(&inner);
            open.plain = false;
            self.at += inner.len();
            return;
        }
        self.push_unknown(at);
    }

    /// Skips the here-documents announced on the last line.
    ///
    /// # Errors
    /// Where one is announced that has no end.
    fn skip_heredocs(&mut self) -> Result<(), usize> {
        for (end, announced) in std::mem::take(&mut self.heredocs) {
            let mut closed = false;
            while self.at < self.bytes.len() && !closed {
                let line = scan::line_end(self.bytes, self.at);
                closed = self.text.as_str()[self.at..line].trim() == end;
                self.at = (line + 1).min(self.bytes.len());
            }
            if !closed {
                return Err(announced);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "lexer_tests.rs"]
mod tests;
