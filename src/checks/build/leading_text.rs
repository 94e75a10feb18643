//! Text at the top of a page without front matter that the generator parses as metadata.

use crate::checks::check::Context;
use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::data::format::FrontMatterFormat;
use crate::data::limits::Limits;
use crate::source::Span;
use crate::text::lines::{Line, lines};

/// Keys of metadata that pages without front matter begin with.
const METADATA_KEYS: [&str; 16] = [
    "author",
    "authors",
    "category",
    "copyright",
    "date",
    "description",
    "keywords",
    "lang",
    "layout",
    "page_title",
    "slug",
    "status",
    "summary",
    "tags",
    "template",
    "title",
];

/// `Note: text` at the top of a page, where the generator reads metadata without delimiters.
pub(super) fn report_leading_lines(cx: &Context, found: &mut Findings) {
    if !cx.profile.parses_leading_lines || cx.doc.front_matter.is_some() {
        return;
    }
    let text = cx.doc.slice(cx.doc.body.span);
    let key_of = |line: &'_ Line| {
        let content = line.content(text).trim_end();
        let (key, _) = content.split_once(':').filter(|_| line.indent < 4)?;
        let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        (!key.is_empty() && key.chars().all(is_key)).then(|| key.to_ascii_lowercase())
    };
    let block: Vec<(Line, String)> = lines(text).map_while(|line| Some((line, key_of(&line)?))).collect();
    let is_known = |key: &String| METADATA_KEYS.contains(&&**key) || cx.profile.knows(key);
    if block.iter().any(|(_, key)| is_known(key)) {
        return;
    }
    for (line, _) in block {
        let span = Span::new(line.first(), line.end).shift(cx.doc.body.span.start);
        found
            .at(
                span,
                format!(
                    "`{}` is not displayed: {} parses it as metadata",
                    truncate(cx.doc.slice(span)),
                    cx.profile.name
                ),
            )
            .help("add a blank line or a heading above it");
    }
}

/// Text above a line `---`, where the generator reads front matter without an opening delimiter: Hexo.
pub(super) fn report_text_above_delimiter(cx: &Context, found: &mut Findings) {
    if !cx.profile.parses_text_above_delimiter || cx.doc.front_matter.is_some() {
        return;
    }
    let start = cx.doc.body.span.start;
    let text = cx.doc.slice(cx.doc.body.span);
    let is_delimiter =
        |line: &Line| line.indent == 0 && ["---", ";;;"].iter().any(|mark| line.content(text).starts_with(mark));
    let mut all = lines(text).skip_while(|line| line.content(text).trim().is_empty());
    let Some(first) = all.next().filter(|line| !is_delimiter(line)) else { return };
    let Some(delimiter) = all.find(is_delimiter) else { return };
    let above = &text[..delimiter.start];
    let (tree, problems) = FrontMatterFormat::Yaml.parse(above, start, Limits::FrontMatter);
    let is_data = tree.root().is_some_and(|root| root.is_map() || root.items().is_some());
    let is_rejected = problems.iter().any(|problem| !problem.kind.is_misread());
    let name = &cx.profile.name;
    let message = match (is_rejected, is_data) {
        (true, _) => format!("{name} skips this page: it parses the text above `---` as front matter"),
        (false, true) => format!("the text above `---` is not displayed: {name} parses it as front matter"),
        // A text without a key stays in the page.
        (false, false) => return,
    };
    let line = |line: &Line| Span::new(line.first(), line.end).shift(start);
    found
        .at(line(&delimiter), message)
        .label(line(&first), "parsed as front matter from here on")
        .help("add front matter at the top of the page: `---`, `title: …`, `---`");
}
