//! Fences of code that don't do what they should: never closed, or with nothing between them.

use crate::checks::{Check, Context, Found};
use crate::document::body::{CodeBlock, CodeKind};
use crate::source::Span;
use serde::Deserialize;
use std::cell::OnceCell;

/// Options: which fault a page is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Fences {
    fault: Fault,
}

/// What can be wrong with a fence.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Fault {
    /// It is never closed.
    Unclosed,
    /// There is no line of code in it.
    Empty,
}

impl Check for Fences {
    fn check(&self, cx: &Context, found: &mut Found) {
        // A fence that a list cuts short, with its end to the left of the list, works in kramdown: from there on no two
        // readers agree on which fence opens and which closes.
        let mut in_doubt = false;
        let (last_mark, first_titled) = (OnceCell::new(), OnceCell::new());
        for code in cx.doc.body.code.iter().filter(|code| code.kind == CodeKind::Fenced) {
            let fence = first_line(cx, code);
            match self.fault {
                Fault::Unclosed if !code.closed && !in_doubt => {
                    in_doubt = last_mark.get_or_init(|| last_mark_of(cx)).is_some_and(|last| last >= code.span.end);
                    if in_doubt || is_closed_by_template(cx, code) || cx.doc.slice(code.info).ends_with("~~~") {
                        continue;
                    }
                    let marks = marks_of(cx.doc.slice(fence));
                    let titled = first_titled.get_or_init(|| first_titled_fence(cx));
                    if titled.is_some_and(|titled| titled < code.span.start) {
                        continue;
                    }
                    let finding = found.at(fence, "this fence is never closed");
                    finding
                        .here("all that follows is code")
                        .help(format!("close it with `{marks}` on a line of its own"));
                }
                Fault::Empty if code.closed && is_empty(cx, code) => {
                    found.at(fence, "there is no code in this fence").help("write the code, or take the fence out");
                }
                _ => {}
            }
        }
    }
}

/// The signs that a fence starts with.
fn marks_of(line: &str) -> &str {
    let line = line.trim_start();
    &line[..line.len() - line.trim_start_matches(['`', '~']).len()]
}

/// Where the first fence is that opens with code in its title, as in the tutorials of javascript.info: `CommonMark` takes such
/// a line for text, some generators don't, and from there on they disagree on which fence opens and which closes.
fn first_titled_fence(cx: &Context) -> Option<usize> {
    let body = cx.doc.body.span;
    let mut next = body.start;
    cx.doc.slice(body).split_inclusive('\n').find_map(|line| {
        let start = next;
        next += line.len();
        let marks = marks_of(line);
        let title = line.trim()[marks.len()..].trim_end();
        (marks.len() > 2 && title.contains('`') && !title.ends_with("``")).then_some(start)
    })
}

fn first_line(cx: &Context, code: &CodeBlock) -> Span {
    let text = cx.doc.slice(code.span);
    let len = text.find(['\n', '\r']).unwrap_or(text.len());
    Span::new(code.span.start, code.span.start + text[..len].trim_end().len())
}

/// Where the last line of the body starts that could close a fence, wherever that was opened.
fn last_mark_of(cx: &Context) -> Option<usize> {
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
const EMPTY_BY_RIGHT: [&str; 3] = ["toc", "table-of-contents", "sc-context"];

/// Whether nothing is in it, and its info string isn't one that fetches the code from elsewhere.
fn is_empty(cx: &Context, code: &CodeBlock) -> bool {
    let info = cx.doc.slice(code.info);
    let plain = info.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '#' | '.'));
    plain
        && !EMPTY_BY_RIGHT.contains(&info.trim())
        && code.lines.iter().all(|line| cx.doc.slice(*line).trim().is_empty())
}
