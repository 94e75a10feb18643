//! A link to an anchor that doesn't exist on the same page.

pub(super) mod anchors;

use crate::checks::body::missing_anchor::anchors::{Anchors, NearAnchor, OtherAnchors};
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::anchor_keys::{fold, letters};
use crate::checks::support::{includes, transliteration};
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::{DirectiveKind, LeafBlock, Link};
use crate::document::headings;
use crate::generator::slug::SlugAlgorithm;
use crate::source::Span;
use crate::text::percent;
use serde::Deserialize;
use std::collections::HashMap;

/// The maximum number of missing anchors times existing ones for which suggestions are computed. A page with more is
/// generated.
pub(super) const MAX_COMPARISONS: usize = 100_000;

/// Options: anchors that the theme adds.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct MissingAnchor {
    /// Anchors that exist on every page.
    ignore: Vec<String>,
}

/// Whether an anchor is a hash, which only a program writes: 32 or more hexadecimal digits.
fn is_hash(anchor: &str) -> bool {
    anchor.len() >= 32 && anchor.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Check for MissingAnchor {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let links = &cx.doc.body.links;
        let is_anchor = |link: &&Link| {
            !link.image && link.dest.len() > 1 && link.dest.starts_with('#') && !is_hash(&link.dest[1..])
        };
        if !links.iter().any(|link| is_anchor(&link)) || is_partial_by_name(cx.doc) {
            return;
        }
        let slugs = cx.profile.slug_algorithm;
        // Nearly all links match a heading by its letters, which needs no stripping of accents.
        let by_letters: HashMap<String, &LeafBlock> =
            headings::blocks(&cx.doc.body).map(|block| (letters(cx.doc.slice(block.span)), block)).collect();
        let is_heading = |link: &&Link| {
            let anchor = percent::decode(&link.dest[1..]);
            let heading = by_letters.get(&letters(&anchor));
            heading.is_some_and(|block| !slugs.is_known() || is_named(cx.doc, block, slugs, &anchor))
        };
        let anchors: Vec<&Link> = links.iter().filter(is_anchor).filter(|link| !is_heading(link)).collect();
        if anchors.is_empty() || has_dynamic_content(cx.doc) || includes::is_partial(cx.doc) {
            return;
        }
        let page_anchors = Anchors::collect(cx.doc, slugs);
        let other_anchors = OtherAnchors::collect(cx.doc);
        let compared = page_anchors.len();
        let compared = if anchors.len().saturating_mul(compared) > MAX_COMPARISONS { 0 } else { compared };
        let foreign = foreign_headings(cx.doc, slugs, anchors.len());
        for link in anchors {
            let anchor = percent::decode(&link.dest[1..]);
            let key = fold(&anchor);
            let is_known = self.ignore.contains(&anchor) || other_anchors.contains(&anchor, &key);
            if is_known || !may_name_heading(&anchor, &key) || may_transliterate(foreign.as_deref(), slugs, &anchor) {
                continue;
            }
            report(cx, link, &page_anchors, compared, found);
        }
    }
}

/// Reports a link whose anchor doesn't exist, unless some generator may create it.
fn report(cx: &Context, link: &Link, page_anchors: &Anchors, compared: usize, found: &mut Findings) {
    let anchor = percent::decode(&link.dest[1..]);
    let key = fold(&anchor);
    let message = format!("no anchor `#{anchor}` on this page");
    match page_anchors.nearest(&anchor, &key) {
        Some(NearAnchor { name: None, .. }) => {}
        Some(NearAnchor { heading, name: Some(name) }) => {
            let finding = found.at(link.span, format!("{message}; did you mean `#{name}`?"));
            let generator = &cx.profile.name;
            finding.label(heading, "heading").help(format!("use the ID that {generator} generates: `#{name}`"));
            // `#setup-2` may be a heading that is gone.
            let is_numbered = |anchor: &str| anchor.ends_with(|c: char| c.is_ascii_digit());
            if let Some(span) = anchor_span(cx.doc, link).filter(|_| is_numbered(&anchor) == is_numbered(&name)) {
                let edits = vec![Edit::replace(span, format!("#{name}"))];
                finding.unsafe_fix(format!("Replace with `#{name}`"), edits);
            }
        }
        None => {
            let message = match page_anchors.similar(&key, compared) {
                Some(name) => format!("{message}; did you mean `#{name}`?"),
                None => message,
            };
            found.at(link.span, message).help("link to an existing heading, or add an `id`");
        }
    }
}

