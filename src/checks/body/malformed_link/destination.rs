//! `](` that is shown as text: a destination with a space, broken over two lines, or never closed.

use crate::checks::check::Context;
use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::checks::support::other_parsers;
use crate::diagnostic::{Edit, FixEffect};
use crate::source::Span;
use crate::text::brackets;
use crate::text::next_byte::NextByte;
use memchr::memmem;
use std::cell::OnceCell;

/// The maximum length of a link's text and of a destination, in bytes.
const MAX_LEN: usize = 300;

/// A link that isn't parsed as one.
struct Shown<'a> {
    /// The opening bracket, or the `!` before it.
    start: usize,
    /// After `](`.
    from: usize,
    /// The rest of the block.
    rest: &'a str,
    image: bool,
}

/// Reports the links whose `](` is text.
pub(super) fn check(cx: &Context, found: &mut Findings) {
    let accepts_spaces = OnceCell::new();
    let body = &cx.doc.body;
    let text = cx.doc.source.text();
    let mut next_close = NextByte::new(b')');
    for joint in memmem::find_iter(&text.as_bytes()[body.span.range()], b"](").map(|at| at + body.span.start) {
        if !body.is_prose(joint) || text[..joint].ends_with('\\') {
            continue;
        }
        let Some(shown) = shown_link(cx, joint) else { continue };
        // A destination that is longer is none.
        let near = &shown.rest[..shown.rest.ceil_char_boundary(shown.rest.len().min(MAX_LEN + 1))];
        let end = brackets::closing(near, b'(', b')');
        match end.map(|end| &shown.rest[..end]) {
            None if next_close.after(text, shown.from) < shown.from + shown.rest.len() => {}
            None => report_unclosed(cx, &shown, found),
            // kramdown and others accept spaces and line ends in destinations.
            Some(_) if !cx.profile.markdown.is_commonmark() => {}
            Some(inner) if shown.image && has_size(inner) => {}
            Some(inner) if inner.len() > MAX_LEN || inner.contains(['<', '{']) => {}
            Some(inner) if inner.trim().contains(['\n', '\r']) => report_broken(&shown, inner, found),
            Some(inner) if inner.trim().contains([' ', '\u{a0}', '\u{3000}']) => {
                if !accepts_spaces.get_or_init(|| other_parsers::accepts_spaces_in_links(cx)) {
                    report_space(&shown, inner, found);
                }
            }
            Some(_) => {}
        }
    }
}

/// The link around the `](` at byte `joint`, if its brackets belong together and aren't an index: `f[i](x)`.
fn shown_link<'a>(cx: &Context<'a>, joint: usize) -> Option<Shown<'a>> {
    let text = cx.doc.source.text();
    let block = cx.doc.body.block_at(joint)?;
    let near = text.ceil_char_boundary(joint.saturating_sub(MAX_LEN)).max(block.span.start);
    let open = near + brackets::opening(text.get(near..joint)?, b'[', b']')?;
    let before = &text[block.span.start..open];
    let image = before.ends_with('!');
    let start = if image { open - 1 } else { open };
    let is_index = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, ')' | ']' | '\\' | '_'));
    let is_text = cx.doc.body.is_prose(open) && !is_index && joint > open + 1;
    let from = joint + 2;
    (is_text || image).then(|| Shown { start, from, rest: &text[from..block.span.end.max(from)], image })
}

