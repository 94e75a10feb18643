//! A link that leads nowhere, or that nobody can click.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{Link, PieceKind};
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
            // `[](info:article)`: a scheme of the site's own, whose reader puts the text there.
            let has_custom_scheme =
                || has_scheme(&link.dest) && !link.dest.starts_with("http") && !link.dest.starts_with("mailto");
            let is_bare =
                || !link.image && !link.dest.starts_with('#') && has_no_text(cx, link) && !has_custom_scheme();
            if !(is_nowhere || is_bare()) || has_template(cx, link) || is_nowhere && is_called(cx, link) {
                continue;
            }
            let what = if link.image { "image" } else { "link" };
            if is_nowhere {
                found
                    .at(link.span, format!("this {what} has no address"))
                    .help(format!("put the {what}'s address into the brackets, or take the {what} out"));
            } else {
                found
                    .at(link.span, format!("the link to `{}` has no text", link.dest))
                    .help("write what the reader clicks on between the square brackets");
            }
        }
    }
}

/// Whether a template fills in the address, or an id turns the brackets into a place.
fn has_template(cx: &Context, link: &Link) -> bool {
    let marks = &cx.doc.body.directives;
    let next = marks.partition_point(|mark| mark.span.end <= link.span.start);
    let has_mark = marks.get(next).is_some_and(|mark| mark.span.start < link.span.end);
    has_mark || cx.doc.source.text()[link.span.end..].starts_with('{')
}

/// Whether it is a call of a function that wasn't marked as code: `srand[om]()`, `handlers[name]()`.
fn is_called(cx: &Context, link: &Link) -> bool {
    let before = &cx.doc.source.text()[..link.span.start];
    !link.image
        && !link.text.is_empty()
        && before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ']'))
}

/// Whether nothing is between the brackets: no letter, no image, no tag.
fn has_no_text(cx: &Context, link: &Link) -> bool {
    if link.text.start < link.text.end {
        return false;
    }
    let body = &cx.doc.body;
    let first = body.pieces.partition_point(|piece| piece.span.end <= link.span.start);
    let within = body.pieces[first..].iter().take_while(|piece| piece.span.start < link.span.end);
    within.into_iter().all(|piece| piece.kind == PieceKind::Break)
}