/// Whether an anchor can be a heading's, as it is written: routes, text fragments, blocks of notes, footnotes and line
/// numbers can't. `GitBook` spells out the signs of `<buffer>`: `less-than-buffer-greater-than`.
pub(super) fn may_name_heading(anchor: &str, key: &str) -> bool {
    !anchor.starts_with(['/', '!', ':', '?', '_', '.', '$', '^'])
        && !anchor.contains(['=', '{', '<', '('])
        && !anchor.contains("less-than-")
        && !key.starts_with("fn")
        && !key.is_empty()
}

/// Whether the file name marks it as a partial; the anchor may be on the pages that include it.
pub(super) fn is_partial_by_name(doc: &Document<'_>) -> bool {
    let stem = doc.source.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    stem.starts_with('_') && stem != "_index"
}

/// The span of the anchor, if it is written in the link itself.
fn anchor_span(doc: &Document<'_>, link: &Link) -> Option<Span> {
    let at = doc.slice(link.span).rfind(&format!("({}", link.dest))? + 1;
    let start = link.span.start + at;
    Some(Span::new(start, start + link.dest.len()))
}

/// Whether the heading gets this anchor if no earlier heading has the same text.
fn is_named(doc: &Document<'_>, block: &LeafBlock, slugs: SlugAlgorithm, anchor: &str) -> bool {
    let names = headings::plain_text(doc, block).and_then(|text| slugs.slugify(&text));
    names.is_some_and(|names| names.contains(&slugs.normalize_anchor(anchor)))
}

/// Whether the anchor may be a heading in Latin letters. Zola's ids are, by a table of all characters, unless its config
/// keeps the letters; a generator that isn't known may do the same.
pub(super) fn may_transliterate(foreign: Option<&[&str]>, slugs: SlugAlgorithm, anchor: &str) -> bool {
    let Some(foreign) = foreign else { return true };
    match slugs {
        SlugAlgorithm::Zola => !anchor.is_ascii() || !foreign.is_empty(),
        SlugAlgorithm::Unknown => anchor.is_ascii() && foreign.iter().any(|text| transliteration::may_be(anchor, text)),
        _ => false,
    }
}

/// The headings in other than Latin letters; none if they are too many to be compared with so many anchors.
pub(super) fn foreign_headings<'a>(doc: &Document<'a>, slugs: SlugAlgorithm, anchors: usize) -> Option<Vec<&'a str>> {
    let texts = headings::blocks(&doc.body).map(|block| doc.slice(block.span));
    let foreign: Vec<&str> = texts.filter(|text| !text.is_ascii()).collect();
    let is_bounded = slugs != SlugAlgorithm::Unknown || foreign.len().saturating_mul(anchors) <= MAX_COMPARISONS;
    is_bounded.then_some(foreign)
}

/// Whether a template, a component or an include may add anchors to the page.
pub(super) fn has_dynamic_content(doc: &Document<'_>) -> bool {
    let fills = |kind| !matches!(kind, DirectiveKind::Attribute | DirectiveKind::Math);
    let body = &doc.body;
    body.directives.iter().any(|mark| fills(mark.kind))
        || doc.source.path().extension().is_some_and(|extension| extension == "mdx")
        || includes::html_of(body).any(|html| includes::has_component(doc.slice(html)))
        || includes::has_include(doc)
}
