//! Bold text whose asterisks are shown, because `CommonMark` doesn't accept them as delimiters where they are.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::body::LeafBlock;
use crate::generator::markup::RawHtml;
use crate::source::Span;
use memchr::memmem;
use serde::Deserialize;
use std::path::Path;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnrenderedEmphasis {}

/// The maximum length of bold text, in bytes.
const MAX_LEN: usize = 400;

/// A run of asterisks that is shown.
struct Run<'a> {
    span: Span,
    block: &'a LeafBlock,
    /// The characters next to it; a space at the ends of a line.
    before: char,
    after: char,
}

/// Why a pair of runs isn't a pair of delimiters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// `**A(b)**c`: a closing run between punctuation and a letter.
    ClosedAfterPunctuation,
    /// `a**(B)**`: an opening run between a letter and punctuation.
    OpenedBeforePunctuation,
    /// `**A: **b`: a space before the closing run.
    SpaceBeforeEnd,
    /// `** A**`: a space after the opening run.
    SpaceAfterStart,
}

impl Reason {
    fn is_space(self) -> bool {
        matches!(self, Reason::SpaceBeforeEnd | Reason::SpaceAfterStart)
    }
}

impl Check for UnrenderedEmphasis {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let engine = cx.profile.markdown;
        if !engine.rejects_spaces_in_emphasis() {
            return;
        }
        let mut runs = shown_runs(cx).peekable();
        // Files are looked for only where there is something to report.
        if runs.peek().is_none() || has_another_parser(cx) {
            return;
        }
        let mut open: Option<Run> = None;
        for run in runs {
            let pair = open.take().filter(|open| std::ptr::eq(open.block, run.block));
            let reason = pair.as_ref().and_then(|open| reason(cx, open, &run));
            match (pair, reason) {
                // Another parser accepts these delimiters, and the next run isn't their partner.
                (Some(_), Some(reason)) if !engine.is_commonmark() && !reason.is_space() => {}
                (Some(opening), Some(reason)) => match inner_run(cx, &opening, &run) {
                    // The parser took the closing run for an opening one, and what follows is bold instead.
                    Some(closing) if cut_off(&closing) => {
                        report(cx, &opening, &closing, Reason::ClosedAfterPunctuation, found);
                    }
                    Some(_) => {}
                    None => report(cx, &opening, &run, reason, found),
                },
                _ => open = Some(run),
            }
        }
    }
}

/// Files of sites that no profile describes, whose Markdown parser has other rules: Gatsby's remark 6, Elixir's Earmark and
/// the `cjk-friendly` plugin of a widespread `VuePress` theme render bold text wherever it ends.
const OTHER_SITES: [&str; 8] = [
    "gatsby-config.js",
    "gatsby-config.ts",
    "gatsby-config.mjs",
    "mix.exs",
    "book.json",
    "book.js",
    "src/.vuepress/config.js",
    "src/.vuepress/config.ts",
];

fn has_another_parser(cx: &Context) -> bool {
    !cx.profile.is_known() && OTHER_SITES.iter().any(|file| cx.site.has(Path::new(file)) == Some(true))
}

/// The runs of two or three asterisks that the parser treats as text, in order.
fn shown_runs<'a>(cx: &Context<'a>) -> impl Iterator<Item = Run<'a>> {
    let body = &cx.doc.body;
    let text = cx.doc.source.text();
    let bytes = text.as_bytes();
    let mut past = body.span.start;
    let hits = memmem::find_iter(&bytes[body.span.range()], b"**").map(|at| at + body.span.start);
    hits.filter_map(move |start| {
        if start < past {
            return None;
        }
        let len = bytes[start..].iter().take_while(|&&byte| byte == b'*').count();
        let span = Span::new(start, start + len);
        past = span.end;
        let is_shown = len < 4 && body.is_prose(start) && body.is_prose(span.end - 1);
        if !is_shown || bytes[..start].ends_with(b"\\") {
            return None;
        }
        let block = body.block_at(start)?;
        let in_block = |at: usize| block.span.start <= at && at < block.span.end;
        let before = text[..start].chars().next_back().filter(|_| in_block(start.wrapping_sub(1))).unwrap_or(' ');
        let after = text[span.end..].chars().next().filter(|_| in_block(span.end)).unwrap_or(' ');
        Some(Run { span, block, before, after })
    })
}

