//! Where the front matter starts and ends: `---`, `+++`, `{`, and malformed variants of these.

use crate::data::format::FrontMatterFormat;
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::data::recovery::line_syntax::looks_like_key;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::lines::{Line, lines};

/// A block of metadata that isn't parsed yet. Spans are bytes of the file.
pub(crate) struct DelimitedBlock {
    /// What it is written in.
    pub(crate) format: FrontMatterFormat,
    /// The opening fence.
    pub(crate) opening_delimiter: Span,
    /// Between the fences.
    pub(crate) content_span: Span,
    /// The closing fence.
    pub(crate) closing_delimiter: Option<Span>,
    /// Where the body starts.
    pub(crate) body_start: usize,
    /// Problems with the position and form of the delimiters.
    pub(crate) placement_problems: Vec<SyntaxProblem>,
    /// Whether the closing delimiter is missing.
    pub(crate) is_unclosed: bool,
}

/// Keys that don't occur after a thematic break.
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
pub(crate) fn find_front_matter(text: &str, start: usize) -> Option<DelimitedBlock> {
    let top = &text[start..];
    // The first byte rules out almost every file without front matter.
    if !top.starts_with(['-', '+', '{', '<', '–', '—', '−', ' ', '\t', '\n', '\r', '\u{feff}']) {
        return None;
    }
    let mut block = well_formed_block(text, start)
        .or_else(|| malformed_block(text, start))
        .or_else(|| block_not_at_start(text, start))?;
    // Zola and Hugo, which support TOML, skip blank lines and byte-order marks.
    if start > 0 && block.format == FrontMatterFormat::Yaml {
        let span = Span::new(0, start);
        let fix = Some(Edit::replace(span, ""));
        block.placement_problems.push(SyntaxProblem {
            kind: SyntaxErrorKind::ByteOrderMark,
            span,
            other: None,
            detail: String::new(),
            fix,
        });
    }
    Some(block)
}

/// The opening delimiter of a complete second block of metadata at byte `start`.
pub(crate) fn second_block(text: &str, start: usize) -> Option<Span> {
    let block = well_formed_block(text, start).filter(|block| !block.is_unclosed)?;
    is_all_metadata(&text[block.content_span.range()], block.format).then_some(block.opening_delimiter)
}

/// The first of the lines of metadata from byte `start` to a `---`.
pub(crate) fn fields_after_document_end(text: &str, start: usize) -> Option<Span> {
    let rest = &text[start..];
    let end = lines(rest).find(|line| line.is_blank() || line.content(rest) == "---")?;
    let is_closed = end.content(rest) == "---" && end.start > 0;
    let first = lines(rest).next()?;
    (is_closed && is_all_metadata(&rest[..end.start], FrontMatterFormat::Yaml))
        .then(|| Span::new(start + first.first(), start + first.end))
}

/// Whether every line is metadata: text between two thematic breaks may have a colon in it too.
fn is_all_metadata(text: &str, format: FrontMatterFormat) -> bool {
    let mut filled = lines(text).filter(|line| !line.is_blank());
    let is_part = |line: &Line| line.indent > 0 || line.starts_with(text, &['#', '-', ']', '}']);
    filled.all(|line| is_part(&line) || is_entry(&line, text, format)) && starts_with_metadata(text, format)
}

/// A block whose opening delimiter is at byte `start`.
fn well_formed_block(text: &str, start: usize) -> Option<DelimitedBlock> {
    if text[start..].starts_with('{') {
        return json_object(text, start);
    }
    let first = lines(&text[start..]).next()?;
    let opening = first.content(&text[start..]);
    let (format, mark) = match opening {
        "---" | "---yaml" | "---yml" | "--- yaml" => (FrontMatterFormat::Yaml, "---"),
        "+++" => (FrontMatterFormat::Toml, "+++"),
        "---toml" | "--- toml" => (FrontMatterFormat::Toml, "---"),
        "---json" | "--- json" => (FrontMatterFormat::Json, "---"),
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
        line.indent == 0 && (content == mark || (content == "..." && format == FrontMatterFormat::Yaml))
    };
    if let Some(line) = lines(&text[inner..]).find(is_close) {
        let block = closed_block(format, fence, inner, line);
        return is_metadata(&text[block.content_span.range()], format).then_some(block);
    }
    unclosed_block(text, format, fence, inner, mark)
}

