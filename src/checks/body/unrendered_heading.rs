//! A line that starts with `#` and isn't a heading, because no space follows.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::body::BlockKind;
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnrenderedHeading {}

/// The maximum level of a heading.
const MAX_LEVEL: usize = 6;

/// The maximum length of a heading, in characters.
const MAX_CHARS: usize = 120;

/// Commands to a CI system, which logs and their documentation contain: `##vso[task.complete]`.
const LOG_COMMANDS: [&str; 2] = ["vso[", "teamcity["];

impl Check for UnrenderedHeading {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if !cx.profile.markdown.needs_space_in_headings() {
            return;
        }
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        let bytes = text.as_bytes();
        // What follows a fence in an HTML block is code without being parsed as such.
        let is_hidden_fence = |html: &&Span| text[html.range()].contains("\n```");
        let end = body.html.iter().find(is_hidden_fence).map_or(body.span.end, |html| html.start);
        let mut past = body.span.start;
        for at in memchr::memchr_iter(b'#', &bytes[body.span.start..end]).map(|at| at + body.span.start) {
            if at < past {
                continue;
            }
            let len = bytes[at..].iter().take_while(|&&byte| byte == b'#').count();
            past = at + len;
            if !matches!(bytes[..at].last(), None | Some(b'\n' | b'\r' | b' ')) || !is_unspaced(cx, &text[at..], len) {
                continue;
            }
            let line = Span::new(at, at + line_len(&text[at..]));
            if is_paragraph_line(cx, line) {
                report(cx, line, len, found);
            }
        }
    }
}

/// Whether text follows the `len` marks at the start of `text` without a space between them, as in a heading.
fn is_unspaced(cx: &Context, text: &str, len: usize) -> bool {
    let rest = &text[len..];
    let Some(next) = rest.chars().next().filter(|_| len <= MAX_LEVEL) else { return false };
    if next.is_whitespace() {
        let is_rejected = cx.profile.markdown.needs_ascii_space_in_headings();
        return is_rejected && !next.is_ascii() && !rest[..line_len(rest)].trim().is_empty();
    }
    // `#word` is a tag.
    len > 1
        && (next.is_alphanumeric() || rest.starts_with("**") || matches!(next, '「' | '【' | '《' | '“'))
        && !LOG_COMMANDS.iter().any(|command| rest.starts_with(command))
}

/// Whether `line` is a line of a paragraph that could be a heading.
fn is_paragraph_line(cx: &Context, line: Span) -> bool {
    let body = &cx.doc.body;
    let written = cx.doc.slice(line);
    let indent = cx.doc.source.text()[..line.start].rsplit(['\n', '\r']).next().unwrap_or_default();
    if written.chars().count() > MAX_CHARS || !indent.trim_start_matches('>').trim().is_empty() || indent.len() > 3 {
        return false;
    }
    let Some(block) = body.block_at(line.start).filter(|block| block.kind == BlockKind::Paragraph) else {
        return false;
    };
    // Several such lines are code without a fence, and several marks in a line are tags.
    let marked = cx.doc.slice(block.span).lines().filter(|line| line.trim_start().starts_with('#')).take(3).count();
    body.is_prose(line.start) && marked < 3 && !written.contains(" #")
}

fn report(cx: &Context, line: Span, len: usize, found: &mut Findings) {
    let written = cx.doc.slice(line);
    let (marks, rest) = written.split_at(len);
    let spaces = rest.len() - rest.trim_start().len();
    let what = match rest.chars().next() {
        Some(space) if space.is_whitespace() => format!("U+{:04X} instead of a space", u32::from(space)),
        _ => "no space".to_owned(),
    };
    let gap = Span::new(line.start + len, line.start + len + spaces);
    let span = Span::new(line.start, line.start + written.trim_end().len());
    // `###Setup###`: without a space, the marks at the end would become a part of the heading.
    let heading = rest.trim().strip_suffix(marks).filter(|heading| marks.len() > 1 && !heading.ends_with('#'));
    let closing = Span::new(span.end - heading.map_or(0, |_| marks.len()), span.end);
    let mut edits = vec![Edit::replace(gap, " ")];
    if !closing.is_empty() {
        edits.push(Edit::replace(closing, ""));
    }
    let heading = heading.unwrap_or(rest.trim());
    found
        .at(span, format!("`{}` is not rendered as a heading: {what} after `{marks}`", truncate(written)))
        .label_primary("rendered as text")
        .help(format!("add a space: `{}`", truncate(&format!("{marks} {heading}"))))
        .unsafe_fix("Insert a space", edits)
        .fix_effect(FixEffect::Structure);
}

/// The length of the first line of `text`, without its ending.
fn line_len(text: &str) -> usize {
    memchr::memchr2(b'\n', b'\r', text.as_bytes()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{assert_fixes, assert_silent};

    #[test]
    fn marks_without_a_space_are_found() {
        let cases = [
            ("앞.\n\n##배포 방법\n\n뒤.\n", "##배포 방법", "앞.\n\n## 배포 방법\n\n뒤.\n"),
            ("###2.1 Costs\n", "###2.1 Costs", "### 2.1 Costs\n"),
            ("Text\n##Next\n", "##Next", "Text\n## Next\n"),
            ("#\u{a0}제목\n", "#\u{a0}제목", "# 제목\n"),
            ("##　題名\n", "##　題名", "## 題名\n"),
            ("####**Bold**\n", "####**Bold**", "#### **Bold**\n"),
            ("###Costs###\n", "###Costs###", "### Costs\n"),
        ];
        assert_fixes("unrendered-heading", &cases);
    }

    #[test]
    fn other_marks_are_not_reported() {
        let texts = [
            "## Heading\n",
            "#tag\n",
            "##tag ##other\n",
            "```\n##a\n```\n",
            "    ##a\n",
            "##vso[task.complete]\n",
            "##[group]Run\n",
            "Text ##a\n",
            "##\n",
            "#######a\n",
            "##a\n##b\n##c\n",
            "<div>\n##a\n</div>\n",
        ];
        assert_silent("unrendered-heading", &texts);
    }
}
