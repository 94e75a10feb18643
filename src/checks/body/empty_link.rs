//! A link without a destination or without text.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{InlineKind, Link};
use crate::url::has_scheme;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmptyLink {}

impl Check for EmptyLink {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for link in cx.doc.body.links.iter().filter(|link| !link.auto) {
            let is_nowhere = link.dest.trim().is_empty();
            // `[](info:article)`: a custom scheme for which the site's renderer adds the text.
            let has_custom_scheme =
                || has_scheme(&link.dest) && !link.dest.starts_with("http") && !link.dest.starts_with("mailto");
            let is_bare =
                || !link.image && !link.dest.starts_with('#') && has_no_text(cx, link) && !has_custom_scheme();
            // mdBook: a chapter that isn't written yet.
            let is_draft_chapter = cx.doc.source.path().file_name().is_some_and(|name| name == "SUMMARY.md");
            let is_kept = has_template(cx, link) || is_nowhere && (is_called(cx, link) || is_draft_chapter);
            if !(is_nowhere || is_bare()) || is_kept || !is_nowhere && is_remainder(cx, link) {
                continue;
            }
            let what = if link.image { "image" } else { "link" };
            let text = cx.doc.slice(link.text);
            if is_nowhere && text.starts_with('[') && text.ends_with(']') {
                // `O.[[Slot]]()`: notation of a specification.
                found
                    .at(link.span, format!("`[{text}]` becomes a link without a destination"))
                    .help(format!("escape the brackets: `\\[\\[{}\\]\\]`", text.trim_matches(['[', ']'])));
            } else if is_nowhere {
                found
                    .at(link.span, format!("{what} without a destination"))
                    .help(format!("add the destination between the parentheses, or remove the {what}"));
            } else {
                found
                    .at(link.span, format!("link to `{}` has no text", link.dest))
                    .help("add the link text between the square brackets");
            }
        }
    }
}

/// Whether a template fills in the destination, or an attribute list turns the brackets into an anchor.
fn has_template(cx: &Context, link: &Link) -> bool {
    let marks = &cx.doc.body.directives;
    let next = marks.partition_point(|mark| mark.span.end <= link.span.start);
    let has_mark = marks.get(next).is_some_and(|mark| mark.span.start < link.span.end);
    has_mark || cx.doc.source.text()[link.span.end..].starts_with('{')
}

/// Whether it is a function call that isn't formatted as code: `srand[om]()`, `handlers[name]()`.
fn is_called(cx: &Context, link: &Link) -> bool {
    let before = &cx.doc.source.text()[..link.span.start];
    !link.image
        && !link.text.is_empty()
        && before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ']'))
}

/// Whether it is the space next to a link to the same page, as programs leave it: `[Text](url)[ ](url)`.
fn is_remainder(cx: &Context, link: &Link) -> bool {
    let links = &cx.doc.body.links;
    let at = links.partition_point(|other| other.span.start < link.span.start);
    let near = links[at.saturating_sub(1)..].iter().take(3);
    !link.text.is_empty() && near.filter(|other| other.span != link.span).any(|other| other.dest == link.dest)
}

/// Whether the brackets hold no text, image or tag.
fn has_no_text(cx: &Context, link: &Link) -> bool {
    // `[name][](note)`: the empty brackets belong to the reference before them, which another file may define.
    if !cx.doc.slice(link.text).trim().is_empty() || cx.doc.source.text()[..link.span.start].ends_with(']') {
        return false;
    }
    let body = &cx.doc.body;
    let first = body.inlines.partition_point(|piece| piece.span.end <= link.span.start);
    let within = body.inlines[first..].iter().take_while(|piece| piece.span.start < link.span.end);
    let is_space = |span| cx.doc.slice(span).trim().is_empty();
    within.into_iter().all(|piece| piece.kind == InlineKind::Break || is_space(piece.span))
}