/// Why `open` and `close`, between which no other run is shown, aren't delimiters; none if they may not be meant as such.
fn reason(cx: &Context, open: &Run, close: &Run) -> Option<Reason> {
    let is_commonmark = cx.profile.markdown.is_commonmark();
    let inner = cx.doc.slice(Span::new(open.span.end, close.span.start));
    if open.span.len() != close.span.len() || inner.len() > MAX_LEN || inner.trim().is_empty() {
        return None;
    }
    let left_flanking = !open.after.is_whitespace() && (!is_punctuation(open.after) || !open.before.is_alphanumeric());
    let right_flanking =
        !close.before.is_whitespace() && (!is_punctuation(close.before) || !close.after.is_alphanumeric());
    // No bold text ends with an opening bracket or starts with a closing one.
    if is_opening(close.before) || is_closing(open.after) {
        return None;
    }
    let is_cut_off = cut_off(close);
    // `x**(y)` is a power.
    let starts_word = !open.before.is_alphanumeric() || is_cjk(open.before);
    match (left_flanking, right_flanking) {
        (true, false) if is_cut_off && starts_word => Some(Reason::ClosedAfterPunctuation),
        (false, _) if is_punctuation(open.after) && is_cjk(open.before) && (right_flanking || is_cut_off) => {
            Some(Reason::OpenedBeforePunctuation)
        }
        (true, false) if close.before == ' ' && starts_word && open.before != '(' => {
            // `**args, **options` are two parameters.
            let ends_phrase = inner.trim_end().ends_with(['.', ':', '!', '?', '：', '。', '！', '？']);
            (ends_phrase || close.after.is_whitespace() || is_cjk(close.after) && is_commonmark)
                .then_some(Reason::SpaceBeforeEnd)
        }
        (false, true) if open.after == ' ' => starts_line(cx, open).then_some(Reason::SpaceAfterStart),
        _ => None,
    }
}

/// The first run between two others, which is a delimiter of other bold text.
fn inner_run<'a>(cx: &Context<'a>, open: &Run<'a>, close: &Run<'a>) -> Option<Run<'a>> {
    let text = cx.doc.source.text();
    let start = open.span.end + cx.doc.slice(Span::new(open.span.end, close.span.start)).find("**")?;
    let len = text[start..].bytes().take_while(|&byte| byte == b'*').count();
    let span = Span::new(start, start + len);
    let before = text[..start].chars().next_back().unwrap_or(' ');
    let after = text[span.end..].chars().next().unwrap_or(' ');
    Some(Run { span, block: open.block, before, after })
}

/// Whether a closing run is between punctuation and a letter.
fn cut_off(close: &Run) -> bool {
    is_punctuation(close.before) && close.after.is_alphanumeric()
}

/// Whether nothing precedes the run on its line: `2 ** 3` is a power.
fn starts_line(cx: &Context, run: &Run) -> bool {
    let before = &cx.doc.source.text()[..run.span.start];
    let line = before.rsplit(['\n', '\r']).next().unwrap_or(before);
    run.span.start == run.block.span.start || line.trim().is_empty()
}

