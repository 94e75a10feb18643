//! Code blocks: their fences, their language, their lines.

use crate::document::body::inline;
use crate::document::body::{CodeBlock, CodeKind, Pass};
use crate::source::Span;
use pulldown_cmark::CodeBlockKind;

impl Pass<'_> {
    pub(crate) fn open_code(&mut self, kind: &CodeBlockKind<'_>, span: Span) {
        let bytes = self.text.as_bytes();
        let (kind, info) = match kind {
            CodeBlockKind::Indented => (CodeKind::Indented, Span::empty(span.start)),
            CodeBlockKind::Fenced(_) => {
                let fence = span.start + inline::run_len(&bytes[span.range()]);
                let line = memchr::memchr2(b'\n', b'\r', &bytes[fence..span.end]).map_or(span.end, |end| fence + end);
                (CodeKind::Fenced, inline::trim(self.text, Span::new(fence, line)))
            }
        };
        // A line of code has about thirty bytes.
        let lines = Vec::with_capacity(span.len() / 32 + 1);
        self.code = Some(CodeBlock { kind, span, info, lines, closed: true });
        self.line_open = false;
    }

    /// The parser reports code in events that only sometimes are lines, and omits carriage returns.
    pub(crate) fn code_text(&mut self, span: Span) {
        let bytes = self.text.as_bytes();
        let Some(code) = &mut self.code else { return };
        let after_return = span.start > 0 && bytes[span.start - 1] == b'\r' && bytes[span.start] == b'\n';
        let mut from = if after_return { span.start - 1 } else { span.start };
        let mut at = from;
        if self.line_open
            && let Some(last) = code.lines.pop_if(|last| last.end == from)
        {
            at = last.start;
        }
        while at < span.end {
            let end = match memchr::memchr2(b'\n', b'\r', &bytes[from..span.end]).map(|end| from + end) {
                Some(end) if bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n') => end + 2,
                Some(end) => end + 1,
                None => span.end,
            };
            code.lines.push(Span::new(at, end));
            self.line_open = !matches!(bytes[end - 1], b'\n' | b'\r');
            at = end;
            from = end;
        }
    }

    pub(crate) fn close_code(&mut self) {
        let Some(mut code) = self.code.take() else { return };
        if self.mdx && code.kind == CodeKind::Indented {
            // MDX has no indented code: this is content of an indented tag.
            return;
        }
        if code.kind == CodeKind::Fenced {
            let last_line = code.lines.last().map_or(code.info.end, |line| line.end);
            code.closed = inline::ends_in_code_fence(self.text, code.span, last_line)
                || code.lines.iter().any(|line| inline::closes_before_tab(self.text, code.span, *line));
        }
        self.body.code.push(code);
    }
}
