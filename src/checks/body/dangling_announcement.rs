//! A sentence that announces something, directly before a heading or at the end of the page.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::includes;
use crate::document::body::{BlockKind, LeafBlock};
use crate::source::Span;
use serde::Deserialize;

/// Options: the phrases that a sentence ends with.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct DanglingAnnouncement {
    /// Phrases, in lower case. A colon must follow those in ASCII.
    phrases: Vec<String>,
}

impl Check for DanglingAnnouncement {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let blocks = &cx.doc.body.blocks;
        let mut section = None;
        for (index, block) in blocks.iter().enumerate() {
            if let BlockKind::Heading(level) = block.kind {
                section = Some(level);
                continue;
            }
            let next = blocks.get(index + 1);
            let end = match next.map(|next| next.kind) {
                None => cx.doc.body.span.end,
                Some(BlockKind::Heading(level)) if section.is_some_and(|section| level <= section) => {
                    next.map_or(cx.doc.body.span.end, |next| next.span.start)
                }
                Some(_) => continue,
            };
            if block.kind == BlockKind::Paragraph && !block.in_quote && !block.in_item && self.announces(cx, block, end)
            {
                let is_continued = next.is_some_and(|next| is_step(cx.doc.slice(next.span)));
                if !is_continued && !(next.is_none() && (includes::is_partial(cx.doc) || includes::has_include(cx.doc)))
                {
                    report(cx, block, next, found);
                }
            }
        }
    }
}

impl DanglingAnnouncement {
    /// Whether the paragraph ends with one of the phrases and nothing follows it up to byte `end`.
    fn announces(&self, cx: &Context, block: &LeafBlock, end: usize) -> bool {
        let text = cx.doc.slice(block.span).trim_end_matches(['*', '_', ' ', '\u{a0}']);
        let bare = text.trim_end_matches([':', '：', '.', '。', ' ']);
        let colon = text[bare.len()..].contains([':', '：']);
        if bare.len() == text.len() || !cx.doc.slice(Span::new(block.span.end, end)).trim().is_empty() {
            return false;
        }
        let tail = &bare[bare.ceil_char_boundary(bare.len().saturating_sub(60))..];
        let tail = tail.to_ascii_lowercase();
        let ends = |phrase: &String| {
            let is_whole = || {
                let before = &tail[..tail.len() - phrase.len()];
                !before.ends_with(|c: char| c.is_ascii_alphanumeric())
            };
            tail.ends_with(phrase.as_str()) && (!phrase.is_ascii() || colon && is_whole())
        };
        self.phrases.iter().any(ends)
    }
}

/// Whether a heading continues what the sentence before it announces: a numbered step, a first item, a question.
fn is_step(heading: &str) -> bool {
    const STARTS: [&str; 15] = [
        "step",
        "part",
        "option",
        "method",
        "case",
        "example",
        "첫",
        "하나",
        "단계",
        "방법",
        "第",
        "一",
        "ステップ",
        "手順",
        "方法",
    ];
    let text = heading.trim_start_matches(['#', ' ', '*', '_', '`', '[', '(', '【', '《', '<']).to_lowercase();
    text.starts_with(|c: char| c.is_numeric() || matches!(c, '①'..='⑳' | '$' | '.' | '-'))
        || STARTS.iter().any(|start| text.starts_with(start))
}

fn report(cx: &Context, block: &LeafBlock, next: Option<&LeafBlock>, found: &mut Findings) {
    let text = cx.doc.slice(block.span);
    // The last sentence: what follows the end of another one.
    let inner = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut ends = inner.char_indices().filter(|&(at, c)| {
        matches!(c, '\n' | '。' | '！' | '？') || matches!(c, '.' | '!' | '?') && inner[at + 1..].starts_with(' ')
    });
    let sentence = ends.next_back().map_or(0, |(at, c)| at + c.len_utf8());
    let trimmed = text[sentence..].trim_start();
    let start = block.span.start + text.len() - trimmed.len();
    let message = match next {
        Some(_) => "announcement without content: a heading follows",
        None => "announcement without content: the page ends",
    };
    let finding = found.at(Span::new(start, block.span.end), message);
    finding.label_primary("announces something").help("add what the sentence announces, or reword it");
    if let Some(next) = next {
        finding.label(next.span, "the next section");
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::create;
    use crate::checks::{Context, Findings};
    use crate::content::ContentType;
    use crate::data::typed;
    use crate::document::Document;
    use crate::site::Site;
    use crate::source::Source;

    fn marked(text: &str) -> Vec<String> {
        let source = Source::new("a.md", format!("---\ntitle: A\n---\n{text}").into_bytes());
        let options =
            typed::from_yaml("{ phrases: [as follows, following command, 다음과 같습니다, 如下] }").expect("YAML");
        let check = create("dangling-announcement", options).expect("known").expect("fits");
        let (doc, content, site) = (Document::parse(&source), ContentType::default(), Site::alone());
        let mut found = Findings::default();
        check.check(&Context::new(&doc, &content, &site), &mut found);
        found.into_findings().into_iter().map(|finding| source.slice(finding.span).to_owned()).collect()
    }

    #[test]
    fn announcements_before_a_heading_or_the_end_are_found() {
        for (text, expected) in [
            ("## A\n\nThere are three. They are as follows:\n\n## B\n", "They are as follows:"),
            ("## A\n\n장점은 다음과 같습니다.\n\n## B\n", "장점은 다음과 같습니다."),
            ("## A\n\n结果如下：\n", "结果如下："),
            ("## A\n\n**Run the following command:**\n\n# B\n", "**Run the following command:**"),
        ] {
            assert_eq!(marked(text), [expected], "{text}");
        }
    }

    #[test]
    fn content_may_follow() {
        for text in [
            "## A\n\nThey are as follows:\n\n- a\n",
            "## A\n\nThey are as follows:\n\n```\na\n```\n\n## B\n",
            "## A\n\nThey are as follows:\n\n### B\n",
            "They are as follows:\n\n## B\n",
            "## A\n\nThey are as follows:\n\n## Step 1\n",
            "## A\n\nThey are as follows:\n\n![a](b.png)\n\n## B\n",
            "## A\n\nThe list as follows is long.\n\n## B\n",
            "## A\n\n값은 다음과 같습니다.\n\n{% include x.html %}\n\n## B\n",
        ] {
            assert_eq!(marked(text), [""; 0], "{text}");
        }
    }
}
