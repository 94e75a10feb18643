//! Skips code, where template tags have no meaning.

use crate::document::body::inline;
use crate::document::markup::template_tags::scanner::{TemplateTagScanner, is_list_mark, unquoted};
use memchr::memmem;

impl TemplateTagScanner<'_> {
    /// Whether only spaces, quote and list markers precede `at` on its line. What is before `from` was code.
    pub(crate) fn opens_line(&self, from: usize, at: usize) -> bool {
        let line = match memchr::memrchr(b'\n', &self.bytes[from..at]) {
            Some(end) => from + end + 1,
            None if from == 0 || self.bytes[from - 1] == b'\n' => from,
            None => return false,
        };
        let marks = unquoted(&self.bytes[line..at]);
        !marks.starts_with(b".") && !marks.starts_with(b")") && marks.iter().all(is_list_mark)
    }

    /// Skips the fenced code that starts at `at`, if any does.
    pub(crate) fn fence(&mut self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..];
        let mark = *rest.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
        let len = inline::run_len(rest);
        let line_end = self.line_end(at);
        let is_span = mark == b'`' && self.bytes[at + len..line_end].contains(&b'`');
        let endless = &mut self.endless[usize::from(mark == b'~')];
        if len < 3 || is_span || len >= *endless {
            return None;
        }
        for run in memmem::find_iter(&self.bytes[line_end..], &[mark; 3]).map(|run| line_end + run) {
            let end = run + inline::run_len(&self.bytes[run..]);
            let before = &self.text[..run];
            let starts = before.trim_end_matches([' ', '\t', '>']).ends_with(['\n', '\r']);
            if !starts || end - run < len {
                continue;
            }
            let next_line = memchr::memchr(b'\n', &self.bytes[end..]).map_or(self.bytes.len(), |len| end + len + 1);
            if self.bytes[end..next_line].trim_ascii().is_empty() {
                return Some(next_line);
            }
        }
        *endless = len;
        let top = at == 0 || self.bytes[at - 1] == b'\n';
        Some(if top { self.bytes.len() } else { line_end })
    }

    /// Skips the inline code that starts at `at`, or its backticks if they aren't closed.
    pub(crate) fn code_span(&mut self, at: usize) -> usize {
        let end = self.paragraph_end(at);
        let len = inline::run_len(&self.bytes[at..]);
        let after = at + len;
        let bit = if len < 64 { 1 << len } else { return after };
        if self.unpaired & bit != 0 {
            return after;
        }
        let mut from = after;
        while let Some(next) = self.bytes.get(from..end).and_then(|rest| memchr::memchr(b'`', rest)) {
            let run = inline::run_len(&self.bytes[from + next..]);
            from += next + run;
            if run == len {
                return from;
            }
        }
        self.unpaired |= bit;
        after
    }

    /// The end of the last line before a space one.
    pub(crate) fn paragraph_end(&mut self, at: usize) -> usize {
        if at >= self.paragraph_end {
            let mut end = at;
            while end < self.bytes.len() {
                let next = memchr::memchr(b'\n', &self.bytes[end..]).map_or(self.bytes.len(), |len| end + len + 1);
                // Most lines start with a letter.
                let may_be_blank = !self.bytes[end].is_ascii_alphanumeric();
                if end > at && may_be_blank && self.text[end..next].trim_start_matches('>').trim().is_empty() {
                    break;
                }
                end = next;
            }
            self.paragraph_end = end;
            self.unpaired = 0;
        }
        self.paragraph_end
    }
}
