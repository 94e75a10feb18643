//! A link that leads nowhere, or that nobody can click.

use super::{Check, Context, Found};
use crate::document::body::{Link, PieceKind};
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EmptyLink {}

impl Check for EmptyLink {
    fn check(&self, cx: &Context, found: &mut Found) {
        for link in cx.doc.body.links.iter().filter(|link| !link.auto) {
            // A destination that a template fills in, or an id that turns the brackets into a place, isn't empty.
            let after = &cx.doc.source.text()[link.span.end..];
            let marks = &cx.doc.body.directives;
            let next = marks.partition_point(|mark| mark.span.end <= link.span.start);
            let is_filled_in = marks.get(next).is_some_and(|mark| mark.span.start < link.span.end);
            if after.starts_with('{') || is_filled_in {
                continue;
            }
            let what = if link.image { "image" } else { "link" };
            if link.dest.trim().is_empty() {
                found
                    .at(link.span, format!("this {what} has no address"))
                    .help(format!("put the {what}'s address into the brackets, or take the {what} out"));
            } else if !link.image && !link.dest.starts_with('#') && has_no_text(cx, link) {
                found
                    .at(link.span, format!("the link to `{}` has no text", link.dest))
                    .help("write what the reader clicks on between the square brackets");
            }
        }
    }
}

/// Whether nothing is between the brackets: no letter, no image, no tag.
fn has_no_text(cx: &Context, link: &Link) -> bool {
    let text = Span::new(link.text.start, link.text.end.max(link.text.start));
    let body = &cx.doc.body;
    let first = body.pieces.partition_point(|piece| piece.span.end <= link.span.start);
    let within = body.pieces[first..].iter().take_while(|piece| piece.span.start < link.span.end);
    text.is_empty() && within.into_iter().all(|piece| piece.kind == PieceKind::Break)
}
