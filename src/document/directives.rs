//! Template marks in a body, found by their letters before the Markdown reader sees it: Liquid, Hugo, MDX, admonitions.
//!
//! The reader gets a copy in which each mark is filler of the same length, so that a `|`, a quote or a blank line in a
//! mark can't disturb what it sees, and no offset moves.

use super::blocks::{CodeBlock, CodeKind, Directive, DirectiveKind, PieceKind};
use super::{inline, mdx, template};
use crate::source::Span;
use memchr::memmem;

/// The template marks of a body, in order, and the text in which they can't disturb the Markdown reader.
#[derive(Default)]
pub(super) struct Marks {
    /// What is covered by filler, in order, never overlapping.
    pub(super) covered: Vec<Cover>,
    /// The marks themselves.
    pub(super) directives: Vec<Directive>,
    /// Code that a template marks.
    pub(super) code: Vec<CodeBlock>,
    /// The body with filler for what is covered: as long as the body, byte by byte. None where nothing is covered.
    pub(super) masked: Option<String>,
}

/// A part of the body that the Markdown reader sees as filler.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cover {
    /// Where, in bytes of the body.
    pub(super) span: Span,
    /// What it is in a leaf block.
    pub(super) role: Role,
}

/// What something covered is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// A template mark.
    Mark,
    /// Code between two marks.
    Code,
    /// The content of an HTML element that holds no Markdown: its tags stay, so the filler must keep it in one line.
    Element,
    /// Something between two marks that isn't shown where it stands.
    Hidden,
    /// A line such as `!!! note`, whose indented content is prose. The reader sees a list item there.
    Admonition,
}

impl Role {
    /// What it is as a piece of a leaf block, if it is one.
    pub(super) fn piece(self) -> Option<PieceKind> {
        match self {
            Role::Mark => Some(PieceKind::Directive),
            Role::Code | Role::Element => Some(PieceKind::Code),
            Role::Hidden | Role::Admonition => None,
        }
    }
}

/// Finds the marks in `text`; all spans are bytes of it.
pub(super) fn find(text: &str, mdx: bool) -> Marks {
    let outlook = Outlook::of(text.as_bytes(), mdx);
    if !outlook.any {
        return Marks::default();
    }
    let mut scan = Scan::new(text, mdx);
    if outlook.by_line {
        scan.run_by_line();
    } else {
        scan.run();
    }
    let mut marks = scan.marks;
    if !marks.covered.is_empty() {
        marks.masked = Some(mask(text, &marks.covered));
    }
    marks
}

/// What a walk has to look for in a body. Most bodies hold little of it, and each search saves a slower one.
struct Outlook {
    /// Marks that only the start of a line makes, which the walk then has to see.
    by_line: bool,
    /// Anything at all.
    any: bool,
}

impl Outlook {
    fn of(bytes: &[u8], mdx: bool) -> Self {
        let doubled = |byte: u8| memchr::memchr_iter(byte, bytes).any(|at| bytes.get(at + 1) == Some(&byte));
        let marked = mdx || starts_line_mark(bytes) || doubled(b'$');
        let any = marked || memchr::memchr(b'{', bytes).is_some() || holds_tag(bytes);
        // Fences of tildes are looked for at the start of lines, too.
        Self { by_line: marked || (any && doubled(b'~')), any }
    }
}

/// Whether a line starts with three signs as admonitions do.
fn starts_line_mark(bytes: &[u8]) -> bool {
    let line_starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|end| end + 1));
    line_starts.into_iter().any(|start| {
        let line = unquoted(&bytes[start..]);
        matches!(line, [b':' | b'!' | b'?' | b'=', ..])
            && [b":::", b"!!!", b"???", b"==="].iter().any(|signs| line.starts_with(*signs))
    })
}

/// Whether a tag starts whose content isn't Markdown, or a mark of ERB.
fn holds_tag(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'<', bytes).any(|at| {
        let rest = &bytes[at + 1..];
        [b"%".as_slice(), b"pre", b"script", b"style"].iter().any(|name| rest.starts_with(name))
    })
}