/// `[text](https://example.com` up to the end of the paragraph.
fn report_unclosed(cx: &Context, shown: &Shown, found: &mut Findings) {
    const OTHERS: [char; 7] = ['(', ')', '{', '<', '"', '`', '|'];
    let len = shown.rest.find(|c: char| c.is_whitespace() || OTHERS.contains(&c)).unwrap_or(shown.rest.len());
    let destination = &shown.rest[..len];
    let is_url = destination.starts_with("http://") || destination.starts_with("https://");
    let is_complete =
        is_url || is_path(destination) && (shown.image || destination.contains('/') || destination.starts_with('#'));
    if !is_complete || shown.rest[len..].starts_with(OTHERS) {
        return;
    }
    // A bare URL takes in the period of its sentence.
    let len = destination.trim_end_matches(['.', ',', ';', '。', '，']).len();
    let end = shown.from + len;
    let finding = found.at(Span::new(shown.start, end), format!("{} is never closed", shown.what()));
    finding.label(Span::new(shown.from - 1, shown.from), "opened here").help("add `)` after the destination");
    if cx.doc.source.text()[end..].chars().next().is_none_or(|next| next.is_whitespace() || !next.is_alphanumeric()) {
        finding
            .unsafe_fix("Close the parenthesis", vec![Edit::replace(Span::empty(end), ")")])
            .fix_effect(FixEffect::Structure);
    }
}

/// A destination that continues on the next line.
fn report_broken(shown: &Shown, inner: &str, found: &mut Findings) {
    let mut lines = inner.lines();
    let (Some(first), Some(second), None) = (lines.next(), lines.next(), lines.next()) else { return };
    let is_joined = is_path(first) && !first.contains(' ') && !second.trim().is_empty() && !second.trim().contains(' ');
    let is_title = second.trim_start().starts_with(['"', '\'', '(']);
    // The first line of a link in a quote or a list starts with its marker.
    if !is_joined || is_title || second.trim_start().starts_with('>') {
        return;
    }
    let break_at = shown.from + first.len();
    let second_at = shown.from + inner.len() - second.trim_start().len();
    let span = Span::new(shown.start, shown.from + inner.len() + 1);
    let finding = found.at(span, format!("{} is not rendered: its destination is on two lines", shown.what()));
    finding.label_primary("rendered as text").help("write the destination on one line");
    // Two URLs are two destinations.
    if !second.contains("://") {
        finding
            .unsafe_fix("Join the lines", vec![Edit::replace(Span::new(break_at, second_at), "")])
            .fix_effect(FixEffect::Structure);
    }
}

/// `[text](my file.md)`, `[text](a.md “title”)`
fn report_space(shown: &Shown, inner: &str, found: &mut Findings) {
    let span = Span::new(shown.start, shown.from + inner.len() + 1);
    if let Some((destination, title)) = curly_title(inner) {
        let title_at = shown.from + destination.len() + (inner[destination.len()..].len() - title.len());
        let plain = format!("\"{}\"", title.trim_matches(['“', '”', '„', '‘', '’']).replace('"', "\\\""));
        found
            .at(span, format!("{} is not rendered: typographic quotes around its title", shown.what()))
            .label_primary("rendered as text")
            .help("use straight quotes: `(destination \"title\")`")
            .unsafe_fix("Use straight quotes", vec![Edit::replace(Span::new(title_at, title_at + title.len()), plain)])
            .fix_effect(FixEffect::Structure);
        return;
    }
    let destination = inner.trim();
    let without_title =
        destination.strip_suffix('"').and_then(|rest| rest.split_once(" \"")).map(|(path, _)| path.trim());
    let path = without_title.unwrap_or(destination);
    if !is_spaced_path(path, shown.image) || path.contains(['"', '`', '|', ',']) {
        return;
    }
    let at = shown.from + inner.find(path).unwrap_or_default();
    let finding = found.at(span, format!("{} is not rendered: space in its destination", shown.what()));
    finding.label_primary("rendered as text");
    if path.contains('>') {
        finding.help("write the destination on one line, without spaces");
        return;
    }
    let (help, title, corrected) = if has_stray_spaces(path) {
        let joined = path.replace([' ', '\u{a0}', '\u{3000}'], "");
        (format!("remove the space: `{}`", truncate(&joined)), "Remove the spaces", joined)
    } else {
        let encoded = path.replace(' ', "%20").replace('\u{a0}', "%C2%A0").replace('\u{3000}', "%E3%80%80");
        let help = format!("write `%20` for each space, or use angle brackets: `<{}>`", truncate(path));
        (help, "Encode the spaces", encoded)
    };
    finding
        .help(help)
        .unsafe_fix(title, vec![Edit::replace(Span::new(at, at + path.len()), corrected)])
        .fix_effect(FixEffect::Structure);
}

