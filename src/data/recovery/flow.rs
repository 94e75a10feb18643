//! Errors within a flow sequence or mapping: `[…]`, `{…}`.

use crate::data::problem::SyntaxErrorKind;
use crate::data::recovery::error::RepairableError;
use crate::data::recovery::quote::quote;
use crate::data::recovery::value::{ValueContext, ValueEnd, is_text_key};
use crate::diagnostic::Edit;
use crate::source::Span;

impl ValueContext<'_> {
    pub(super) fn flow(&self) -> Result<(ValueEnd, usize), RepairableError> {
        let open = self.value.start;
        let value = self.str();
        if value.starts_with("{{") || value.starts_with("{%") {
            let end = value.find("}}").or_else(|| value.find("%}")).map_or(value.len(), |at| at + 2);
            return Err(self
                .quote_whole_value(SyntaxErrorKind::UnrenderedTemplate, &value[..end], Span::new(open, open + end))
                .with_uncertain_repair(true));
        }
        let bytes = self.text.as_bytes();
        let mut closers: Vec<u8> = Vec::new();
        let mut at = open;
        // Whether a quote or a reserved character here would start a value.
        let mut fresh = true;
        while at < bytes.len() {
            let byte = bytes[at];
            match byte {
                b'[' => closers.push(b']'),
                b'{' => closers.push(b'}'),
                b']' | b'}' => {
                    if closers.pop() != Some(byte) {
                        return Err(self.unclosed_bracket(at, &closers));
                    }
                    if closers.is_empty() {
                        return self.after_flow(at);
                    }
                }
                b'"' | b'\'' if fresh => match self.closing_quote(at, byte) {
                    Some(close) => at = close,
                    None => return Err(self.quote_in_flow(at, byte)),
                },
                b'@' | b'`' | b'%' if fresh => return Err(self.reserved_in_flow(at)),
                b'#' if matches!(bytes[at - 1], b' ' | b'\t') => {
                    if let Some(error) = self.item_parsed_as_comment(at) {
                        return Err(error);
                    }
                    at += self.text[at..].find(['\n', '\r']).unwrap_or(self.text.len() - at) - 1;
                }
                b'\n' | b'\r' if self.entry_starts_at(at + 1) => return Err(self.unclosed_bracket(at, &closers)),
                _ => {}
            }
            fresh = match byte {
                b'[' | b'{' | b',' => true,
                b':' => matches!(bytes.get(at + 1), Some(b' ')),
                b' ' | b'\t' | b'\n' | b'\r' => fresh,
                _ => false,
            };
            at += 1;
        }
        Err(self.unclosed_bracket(self.text.len(), &closers))
    }

    fn after_flow(&self, close: usize) -> Result<(ValueEnd, usize), RepairableError> {
        let last = self.lines.partition_point(|line| line.start <= close).saturating_sub(1);
        let end = self.lines[last].end.max(close + 1);
        let rest = &self.text[close + 1..end];
        let words = rest.trim_start_matches([' ', '\t']);
        if words.is_empty() || (words.starts_with('#') && words.len() < rest.len()) || words.starts_with(':') {
            return Ok((ValueEnd::Closed, last + 1));
        }
        let after = Span::new(end - words.len(), end);
        let bracket = Span::new(close, close + 1);
        // `[a], [b]` after `tags` is a list gone wrong, not a text.
        let list = words.starts_with([',', '[', ']', '{', '}']) && !is_text_key(self.key_name());
        let error = self
            .quote_whole_value(SyntaxErrorKind::TextAfterBracket, self.key_name(), after)
            .with_related_span(bracket)
            .with_uncertain_repair(list);
        Err(if close > self.value.end { error.with_uncertain_repair(true) } else { error })
    }

    /// `stop` is where it is sure that the bracket isn't closed.
    fn unclosed_bracket(&self, stop: usize, closers: &[u8]) -> RepairableError {
        let open = Span::new(self.value.start, self.value.start + 1);
        let detail = &self.text[open.range()];
        if is_text_key(self.key_name()) {
            return self.quote_whole_value(SyntaxErrorKind::UnclosedBracket, detail, open).with_uncertain_repair(true);
        }
        let written = self.text[..stop].trim_end_matches([' ', '\t', '\n', '\r']);
        let line = written.rfind(['\n', '\r']).map_or(0, |end| end + 1).max(self.value.start);
        let content = written[line..].split(" #").next().unwrap_or_default().trim_end();
        let end = line + content.len();
        let mismatch = matches!(self.text.as_bytes().get(stop), Some(b']' | b'}'));
        if mismatch || closers.is_empty() {
            return self.quote_whole_value(SyntaxErrorKind::UnclosedBracket, detail, open).with_uncertain_repair(true);
        }
        let closing: String = closers.iter().rev().map(|&byte| byte as char).collect();
        RepairableError::new(SyntaxErrorKind::UnclosedBracket, open, detail, Edit::replace(Span::empty(end), closing))
            .with_uncertain_repair(closers.len() > 1 || line > self.value.start)
    }

    /// `[alpha, #beta]`: the comment takes the closing bracket with it.
    fn item_parsed_as_comment(&self, at: usize) -> Option<RepairableError> {
        let line = self.text[at..].split(['\n', '\r']).next().unwrap_or_default();
        let is_item = line[1..].starts_with(char::is_alphanumeric) && line.trim_end().ends_with([']', '}']);
        is_item.then(|| {
            let span = Span::new(at, self.item_end(at));
            let edit = Edit::replace(span, quote(&self.text[span.range()]));
            RepairableError::new(SyntaxErrorKind::ParsedAsComment, span, self.key_name(), edit)
        })
    }

    fn quote_in_flow(&self, at: usize, mark: u8) -> RepairableError {
        let end = self.item_end(at);
        let span = Span::new(at, end);
        let inner = self.text[at + 1..end].trim_end();
        let edit = Edit::replace(span, quote(inner));
        RepairableError::new(SyntaxErrorKind::UnclosedQuote, span, mark as char, edit).with_uncertain_repair(true)
    }

    fn reserved_in_flow(&self, at: usize) -> RepairableError {
        let end = self.item_end(at);
        let mark = Span::new(at, at + 1);
        let edit = Edit::replace(Span::new(at, end), quote(&self.text[at..end]));
        RepairableError::new(SyntaxErrorKind::ReservedCharacter, mark, &self.text[mark.range()], edit)
    }

    /// Where the item of a flow sequence that starts at `at` ends.
    fn item_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let end = rest.find([',', ']', '}', '\n', '\r']).unwrap_or(rest.len());
        at + rest[..end].trim_end().len()
    }
}
