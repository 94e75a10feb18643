//! Where the front matter starts and ends: `---`, `+++`, `{`, and what is nearly one of them.

use crate::data::problem::{Cause, Problem, Syntax};
use crate::data::recovery::scan::looks_like_key;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::lines::{Line, lines};

/// A block of metadata that isn't read yet. Spans are bytes of the file.
pub(crate) struct Block {
    /// What it is written in.
    pub(crate) syntax: Syntax,
    /// The opening fence.
    pub(crate) fence: Span,
    /// Between the fences.
    pub(crate) inner: Span,
    /// The closing fence.
    pub(crate) close: Option<Span>,
    /// Where the body starts.
    pub(crate) body: usize,
    /// What is wrong about where the fences stand and how they look.
    pub(crate) misplaced: Vec<Problem>,
    /// Whether a closing fence is missing.
    pub(crate) unclosed: bool,
}

/// Keys that nobody writes below a thematic break.
const KNOWN_KEYS: [&str; 20] = [
    "title",
    "layout",
    "date",
    "tags",
    "categories",
    "category",
    "draft",
    "author",
    "authors",
    "description",
    "slug",
    "permalink",
    "published",
    "id",
    "sidebar_label",
    "weight",
    "url",
    "summary",
    "tag",
    "image",
];

/// Finds the block at the top of a file whose text starts at byte `start`, after a byte-order mark.
pub(crate) fn find(text: &str, start: usize) -> Option<Block> {
    let top = &text[start..];
    // Nearly every file without front matter is told by its first byte.
    if !top.starts_with(['-', '+', '{', '<', '–', '—', '−', ' ', '\t', '\n', '\r', '\u{feff}']) {
        return None;
    }
    let mut block = exact(text, start).or_else(|| near(text, start)).or_else(|| later(text, start))?;
    // Zola and Hugo, who read TOML, look past blank lines and byte-order marks.
    if start > 0 && block.syntax == Syntax::Yaml {
        let span = Span::new(0, start);
        let fix = Some(Edit::replace(span, ""));
        block.misplaced.push(Problem { cause: Cause::ByteOrderMark, span, other: None, detail: String::new(), fix });
    }
    Some(block)
}

/// The opening fence of a whole block of metadata at byte `start`, though it isn't the first.
pub(crate) fn second(text: &str, start: usize) -> Option<Span> {
    let block = exact(text, start).filter(|block| !block.unclosed)?;
    is_all_metadata(&text[block.inner.range()], block.syntax).then_some(block.fence)
}

/// The first of the lines of metadata from byte `start` to a `---`.
pub(crate) fn rest(text: &str, start: usize) -> Option<Span> {
    let rest = &text[start..];
    let end = lines(rest).find(|line| line.is_blank() || line.content(rest) == "---")?;
    let is_closed = end.content(rest) == "---" && end.start > 0;
    let first = lines(rest).next()?;
    (is_closed && is_all_metadata(&rest[..end.start], Syntax::Yaml))
        .then(|| Span::new(start + first.first(), start + first.end))
}

/// Whether every line is metadata: text between two thematic breaks may have a colon in it too.
fn is_all_metadata(text: &str, syntax: Syntax) -> bool {
    let mut filled = lines(text).filter(|line| !line.is_blank());
    let is_part = |line: &Line| line.indent > 0 || line.starts_with(text, &['#', '-', ']', '}']);
    filled.all(|line| is_part(&line) || is_entry(&line, text, syntax)) && starts_with_metadata(text, syntax)
}

/// A block whose opening fence is at byte `start`.
fn exact(text: &str, start: usize) -> Option<Block> {
    if text[start..].starts_with('{') {
        return object(text, start);
    }
    let first = lines(&text[start..]).next()?;
    let opening = first.content(&text[start..]);
    let (syntax, mark) = match opening {
        "---" | "---yaml" | "---yml" | "--- yaml" => (Syntax::Yaml, "---"),
        "+++" => (Syntax::Toml, "+++"),
        "---toml" | "--- toml" => (Syntax::Toml, "---"),
        "---json" | "--- json" => (Syntax::Json, "---"),
        _ => return None,
    };
    if first.indent > 0 {
        return None;
    }
    let fence = Span::new(start, start + opening.len());
    let inner = start + first.next;
    if first.next == first.end {
        return None;
    }
    let is_close = |line: &Line| {
        let content = line.content(&text[inner..]);
        line.indent == 0 && (content == mark || (content == "..." && syntax == Syntax::Yaml))
    };
    if let Some(line) = lines(&text[inner..]).find(is_close) {
        let block = closed(syntax, fence, inner, line);
        return is_metadata(&text[block.inner.range()], syntax).then_some(block);
    }
    unclosed(text, syntax, fence, inner, mark)
}

