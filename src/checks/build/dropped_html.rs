//! Raw HTML that the generator drops.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::document::body::InlineKind;
use crate::document::markup::syntax::html::tags;
use crate::document::meta::PageMeta;
use crate::generator::markup::RawHtml;
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DroppedHtml {}

impl Check for DroppedHtml {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if cx.profile.markup.raw_html != RawHtml::Dropped {
            return;
        }
        let body = &cx.doc.body;
        let has_html = !body.html.is_empty() || body.inlines.iter().any(|inline| inline.kind == InlineKind::Html);
        if !has_html || is_allowed(cx) || is_older_than_goldmark(cx) {
            return;
        }
        let text = cx.doc.source.text();
        let is_dropped =
            |span: Span| tags(text, span).iter().any(|tag| !tag.closing && is_missed(&text[tag.name.range()]));
        let blocks = body.html.iter().filter(|span| has_content(text, **span)).map(|&span| first_line(text, span));
        let inline = body.inlines.iter().filter(|inline| inline.kind == InlineKind::Html && is_dropped(inline.span));
        let mut places: Vec<Span> = blocks.chain(inline.map(|inline| inline.span)).collect();
        places.sort_by_key(|place| place.start);
        let Some((&first, others)) = places.split_first() else { return };
        let written = fields::truncate(cx.doc.slice(first));
        let finding = found.at(first, format!("{} drops raw HTML: `{written}`", cx.profile.name));
        finding.help("use Markdown or a shortcode, or set `markup.goldmark.renderer.unsafe` to `true`");
        for &other in others {
            finding.also_at(other);
        }
    }
}

/// Whether a page is older than Hugo 0.60, whose parser was the first to drop raw HTML, and no setting of a later version
/// shows that the site was built since.
fn is_older_than_goldmark(cx: &Context) -> bool {
    let meta = PageMeta::read(cx.doc.front_matter.as_ref(), cx.doc.source.path(), cx.profile);
    let is_old = meta.date.is_some_and(|date| (date.year, date.month) < (2019, 12));
    is_old && !LATER_SETTINGS.iter().any(|setting| cx.site.build_files().config_has(setting))
}

/// Settings that Hugo has since its parser drops raw HTML.
const LATER_SETTINGS: [&str; 4] = ["markup", "goldmark", "[module", "cascade"];

fn first_line(text: &str, block: Span) -> Span {
    let line = text[block.range()].lines().next().unwrap_or_default();
    Span::new(block.start, block.start + line.len())
}

/// Whether an HTML block shows something: text, a picture, or a frame.
fn has_content(text: &str, block: Span) -> bool {
    let found = tags(text, block);
    let is_hidden =
        |name: &str| ["script", "style", "noscript", "template"].iter().any(|hidden| hidden.eq_ignore_ascii_case(name));
    let mut hidden = false;
    let mut at = block.start;
    for tag in &found {
        if !hidden
            && text[at..tag.span.start].contains(char::is_alphanumeric)
            && !text[at..tag.span.start].contains("<!--")
        {
            return true;
        }
        let name = &text[tag.name.range()];
        if !tag.closing && is_missed(name) {
            return true;
        }
        hidden = !tag.closing && is_hidden(name);
        at = tag.span.end;
    }
    !found.is_empty()
        && !hidden
        && text[at..block.end].contains(char::is_alphanumeric)
        && !text[at..block.end].contains("<!--")
}

/// Elements without which readers miss something, whatever is in them.
fn is_missed(name: &str) -> bool {
    ["img", "iframe", "video", "audio", "picture", "embed", "object", "br", "kbd", "sub", "sup", "table"]
        .iter()
        .any(|missed| missed.eq_ignore_ascii_case(name))
}

/// Whether the site's config allows it, or another parser renders the page.
fn is_allowed(cx: &Context) -> bool {
    let files = cx.site.build_files();
    let is_html = cx.doc.field("markup").is_some();
    let config = files.config.as_deref().unwrap_or_default();
    is_html
        || config.contains("defaultMarkdownHandler")
        || config.contains("blackfriday")
        || config.lines().any(is_unsafe)
}

/// Whether a line of a config sets `unsafe` to `true`: a line of TOML, YAML or JSON of its own, a dotted key, or a part of
/// `renderer = { unsafe = true }`.
fn is_unsafe(line: &str) -> bool {
    let compact: String = line.chars().filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'')).collect();
    let mut settings = compact.match_indices("unsafe").map(|(at, key)| (&compact[..at], &compact[at + key.len()..]));
    let is_key = |before: &str| before.is_empty() || before.ends_with(['{', ',', '.']);
    let is_true = |after: &str| {
        after.strip_prefix(['=', ':']).is_some_and(|value| value.to_ascii_lowercase().starts_with("true"))
    };
    !compact.starts_with(['#', ';', '/']) && settings.any(|(before, after)| is_key(before) && is_true(after))
}

#[cfg(test)]
mod tests {
    use super::is_unsafe;

    #[test]
    fn a_setting_is_read_in_every_style() {
        for line in [
            "unsafe = true",
            "        unsafe: true # for tables",
            "\"unsafe\": true,",
            "renderer = { hardWraps = false, unsafe = true }",
            "markup: {goldmark: {renderer: {unsafe: true}}}",
            "markup.goldmark.renderer.unsafe = true",
        ] {
            assert!(is_unsafe(line), "{line}");
        }
        for line in ["unsafe = false", "# unsafe = true", "isunsafe: true", "unsafeHtml: true"] {
            assert!(!is_unsafe(line), "{line}");
        }
    }
}
