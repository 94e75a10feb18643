//! Markdown that is displayed as text, or as something else, because a mark of it is wrong.

use crate::checks::build::code_regions::code_at;
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::document::body::{BlockKind, CodeKind, LeafBlock};
use crate::generator::markdown::MarkdownEngine;
use crate::source::Span;
use memchr::memmem;
use serde::Deserialize;

/// Options: words after `**` that are code.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MisrenderedMarkup {
    /// Names of arguments that Python has after two asterisks.
    argument_names: Vec<String>,
}

impl Check for MisrenderedMarkup {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if !cx.profile.is_known() {
            return;
        }
        // Most pages have none of these marks, which a search of the whole page shows.
        let body = cx.doc.slice(cx.doc.body.span).as_bytes();
        let [has_bold, has_links] = ["**", "](http"].map(|mark| memmem::find(body, mark.as_bytes()).is_some());
        for block in cx.doc.body.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::TableCell { .. })) {
            let text = cx.doc.slice(block.span);
            if block.kind == BlockKind::Paragraph || block.kind == BlockKind::ListItem {
                if has_bold {
                    self.report_bold(cx, block, text, found);
                }
                report_backtick(cx, block, text, found);
                if has_links {
                    report_links(cx, block, text, found);
                }
                report_lines(cx, block, text, found);
            }
        }
        report_setext(cx, found);
        report_indented(cx, found);
    }
}

/// The places of `mark` in a block that are displayed as text.
fn shown<'a>(cx: &'a Context, block: &'a LeafBlock, mark: &'a str) -> impl Iterator<Item = usize> + 'a {
    let text = cx.doc.slice(block.span);
    let places = memmem::find_iter(text.as_bytes(), mark.as_bytes()).map(move |at| at + block.span.start);
    places.filter(|&at| cx.doc.body.is_prose(at) && !cx.doc.source.text()[..at].ends_with('\\'))
}

/// Types of C, after which asterisks make a pointer.
const C_TYPES: [&str; 9] = ["char", "const", "double", "float", "int", "long", "short", "unsigned", "void"];

impl MisrenderedMarkup {
    /// `**` that nothing closes, and bold text with a space at both ends.
    fn report_bold(&self, cx: &Context, block: &LeafBlock, text: &str, found: &mut Findings) {
        if !text.contains("**") {
            return;
        }
        let page = cx.doc.source.text();
        let runs: Vec<usize> = shown(cx, block, "**").collect();
        let before = |at: usize| page[..at].chars().next_back().unwrap_or(' ');
        let after = |at: usize| page[at + 2..].chars().next().unwrap_or(' ');
        match runs[..] {
            [at] => {
                let rest = &page[at + 2..block.span.end];
                let word = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
                let is_opening = (before(at).is_whitespace() || before(at) == '(') && after(at).is_alphabetic();
                let next = rest[word.len()..].chars().next().unwrap_or(' ');
                // `char **argv`
                let type_name =
                    page[..at].trim_end().rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
                let is_code = C_TYPES.contains(&type_name)
                    || self.argument_names.iter().any(|name| name == word)
                    || matches!(next, '/' | '*' | '=' | ')');
                if is_opening && !is_code && rest.len() > word.len() {
                    found
                        .at(Span::new(at, at + 2), "`**` is never closed, and displayed as text")
                        .help("add `**` after the text");
                }
            }
            [first, second] => {
                let inner = &page[first + 2..second];
                let is_spaced = inner.starts_with(' ') && inner.ends_with(' ') && !inner.contains('\n');
                let has_word =
                    inner.split_whitespace().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2);
                let stands_alone = before(first).is_whitespace()
                    && (after(second).is_whitespace() || after(second).is_ascii_punctuation());
                if is_spaced && has_word && stands_alone {
                    found
                        .at(
                            Span::new(first, second + 2),
                            format!("`{}` is displayed with its asterisks", truncate(&page[first..second + 2])),
                        )
                        .help("remove the spaces inside the asterisks");
                }
            }
            _ => {}
        }
    }
}

