//! Errors within a single value: quotes, brackets, colons, reserved characters.

use crate::data::problem::SyntaxErrorKind;
use crate::data::recovery::error::RepairableError;
use crate::data::recovery::line_syntax::looks_like_key;
use crate::data::recovery::quote::{quote, requoted, single_quoted};
use crate::data::yaml_parser::ParseErrorKind;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::lines::Line;

/// How a value ended, which decides what the next line may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ValueEnd {
    /// There is no value yet.
    Empty,
    /// Plain text, which deeper lines continue.
    Plain,
    /// Quotes or brackets that are closed.
    Closed,
    /// `|` or `>`: lines deeper than this column are its text.
    Block(usize),
}

/// A value and its surroundings.
pub(crate) struct ValueContext<'t> {
    /// The whole text.
    pub(crate) text: &'t str,
    /// Its lines.
    pub(crate) lines: &'t [Line],
    /// The line that the value starts on.
    pub(crate) index: usize,
    /// From the value's first byte to the end of the line.
    pub(crate) value: Span,
    /// The column of its key or list indicator.
    pub(crate) column: usize,
    /// Its key, if it has one.
    pub(crate) key: Option<Span>,
    /// What the reader says.
    pub(crate) error_kind: ParseErrorKind,
}

/// Keys whose value is prose.
const TEXT_KEYS: [&str; 16] = [
    "title",
    "subtitle",
    "description",
    "summary",
    "excerpt",
    "headline",
    "linktitle",
    "caption",
    "alt",
    "tagline",
    "desc",
    "abstract",
    "heading",
    "short-title",
    "seo_title",
    "meta_description",
];

