//! A title that the body repeats, so that most themes show it twice.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::Document;
use crate::document::body::{BlockKind, LeafBlock, Line};
use crate::document::prose::VisibleText;
use crate::document::prose::line_key::line_start_key;
use crate::site::Conventions;
use crate::source::{Source, Span};
use crate::text::prefix_key::PrefixKey;
use serde::Deserialize;

/// Options: what is reported.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct RepeatedTitle {
    policy: Policy,
}

/// Which repetitions are reported.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Policy {
    /// A plain line on any page; a heading in posts, whose layouts render the title.
    #[default]
    Auto,
    /// A plain line only: no theme treats it as the title.
    Text,
    /// A plain line or a heading: for sites whose theme always renders the title.
    Any,
}

impl Check for RepeatedTitle {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(title) = cx.doc.field("title") else { return };
        let Some((block, line)) = opening(cx.doc) else { return };
        if starts_otherwise(cx.doc.source, title.text().unwrap_or_default(), &line) {
            return;
        }
        let is_reported = match block.kind {
            BlockKind::Heading(level) => self.is_reported_heading(cx.doc, level),
            // A box with the title and a summary is a design.
            _ if cx.doc.slice(block.span).trim_start().starts_with('<') => false,
            _ => is_whole(cx.doc, block, &line) && !is_sentence(cx.doc, &line, title.text().unwrap_or_default()),
        };
        let expected = comparable(&VisibleText::from_text(title.text().unwrap_or_default()));
        let prose = VisibleText::from_line(cx.doc.source, &line);
        if !is_reported || expected.is_empty() || comparable(&prose) != expected || is_greeting(prose.text()) {
            return;
        }
        // Whether the title is displayed is up to the theme; where neither the generator nor other pages are known, it may
        // not be.
        let is_heading = matches!(block.kind, BlockKind::Heading(_));
        let is_unknown = is_heading && self.policy == Policy::Auto && !cx.profile.is_known();
        if cx.site.conventions().map_or(is_unknown, Conventions::repeats_titles) {
            return;
        }
        let span = prose.span(0..prose.text().len());
        let whole = if is_heading { block.span } else { span };
        found
            .at(span, "the text starts with the page title")
            .label_primary("same as the title")
            .label(title.span(), "title")
            .help("remove the line: the theme already displays the title")
            .unsafe_fix("Remove the line", vec![Edit::replace(lines_of(cx.doc.source, whole), "")])
            .fix_effect(FixEffect::Structure);
    }
}

impl RepeatedTitle {
    fn is_reported_heading(&self, doc: &Document<'_>, level: u8) -> bool {
        match self.policy {
            Policy::Any => true,
            Policy::Text => false,
            Policy::Auto => level <= 2 && is_post(doc),
        }
    }
}

/// Whether a line is a greeting, with which a text may start whatever its title is.
fn is_greeting(line: &str) -> bool {
    const GREETINGS: [&str; 12] = [
        "hello",
        "hi",
        "hey",
        "welcome",
        "bonjour",
        "hola",
        "olá",
        "hallo",
        "привет",
        "안녕하세요",
        "こんにちは",
        "你好",
    ];
    let line = line.to_lowercase();
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next().is_some_and(|word| GREETINGS.contains(&word)) && words.count() < 2
}

/// Whether the file is where Jekyll, Hexo, Hugo, Zola, Eleventy and Astro sites keep their posts. Their layouts render
/// a post's title. For other pages that depends on the theme, and documentation generators use the heading.
fn is_post(doc: &Document<'_>) -> bool {
    let name = doc.source.name();
    let Some((folders, _)) = name.rsplit_once('/') else { return false };
    let mut below_content = folders.split('/').skip_while(|folder| *folder != "content");
    let posts = |folder: &str| matches!(folder, "post" | "posts" | "blog");
    folders.split('/').any(|folder| folder == "_posts") || below_content.any(posts)
}

/// Whether a plain line is complete rather than the start of a sentence: `[The Site](…)`, then `is a place where…`.
fn is_whole(doc: &Document<'_>, block: &LeafBlock, line: &Line<'_>) -> bool {
    let next = doc.body.lines_of(block).nth(1).map(|next| VisibleText::from_line(doc.source, &next));
    let goes_on = next.is_some_and(|next| next.text().starts_with(char::is_lowercase));
    // It may be the whole text of the page, with what a template adds to it, or introduce a list.
    let body = &doc.body;
    let has_more = body.blocks.len() > 1 || !(body.code.is_empty() && body.html.is_empty() && body.tables.is_empty());
    let is_text = !has_more && body.lines_of(block).nth(1).is_none();
    let introduces = VisibleText::from_line(doc.source, line).text().ends_with(':');
    !goes_on && !is_text && !introduces && !line.inlines.iter().any(|piece| piece.in_link)
}

/// Whether the line ends in a full stop and the title doesn't: a lead sentence, not a title.
fn is_sentence(doc: &Document<'_>, line: &Line<'_>, title: &str) -> bool {
    let ends = |text: &str| text.trim_end().ends_with(['.', '。', '．', '।']);
    ends(VisibleText::from_line(doc.source, line).text()) && !ends(title)
}

