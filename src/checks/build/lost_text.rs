//! Text that Markdown interprets as something else and doesn't display: footnotes and definitions that nothing refers to,
//! backslashes, and marks of emphasis in numbers and names.

use crate::checks::build::code_regions::code_at;
use crate::checks::build::leading_text;
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::generator::markup::MarkdownExtension;
use crate::source::Span;
use memchr::{memchr, memchr_iter, memmem};
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// Options: names that are written between underscores.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LostText {
    /// Names of Python with two underscores on each side.
    dunder_names: Vec<String>,
}

impl Check for LostText {
    fn check(&self, cx: &Context, found: &mut Findings) {
        leading_text::report_leading_lines(cx, found);
        leading_text::report_text_above_delimiter(cx, found);
        report_footnotes(cx, found);
        report_definitions(cx, found);
        report_backslashes(cx, found);
        report_stars(cx, found);
        self.report_dunders(cx, found);
    }
}

/// Footnotes that nothing refers to, and the second of two with one name.
fn report_footnotes(cx: &Context, found: &mut Findings) {
    let (text, body) = (cx.doc.source.text(), &cx.doc.body);
    let is_supported = cx.profile.is_known()
        && cx.profile.markdown.has_reference_links()
        && !cx.profile.markup.unsupported.contains_key(&MarkdownExtension::Footnotes);
    if body.footnotes.is_empty() || !is_supported {
        return;
    }
    let names = body.footnotes.iter().filter_map(|span| footnote_name(&text[span.start..]));
    let used = used_footnotes(text, names.map(str::len).max().unwrap_or_default());
    let mut defined: HashMap<&str, Span> = HashMap::new();
    for &span in &body.footnotes {
        let Some(name) = footnote_name(&text[span.range()]) else { continue };
        let mark = Span::new(span.start, span.start + name.len() + 3);
        if let Some(&first) = defined.get(name) {
            found
                .at(mark, format!("second text of footnote `{}`", truncate(name)))
                .label(first, "only this one is displayed")
                .help("give the footnotes different names");
            continue;
        }
        defined.insert(name, mark);
        if !used.contains(name) {
            found
                .at(mark, format!("footnote `{}` is not displayed, because nothing refers to it", truncate(name)))
                .help(format!("refer to it as `[^{name}]`, or remove it"));
        }
    }
}

/// The name in the mark that a footnote begins with.
fn footnote_name(footnote: &str) -> Option<&str> {
    footnote.strip_prefix("[^").and_then(|rest| rest.split(']').next())
}

/// The names of at most `longest` bytes that marks of footnotes have, but for those that begin a footnote.
fn used_footnotes(text: &str, longest: usize) -> HashSet<&str> {
    let names = memmem::find_iter(text.as_bytes(), b"[^").filter_map(|at| {
        let rest = &text[at + 2..];
        let near = &rest.as_bytes()[..rest.len().min(longest + 1)];
        let (name, after) = rest.split_at(memchr(b']', near)?);
        // At the start of a line, it begins a footnote.
        let is_text =
            || text[..at].rsplit('\n').next().is_some_and(|line| !line.trim_matches([' ', '\t', '>']).is_empty());
        (!after.starts_with("]:") || is_text()).then_some(name)
    });
    names.collect()
}

/// `[TODO]: later`: a definition of a link to `later`, which nothing refers to.
fn report_definitions(cx: &Context, found: &mut Findings) {
    let text = cx.doc.source.text();
    let mut places: Vec<Span> = Vec::new();
    let lower = OnceCell::new();
    let counts = OnceCell::new();
    for definition in &cx.doc.body.definitions {
        let written = &text[definition.span.range()];
        let Some((label, destination)) = written.split_once("]:") else { continue };
        let destination = destination.trim().trim_end_matches(['.', ',', '!', '?']);
        let is_word = !destination.is_empty() && destination.chars().all(char::is_alphabetic);
        let label = label.trim_start().trim_start_matches('[');
        let is_comment = label.starts_with(|c: char| !c.is_alphanumeric()) || label.eq_ignore_ascii_case("comment");
        if !is_word || is_comment || label.is_empty() {
            continue;
        }
        let lower = lower.get_or_init(|| text.to_lowercase());
        let reference = label.to_lowercase();
        let is_used = if reference.contains(['[', ']']) {
            lower.matches(&format!("[{reference}]")).count() > 1
        } else {
            counts.get_or_init(|| bracketed(lower)).get(&*reference).is_some_and(|count| *count > 1)
        };
        if !is_used {
            places.push(definition.span);
        }
    }
    places.sort_unstable();
    for span in places {
        let written = truncate(text[span.range()].trim());
        found
            .at(span, format!("`{written}` is not displayed: it is parsed as the definition of a link"))
            .help("write `\\[` at the start");
    }
}

