//! The scanner that finds the template tags of a body.

use crate::document::body::blocks::{CodeBlock, CodeKind, Directive, DirectiveKind};
use crate::document::markup::template_tags::mask::is_only_content_of_line;
use crate::document::markup::template_tags::tags::{MaskedKind, MaskedSpan, TemplateTags};
use crate::document::markup::{mdx, template};
use crate::source::Span;
use memchr::memmem;

/// One scan over the body, skipping code and comments. A construct that couldn't be closed once is not searched for
/// again, so that the scan stays linear.
pub(crate) struct TemplateTagScanner<'a> {
    pub(crate) text: &'a str,
    pub(crate) bytes: &'a [u8],
    mdx: bool,
    pub(crate) tags: TemplateTags,
    /// Where the current paragraph ends.
    pub(crate) paragraph_end: usize,
    /// Lengths of backtick runs that aren't closed in this paragraph, as bits.
    pub(crate) unpaired: u64,
    /// The shortest fence of backticks and of tildes that is known to be unclosed.
    pub(crate) endless: [usize; 2],
    /// Names of pairs that are known to be unclosed.
    unclosed: Vec<&'static str>,
    /// No `-->` follows.
    comments_end: bool,
    /// Up to here, brackets of MDX and `$$` are skipped: one before wasn't closed within its limit.
    brackets_from: usize,
    math_from: usize,
}

