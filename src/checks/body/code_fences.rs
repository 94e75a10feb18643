//! Fenced code blocks that are never closed or empty.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{BlockKind, CodeBlock, CodeKind};
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
        for code in cx.doc.body.code.iter().filter(|code| code.kind == CodeKind::Fenced) {
            let fence = first_line(cx, code);
            match self.find {
                CodeFenceProblem::Unclosed if !code.closed && !is_ambiguous => {
                    is_ambiguous =
                        last_fence.get_or_init(|| last_fence_of(cx)).is_some_and(|last| last >= code.span.end);
                    if is_ambiguous || is_closed_by_template(cx, code) || is_raw_html(cx, code) {
                        continue;
                    }
                    let fence_chars = fence_of(cx.doc.slice(fence));
                    let titled = first_titled.get_or_init(|| first_titled_fence(cx));
                    if titled.is_some_and(|titled| titled < code.span.start) {
                        continue;
                    }
                    let finding = found.at(fence, "unclosed code fence");
                    finding.label_primary("opened here").help(format!(
                        "close it with a line of `{fence_chars}`; the rest of the page is rendered as code"
                    ));
                }
                CodeFenceProblem::Empty if code.closed && is_empty(cx, code) && !is_output(cx, code) => {
                    found.at(fence, "empty code block").help("add the code, or remove the block");
                }
                _ => {}
            }
        }
    }
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

/// Info strings of output, in lower case.
const OUTPUT: [&str; 4] = ["output", "console-output", "stdout", "result"];

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
    OUTPUT.contains(&&*info) || TEXT_AFTER_COMMAND.contains(&&*info) && follows_code()
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