/// How often each text is between brackets that hold no others.
fn bracketed(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for opened in text.split('[').skip(1) {
        if let Some((inner, _)) = opened.split_once(']') {
            *counts.entry(inner).or_default() += 1;
        }
    }
    counts
}

/// The maximum length of a path, in bytes.
const MAX_PATH_LEN: usize = 1_000;

/// `C:\my\_files`: a backslash before punctuation.
fn report_backslashes(cx: &Context, found: &mut Findings) {
    let (text, body) = (cx.doc.source.text(), &cx.doc.body);
    let bytes = text.as_bytes();
    for at in memmem::find_iter(&bytes[body.span.range()], b":\\").map(|at| at + body.span.start) {
        let is_drive = at > 0
            && bytes[at - 1].is_ascii_alphabetic()
            && !text[..at - 1].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '\\' | '$'));
        if !is_drive || !body.is_prose(at) || code_at(body, at).is_some() || is_in_math(text, at, at) {
            continue;
        }
        let near = &text[at..text.floor_char_boundary(text.len().min(at + MAX_PATH_LEN))];
        let path = &near[..near.find(char::is_whitespace).unwrap_or(near.len())];
        if path.len() == near.len() && at + near.len() < text.len() {
            continue;
        }
        let lost = path.char_indices().find(|&(index, c)| {
            c == '\\'
                && path[index + 1..]
                    .starts_with(|next: char| next.is_ascii_punctuation() && !matches!(next, '\\' | '_'))
        });
        if let Some((index, _)) = lost {
            let escaped = &path[index..index + 2];
            found
                .at(Span::new(at - 1, at + path.len()), format!("the backslash of `{escaped}` is not displayed"))
                .help("put the path in code, or double the backslashes");
        }
    }
}

/// Whether there is a dollar sign on both sides, on the same line: `$(00*10*1)$`.
fn is_in_math(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].rsplit('\n').next().unwrap_or_default();
    let after = text[end..].lines().next().unwrap_or_default();
    before.contains('$') && after.contains('$')
}

/// `2*3*4`: asterisks between digits that are emphasis.
fn report_stars(cx: &Context, found: &mut Findings) {
    let (text, body) = (cx.doc.source.text(), &cx.doc.body);
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut stars = memchr_iter(b'*', &bytes[body.span.range()]).map(|at| at + body.span.start).peekable();
    while let Some(first) = stars.next() {
        let is_between = |at: usize| is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        let Some(&second) = stars.peek() else { return };
        let content = &text[first + 1..second];
        let is_pair = is_between(first) && is_between(second) && content.bytes().all(|byte| byte.is_ascii_digit());
        // A mark of emphasis is in no inline span.
        let is_mark = |at: usize| !body.is_prose(at) && body.inline_at(at).is_none() && code_at(body, at).is_none();
        let is_emphasis = is_pair
            && is_mark(first)
            && is_mark(second)
            && body.is_prose(first - 1)
            && !is_in_math(text, first, second);
        if is_emphasis {
            found
                .at(Span::new(first - 1, second + 2), "asterisks between digits are parsed as emphasis")
                .help("write `\\*`, or put the expression in code");
            stars.next();
        }
    }
}

impl LostText {
    /// `__init__`: bold text to Markdown.
    fn report_dunders(&self, cx: &Context, found: &mut Findings) {
        let (text, body) = (cx.doc.source.text(), &cx.doc.body);
        for at in memmem::find_iter(&text.as_bytes()[body.span.range()], b"__").map(|at| at + body.span.start) {
            let rest = &text[at + 2..];
            let name = &rest[..rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len())];
            let is_bold = rest[name.len()..].starts_with("__") && body.inline_at(at).is_none() && body.is_prose(at + 2);
            if is_bold && code_at(body, at).is_none() && self.dunder_names.iter().any(|known| known == name) {
                found
                    .at(
                        Span::new(at, at + name.len() + 4),
                        format!("the underscores of `__{name}__` are parsed as bold"),
                    )
                    .help("put the name in code");
            }
        }
    }
}