/// A backtick that nothing closes.
fn report_backtick(cx: &Context, block: &LeafBlock, text: &str, found: &mut Findings) {
    let page = cx.doc.source.text();
    let marks = memchr::memchr_iter(b'`', text.as_bytes()).map(|at| at + block.span.start);
    let mut marks = marks.filter(|&at| cx.doc.body.is_prose(at) && !page[..at].ends_with('\\'));
    let (Some(at), None) = (marks.next(), marks.next()) else { return };
    let is_opening =
        page[..at].ends_with([' ', '\n', '(']) && page[at + 1..].starts_with(|c: char| c.is_alphanumeric());
    // `quoted' is how some programs write quotes.
    let line = page[at..block.span.end].lines().next().unwrap_or_default();
    if is_opening && !line.contains(['\'', '’', '´']) {
        found
            .at(Span::new(at, at + 1), "backtick that nothing closes is displayed as text")
            .help("add a backtick after the code");
    }
}

/// `](https://…)` that belongs to no link: a blank line in the text, or a parenthesis in the address.
fn report_links(cx: &Context, block: &LeafBlock, text: &str, found: &mut Findings) {
    // marked accepts such an address.
    if !text.contains("](http") || cx.profile.markdown == MarkdownEngine::Marked {
        return;
    }
    let page = cx.doc.source.text();
    for at in shown(cx, block, "](http") {
        let address = &page[at + 2..block.span.end];
        let address = &address[..address.find(char::is_whitespace).unwrap_or(address.len())];
        let opens = page[block.span.start..at].contains('[');
        let is_unbalanced = address.matches('(').count() >= address.matches(')').count().max(1);
        if !opens {
            found
                .at(Span::new(at, at + 2 + address.len()), "link without its start is displayed as text")
                .help("add `[` before the text of the link, or remove the blank line in it");
        } else if is_unbalanced && address.ends_with(')') {
            found
                .at(
                    Span::new(at, at + 2 + address.len()),
                    "link is displayed as text: a parenthesis in its URL is open",
                )
                .help("put the URL in angle brackets, or write `%28` for `(`");
        }
    }
}

/// Lines that were meant as a heading, as items of a list, or as a code fence.
fn report_lines(cx: &Context, block: &LeafBlock, text: &str, found: &mut Findings) {
    if !text.starts_with(['#', '-', '1', '‘', '’', '“', '”', '´']) {
        return;
    }
    let is_python = cx.profile.markdown == MarkdownEngine::PythonMarkdown;
    let first = text.lines().next().unwrap_or_default();
    let span = Span::new(block.span.start, block.span.start + first.len());
    if !cx.doc.body.is_prose(block.span.start) || code_at(&cx.doc.body, block.span.start).is_some() {
        return;
    }
    let hashes = first.bytes().take_while(|&byte| byte == b'#').count();
    if hashes > 6 && first[hashes..].starts_with(' ') && !is_python {
        found.at(span, format!("heading of level {hashes} is displayed as text")).help("use at most six `#`");
    }
    // Python-Markdown needs no space.
    let is_hashtags = hashes == 1 && is_python && first[1..].starts_with(char::is_alphabetic) && first.contains(" #");
    if is_hashtags {
        found.at(span, "hashtags are displayed as a heading").help("write `\\#` at the start of the line");
    }
    let quotes = first.chars().take_while(|c| matches!(c, '‘' | '’' | '“' | '”' | '´')).count();
    if quotes >= 3 {
        found.at(span, "code fence of typographic quotes is displayed as text").help("use backticks: ```` ``` ````");
    }
    let lines: Vec<&str> = text.lines().collect();
    let is_dashed = |line: &&str| {
        let word = line.strip_prefix('-').unwrap_or_default();
        let letters = word.chars().take_while(|c| c.is_alphabetic()).count();
        letters > 1 && !word[..word.find(' ').unwrap_or(word.len())].contains(['=', '-', '/'])
    };
    let is_numbered = |(index, line): (usize, &&str)| {
        let rest = line.strip_prefix(&format!("{}.", index + 1)).unwrap_or_default();
        let word = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        // `1.txt`, the name of a file in a sentence of another script.
        let is_file = (1..=4).contains(&word) && !rest[word..].is_empty() && !rest[word..].starts_with([' ', ',']);
        rest.starts_with(char::is_alphabetic) && !is_file
    };
    if lines.len() > 1 && lines.iter().all(is_dashed) {
        found.at(span, "lines that start with `-` without a space are no list").help("add a space after each `-`");
    } else if lines.len() > 1 && lines.iter().enumerate().all(is_numbered) {
        found
            .at(span, "lines that start with a number without a space are no list")
            .help("add a space after each period");
    }
}

