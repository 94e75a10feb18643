//! Small constructs recognized by their characters: bare URLs, tags, comments, fences.

use crate::source::Span;
use memchr::memmem;

/// Inline tags whose content is code or keys, not prose.
const CODE_TAGS: [&str; 6] = ["code", "kbd", "samp", "var", "tt", "script"];

/// Where bare URLs may be within `span`: each `://` and `www.`, in order. One pass for the whole body, because most
/// texts have none.
pub(crate) fn bare_url_hints(text: &str, span: Span) -> Vec<usize> {
    let bytes = &text.as_bytes()[span.range()];
    let find = |hint| memmem::find_iter(bytes, hint).map(|at| span.start + at);
    let mut hints: Vec<usize> = find("://").collect();
    let schemes = hints.len();
    hints.extend(find("www."));
    if 0 < schemes && schemes < hints.len() {
        hints.sort_unstable();
    }
    hints
}

/// The bare URL around the hint at `at` within `span`: `http://`, `https://`, `ftp://`, `www.` and what follows.
pub(crate) fn bare_url(text: &str, span: Span, at: usize) -> Option<Span> {
    let before = &text.as_bytes()[span.start..at];
    let is_web = text[at..].starts_with("www.");
    let scheme = if is_web { (!ends_in_word(before)).then_some(0) } else { scheme_len(before) }?;
    let end = span.start + bare_url_end(&text[span.range()], at - scheme - span.start, at + 3 - span.start);
    (end > at + 4).then(|| Span::new(at - scheme, end))
}

/// The tag of [`CODE_TAGS`] that `tag` opens.
pub(crate) fn code_tag(tag: &str) -> Option<&'static str> {
    let name = tag.strip_prefix('<')?;
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric())?];
    if tag.ends_with("/>") {
        return None;
    }
    CODE_TAGS.into_iter().find(|known| name.eq_ignore_ascii_case(known))
}

/// Whether `tag` closes the tag called `name`.
pub(crate) fn is_closing(tag: &str, name: &str) -> bool {
    let inner = tag.strip_prefix("</").and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|inner| inner.trim_end().eq_ignore_ascii_case(name))
}

/// The comments within `span`, each from `<!--` to `-->`; one that is never closed goes to the end.
pub(crate) fn comments(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let bytes = &text.as_bytes()[span.range()];
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + memmem::find(bytes.get(from..)?, b"<!--")?;
        // `<!-->` and `<!--->` are whole comments.
        let end = memmem::find(&bytes[start + 2..], b"-->").map_or(bytes.len(), |end| start + 2 + end + 3);
        from = end;
        Some(Span::new(start, end).shift(span.start))
    })
}

/// The number of times the first byte is repeated.
pub(crate) fn run_len(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&byte| Some(byte) == bytes.first()).count()
}

/// `span` without spaces at its ends.
pub(crate) fn trim(text: &str, span: Span) -> Span {
    let inner = &text[span.range()];
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

/// Whether the last line of a fenced block, which must be after its code, is a fence as long as the first.
pub(crate) fn ends_in_code_fence(text: &str, block: Span, code_end: usize) -> bool {
    let bytes = text.as_bytes();
    let open = &bytes[block.range()];
    let rest = bytes[code_end.min(block.end)..block.end].trim_ascii();
    let fence = rest.iter().rev().take_while(|&byte| Some(byte) == open.first()).count();
    fence >= run_len(open)
}

/// Whether a line of a fenced block closes it, with a tab after the fence: `CommonMark` allows that, and pulldown-cmark
/// 0.13.6 doesn't.
pub(crate) fn closes_before_tab(text: &str, block: Span, line: Span) -> bool {
    let open = &text.as_bytes()[block.range()];
    let line = text.as_bytes()[line.range()].trim_ascii_start();
    let fence = line.iter().take_while(|&byte| Some(byte) == open.first()).count();
    fence >= run_len(open) && line[fence..].contains(&b'\t') && line[fence..].trim_ascii().is_empty()
}

/// The length of the scheme that `before` ends in, if it is one that occurs in running text.
fn scheme_len(before: &[u8]) -> Option<usize> {
    const KNOWN: [&str; 10] = ["http", "https", "ftp", "s3", "git", "ssh", "file", "ws", "wss", "chrome"];
    let len = before.iter().rev().take(8).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let scheme = &before[before.len() - len..];
    KNOWN.iter().any(|name| scheme.eq_ignore_ascii_case(name.as_bytes())).then_some(len)
}

fn ends_in_word(bytes: &[u8]) -> bool {
    bytes.last().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Where the URL that starts at `start` ends. Its host is ASCII; the rest may have letters of any script, so that
/// `/wiki/한국` stays whole. Trailing punctuation belongs to the sentence.
fn bare_url_end(text: &str, start: usize, host: usize) -> usize {
    let mut in_host = true;
    let mut open = 0_usize;
    let mut end = text.len();
    for (at, c) in text[host..].char_indices().map(|(at, c)| (host + at, c)) {
        match c {
            '/' | '?' | '#' => in_host = false,
            '(' => open += 1,
            ')' if open == 0 => {
                end = at;
                break;
            }
            ')' => open -= 1,
            _ => {}
        }
        let stops = c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`');
        let foreign = !c.is_ascii() && (in_host || !c.is_alphanumeric());
        if stops || foreign {
            end = at;
            break;
        }
    }
    let trimmed =
        text[start..end].trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '*', '_', '~', ']', '}', '|', '\\']);
    start + trimmed.len()
}
