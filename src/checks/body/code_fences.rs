//! Fenced code blocks that are never closed or empty.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{BlockKind, CodeBlock, CodeKind};
use crate::generator::markdown::MarkdownEngine;
use crate::generator::markup::MdxPages;
use crate::source::Span;
use serde::Deserialize;
use std::cell::OnceCell;

/// Options: the problem that the rule reports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CodeFences {
    find: CodeFenceProblem,
}

/// A problem with a fenced code block.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CodeFenceProblem {
    /// The block is never closed.
    Unclosed,
    /// The block has no content.
    Empty,
}

impl Check for CodeFences {
    fn check(&self, cx: &Context, found: &mut Findings) {
        // kramdown closes a fence in a list item even where the closing fence is outside the list; CommonMark doesn't.
        // After such a fence, parsers disagree on which fences open and which close.
        let mut is_ambiguous = false;
        let (last_fence, first_titled) = (OnceCell::new(), OnceCell::new());
        let mut is_shifted = false;
        for code in cx.doc.body.code.iter().filter(|code| code.kind == CodeKind::Fenced) {
            let fence = first_line(cx, code);
            match self.find {
                CodeFenceProblem::Unclosed if !is_ambiguous && inner_fence(cx, code).is_some() => {
                    let titled = first_titled.get_or_init(|| first_titled_fence(cx));
                    if let Some(inner) = inner_fence(cx, code)
                        && titled.is_none_or(|titled| titled > code.span.start)
                        && !is_paired_otherwise(cx, code)
                        && (!is_mdx(cx) || fences_of_mdx(cx).0.contains(&fence.start))
                    {
                        report_nested(cx, fence, inner, found);
                    }
                    // From here on, closing fences open and opening ones close.
                    is_shifted = true;
                }
                CodeFenceProblem::Unclosed if is_shifted => {}
                CodeFenceProblem::Unclosed if !code.closed && !is_ambiguous => {
                    is_ambiguous =
                        last_fence.get_or_init(|| last_fence_of(cx)).is_some_and(|last| last >= code.span.end);
                    if is_ambiguous
                        || is_only_code(cx, code)
                        || is_closed_by_template(cx, code)
                        || is_raw_html(cx, code)
                        || is_paired_otherwise(cx, code)
                        || is_mdx(cx) && fences_of_mdx(cx).1 != Some(fence.start)
                    {
                        continue;
                    }
                    let fence_chars = fence_of(cx.doc.slice(fence));
                    let titled = first_titled.get_or_init(|| first_titled_fence(cx));
                    if titled.is_some_and(|titled| titled < code.span.start) {
                        continue;
                    }
                    let finding = found.at(fence, "unclosed code fence");
                    finding.label_primary("opened here").help(format!(
                        "close it with a line of {}; the rest of the page is rendered as code",
                        describe_fence(fence_chars)
                    ));
                    if let Some(hidden) = fence_in_html(cx, code.span.start) {
                        finding.label(hidden, "not a code fence: it continues an HTML block");
                    }
                }
                CodeFenceProblem::Empty if code.closed && is_empty(cx, code) && !is_output(cx, code) => {
                    found.at(fence, "empty code block").help("add the code, or remove the block");
                }
                _ => {}
            }
        }
    }
}

/// Info strings of blocks that show Markdown, whose fences are part of the example.
const MARKUP: [&str; 18] = [
    "md",
    "markdown",
    "mdx",
    "mkd",
    "text",
    "txt",
    "plain",
    "plaintext",
    "none",
    "rst",
    "diff",
    "rmd",
    "qmd",
    "console",
    "html",
    "vue",
    "svelte",
    "astro",
];

/// The first line of a fenced block that opens another one with the same characters: the block lacks its end.
fn inner_fence(cx: &Context, code: &CodeBlock) -> Option<Span> {
    let info = cx.doc.slice(code.info);
    let language = info.trim_start_matches(['{', '.']).split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let open = fence_of(cx.doc.slice(first_line(cx, code)));
    if MARKUP.iter().any(|markup| language.eq_ignore_ascii_case(markup)) {
        return None;
    }
    let opens = |line: &&Span| {
        let line = cx.doc.slice(**line);
        if line.len() - line.trim_start_matches(' ').len() > 3 {
            return false;
        }
        let inner = fence_of(line);
        let info = line.trim_start()[inner.len()..].trim();
        inner.len() >= open.len() && inner.starts_with(&open[..1]) && is_language(info)
    };
    let is_mdx = is_mdx(cx);
    let is_open = |line: &&Span| !is_mdx || !closes(cx.doc.slice(**line), open);
    let line = code.lines.iter().take_while(is_open).find(opens)?;
    let text = cx.doc.slice(*line);
    Some(Span::new(line.start + text.len() - text.trim_start().len(), line.start + text.trim_end().len()))
}