impl<'a> TemplateTagScanner<'a> {
    pub(crate) fn new(text: &'a str, mdx: bool) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            mdx,
            tags: TemplateTags::default(),
            paragraph_end: 0,
            unpaired: 0,
            endless: [usize::MAX; 2],
            unclosed: Vec::new(),
            comments_end: false,
            brackets_from: 0,
            math_from: 0,
        }
    }

    /// Skips everything that is neither code nor a tag, by the few bytes that start one.
    pub(crate) fn run(&mut self) {
        let mut at = 0;
        while let Some(next) = self.bytes.get(at..).and_then(|rest| memchr::memchr3(b'`', b'{', b'<', rest)) {
            let from = at;
            at += next;
            let escapes = self.bytes[from..at].iter().rev().take_while(|&&byte| byte == b'\\').count();
            if escapes % 2 == 1 {
                at += 1;
            } else if self.bytes[at..].starts_with(b"```")
                && self.opens_line(from, at)
                && let Some(end) = self.fence(at)
            {
                at = end;
            } else {
                at = self.stop(at).unwrap_or(at + 1);
            }
        }
    }
    /// As [`TemplateTagScanner::run`], but also examines the start of each line.
    pub(crate) fn run_by_line(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            let line_start = at == 0 || self.bytes[at - 1] == b'\n';
            if line_start && let Some(end) = self.line(at) {
                at = end;
                continue;
            }
            let Some(next) = self.bytes[at..].iter().position(|&byte| STOPS[byte as usize]) else { return };
            at += next;
            at = self.stop(at).unwrap_or(at + 1);
        }
    }

    /// What a line starts with, if that takes the whole line or more; returns where to continue.
    fn line(&mut self, at: usize) -> Option<usize> {
        if self.mdx && mdx::is_statement(&self.bytes[at..]) {
            return self.mdx(at, mdx::STATEMENT_LIMIT, mdx::statement_end);
        }
        let rest = unquoted(&self.bytes[at..]);
        let start = self.bytes.len() - rest.len();
        match rest.first()? {
            b'`' | b'~' => self.fence(start),
            b'-' | b'*' | b'+' | b'0'..=b'9' => {
                self.fence(start + rest.iter().take_while(|byte| is_list_mark(byte)).count())
            }
            b':' if rest.starts_with(b":::") => {
                Some(self.push_tag(DirectiveKind::Admonition, Span::new(start, self.line_end(start))))
            }
            b'!' | b'?' | b'=' => self.admonition(at, start),
            _ => None,
        }
    }

    /// A tag or code that starts with the byte at `at`; returns where to continue.
    fn stop(&mut self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..];
        match rest[0] {
            b'`' => Some(self.code_span(at)),
            b'\\' if rest.get(1).is_some_and(u8::is_ascii_punctuation) => Some(at + 2),
            b'{' => self.brace(at),
            b'<' => self.angle(at),
            b'$' if rest.starts_with(b"$$") => self.math(at),
            _ => None,
        }
    }

    fn brace(&mut self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..];
        match rest.get(1)? {
            b'{' if matches!(rest.get(2), Some(b'<' | b'%')) => {
                let close: &[u8] = if rest[2] == b'<' { b">}}" } else { b"%}}" };
                let end = template::tag_end(self.text, at, &rest[..3], close)?;
                Some(self.pair(DirectiveKind::Shortcode, Span::new(at, end), 3))
            }
            b'{' => {
                let end = template::tag_end(self.text, at, b"{{", b"}}")?;
                let end = if self.bytes.get(end) == Some(&b'}') { end + 1 } else { end };
                (end <= self.paragraph_end(at)).then(|| self.push_tag(DirectiveKind::Output, Span::new(at, end)))
            }
            b'%' => {
                let end = template::tag_end(self.text, at, b"{%", b"%}")?;
                Some(self.pair(DirectiveKind::Tag, Span::new(at, end), 2))
            }
            b':' | b'#' | b'.' if !self.mdx => {
                let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b" .#:_/".contains(byte);
                let line = &rest[..rest.len().min(256)];
                let end = memchr::memchr2(b'}', b'\n', line).filter(|&end| line[end] == b'}')?;
                rest.get(2)
                    .is_some_and(is_name)
                    .then(|| self.push_tag(DirectiveKind::Attribute, Span::new(at, at + end + 1)))
            }
            _ if self.mdx => self.mdx(at, mdx::LIMIT, mdx::expression_end),
            _ => None,
        }
    }

    fn angle(&mut self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..];
        match rest.get(1)? {
            b'!' if rest.starts_with(b"<!--") && !self.comments_end => {
                let end = memmem::find(&rest[2..], b"-->");
                self.comments_end = end.is_none();
                end.map(|end| at + 2 + end + 3)
            }
            b'%' => {
                let end = template::tag_end(self.text, at, b"<%", b"%>")?;
                Some(self.push_tag(DirectiveKind::Erb, Span::new(at, end)))
            }
            // In MDX a name with a capital is a component, also `<Script>` and `<Style>`.
            b'p' | b's' => self.element(at),
            b'P' | b'S' if !self.mdx => self.element(at),
            b'A'..=b'Z' | b'/' | b'>' if self.mdx => self.mdx(at, mdx::LIMIT, mdx::tag_end),
            _ => None,
        }
    }

    fn mdx(&mut self, at: usize, limit: usize, end: fn(&str, usize) -> Option<usize>) -> Option<usize> {
        if at < self.brackets_from {
            return None;
        }
        match end(self.text, at) {
            Some(end) => Some(self.push_tag(DirectiveKind::Mdx, Span::new(at, end))),
            None => {
                self.brackets_from = self.line_end(at).max(at + limit / 8);
                None
            }
        }
    }

    fn math(&mut self, at: usize) -> Option<usize> {
        if at < self.math_from {
            return None;
        }
        // Only one that starts on a line of its own may contain blank lines.
        let alone = is_only_content_of_line(self.text, Span::new(at, at + 2));
        let limit = self.bytes.len().min(at + 8192);
        let end = if alone { limit } else { self.paragraph_end(at).min(limit) };
        match self.bytes.get(at + 2..end).and_then(|inside| memmem::find(inside, b"$$")) {
            Some(len) => Some(self.push_tag(DirectiveKind::Math, Span::new(at, at + 2 + len + 2))),
            None => {
                self.math_from = if alone { at + 2 } else { end };
                None
            }
        }
    }

    /// `<pre>`, `<script>` or `<style>` with its content.
    fn element(&mut self, at: usize) -> Option<usize> {
        let (name, inside) = template::raw_element(self.text, at)?;
        let close = self.closing(name, |text| template::element_close(text, inside, name))?;
        if inside < close.start {
            self.mask(Span::new(inside, close.start), MaskedKind::Element);
        }
        if name == "pre" {
            self.code(Span::new(at, close.end), Span::empty(inside), Span::new(inside, close.start));
        }
        Some(close.end)
    }

    /// A tag that may open a pair; `skip` bytes of it come before its name.
    fn pair(&mut self, kind: DirectiveKind, open: Span, skip: usize) -> usize {
        let text = self.text;
        let written = text[open.start + skip..open.end].trim_start_matches(['-', ' ', '\t', '\r', '\n']);
        let liquid = kind == DirectiveKind::Tag;
        let found = template::special_name(written).and_then(|name| {
            let close = self.closing(name, |text| template::closing_tag(text, open.end, name, liquid))?;
            let inside = Span::new(open.end, close.start);
            // A fence inside marks the code itself.
            let has_fence = memmem::find(&self.bytes[inside.range()], b"\n```").is_some();
            (!has_fence || template::is_hidden(name)).then_some((name, close, inside))
        });
        let Some((name, close, inside)) = found else { return self.push_tag(kind, open) };
        let whole = open.join(close);
        if template::is_hidden(name) {
            self.tags.directives.push(Directive { kind, span: whole });
            self.mask(whole, MaskedKind::Hidden);
        } else {
            let name_at = open.end - written.len();
            let info = template::language(text, Span::new(name_at, open.end));
            self.tags.directives.extend([open, close].map(|span| Directive { kind, span }));
            self.mask(whole, MaskedKind::Code);
            self.code(whole, info, inside);
        }
        whole.end
    }

    fn closing(&mut self, name: &'static str, find: impl FnOnce(&str) -> Option<Span>) -> Option<Span> {
        if self.unclosed.contains(&name) {
            return None;
        }
        let close = find(self.text);
        if close.is_none() {
            self.unclosed.push(name);
        }
        close
    }

    fn code(&mut self, span: Span, info: Span, inside: Span) {
        let mut at = inside.start;
        let mut lines = Vec::new();
        for line in self.text[inside.range()].split_inclusive('\n') {
            lines.push(Span::new(at, at + line.len()));
            at += line.len();
        }
        // The lines of the tags don't belong to the code.
        let blank = |line: &Span| self.text[line.range()].trim().is_empty();
        if lines.last().is_some_and(blank) {
            lines.pop();
        }
        if lines.first().is_some_and(blank) {
            lines.remove(0);
        }
        self.tags.code.push(CodeBlock { kind: CodeKind::Marked, span, info, lines, closed: true });
    }

    fn push_tag(&mut self, kind: DirectiveKind, span: Span) -> usize {
        self.tags.directives.push(Directive { kind, span });
        self.mask(span, MaskedKind::Tag);
        span.end
    }

    fn mask(&mut self, span: Span, kind: MaskedKind) {
        self.tags.masked_spans.push(MaskedSpan { span, kind });
    }

    /// `!!! note`, `??? note`, `=== "Tab"` with something indented below.
    fn admonition(&mut self, line: usize, start: usize) -> Option<usize> {
        let end = self.line_end(start);
        let text = &self.text[start..end];
        let rest =
            text.strip_prefix("!!!").or_else(|| text.strip_prefix("???")).or_else(|| text.strip_prefix("==="))?;
        let name = rest.trim_start_matches(['+', '!']).strip_prefix(' ')?.trim();
        let named = if text.starts_with('=') {
            name.starts_with('"')
        } else {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
        };
        let indent = start - line;
        let below = self.text[end..].lines().skip(1).find(|line| !line.trim().is_empty())?;
        let deeper = below.len() - below.trim_start_matches(' ').len() >= indent + 4 || below.starts_with('\t');
        if !named || !deeper || text.len() < 5 {
            return None;
        }
        let span = Span::new(start, start + text.len());
        self.tags.directives.push(Directive { kind: DirectiveKind::Admonition, span });
        self.mask(span, MaskedKind::Admonition);
        Some(end)
    }

    /// The end of the line that contains byte `at`, without its line ending.
    pub(crate) fn line_end(&self, at: usize) -> usize {
        memchr::memchr2(b'\n', b'\r', &self.bytes[at..]).map_or(self.bytes.len(), |len| at + len)
    }
}

/// A line without leading spaces and quote markers.
pub(crate) fn unquoted(line: &[u8]) -> &[u8] {
    &line[line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count()..]
}

/// Whether a byte may precede the text of a list item.
pub(crate) fn is_list_mark(byte: &u8) -> bool {
    matches!(byte, b'-' | b'*' | b'+' | b'.' | b')' | b' ' | b'0'..=b'9')
}

/// Bytes at which the scan by line stops.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let bytes = b"`\\{<$\n";
    let mut index = 0;
    while index < bytes.len() {
        stops[bytes[index] as usize] = true;
        index += 1;
    }
    stops
};