fn closed(syntax: Syntax, fence: Span, inner: usize, close: Line) -> Block {
    Block {
        syntax,
        fence,
        inner: Span::new(inner, inner + close.start),
        close: Some(Span::new(inner + close.first(), inner + close.end)),
        body: inner + close.next,
        misplaced: Vec::new(),
        unclosed: false,
    }
}

/// Whether what stands between two `---` is more than what stands between two thematic breaks.
fn is_metadata(inner: &str, syntax: Syntax) -> bool {
    let starts_at_once = !inner.starts_with(['\n', '\r']) || inner.trim().is_empty();
    starts_at_once || syntax != Syntax::Yaml || lines(inner).any(|line| is_entry(&line, inner, syntax))
}

fn is_entry(line: &Line, text: &str, syntax: Syntax) -> bool {
    let content = line.content(text);
    match syntax {
        Syntax::Yaml => line.indent == 0 && looks_like_key(content),
        _ => content.split_once('=').is_some_and(|(key, _)| !key.trim().is_empty() && !key.trim().contains(' ')),
    }
}

/// Whether the lines at the start of `text` are metadata, although nothing ends them.
fn starts_with_metadata(text: &str, syntax: Syntax) -> bool {
    let mut entries =
        lines(text).take_while(|line| !line.is_blank()).take(3).filter(|line| is_entry(line, text, syntax));
    let Some(first) = entries.next().filter(|line| line.start == 0) else { return false };
    let key = first.content(text).split([':', '=']).next().unwrap_or_default().trim();
    KNOWN_KEYS.iter().any(|known| known.eq_ignore_ascii_case(key)) || entries.next().is_some()
}

/// A block that nothing ends: its lines of metadata, if there are any.
fn unclosed(text: &str, syntax: Syntax, fence: Span, inner: usize, mark: &str) -> Option<Block> {
    let rest = &text[inner..];
    if syntax == Syntax::Json || !starts_with_metadata(rest, syntax) {
        return None;
    }
    let end =
        lines(rest).find(|line| line.is_blank() || (line.indent == 0 && line.starts_with(rest, &['#', '<', '`', '!'])));
    let long_fence = lines(rest).take_while(|line| !line.is_blank()).find(|line| {
        let content = line.content(rest);
        line.indent == 0 && content.len() > mark.len() && content.trim_start_matches(&mark[..1]).is_empty()
    });
    if let Some(line) = long_fence {
        let span = Span::new(inner + line.first(), inner + line.end);
        let problem = near_fence(text, span, Some(Edit::replace(span, mark)));
        return Some(Block { misplaced: vec![problem], ..closed(syntax, fence, inner, line) });
    }
    let end = inner + end.map_or(rest.len(), |line| line.start);
    Some(Block {
        syntax,
        fence,
        inner: Span::new(inner, end),
        close: None,
        body: end,
        misplaced: Vec::new(),
        unclosed: true,
    })
}

/// The block as it is if its closing fence is missing and a thematic break of the body was taken for it: up to the
/// first blank line, if no entry comes after that.
pub(crate) fn cut_short(text: &str, block: &Block) -> Option<Block> {
    let inner = &text[block.inner.range()];
    let blank = lines(inner).find(Line::is_blank).filter(|line| line.start > 0)?;
    let rest = &inner[blank.next..];
    // An indented list goes on with the field above, blank line or not.
    let is_item = |line: Line| line.is_blank() || (line.first() > line.start && line.content(rest).starts_with("- "));
    let is_body = !rest.trim().is_empty()
        && !lines(rest).any(|line| is_entry(&line, rest, block.syntax))
        && !lines(rest).all(is_item);
    let end = block.inner.start + blank.start;
    let inner = Span::new(block.inner.start, end);
    (is_body && starts_with_metadata(&text[inner.range()], block.syntax)).then(|| Block {
        inner,
        close: None,
        body: end,
        unclosed: true,
        misplaced: block.misplaced.clone(),
        ..*block
    })
}