/// Whether an info string is the name of a language, such as `sh` or `js {1,3}`, and not a sentence.
fn is_language(info: &str) -> bool {
    let word = info.split([' ', '{', ',', ':']).next().unwrap_or_default();
    (1..=16).contains(&word.len())
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '#' | '_'))
        && (word.len() == info.len()
            || info[word.len()..].trim_start().starts_with(['{', '[', ':', ','])
            || info.contains('='))
}

/// The last line before byte `end` that looks like a fence and is part of an HTML block, after which closing fences open.
fn fence_in_html(cx: &Context, end: usize) -> Option<Span> {
    let before = cx.doc.body.html.iter().filter(|html| html.end <= end).rev();
    before.take(MAX_HTML_BLOCKS).find_map(|html| {
        let text = cx.doc.slice(*html);
        let at = html.start + text.rfind("\n```")? + 1;
        let line = cx.doc.source.text()[at..].lines().next()?;
        Some(Span::new(at, at + line.trim_end().len()))
    })
}

/// The maximum number of HTML blocks that are searched for a fence.
const MAX_HTML_BLOCKS: usize = 100;

fn report_nested(cx: &Context, fence: Span, inner: Span, found: &mut Findings) {
    let fence_chars = fence_of(cx.doc.slice(fence));
    let finding = found.at(fence, "unclosed code fence");
    finding.label_primary("opened here").label(inner, "rendered as code").help(format!(
        "close it with a line of {} before the next one, or use a longer one if that is part of the code",
        describe_fence(fence_chars)
    ));
}

/// Whether the page is MDX, which has no indented code: fences open and close whatever their indentation. Run with
/// Docusaurus 3.10 and Astro 5.18.
fn is_mdx(cx: &Context) -> bool {
    let has_extension = cx.doc.source.path().extension().is_some_and(|extension| extension == "mdx");
    has_extension || cx.profile.markup.mdx == MdxPages::All
}

/// Whether a line closes a fence of these characters, whatever its indentation.
fn closes(line: &str, open: &str) -> bool {
    let mark = fence_of(line);
    mark.len() >= open.len() && mark.starts_with(&open[..1]) && line.trim().len() == mark.len()
}

/// Where fences open on an MDX page, and where the one starts that nothing closes.
fn fences_of_mdx(cx: &Context) -> (Vec<usize>, Option<usize>) {
    let mut all = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut next = cx.doc.body.span.start;
    for line in cx.doc.slice(cx.doc.body.span).split_inclusive('\n') {
        let start = next + line.len() - line.trim_start().len();
        next += line.len();
        let mark = fence_of(line);
        let is_span = mark.starts_with('`') && line.trim_start()[mark.len()..].contains('`');
        match open {
            Some((_, fence)) if closes(line, fence) => open = None,
            None if mark.len() > 2 && !is_span => {
                all.push(start);
                open = Some((start, mark));
            }
            _ => {}
        }
    }
    (all, open.map(|(start, _)| start))
}

/// Whether a line of tildes starts with raw HTML, as Franklin has it: `~~~<span id="a"></span>~~~`.
fn is_raw_html(cx: &Context, code: &CodeBlock) -> bool {
    let info = cx.doc.slice(code.info);
    info.contains("~~~") || info.trim_start().starts_with('<')
}

/// The characters of the fence at the start of a line.
fn fence_of(line: &str) -> &str {
    let line = line.trim_start();
    &line[..line.len() - line.trim_start_matches(['`', '~']).len()]
}

/// The characters of a fence in words, because backticks can't be quoted legibly: `three backticks`.
fn describe_fence(fence_chars: &str) -> String {
    const NUMBERS: [&str; 4] = ["three", "four", "five", "six"];
    let name = if fence_chars.starts_with('~') { "tildes" } else { "backticks" };
    let len = fence_chars.len();
    match NUMBERS.get(len.wrapping_sub(3)) {
        Some(number) => format!("{number} {name}"),
        None => format!("{len} {name}"),
    }
}

/// The start of the first fence with backticks in its info string, as in the tutorials of javascript.info: `CommonMark`
/// treats such a line as text, some generators don't, and after it they disagree on which fences open and which close.
fn first_titled_fence(cx: &Context) -> Option<usize> {
    let body = cx.doc.body.span;
    let mut next = body.start;
    cx.doc.slice(body).split_inclusive('\n').find_map(|line| {
        let start = next;
        next += line.len();
        let fence_chars = fence_of(line);
        let title = line.trim()[fence_chars.len()..].trim_end();
        (fence_chars.len() > 2 && title.contains('`') && !title.ends_with("``")).then_some(start)
    })
}

fn first_line(cx: &Context, code: &CodeBlock) -> Span {
    let text = cx.doc.slice(code.span);
    let len = text.find(['\n', '\r']).unwrap_or(text.len());
    Span::new(code.span.start, code.span.start + text[..len].trim_end().len())
}