fn closed_block(format: FrontMatterFormat, fence: Span, inner: usize, close: Line) -> DelimitedBlock {
    DelimitedBlock {
        format,
        opening_delimiter: fence,
        content_span: Span::new(inner, inner + close.start),
        closing_delimiter: Some(Span::new(inner + close.first(), inner + close.end)),
        body_start: inner + close.next,
        placement_problems: Vec::new(),
        is_unclosed: false,
    }
}

/// Whether the text between two `---` is metadata, not text between two thematic breaks.
fn is_metadata(inner: &str, format: FrontMatterFormat) -> bool {
    let starts_at_once = !inner.starts_with(['\n', '\r']) || inner.trim().is_empty();
    starts_at_once || format != FrontMatterFormat::Yaml || lines(inner).any(|line| is_entry(&line, inner, format))
}

fn is_entry(line: &Line, text: &str, format: FrontMatterFormat) -> bool {
    let content = line.content(text);
    match format {
        FrontMatterFormat::Yaml => line.indent == 0 && looks_like_key(content),
        _ => content.split_once('=').is_some_and(|(key, _)| !key.trim().is_empty() && !key.trim().contains(' ')),
    }
}

/// Whether the lines at the start of `text` are metadata, although they are never closed.
fn starts_with_metadata(text: &str, format: FrontMatterFormat) -> bool {
    let mut entries =
        lines(text).take_while(|line| !line.is_blank()).take(3).filter(|line| is_entry(line, text, format));
    let Some(first) = entries.next().filter(|line| line.start == 0) else { return false };
    let key = first.content(text).split([':', '=']).next().unwrap_or_default().trim();
    KNOWN_KEYS.iter().any(|known| known.eq_ignore_ascii_case(key)) || entries.next().is_some()
}

/// An unclosed block: its lines of metadata, if there are any.
fn unclosed_block(
    text: &str,
    format: FrontMatterFormat,
    fence: Span,
    inner: usize,
    mark: &str,
) -> Option<DelimitedBlock> {
    let rest = &text[inner..];
    if format == FrontMatterFormat::Json || !starts_with_metadata(rest, format) {
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
        let problem = malformed_delimiter(text, span, Some(Edit::replace(span, mark)));
        return Some(DelimitedBlock { placement_problems: vec![problem], ..closed_block(format, fence, inner, line) });
    }
    let end = inner + end.map_or(rest.len(), |line| line.start);
    Some(DelimitedBlock {
        format,
        opening_delimiter: fence,
        content_span: Span::new(inner, end),
        closing_delimiter: None,
        body_start: end,
        placement_problems: Vec::new(),
        is_unclosed: true,
    })
}

/// Whether the text below an unclosed block begins with lines that may belong to it: further entries, or what was meant to
/// close it.
pub(crate) fn continues(below: &str, format: FrontMatterFormat) -> bool {
    let is_delimiter = |line: &Line| {
        let content = line.content(below).trim();
        let marks = content.trim_start_matches(['-', '–', '—', '−', '+']);
        marks.is_empty() && content.chars().count() > 1
    };
    let mut paragraph = lines(below).skip_while(Line::is_blank).take_while(|line| !line.is_blank());
    paragraph.any(|line| is_delimiter(&line) || is_entry(&line, below, format))
}