/// `{ … }` alone on its lines. `{{< x >}}`, `{% x %}` and `{: .x}` are text.
fn object(text: &str, start: usize) -> Option<Block> {
    let bytes = text.as_bytes();
    if !text[start + 1..].trim_start().starts_with(['"', '}']) {
        return None;
    }
    let (mut at, mut depth, mut quoted) = (start, 0_usize, false);
    let end = loop {
        match *bytes.get(at)? {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    break at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    };
    let after = lines(&text[end..]).next()?;
    let inner = Span::new(start, end);
    let fence = Span::new(start, start + 1);
    let (misplaced, unclosed) = (Vec::new(), false);
    after.is_blank().then_some(Block {
        syntax: Syntax::Json,
        fence,
        inner,
        close: None,
        body: end + after.next,
        misplaced,
        unclosed,
    })
}

/// `----`, `—--`, `++++`, ` ---` on the first line, metadata below it and an end to it.
fn near(text: &str, start: usize) -> Option<Block> {
    let top = &text[start..];
    let first = lines(top).next().filter(|line| !line.is_blank() && line.next > line.end)?;
    let opening = first.content(top);
    let dashes =
        |line: &str| line.chars().count() >= 2 && line.chars().all(|char| matches!(char, '-' | '–' | '—' | '−'));
    let pluses = |line: &str| line.len() >= 2 && line.bytes().all(|byte| byte == b'+');
    let (syntax, is_fence, mark): (_, &dyn Fn(&str) -> bool, _) = match opening {
        _ if dashes(opening) => (Syntax::Yaml, &dashes, "---"),
        _ if pluses(opening) => (Syntax::Toml, &pluses, "+++"),
        _ => return None,
    };
    let inner = start + first.next;
    let rest = &text[inner..];
    if !starts_with_metadata(rest, syntax) {
        return None;
    }
    let close = lines(rest).find(|line| is_fence(line.content(rest)) && (line.indent == 0 || first.indent > 0))?;
    // A list or a table between would be the body's, and the fence a thematic break below.
    let blanks = lines(rest).take_while(|line| line.start < close.start).filter(Line::is_blank).count();
    if blanks > 1 {
        return None;
    }
    let fence = Span::new(start + first.first(), start + first.end);
    let exact_close = close.indent == 0 && close.content(rest) == mark;
    let fix = exact_close.then(|| Edit::replace(Span::new(start, fence.end), mark));
    let problem = near_fence(text, fence, fix);
    Some(Block { misplaced: vec![problem], ..closed(syntax, fence, inner, close) })
}

fn near_fence(text: &str, span: Span, fix: Option<Edit>) -> Problem {
    Problem { cause: Cause::NearFence, span, other: None, detail: text[span.range()].to_owned(), fix }
}

/// A block with blank lines or HTML comments before it.
fn later(text: &str, start: usize) -> Option<Block> {
    let mut at = start;
    let mut comment = false;
    loop {
        let rest = text[at..].trim_start_matches([' ', '\t', '\n', '\r', '\u{feff}']);
        at = text.len() - rest.len();
        match rest.strip_prefix("<!--") {
            Some(inside) => at += 4 + inside.find("-->")? + 3,
            None => break,
        }
        comment = true;
    }
    let on_line_start = at == start || text[..at].ends_with(['\n', '\r']);
    if at == start || !on_line_start || !text[at..].starts_with(['-', '+']) {
        return None;
    }
    let mut block = exact(text, at).filter(|block| !block.unclosed)?;
    if !starts_with_metadata(&text[block.inner.range()], block.syntax) {
        return None;
    }
    if block.syntax == Syntax::Toml && !comment {
        return Some(block);
    }
    let span = Span::new(start, text[..at].trim_end().len().max(start));
    let span = if comment { span } else { Span::new(start, at) };
    let fix = (!comment).then(|| Edit::replace(Span::new(start, at), ""));
    let detail = if comment { "a comment" } else { "a blank line" }.to_owned();
    block.misplaced.push(Problem { cause: Cause::NotFirst, span, other: Some(block.fence), detail, fix });
    Some(block)
}