/// One walk over the body, past code and comments. What couldn't be closed once is not looked for again, so that the
/// walk stays linear.
struct Scan<'a> {
    text: &'a str,
    bytes: &'a [u8],
    mdx: bool,
    marks: Marks,
    /// Where the paragraph around the walk ends.
    paragraph_end: usize,
    /// Lengths of backtick runs that have no partner in this paragraph, as bits.
    unpaired: u64,
    /// The shortest fence of backticks, of tildes that is known to have no end.
    endless: [usize; 2],
    /// Names of pairs that are known to have no end.
    unclosed: Vec<&'static str>,
    /// No `-->` follows.
    comments_end: bool,
    /// Up to here, brackets of MDX and `$$` are not looked at: one before had no partner within its limit.
    brackets_from: usize,
    math_from: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, mdx: bool) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            mdx,
            marks: Marks::default(),
            paragraph_end: 0,
            unpaired: 0,
            endless: [usize::MAX; 2],
            unclosed: Vec::new(),
            comments_end: false,
            brackets_from: 0,
            math_from: 0,
        }
    }

    /// Past everything that is neither code nor a mark, by the few bytes that start one.
    fn run(&mut self) {
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

    /// Whether nothing but blanks, quote and list marks is before `at` on its line. What is before `from` was code.
    fn opens_line(&self, from: usize, at: usize) -> bool {
        let line = match memchr::memrchr(b'\n', &self.bytes[from..at]) {
            Some(end) => from + end + 1,
            None if from == 0 || self.bytes[from - 1] == b'\n' => from,
            None => return false,
        };
        let marks = unquoted(&self.bytes[line..at]);
        !marks.starts_with(b".") && !marks.starts_with(b")") && marks.iter().all(is_list_mark)
    }

    /// As [`Scan::run`], and with a look at the start of each line.
    fn run_by_line(&mut self) {
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

    /// What a line starts with, if that takes the whole line or more; gives where to go on.
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
                Some(self.mark(DirectiveKind::Admonition, Span::new(start, self.line_end(start))))
            }
            b'!' | b'?' | b'=' => self.admonition(at, start),
            _ => None,
        }
    }

    /// A mark or piece of code that starts with the byte at `at`; gives where to go on.
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
                let end = template::mark_end(self.text, at, &rest[..3], close)?;
                Some(self.pair(DirectiveKind::Shortcode, Span::new(at, end), 3))
            }
            b'{' => {
                let end = template::mark_end(self.text, at, b"{{", b"}}")?;
                let end = if self.bytes.get(end) == Some(&b'}') { end + 1 } else { end };
                (end <= self.paragraph_end(at)).then(|| self.mark(DirectiveKind::Output, Span::new(at, end)))
            }
            b'%' => {
                let end = template::mark_end(self.text, at, b"{%", b"%}")?;
                Some(self.pair(DirectiveKind::Tag, Span::new(at, end), 2))
            }
            b':' | b'#' | b'.' if !self.mdx => {
                let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b" .#:_/".contains(byte);
                let line = &rest[..rest.len().min(256)];
                let end = memchr::memchr2(b'}', b'\n', line).filter(|&end| line[end] == b'}')?;
                rest.get(2)
                    .is_some_and(is_name)
                    .then(|| self.mark(DirectiveKind::Attribute, Span::new(at, at + end + 1)))
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
                let end = template::mark_end(self.text, at, b"<%", b"%>")?;
                Some(self.mark(DirectiveKind::Erb, Span::new(at, end)))
            }
            b'p' | b'P' | b's' | b'S' => self.element(at),
            b'A'..=b'Z' | b'/' | b'>' if self.mdx => self.mdx(at, mdx::LIMIT, mdx::tag_end),
            _ => None,
        }
    }

    fn mdx(&mut self, at: usize, limit: usize, end: fn(&str, usize) -> Option<usize>) -> Option<usize> {
        if at < self.brackets_from {
            return None;
        }
        match end(self.text, at) {
            Some(end) => Some(self.mark(DirectiveKind::Mdx, Span::new(at, end))),
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
        // Only what starts with a line of its own may hold blank lines.
        let alone = stands_alone(self.text, Span::new(at, at + 2));
        let limit = self.bytes.len().min(at + 8192);
        let end = if alone { limit } else { self.paragraph_end(at).min(limit) };
        match self.bytes.get(at + 2..end).and_then(|inside| memmem::find(inside, b"$$")) {
            Some(len) => Some(self.mark(DirectiveKind::Math, Span::new(at, at + 2 + len + 2))),
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
            self.cover(Span::new(inside, close.start), Role::Element);
        }
        if name == "pre" {
            self.code(Span::new(at, close.end), Span::empty(inside), Span::new(inside, close.start));
        }
        Some(close.end)
    }

    /// A mark that may open a pair; `skip` bytes of it come before its name.
    fn pair(&mut self, kind: DirectiveKind, open: Span, skip: usize) -> usize {
        let text = self.text;
        let written = text[open.start + skip..open.end].trim_start_matches(['-', ' ', '\t', '\r', '\n']);
        let liquid = kind == DirectiveKind::Tag;
        let found = template::special_name(written).and_then(|name| {
            let close = self.closing(name, |text| template::pair_close(text, open.end, name, liquid))?;
            let inside = Span::new(open.end, close.start);
            // A fence inside says itself what is code.
            let has_fence = memmem::find(&self.bytes[inside.range()], b"\n```").is_some();
            (!has_fence || template::is_hidden(name)).then_some((name, close, inside))
        });
        let Some((name, close, inside)) = found else { return self.mark(kind, open) };
        let whole = open.to(close);
        if template::is_hidden(name) {
            self.marks.directives.push(Directive { kind, span: whole });
            self.cover(whole, Role::Hidden);
        } else {
            let name_at = open.end - written.len();
            let info = template::language(text, Span::new(name_at, open.end));
            self.marks.directives.extend([open, close].map(|span| Directive { kind, span }));
            self.cover(whole, Role::Code);
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
        // The marks' own lines are none of the code's.
        let blank = |line: &Span| self.text[line.range()].trim().is_empty();
        if lines.last().is_some_and(blank) {
            lines.pop();
        }
        if lines.first().is_some_and(blank) {
            lines.remove(0);
        }
        self.marks.code.push(CodeBlock { kind: CodeKind::Marked, span, info, lines, closed: true });
    }

    fn mark(&mut self, kind: DirectiveKind, span: Span) -> usize {
        self.marks.directives.push(Directive { kind, span });
        self.cover(span, Role::Mark);
        span.end
    }

    fn cover(&mut self, span: Span, role: Role) {
        self.marks.covered.push(Cover { span, role });
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
        self.marks.directives.push(Directive { kind: DirectiveKind::Admonition, span });
        self.cover(span, Role::Admonition);
        Some(end)
    }

    /// Past the fenced code that starts at `at`, if any does.
    fn fence(&mut self, at: usize) -> Option<usize> {
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

    /// Past the inline code that starts at `at`, or past its backticks where they have no partner.
    fn code_span(&mut self, at: usize) -> usize {
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

    /// The end of the last line before a blank one.
    fn paragraph_end(&mut self, at: usize) -> usize {
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

    /// The end of the line that byte `at` is on, without its line end.
    fn line_end(&self, at: usize) -> usize {
        memchr::memchr2(b'\n', b'\r', &self.bytes[at..]).map_or(self.bytes.len(), |len| at + len)
    }
}

/// A line without the blanks and quote marks that it starts with.
fn unquoted(line: &[u8]) -> &[u8] {
    &line[line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count()..]
}

/// Whether a byte may be a part of what stands before a list item's text.
fn is_list_mark(byte: &u8) -> bool {
    matches!(byte, b'-' | b'*' | b'+' | b'.' | b')' | b' ' | b'0'..=b'9')
}

/// Bytes at which the walk by line stops to look.
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

/// `text` with filler for what is covered. What stands alone on its lines becomes blank lines, as the page's reader
/// will see it; anything else a word.
fn mask(text: &str, covered: &[Cover]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut group = covered;
    while let Some(first) = group.first() {
        let together = |pair: &&[Cover]| is_blank(&text[pair[0].span.end..pair[1].span.start]);
        let len = 1 + group.windows(2).take_while(together).count();
        let last = &group[len - 1];
        let alone = stands_alone(text, first.span.to(last.span));
        for cover in &group[..len] {
            masked.push_str(&text[masked.len()..cover.span.start]);
            fill(&mut masked, &text[cover.span.range()], cover.role, alone);
        }
        group = &group[len..];
    }
    masked.push_str(&text[masked.len()..]);
    masked
}

fn fill(masked: &mut String, covered: &str, role: Role, alone: bool) {
    if role == Role::Admonition {
        masked.push_str("+ ");
        masked.extend(std::iter::repeat_n('x', covered.len() - 2));
    } else if alone && role != Role::Element {
        masked.extend(covered.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }));
    } else {
        masked.extend(std::iter::repeat_n('x', covered.len()));
    }
}

/// Whether nothing else is on the lines of `span`. Four blanks before it may be code, where a blank line would be lost.
fn stands_alone(text: &str, span: Span) -> bool {
    let before = &text[..span.start];
    let indent = before.trim_end_matches([' ', '\t', '>']);
    let starts = (indent.is_empty() || indent.ends_with(['\n', '\r'])) && !before[indent.len()..].contains("    ");
    let after = &text[span.end..];
    starts && after.trim_start_matches([' ', '\t']).chars().next().is_none_or(|c| matches!(c, '\n' | '\r'))
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

#[cfg(test)]
#[path = "directives_tests.rs"]
mod tests;
