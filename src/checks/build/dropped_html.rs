//! Raw HTML that the generator drops.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::InlineKind;
use crate::document::markup::syntax::html::tags;
use crate::generator::markup::RawHtml;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DroppedHtml {}

impl Check for DroppedHtml {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if cx.site.profile().markup.raw_html != RawHtml::Dropped {
            return;
        }
        let body = &cx.doc.body;
        let has_html = !body.html.is_empty() || body.inlines.iter().any(|inline| inline.kind == InlineKind::Html);
        if !has_html || is_allowed(cx) {
            return;
        }
        let text = cx.doc.source.text();
        let is_dropped = |span: &crate::source::Span| tags(text, *span).iter().any(|tag| !tag.closing);
        for &span in body.html.iter().filter(|span| is_dropped(span)) {
            let line = text[span.range()].lines().next().unwrap_or_default();
            let first = crate::source::Span::new(span.start, span.start + line.len());
            found.at(first, "Hugo drops this HTML block with its content").help(HELP);
        }
        for inline in body.inlines.iter().filter(|inline| inline.kind == InlineKind::Html && is_dropped(&inline.span)) {
            let tag = crate::checks::support::fields::truncate(cx.doc.slice(inline.span));
            found.at(inline.span, format!("Hugo drops the HTML tag `{tag}`")).help(HELP);
        }
    }
}

const HELP: &str = "use Markdown or a shortcode, or set `markup.goldmark.renderer.unsafe` to `true`";

/// Whether the site's config allows it, or another parser renders the page.
fn is_allowed(cx: &Context) -> bool {
    let files = cx.site.build_files();
    let is_unsafe = |line: &str| {
        let compact: String = line.chars().filter(|c| !c.is_whitespace() && *c != '"').collect();
        compact.starts_with("unsafe=true") || compact.starts_with("unsafe:true") || compact.contains("{unsafe=true")
    };
    let is_html = cx.doc.field("markup").is_some();
    let config = files.config.as_deref().unwrap_or_default();
    is_html || config.contains("defaultMarkdownHandler") || config.contains("blackfriday") || config.lines().any(is_unsafe)
}
