//! Where the front matter starts and ends: `---`, `+++`, `{`, and malformed variants of these.

use crate::data::format::FrontMatterFormat;
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::data::recovery::line_syntax::looks_like_key;
use crate::diagnostic::Edit;
use crate::document::json_block;
use crate::document::metadata_lines::{
    is_all_metadata, is_entry, is_known_key, is_metadata, key_of, metadata_keys, starts_with_metadata,
};
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

/// Finds the block at the top of a file whose text starts at byte `start`, after a byte-order mark.
pub(crate) fn find_front_matter(text: &str, start: usize) -> Option<DelimitedBlock> {
    let top = &text[start..];
    // The first byte rules out almost every file without front matter.
    if !top
        .starts_with(['-', '+', '{', '<', '`', '–', '—', '−', ' ', '\t', '\n', '\r', '\u{feff}', '\u{a0}', '\u{200b}'])
    {
        return without_opening(text, start);
    }
    let mut block = well_formed_block(text, start)
        .or_else(|| malformed_block(text, start))
        .or_else(|| block_not_at_start(text, start))?;
    // Zola and Hugo, which support TOML, skip blank lines and byte-order marks.
    if start > 0 && block.format == FrontMatterFormat::Yaml {
        let span = Span::new(0, start);
        let fix = Some(Edit::replace(span, ""));
        block
            .placement_problems
            .push(SyntaxProblem { fix, ..SyntaxProblem::new(SyntaxErrorKind::ByteOrderMark, span, "") });
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

/// A block whose opening delimiter is at byte `start`.
fn well_formed_block(text: &str, start: usize) -> Option<DelimitedBlock> {
    if text[start..].starts_with('{') {
        let (end, body_start) = json_block::find(text, start)?;
        return Some(DelimitedBlock {
            format: FrontMatterFormat::Json,
            opening_delimiter: Span::new(start, start + 1),
            content_span: Span::new(start, end),
            closing_delimiter: None,
            body_start,
            placement_problems: Vec::new(),
            is_unclosed: false,
        });
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

/// Lines of YAML at the top of a file, and a `---` below them.
fn without_opening(text: &str, start: usize) -> Option<DelimitedBlock> {
    let top = &text[start..];
    let first = lines(top).next()?;
    if !is_known_key(key_of(&first, top)) || metadata_keys(top) == 0 {
        return None;
    }
    let close = lines(top).find(|line| line.content(top) == "---")?;
    let fields = lines(&top[..close.start]).filter(|line| is_entry(line, top, FrontMatterFormat::Yaml)).count();
    let span = Span::new(start, start + first.end);
    let problem = SyntaxProblem {
        fix: Some(Edit::replace(Span::empty(start), if top.contains("\r\n") { "---\r\n" } else { "---\n" })),
        ..SyntaxProblem::new(SyntaxErrorKind::MissingOpeningDelimiter, span, "")
    };
    (fields >= 2).then(|| DelimitedBlock {
        placement_problems: vec![problem],
        ..closed_block(FrontMatterFormat::Yaml, Span::empty(start), start, close)
    })
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
    let malformed = lines(rest).take_while(|line| !line.is_blank()).find(|line| is_malformed_closing(line, rest, mark));
    if let Some(line) = malformed {
        let span = Span::new(inner + line.start, inner + line.end);
        // What follows the hyphens may be text of the page.
        let is_bare = !line.content(rest).contains(' ');
        let problem = malformed_delimiter(text, span, is_bare.then(|| Edit::replace(span, mark)));
        return Some(DelimitedBlock { placement_problems: vec![problem], ..closed_block(format, fence, inner, line) });
    }
    let end = inner + end.map_or(rest.len(), |line| line.start);
    let joined = lines(rest).take_while(|line| !line.is_blank()).find(|line| joins_text(line, rest, mark));
    if let Some(line) = joined {
        let span = Span::new(inner + line.start, inner + line.start + mark.len());
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let fix = Edit::replace(Span::empty(span.end), line_end);
        return Some(DelimitedBlock {
            closing_delimiter: Some(span),
            body_start: span.end,
            placement_problems: vec![malformed_delimiter(text, span, Some(fix))],
            ..closed_block(format, fence, inner, line)
        });
    }
    if let Some((mark, next)) = joined_closing(&text[inner..end], format) {
        let span = Span::new(inner + mark, inner + mark + 3);
        let line_end = if text.contains("\r\n") { "\r\n---" } else { "\n---" };
        return Some(DelimitedBlock {
            format,
            opening_delimiter: fence,
            content_span: Span::new(inner, span.start),
            closing_delimiter: Some(span),
            body_start: inner + next,
            placement_problems: vec![malformed_delimiter(text, span, Some(Edit::replace(span, line_end)))],
            is_unclosed: false,
        });
    }
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

/// `draft: false---`: the start of the closing delimiter that is joined to the last field, and the start of the next line.
fn joined_closing(block: &str, format: FrontMatterFormat) -> Option<(usize, usize)> {
    let is_field = |line: &Line| is_entry(line, block, format);
    // A dash may end a sentence; a field of one word and three hyphens doesn't.
    let length = |line: &Line| {
        let value = block[line.start..line.end].trim_end().strip_suffix("---").filter(|value| !value.ends_with('-'))?;
        let is_word = value.rsplit_once(": ").is_some_and(|(_, word)| !word.trim().is_empty() && !word.contains(' '));
        (is_word || value.ends_with([']', '"', '\''])).then_some(value.len())
    };
    let mut fields = lines(block).filter(|line| format == FrontMatterFormat::Yaml && is_field(line));
    fields.find_map(|line| Some((line.start + length(&line)?, line.next)))
}

/// Whether the text below an unclosed block begins with lines that may belong to it: further entries, or what was meant to
/// close it.
pub(crate) fn continues(below: &str, format: FrontMatterFormat) -> bool {
    let is_delimiter = |line: &Line| {
        let content = line.content(below).trim();
        let marks = content.trim_start_matches(['-', '–', '—', '−', '+']);
        marks.is_empty() && content.chars().count() > 1
    };
    let mut paragraph = lines(below).skip_while(Line::is_blank).take_while(|line| !line.is_blank()).peekable();
    // The text of a block scalar goes on below a blank line.
    paragraph.peek().is_some_and(|line| line.indent > 0)
        || paragraph.any(|line| is_delimiter(&line) || is_entry(&line, below, format))
}

/// `---Text of the page`: the text begins on the line of the closing delimiter.
fn joins_text(line: &Line, text: &str, mark: &str) -> bool {
    let rest = line.content(text).strip_prefix(mark).filter(|_| line.indent == 0);
    mark == "---" && rest.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// `----`, `—`, `***`, ` ---`, `--- and text`: a line that was meant to close the block.
fn is_malformed_closing(line: &Line, text: &str, mark: &str) -> bool {
    let content = line.content(text);
    let is_run_of = |signs: &[char]| content.chars().all(|c| signs.contains(&c));
    let is_dashes = is_run_of(&['-', '–', '—', '−']) && (content.len() > 1);
    let is_other = content.len() >= 3 && (is_run_of(&['*']) || is_run_of(&['+']) || is_run_of(&['_']));
    let is_followed = line.indent == 0 && mark == "---" && content.starts_with("--- ");
    content != mark && (is_dashes || is_other) && line.indent < 4 || is_followed || (content == mark && line.indent > 0)
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

/// `----`, `—--`, `++++`, ` ---` on the first line, metadata below it and an end to it.
fn malformed_block(text: &str, start: usize) -> Option<DelimitedBlock> {
    let top = &text[start..];
    let first = lines(top).next().filter(|line| !line.is_blank() && line.next > line.end)?;
    let opening = first.content(top);
    let dashes = |line: &str| line.len() >= 2 && line.chars().all(|char| matches!(char, '-' | '–' | '—' | '−'));
    let pluses = |line: &str| line.len() >= 2 && line.bytes().all(|byte| byte == b'+');
    if let Some(block) = text_after_opening(text, start, &first) {
        return Some(block);
    }
    // A backtick of a code span or a chat.
    let opening = opening.trim_start_matches('`');
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
    let is_close = |line: &Line| is_fence(line.content(rest).trim_end_matches('`'));
    let close = lines(rest).find(|line| is_close(line) && (line.indent == 0 || first.indent > 0))?;
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

/// `--- title: Hello`, `---title: Hello`, `--- # a comment`, with metadata below and an end to it.
fn text_after_opening(text: &str, start: usize, first: &Line) -> Option<DelimitedBlock> {
    let line = &text[start..start + first.end];
    let after = line.strip_prefix("---").filter(|after| !after.starts_with('-'))?.trim_start();
    let is_comment = after.starts_with('#');
    let is_field = looks_like_key(after) && is_known_key(after.split(':').next().unwrap_or_default());
    let inner = if is_comment { start + first.next } else { start + line.len() - after.len() };
    let rest = &text[inner..];
    if !(is_comment || is_field) || !starts_with_metadata(rest, FrontMatterFormat::Yaml) {
        return None;
    }
    let close = lines(rest).find(|line| line.is_blank() || (line.indent == 0 && line.content(rest) == "---"))?;
    if close.is_blank() {
        return None;
    }
    let fence = Span::new(start, start + first.end);
    let fix = is_field.then(|| Edit::replace(Span::new(start, inner), "---\n"));
    let problem = malformed_delimiter(text, fence, fix);
    let yaml = FrontMatterFormat::Yaml;
    Some(DelimitedBlock { placement_problems: vec![problem], ..closed_block(yaml, fence, inner, close) })
}

fn malformed_delimiter(text: &str, span: Span, fix: Option<Edit>) -> SyntaxProblem {
    SyntaxProblem { fix, ..SyntaxProblem::new(SyntaxErrorKind::MalformedDelimiter, span, &text[span.range()]) }
}

/// A block with blank lines or HTML comments before it.
fn block_not_at_start(text: &str, start: usize) -> Option<DelimitedBlock> {
    let mut at = start;
    let mut comment = false;
    loop {
        let rest = text[at..].trim_start_matches([' ', '\t', '\n', '\r', '\u{feff}', '\u{a0}', '\u{200b}']);
        at = text.len() - rest.len();
        match rest.strip_prefix("<!--") {
            Some(inside) => at += 4 + inside.find("-->")? + 3,
            None => break,
        }
        comment = true;
    }
    let before = &text[start..at];
    let is_invisible = !before.is_empty() && before.chars().all(|c| matches!(c, '\u{a0}' | '\u{200b}'));
    let on_line_start = at == start || before.ends_with(['\n', '\r']) || is_invisible;
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
    let fix = (!comment && !is_invisible).then(|| Edit::replace(Span::new(start, at), ""));
    let detail = match comment {
        true => "comment",
        false if is_invisible => "invisible space",
        false => "blank line",
    };
    let detail = detail.to_owned();
    block.placement_problems.push(SyntaxProblem {
        other: Some(block.opening_delimiter),
        fix,
        ..SyntaxProblem::new(SyntaxErrorKind::NotAtStart, span, detail)
    });
    Some(block)
}