/// The first line of the body, if that is text; thematic breaks and comments may precede it.
fn opening<'a>(doc: &'a Document<'_>) -> Option<(&'a LeafBlock, Line<'a>)> {
    let block = doc.body.blocks.first()?;
    let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)) && !block.in_quote && !block.in_item;
    let line = doc.body.lines_of(block).next()?;
    prose.then_some((block, line))
}

/// Whether the first letters of a line differ from the title's, as in nearly every file.
fn starts_otherwise(source: &Source, title: &str, line: &Line<'_>) -> bool {
    let start = line_start_key(source, line.inlines);
    start.is_some_and(|start| PrefixKey::at_start(title).is_some_and(|expected| expected != start))
}

/// A line without what is ignored in the comparison: case, spaces, punctuation at its end.
fn comparable(prose: &VisibleText) -> String {
    let text = prose.text().trim_end_matches(|c: char| !c.is_alphanumeric());
    text.chars().filter(|c| *c != ' ').flat_map(char::to_lowercase).collect()
}

/// The lines of `span`, with the last line ending.
fn lines_of(source: &Source, span: Span) -> Span {
    let (first, last) = (source.line_of(span.start), source.line_of(span.end.saturating_sub(1).max(span.start)));
    let end = source.line_starts().get(last).copied().unwrap_or(source.text().len());
    Span::new(source.line_span(first).start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::finding::Finding;
    use crate::checks::support::testing::create;
    use crate::content::ContentType;
    use crate::data::typed;
    use crate::generator;
    use crate::site::Site;

    fn findings(path: &str, text: &str, options: &str) -> Vec<Finding> {
        let source = Source::new(path, text.as_bytes().to_vec());
        let doc = Document::parse(&source);
        let check = create("repeated-title", typed::from_yaml(options).expect("YAML")).expect("known").expect("fits");
        let mut found = Findings::default();
        let jekyll = generator::profile("jekyll").expect("it is known");
        let (content, site) = (ContentType::default(), Site::alone().built_by(jekyll));
        check.check(&Context::new(&doc, &content, &site), &mut found);
        found.into_findings()
    }

    /// The marked texts: the line, the title, and what the fix removes.
    fn marked<'a>(path: &str, text: &'a str, options: &str) -> Vec<[&'a str; 3]> {
        let read = |finding: Finding| {
            let fix = finding.fix.expect("a fix").edits[0].span;
            [finding.span, finding.labels[0].span, fix].map(|span| &text[span.range()])
        };
        findings(path, text, options).into_iter().map(read).collect()
    }

    #[test]
    fn a_plain_line_matches_the_title_in_every_spelling() {
        let text = "---\ntitle: \"Day 1 /\u{a0}2\"\n---\n\n---\n\nday  1 / 2\nWe went.\n";
        assert_eq!(marked("x.md", text, "{}"), [["day  1 / 2", "\"Day 1 /\u{a0}2\"", "day  1 / 2\n"]]);
        assert_eq!(marked("x.md", text, "{ policy: text }").len(), 1);
        let text = "---\r\ntitle: 여행기\r\n---\r\n**여행기**\r\n\r\n갔다.";
        assert_eq!(marked("x.md", text, "{}"), [["여행기", "여행기", "**여행기**\r\n"]]);
    }

    #[test]
    fn a_heading_is_reported_in_posts() {
        let text = "---\ntitle: A day\n---\n# A day\n\nIt was long.\n";
        assert_eq!(marked("_posts/2024-01-01-a.md", text, "{}"), [["A day", "A day", "# A day\n"]]);
        assert_eq!(marked("content/en/blog/a/index.md", text, "{}").len(), 1);
        assert_eq!(marked("docs/a.md", text, "{}").len(), 0);
        assert_eq!(marked("posts/content/a.md", text, "{}").len(), 0);
        assert_eq!(marked("docs/a.md", text, "{ policy: any }").len(), 1);
        assert_eq!(marked("_posts/a.md", text, "{ policy: text }").len(), 0);
    }

    #[test]
    fn lines_that_start_with_the_title_are_not_reported() {
        for body in [
            "A day of rain.",
            "A day.\n\nIt was long.",
            "A day。\n\nIt was long.",
            "A day\n\n{{< children >}}",
            "A day\nis all it took.",
            "[A day](a.html)\nIs a site.",
            "A day",
            "A day:\n\n- rain",
            "> A day",
            "- A day",
            "Hello.\n\nA day",
            "```\nA day\n```",
            "",
        ] {
            let text = format!("---\ntitle: A day\n---\n{body}\n");
            assert_eq!(findings("_posts/x.md", &text, "{}").len(), 0, "{body}");
        }
        assert_eq!(findings("x.md", "A day\n", "{}").len(), 0);
        assert_eq!(findings("x.md", "---\ntitle: ''\n---\n---\n\n…\n", "{}").len(), 0);
    }
}