/// A heading by the line below it, among headings with `#`.
fn report_setext(cx: &Context, found: &mut Findings) {
    let headings = cx.doc.body.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    let (setext, hashed): (Vec<_>, Vec<_>) =
        headings.partition(|block| !cx.doc.slice(block.span).trim_start().starts_with('#'));
    let is_only = setext.len() == 1 && !hashed.is_empty();
    for block in setext {
        let text = cx.doc.slice(block.span).trim_end();
        let Some(at) = text.rfind('\n') else { continue };
        let mark = text[at + 1..].trim();
        let is_sentence = text[..at].trim_end().ends_with(['.', ':', ',', '。', '다']);
        let is_bar = !mark.is_empty() && mark.bytes().all(|byte| byte == b'-' || byte == b'=');
        // An equation of TeX, or an empty list item, as which kramdown and Redcarpet treat it.
        let is_other =
            mark.len() == 1 && (text[..at].contains('\\') || cx.doc.source.text()[block.span.end..].starts_with(' '));
        // In a file without front matter, rules may separate slides. Slidev and Pandoc read front matter anywhere.
        let is_other = is_other || cx.doc.front_matter.is_none() || cx.profile.errors.accepts_anywhere;
        // A second bar is the rule, and the first one was meant for the heading.
        let next = cx.doc.source.text()[block.span.end..].trim_start_matches(['\r', '\n']).lines().next();
        let is_other = is_other || next.is_some_and(|line| line.trim_end() == mark);
        if is_bar && !is_other && (mark.len() == 1 || is_only && (is_sentence || mark.len() == 3)) {
            let start = block.span.start + at + 1;
            found
                .at(
                    Span::new(start, start + text[at + 1..].len()),
                    format!("`{}` turns the line above into a heading", truncate(mark)),
                )
                .help("add a blank line before it");
        }
    }
}

/// Whether the text before byte `at` ends with a colon.
fn is_announced(cx: &Context, at: usize) -> bool {
    cx.doc.source.text()[..at].trim_end().ends_with([':', '：'])
}

/// A sentence that is indented as code is.
fn report_indented(cx: &Context, found: &mut Findings) {
    // MDX and Eleventy have no indented code.
    if cx.profile.markdown == MarkdownEngine::Mdx || cx.profile.markup.has_no_indented_code {
        return;
    }
    for code in cx.doc.body.code.iter().filter(|code| code.kind == CodeKind::Indented && code.lines.len() == 1) {
        let line = cx.doc.slice(code.lines[0]).trim();
        let words: Vec<&str> = line.split(' ').collect();
        let is_word = |word: &&str| {
            let bare = word.trim_end_matches([',', '.', ';', ':', '?', '!']);
            !bare.is_empty() && bare.chars().all(|c| c.is_alphabetic() || c == '\'')
        };
        // `can't evaluate field Title in type int`: what a program prints has names, but no capital at its start.
        let has_name = words.iter().any(|word| word.starts_with(char::is_uppercase));
        let is_output = has_name && line.starts_with(char::is_lowercase) && !line.ends_with(['.', '!', '?', ':']);
        // `fatal: no such file` is output, and so is what a line that ends with a colon announces.
        let is_message = words[0].ends_with(':') || is_announced(cx, code.span.start) || line.starts_with(['\'', '"']);
        if words.len() >= 6 && !is_output && !is_message && words.iter().all(is_word) {
            let start = code.lines[0].start;
            found
                .at(
                    Span::new(start, start + line.len()),
                    "sentence is displayed as code, because it is indented by four spaces",
                )
                .help("remove the spaces before it");
        }
    }
}