/// Whether every space of a path is next to a separator, as in `https://example. com`, so that none belongs to a name.
/// In `FR - report.pdf`, both do.
fn has_stray_spaces(path: &str) -> bool {
    const SEPARATORS: [char; 9] = ['.', '/', '-', '?', '=', '&', '#', ':', '_'];
    let spaces = path.char_indices().filter(|(_, c)| c.is_whitespace());
    let mut stray = spaces.map(|(at, c)| {
        let (before, after) = (&path[..at], &path[at + c.len_utf8()..]);
        let is_between = |rest: Option<&str>, is_space: fn(&str) -> bool| rest.is_some_and(|rest| !is_space(rest));
        is_between(before.strip_suffix(SEPARATORS), |rest| rest.ends_with(char::is_whitespace))
            || is_between(after.strip_prefix(SEPARATORS), |rest| rest.starts_with(char::is_whitespace))
    });
    !path.starts_with('#') && stray.all(|stray| stray)
}

/// Whether a destination ends with the size of the picture, for which many renderers have an extension: `a.png =250x`.
fn has_size(inner: &str) -> bool {
    let Some((path, size)) = inner.trim().rsplit_once(" =") else { return false };
    let is_length = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'%' || byte == b'*');
    let sides = size.split_once(['x', 'X']);
    !path.trim().contains(' ') && sides.is_some_and(|(width, height)| is_length(width) && is_length(height))
}

/// The destination and the title of `a.md “title”`.
fn curly_title(inner: &str) -> Option<(&str, &str)> {
    let (destination, title) = inner.trim().split_once(' ')?;
    let title = title.trim();
    let is_quoted = title.starts_with(['“', '”', '„', '‘', '’']) && title.ends_with(['”', '“', '’', '‘']);
    (is_quoted && is_path(destination) && title.chars().count() > 2).then_some((destination, title))
}

/// Whether text looks like a destination: a URL, a path, a fragment, or the name of a file.
fn is_path(text: &str) -> bool {
    let starts = ["http://", "https://", "/", "./", "../", "#", "www."];
    starts.iter().any(|start| text.starts_with(start)) && text.len() > 1 || has_extension(text)
}

/// Whether a text with spaces is a path and not a remark in parentheses.
fn is_spaced_path(path: &str, image: bool) -> bool {
    let starts = ["http://", "https://", "./", "../", "/", "#"];
    let is_marked = starts.iter().any(|start| path.starts_with(start));
    let words = path.split_whitespace().count();
    let is_single = path.split_whitespace().filter(|word| word.contains("://")).count() < 2;
    // `[x](see a.md)` is a remark; a file's name has few spaces.
    (is_marked && words < 9 || has_extension(path) && (image || words < 6)) && is_single
}

/// Whether the last part of a path is the name of a file, as far as its extension shows.
fn has_extension(path: &str) -> bool {
    const KNOWN: [&str; 20] = [
        "md", "mdx", "html", "htm", "png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "zip", "txt", "pptx", "docx",
        "xlsx", "csv", "mp4", "ipynb", "markdown",
    ];
    let bare = path.split(['#', '?']).next().unwrap_or(path);
    let name = bare.rsplit('/').next().unwrap_or(bare);
    name.rsplit_once('.')
        .is_some_and(|(stem, end)| !stem.is_empty() && KNOWN.iter().any(|known| end.eq_ignore_ascii_case(known)))
}

impl Shown<'_> {
    fn what(&self) -> &'static str {
        if self.image { "image" } else { "link" }
    }
}
