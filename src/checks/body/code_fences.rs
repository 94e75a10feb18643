//! Fences of code that don't do what they should: never closed, or with nothing between them.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{CodeBlock, CodeKind};
use crate::source::Span;
use serde::Deserialize;
use std::cell::OnceCell;

/// Options: which fault a page is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CodeFences {
    find: CodeFenceProblem,
}

/// What can be wrong with a fence.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CodeFenceProblem {
    /// It is never closed.
    Unclosed,
    /// There is no line of code in it.
    Empty,
}

impl Check for CodeFences {
    fn check(&self, cx: &Context, found: &mut Findings) {
        // A fence that a list cuts short, with its end to the left of the list, works in kramdown: from there on no two
        // readers agree on which fence opens and which closes.
        let mut is_ambiguous = false;
        let last_fence = OnceCell::new();
        for code in cx.doc.body.code.iter().filter(|code| code.kind == CodeKind::Fenced) {
            let fence = first_line(cx, code);
            match self.find {
                CodeFenceProblem::Unclosed if !code.closed && !is_ambiguous => {
                    is_ambiguous =
                        last_fence.get_or_init(|| last_fence_of(cx)).is_some_and(|last| last >= code.span.end);
                    if is_ambiguous || is_closed_by_template(cx, code) || cx.doc.slice(code.info).ends_with("~~~") {
                        continue;
                    }
                    let fence_chars = fence_of(cx.doc.slice(fence));
                    if has_titled_fence(cx, code) {
                        continue;
                    }
                    let finding = found.at(fence, "this fence is never closed");
                    finding
                        .label_primary("all that follows is code")
                        .help(format!("close it with `{fence_chars}` on a line of its own"));
                }
                CodeFenceProblem::Empty if code.closed && is_empty(cx, code) => {
                    found.at(fence, "there is no code in this fence").help("write the code, or take the fence out");
                }
                _ => {}
            }
        }
    }
}

/// The signs that a fence starts with.
fn fence_of(line: &str) -> &str {
    let line = line.trim_start();
    &line[..line.len() - line.trim_start_matches(['`', '~']).len()]
}

/// Whether a fence above opens with code in its title, as in the tutorials of javascript.info: `CommonMark` takes such a
/// line for text, some generators don't, and from there on they disagree on which fence opens and which closes.
fn has_titled_fence(cx: &Context, code: &CodeBlock) -> bool {
    let before = &cx.doc.source.text()[cx.doc.body.span.start..code.span.start];
    before.lines().any(|line| {
        let fence_chars = fence_of(line);
        let title = line.trim()[fence_chars.len()..].trim_end();
        fence_chars.len() > 2 && title.contains('`') && !title.ends_with("``")
    })
}

fn first_line(cx: &Context, code: &CodeBlock) -> Span {
    let text = cx.doc.slice(code.span);
    let len = text.find(['\n', '\r']).unwrap_or(text.len());
    Span::new(code.span.start, code.span.start + text[..len].trim_end().len())
}

/// Where the last line of the body starts that could close a fence, wherever that was opened.
fn last_fence_of(cx: &Context) -> Option<usize> {
    let body = cx.doc.body.span;
    let mut start = body.end;
    cx.doc.slice(body).split_inclusive('\n').rev().find_map(|line| {
        start -= line.len();
        ["```", "~~~"].iter().any(|mark| line.trim_start().starts_with(mark)).then_some(start)
    })
}

/// Whether a template mark is all that stands before the closing fence: `{% endraw %}` and three backticks.
fn is_closed_by_template(cx: &Context, code: &CodeBlock) -> bool {
    let lines = code.lines.iter().map(|line| cx.doc.slice(*line).trim());
    lines.filter_map(|line| line.rsplit_once("%}")).any(|(_, end)| end.starts_with("```") || end.starts_with("~~~"))
}

/// Blocks of plug-ins that need no text.
const ALLOWED_EMPTY: [&str; 3] = ["toc", "table-of-contents", "sc-context"];

/// Whether nothing is in it, and its info string isn't one that fetches the code from elsewhere.
fn is_empty(cx: &Context, code: &CodeBlock) -> bool {
    let info = cx.doc.slice(code.info);
    let plain = info.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '#' | '.'));
    plain
        && !ALLOWED_EMPTY.contains(&info.trim())
        && code.lines.iter().all(|line| cx.doc.slice(*line).trim().is_empty())
}