/// Whether the value of `key` is prose, so that nothing in it is meant as YAML syntax.
pub(crate) fn is_text_key(key: &str) -> bool {
    TEXT_KEYS.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Examines a value. Returns how it ended, and the line after it.
pub(crate) fn check_value(place: &ValueContext<'_>) -> Result<(ValueEnd, usize), RepairableError> {
    let value = place.str();
    let after = place.index + 1;
    let Some(first) = value.chars().next() else { return Ok((ValueEnd::Empty, after)) };
    match first {
        '#' => Ok((ValueEnd::Empty, after)),
        '"' | '\'' => place.quoted(first),
        '[' | '{' => place.flow(),
        '|' | '>' if is_block_header(&value[1..]) => Ok((ValueEnd::Block(place.column), after)),
        '&' | '!' => match value.find([' ', '\t']) {
            Some(1) if first == '&' => Err(place.reserved_character(first)),
            Some(end) => {
                let rest = &value[end..];
                let word = Span::new(place.value.start, place.value.start + end);
                let swallowed = || place.quote_whole_value(SyntaxErrorKind::ParsedAsAnchorOrTag, &value[..end], word);
                if first == '!' && !value[..end].is_ascii() {
                    return Err(swallowed());
                }
                // Skips all anchors and tags, so that what follows them is checked last.
                let mut rest = rest.trim_start();
                while rest.starts_with(['&', '!']) {
                    rest = rest.find([' ', '\t']).map_or("", |end| rest[end..].trim_start());
                }
                let inner = Span::new(place.value.end - rest.len(), place.value.end);
                check_value(&ValueContext { value: inner, ..*place }).map_err(|_| swallowed())
            }
            None => Ok((ValueEnd::Empty, after)),
        },
        '*' => {
            let word = value.find([' ', '\t']).unwrap_or(value.len());
            let rest = value[word..].trim_start();
            if rest.is_empty() || rest.starts_with('#') {
                return Ok((ValueEnd::Closed, after));
            }
            if word == 1 {
                return Err(place.reserved_character(first));
            }
            let span = Span::new(place.value.start, place.value.start + word);
            Err(place.quote_whole_value(SyntaxErrorKind::UndefinedAlias, &value[..word], span))
        }
        '@' | '`' | '%' | '|' | '>' | ']' | '}' | ',' => Err(place.reserved_character(first)),
        '-' | '?' | ':' if place.key.is_some() && (value.len() == 1 || value[1..].starts_with([' ', '\t'])) => {
            Err(place.reserved_character(first))
        }
        _ => place.plain(),
    }
}

fn is_block_header(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let words = rest.trim_start_matches([' ', '\t']);
    words.is_empty() || (words.len() < rest.len() && words.starts_with('#'))
}

impl<'t> ValueContext<'t> {
    pub(super) fn str(&self) -> &'t str {
        &self.text[self.value.range()]
    }

    pub(super) fn key_name(&self) -> &'t str {
        self.key.map_or("", |key| self.text[key.range()].trim_matches(['"', '\'']))
    }

    /// The value without a comment after it. A `#` not followed by a space counts as text here: the value is broken
    /// anyway, and `C: the #1 language` is more likely than a comment.
    fn value_without_comment(&self) -> Span {
        let value = self.str();
        let end = value.match_indices(" # ").next().map_or(value.len(), |(at, _)| at);
        Span::new(self.value.start, self.value.start + value[..end].trim_end().len())
    }

    /// An error repaired by quoting the whole value.
    pub(super) fn quote_whole_value(&self, cause: SyntaxErrorKind, detail: &str, span: Span) -> RepairableError {
        let intended = self.value_without_comment();
        RepairableError::new(cause, span, detail, Edit::replace(intended, quote(&self.text[intended.range()])))
    }

    fn reserved_character(&self, first: char) -> RepairableError {
        let mark = Span::new(self.value.start, self.value.start + first.len_utf8());
        let cause = if self.str().starts_with("%}") || self.str().starts_with("{%") {
            SyntaxErrorKind::UnrenderedTemplate
        } else {
            SyntaxErrorKind::ReservedCharacter
        };
        self.quote_whole_value(cause, first.encode_utf8(&mut [0; 4]), mark)
    }

    fn plain(&self) -> Result<(ValueEnd, usize), RepairableError> {
        let value = self.str();
        let text = value.split(" #").next().unwrap_or(value).trim_end();
        let colon = match text.find(": ").or_else(|| text.find(":\t")) {
            Some(colon) => colon,
            None if text.ends_with(':') => text.len() - 1,
            None => return Ok((ValueEnd::Plain, self.index + 1)),
        };
        if self.key.is_none() {
            // The value of an item: `- a: b` was treated as an entry, so this is no plain text.
            return Ok((ValueEnd::Plain, self.index + 1));
        }
        let intended = self.value_without_comment();
        let raw = &self.text[intended.range()];
        let at = Span::new(self.value.start + colon, self.value.start + colon + 1);
        // Typographic quotes around the value were meant to be straight quotes.
        let text = smart_quoted(raw).unwrap_or(raw);
        Err(RepairableError::new(
            SyntaxErrorKind::UnquotedColon,
            at,
            self.key_name(),
            Edit::replace(intended, quote(text)),
        ))
    }

    fn quoted(&self, mark: char) -> Result<(ValueEnd, usize), RepairableError> {
        let open = self.value.start;
        let line = &self.lines[self.index];
        let Some(close) = self.closing_quote(open, mark as u8) else { return Err(self.unclosed_quote(mark)) };
        if mark == '"'
            && self.error_kind == ParseErrorKind::InvalidEscape
            && let Some(error) = self.invalid_escape(open, close)
        {
            return Err(error);
        }
        let last = self.lines.partition_point(|line| line.start <= close).saturating_sub(1);
        let end = self.lines[last].end.max(close + 1);
        let rest = &self.text[close + 1..end];
        let words = rest.trim_start_matches([' ', '\t']);
        if words.is_empty() || (words.starts_with('#') && words.len() < rest.len()) {
            return Ok((ValueEnd::Closed, last + 1));
        }
        if words.starts_with(':') && self.key.is_none() {
            return Ok((ValueEnd::Closed, last + 1));
        }
        if close > line.end {
            // Closed lines later, followed by text: what looks like the closing quote opens the next string.
            return Err(self.unclosed_quote(mark));
        }
        let after = Span::new(end - words.len(), end);
        let length = words.find(" # ").map_or(words.len(), |comment| words[..comment].trim_end().len());
        let intended = Span::new(open, after.start + length);
        let edit = Edit::replace(intended, requoted(&self.text[intended.range()], mark, close - open));
        Err(RepairableError::new(SyntaxErrorKind::TextAfterQuote, after, mark, edit)
            .with_related_span(Span::new(close, close + 1)))
    }

    /// The byte of the quote that closes the one at `open`; none if another entry starts before it.
    pub(super) fn closing_quote(&self, open: usize, mark: u8) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = open + 1;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if mark == b'"' => at += 1,
                b'\'' if mark == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
                byte if byte == mark => return Some(at),
                b'\n' | b'\r' if self.entry_starts_at(at + 1) => return None,
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// Whether the line at byte `at` is an entry next to or outside the one that contains this value.
    pub(super) fn entry_starts_at(&self, at: usize) -> bool {
        let rest = &self.text[at..];
        let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let line = rest[indent..].split(['\n', '\r']).next().unwrap_or_default();
        indent <= self.column && (looks_like_key(line) || (self.key.is_none() && line.starts_with("- ")))
    }

    fn unclosed_quote(&self, mark: char) -> RepairableError {
        let value = self.str();
        let inner = value[1..].trim_end();
        let span = Span::new(self.value.start, self.value.end);
        let end = Span::empty(self.value.end);
        // `'90s` and `'tis` may start with an apostrophe that is meant.
        let apostrophe =
            mark == '\'' && inner.starts_with(|char: char| char.is_ascii_lowercase() || char.is_ascii_digit());
        let simple = !inner.contains(['"', '\'', '\\']);
        if simple && !inner.contains(" #") {
            return RepairableError::new(SyntaxErrorKind::UnclosedQuote, span, mark, Edit::replace(end, mark))
                .with_uncertain_repair(apostrophe);
        }
        let whole = Edit::replace(span, quote(inner));
        RepairableError::new(SyntaxErrorKind::UnclosedQuote, span, mark, whole).with_uncertain_repair(true)
    }

    fn invalid_escape(&self, open: usize, close: usize) -> Option<RepairableError> {
        let inner = &self.text[open + 1..close];
        let mut rest = inner;
        let mut bad = None;
        while let Some(at) = rest.find('\\') {
            let after = &rest[at + 1..];
            let Some(next) = after.chars().next() else { break };
            let digits = match next {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            let known = "0abt\tnvfre \"/\\N_LPxuU\n\r".contains(next);
            let hex = after.chars().skip(1).take(digits).filter(char::is_ascii_hexdigit).count() == digits;
            if !known || !hex {
                let start = open + 1 + (inner.len() - rest.len()) + at;
                bad = Some(Span::new(start, start + 1 + next.len_utf8()));
                break;
            }
            rest = &after[next.len_utf8()..];
        }
        let bad = bad?;
        let whole = Span::new(open, close + 1);
        let intended = inner.replace("\\\"", "\"").replace("\\\\", "\\");
        let edit = Edit::replace(whole, single_quoted(&intended));
        Some(
            RepairableError::new(SyntaxErrorKind::InvalidEscape, bad, &self.text[bad.range()], edit)
                .with_uncertain_repair(inner.contains("\\n") && inner.contains('\n')),
        )
    }
}

/// What is inside typographic quotes, if they enclose the whole value and don't occur within it.
pub(crate) fn smart_quoted(value: &str) -> Option<&str> {
    const OPENING: [char; 6] = ['“', '”', '„', '‘', '’', '‚'];
    const CLOSING: [char; 6] = ['”', '“', '’', '‘', '"', '\''];
    let inner = value.strip_prefix(OPENING)?.strip_suffix(CLOSING)?;
    let doubles = |char| matches!(char, '“' | '”' | '„' | '"');
    (!inner.is_empty() && !inner.contains(doubles)).then_some(inner)
}