fn report(cx: &Context, open: &Run, close: &Run, reason: Reason, found: &mut Findings) {
    let span = open.span.join(close.span);
    let inner = Span::new(open.span.end, close.span.start);
    let written = cx.doc.slice(inner);
    let message = format!("`{}` is not rendered as bold", truncate(cx.doc.slice(span)));
    let asterisks = cx.doc.slice(open.span);
    let finding = found.at(span, message);
    let is_html = matches!(cx.profile.markup.raw_html, RawHtml::Kept | RawHtml::Vue);
    let html = if is_html { ", or use `<strong>`" } else { "" };
    match reason {
        Reason::ClosedAfterPunctuation => {
            finding.label(close.span, "between punctuation and a letter: closes nothing").help(format!(
                "add a space after the closing `{asterisks}`, move the punctuation out of the bold text{html}"
            ));
        }
        Reason::OpenedBeforePunctuation => {
            finding.label(open.span, "between a letter and punctuation: opens nothing").help(format!(
                "add a space before the opening `{asterisks}`, move the punctuation out of the bold text{html}"
            ));
        }
        Reason::SpaceBeforeEnd => {
            finding.label(close.span, "a space precedes it: closes nothing");
            finding.help(format!("move the space after the closing `{asterisks}`"));
        }
        Reason::SpaceAfterStart => {
            finding.label(open.span, "a space follows it: opens nothing");
            finding.help(format!("remove the space after the opening `{asterisks}`"));
        }
    }
    let after_close = cx.doc.source.text()[close.span.end..].starts_with([' ', '\t', '\n', '\r']);
    let edits = match reason {
        Reason::SpaceBeforeEnd => {
            let spaces = Span::new(inner.start + written.trim_end().len(), close.span.end);
            vec![Edit::replace(spaces, if after_close { asterisks.to_owned() } else { format!("{asterisks} ") })]
        }
        Reason::SpaceAfterStart => {
            let spaces = written.len() - written.trim_start().len();
            vec![Edit::replace(Span::new(inner.start, inner.start + spaces), "")]
        }
        _ if html.is_empty() || asterisks.len() != 2 => return,
        _ => vec![Edit::replace(open.span, "<strong>"), Edit::replace(close.span, "</strong>")],
    };
    let title = match reason {
        Reason::SpaceBeforeEnd | Reason::SpaceAfterStart => "Move the space out of the bold text",
        _ => "Use `<strong>`",
    };
    finding.unsafe_fix(title, edits).fix_effect(FixEffect::Structure);
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '（' | '「' | '『' | '【' | '《' | '“' | '‘' | '/' | '\\')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '」' | '』' | '】' | '》' | '”' | '/' | ',' | '.')
}

/// Punctuation and symbols, as far as they are neither letters nor digits.
fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && c != '_' && c != '\u{200b}'
}

/// Hangul, Kana and Han characters.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::run;
    use crate::content::ContentType;

    fn marked(text: &str) -> Vec<String> {
        run("unrendered-emphasis", &ContentType::default(), text).into_iter().map(|finding| finding.marked).collect()
    }

    fn fixed(text: &str) -> String {
        let findings = run("unrendered-emphasis", &ContentType::default(), text);
        findings.into_iter().next().expect("a finding").unsafely().to_owned()
    }

    #[test]
    fn a_delimiter_between_punctuation_and_a_letter_is_text() {
        assert_eq!(marked("먼저 **배포(deploy)**를 합니다."), ["**배포(deploy)**"]);
        assert_eq!(marked("**「安全」**な設計\n\n这是**“速度”**的要求"), ["**「安全」**", "**“速度”**"]);
        assert_eq!(marked("**“검증”**을 하고 값은**(선택)**입니다"), ["**“검증”**"]);
        assert_eq!(marked("이것은**(중요)**합니다"), ["**(중요)**"]);
        assert_eq!(marked("| a |\n|---|\n| **값(x)**은 |"), ["**값(x)**"]);
        assert_eq!(marked("**값(x)**은 **다른 값**과 다르다"), ["**값(x)**"]);
        assert_eq!(marked("***값(x)***은"), ["***값(x)***"]);
        assert_eq!(marked("See **foo()**bar."), ["**foo()**"]);
    }

    #[test]
    fn a_space_inside_is_moved_out() {
        assert_eq!(fixed("**Note: **read on"), "**Note:** read on");
        assert_eq!(fixed("**Note ** read on"), "**Note** read on");
        assert_eq!(fixed("**제목 **은 나중에"), "**제목** 은 나중에");
        assert_eq!(fixed("** Note:** read on"), "**Note:** read on");
        assert_eq!(fixed("**값(x)**은"), "<strong>값(x)</strong>은");
    }

    #[test]
    fn other_asterisks_are_not_reported() {
        for text in [
            "**오차**에 대해 **(오차)** 와 **오차(pass)** 는",
            "`**a(b)**c`",
            "    **a(b)**c",
            r"\**a(b)\**c",
            "f(*args, **options) and g(**more, **rest)",
            "2 ** 3 ** 4 and x**(y)**z",
            "src/**/*.md and lib/**/*.txt",
            "**a(b)\n\nb)**c",
            "**kwargs are passed on",
            "** and **",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
    }
}