/// The block that results if its closing delimiter is missing and a thematic break of the body was mistaken for it: up
/// to the first blank line, if no entry follows.
pub(crate) fn without_swallowed_body(text: &str, block: &DelimitedBlock) -> Option<DelimitedBlock> {
    let inner = &text[block.content_span.range()];
    let blank = lines(inner).find(Line::is_blank).filter(|line| line.start > 0)?;
    let rest = &inner[blank.next..];
    // An indented list continues the field before it, blank line or not.
    let is_item = |line: Line| line.is_blank() || (line.first() > line.start && line.content(rest).starts_with("- "));
    let is_body = !rest.trim().is_empty()
        && !lines(rest).any(|line| is_entry(&line, rest, block.format))
        && !lines(rest).all(is_item);
    let end = block.content_span.start + blank.start;
    let inner = Span::new(block.content_span.start, end);
    (is_body && starts_with_metadata(&text[inner.range()], block.format)).then(|| DelimitedBlock {
        content_span: inner,
        closing_delimiter: None,
        body_start: end,
        is_unclosed: true,
        placement_problems: block.placement_problems.clone(),
        ..*block
    })
}

/// `{ … }` alone on its lines. `{{< x >}}`, `{% x %}` and `{: .x}` are text.
fn json_object(text: &str, start: usize) -> Option<DelimitedBlock> {
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
    after.is_blank().then_some(DelimitedBlock {
        format: FrontMatterFormat::Json,
        opening_delimiter: fence,
        content_span: inner,
        closing_delimiter: None,
        body_start: end + after.next,
        placement_problems: Vec::new(),
        is_unclosed: false,
    })
}

/// `----`, `—--`, `++++`, ` ---` on the first line, metadata below it and an end to it.
fn malformed_block(text: &str, start: usize) -> Option<DelimitedBlock> {
    let top = &text[start..];
    let first = lines(top).next().filter(|line| !line.is_blank() && line.next > line.end)?;
    let opening = first.content(top);
    let dashes =
        |line: &str| line.chars().count() >= 2 && line.chars().all(|char| matches!(char, '-' | '–' | '—' | '−'));
    let pluses = |line: &str| line.len() >= 2 && line.bytes().all(|byte| byte == b'+');
    let (format, is_fence, mark): (_, &dyn Fn(&str) -> bool, _) = match opening {
        _ if dashes(opening) => (FrontMatterFormat::Yaml, &dashes, "---"),
        _ if pluses(opening) => (FrontMatterFormat::Toml, &pluses, "+++"),
        _ => return None,
    };
    let inner = start + first.next;
    let rest = &text[inner..];
    if !starts_with_metadata(rest, format) {
        return None;
    }
    let close = lines(rest).find(|line| is_fence(line.content(rest)) && (line.indent == 0 || first.indent > 0))?;
    // A list or a table in between would belong to the body, and the delimiter would be a thematic break.
    let blanks = lines(rest).take_while(|line| line.start < close.start).filter(Line::is_blank).count();
    if blanks > 1 {
        return None;
    }
    let fence = Span::new(start + first.first(), start + first.end);
    let exact_close = close.indent == 0 && close.content(rest) == mark;
    let fix = exact_close.then(|| Edit::replace(Span::new(start, fence.end), mark));
    let problem = malformed_delimiter(text, fence, fix);
    Some(DelimitedBlock { placement_problems: vec![problem], ..closed_block(format, fence, inner, close) })
}

fn malformed_delimiter(text: &str, span: Span, fix: Option<Edit>) -> SyntaxProblem {
    SyntaxProblem {
        kind: SyntaxErrorKind::MalformedDelimiter,
        span,
        other: None,
        detail: text[span.range()].to_owned(),
        fix,
    }
}

/// A block with blank lines or HTML comments before it.
fn block_not_at_start(text: &str, start: usize) -> Option<DelimitedBlock> {
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
    let mut block = well_formed_block(text, at).filter(|block| !block.is_unclosed)?;
    if !starts_with_metadata(&text[block.content_span.range()], block.format) {
        return None;
    }
    if block.format == FrontMatterFormat::Toml && !comment {
        return Some(block);
    }
    let span = Span::new(start, text[..at].trim_end().len().max(start));
    let span = if comment { span } else { Span::new(start, at) };
    let fix = (!comment).then(|| Edit::replace(Span::new(start, at), ""));
    let detail = if comment { "comment" } else { "blank line" }.to_owned();
    block.placement_problems.push(SyntaxProblem {
        kind: SyntaxErrorKind::NotAtStart,
        span,
        other: Some(block.opening_delimiter),
        detail,
        fix,
    });
    Some(block)
}
