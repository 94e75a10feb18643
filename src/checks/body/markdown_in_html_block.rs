//! Markdown directly below a line of HTML, which makes it part of an HTML block.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::{Edit, FixEffect};
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MarkdownInHtmlBlock {}

/// HTML whose text isn't Markdown in any parser, or that a plugin treats differently.
const RAW: [&str; 13] = [
    "<!",
    "<?",
    "<pre",
    "<code",
    "<script",
    "<style",
    "<textarea",
    "<svg",
    "<math",
    "<template",
    "<samp",
    "<kbd",
    "markdown=",
];

/// The maximum length of a block that is searched, in bytes: a longer one is a whole page in HTML.
const MAX_LEN: usize = 20_000;

impl Check for MarkdownInHtmlBlock {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let is_mdx = cx.doc.source.path().extension().is_some_and(|extension| extension == "mdx");
        if is_mdx || !cx.profile.markdown.has_html_blocks() {
            return;
        }
        for block in &cx.doc.body.html {
            if let Some((line, what)) = markdown_in(cx, *block) {
                let first = cx.doc.slice(*block);
                let first = &first[..first.find(['\n', '\r']).unwrap_or(first.len())];
                found
                    .at(line, format!("{what} is not rendered: it continues an HTML block"))
                    .label(Span::new(block.start, block.start + first.trim_end().len()), "the HTML block starts here")
                    .help("insert a blank line before it")
                    .unsafe_fix(
                        "Insert a blank line",
                        vec![Edit::replace(Span::empty(line.start), cx.doc.source.line_end())],
                    )
                    .fix_effect(FixEffect::Structure);
            }
        }
    }
}

/// The first line of Markdown in an HTML block, and what it should be.
fn markdown_in(cx: &Context, block: Span) -> Option<(Span, &'static str)> {
    let text = cx.doc.slice(block);
    let first_line = text.lines().next()?;
    // Few blocks have a line that starts with a mark.
    if block.len() > MAX_LEN || first_line.len() == text.len() || !text.starts_with('<') {
        return None;
    }
    let mut above = first_line;
    let mut start = block.start;
    let (line, what) = text.split_inclusive('\n').find_map(|line| {
        let at = start;
        start += line.len();
        let what = (at > block.start).then(|| kind_of(line, above)).flatten();
        above = line;
        Some((Span::new(at, at + line.trim_end().len()), what?))
    })?;
    let folded = text.to_ascii_lowercase();
    // A component of JSX or Vue is compiled by what knows Markdown.
    let is_component = |name: &str| name.trim_start_matches('/').starts_with(|c: char| c.is_ascii_uppercase());
    let is_raw = RAW.iter().any(|raw| folded.contains(raw)) || text.split('<').any(is_component);
    let directives = &cx.doc.body.directives;
    let next = directives.partition_point(|directive| directive.span.end <= block.start);
    let has_template = directives.get(next).is_some_and(|directive| directive.span.start < block.end);
    (!is_raw && !has_template).then_some((line, what))
}

/// What `line` is in Markdown. An item is only recognized below a line that is a tag, because text may start with a
/// hyphen.
fn kind_of(line: &str, above: &str) -> Option<&'static str> {
    let marks = line.trim_start_matches(' ');
    if line.len() - marks.len() > 3 {
        return None;
    }
    let (above, rest) = (above.trim(), marks.trim_end());
    // A thematic break: `- - -`.
    let mut signs = rest.bytes().filter(|byte| *byte != b' ');
    if let Some(first @ (b'-' | b'*')) = signs.next()
        && signs.all(|sign| sign == first)
    {
        return None;
    }
    match rest.bytes().next()? {
        b'#' => {
            let level = rest.bytes().take_while(|&byte| byte == b'#').count();
            (level <= 6 && rest[level..].starts_with(' ')).then_some("heading")
        }
        b'`' | b'~' => {
            let info = rest.strip_prefix("```").or_else(|| rest.strip_prefix("~~~"))?;
            (!info.contains('`')).then_some("code fence")
        }
        b'-' | b'*' | b'+' | b'0'..=b'9' if is_tag(above) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let mark = if digits > 0 { rest[digits..].strip_prefix(['.', ')']) } else { rest.get(1..) };
            mark.is_some_and(|text| text.starts_with(' ')).then_some("list")
        }
        _ => None,
    }
}

/// Tags that text doesn't follow on the next line.
const STRUCTURAL: [&str; 11] =
    ["</", "<br", "<hr", "<img", "<details", "<summary", "<div", "<center", "<section", "<article", "<a "];

/// Whether a line is a single tag, or the summary of a `<details>`.
fn is_tag(line: &str) -> bool {
    let is_single = line.ends_with('>') && line.matches('<').count() == 1;
    let is_structural = STRUCTURAL.iter().any(|tag| line.starts_with(tag));
    is_single && is_structural || line.starts_with("<summary") && line.ends_with("</summary>")
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{assert_fixes, assert_silent};

    #[test]
    fn markdown_below_html_is_found() {
        let cases = [
            ("Text\n\n<br/>\n## Next\n\nText\n", "## Next", "Text\n\n<br/>\n\n## Next\n\nText\n"),
            ("<br>\n```sh\nls\n```\n", "```sh", "<br>\n\n```sh\nls\n```\n"),
            (
                "<details>\n<summary>More</summary>\n- a\n- b\n</details>\n",
                "- a",
                "<details>\n<summary>More</summary>\n\n- a\n- b\n</details>\n",
            ),
        ];
        assert_fixes("markdown-in-html-block", &cases);
    }

    #[test]
    fn other_html_is_not_reported() {
        let texts = [
            "<br/>\n\n## Next\n",
            "<pre>\n# comment\n</pre>\n",
            "<!-- \n## Next\n-->\n",
            "<p>\n- a dash\ntext</p>\n",
            "<div>\n    # nested\n</div>\n",
            "<p>1\n- 2</p>\n",
            "<p>1) One.<br/>\n2) Two.</p>\n",
            "<div markdown=\"1\">\n## Next\n</div>\n",
            "<div>\n{{ x }}\n## Next\n</div>\n",
            "<div>\n#hash\n</div>\n",
        ];
        assert_silent("markdown-in-html-block", &texts);
    }
}