/// The start of the last line of the body that could close a fence, no matter where that fence was opened.
fn last_fence_of(cx: &Context) -> Option<usize> {
    let body = cx.doc.body.span;
    let mut start = body.end;
    cx.doc.slice(body).split_inclusive('\n').rev().find_map(|line| {
        start -= line.len();
        ["```", "~~~"].iter().any(|mark| line.trim_start().starts_with(mark)).then_some(start)
    })
}

/// Whether an unclosed block holds nothing but a few lines of code up to the end of the page, where the parser closes it.
fn is_only_code(cx: &Context, code: &CodeBlock) -> bool {
    const MAX_LINES: usize = 20;
    let lines = || code.lines.iter().map(|line| cx.doc.slice(*line).trim_end());
    let end = code.lines.len() - lines().rev().take_while(|line| line.is_empty()).count();
    let is_code = |line: &str| !line.is_empty() && !line.trim_start().starts_with(['`', '~']);
    end <= MAX_LINES && lines().take(end).all(is_code) && code.span.end >= cx.doc.body.span.end
}

/// Whether a template tag is the only thing that precedes or follows the closing fence on its line: `{% endraw %}` and
/// three backticks.
fn is_closed_by_template(cx: &Context, code: &CodeBlock) -> bool {
    let is_fence = |text: &str| text.starts_with("```") || text.starts_with("~~~");
    let is_tag = |text: &str| ["{%", "{{", "<!--", "</"].iter().any(|open| text.starts_with(open));
    let mut lines = code.lines.iter().map(|line| cx.doc.slice(*line).trim());
    lines.any(|line| {
        line.rsplit_once("%}").is_some_and(|(_, end)| is_fence(end))
            || is_fence(line) && is_tag(line.trim_start_matches(['`', '~']).trim_start())
    })
}

/// Whether kramdown opens a fence before this one that `CommonMark` doesn't: below a line of HTML, or after a template tag,
/// which Liquid removes. After it, they disagree on which fences open and which close.
fn is_paired_otherwise(cx: &Context, code: &CodeBlock) -> bool {
    if cx.profile.markdown != MarkdownEngine::Kramdown {
        return false;
    }
    let follows_tag = |line: &str| {
        let end = line.rsplit_once("%}").map(|(_, end)| end.trim_start());
        end.is_some_and(|end| end.starts_with("```") || end.starts_with("~~~"))
    };
    let before = Span::new(cx.doc.body.span.start, code.span.start);
    fence_in_html(cx, code.span.start).is_some() || cx.doc.slice(before).lines().any(follows_tag)
}

/// Info strings of output, in lower case.
const OUTPUT: [&str; 4] = ["output", "console-output", "stdout", "result"];

/// Labels of output, in lower case.
const OUTPUT_LABELS: [&str; 10] =
    ["output", "result", "results", "stdout", "출력", "실행 결과", "결과", "出力", "実行結果", "输出"];

/// Info strings of output after a command, in lower case.
const TEXT_AFTER_COMMAND: [&str; 4] = ["text", "txt", "plaintext", "none"];

/// Whether an empty block is the empty output of a command.
fn is_output(cx: &Context, code: &CodeBlock) -> bool {
    let info = cx.doc.slice(code.info).trim().to_ascii_lowercase();
    let follows_code = || {
        let code_before = cx.doc.body.code.iter().rev().find(|other| other.span.end <= code.span.start);
        code_before.is_some_and(|other| {
            let is_filled = !other.lines.iter().all(|line| cx.doc.slice(*line).trim().is_empty());
            let between = Span::new(other.span.end, code.span.start);
            is_filled
                && !cx
                    .doc
                    .body
                    .blocks
                    .iter()
                    .any(|block| matches!(block.kind, BlockKind::Heading(_)) && between.contains_span(block.span))
        })
    };
    // `Output:`
    let is_labeled = || {
        let before = cx.doc.source.text()[..code.span.start].trim_end().to_lowercase();
        let label =
            before.rsplit('\n').next().unwrap_or_default().trim_matches([':', '：', '*', '_', '#', ' ']).to_owned();
        OUTPUT_LABELS.contains(&&*label)
    };
    OUTPUT.contains(&&*info) || is_labeled() || TEXT_AFTER_COMMAND.contains(&&*info) && follows_code()
}

/// Info strings of plugin blocks that need no content.
const ALLOWED_EMPTY: [&str; 3] = ["toc", "table-of-contents", "sc-context"];

/// Whether the block is empty, and its info string isn't one that loads the code from elsewhere.
fn is_empty(cx: &Context, code: &CodeBlock) -> bool {
    let info = cx.doc.slice(code.info);
    let plain = info.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '#' | '.'));
    plain
        && !ALLOWED_EMPTY.contains(&info.trim())
        && code.lines.iter().all(|line| cx.doc.slice(*line).trim().is_empty())
}
