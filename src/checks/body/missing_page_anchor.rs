//! A link to an anchor that doesn't exist on another page.

use crate::checks::body::missing_anchor::anchors::{Anchors, NearAnchor, OtherAnchors};
use crate::checks::body::missing_anchor::{
    MAX_COMPARISONS, foreign_headings, has_dynamic_content, is_partial_by_name, may_name_heading, may_transliterate,
};
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::anchor_keys::{fold, letters};
use crate::checks::support::includes;
use crate::document::Document;
use crate::document::body::Link;
use crate::text::percent;
use crate::url::has_scheme;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// The maximum number of pages that are read for the links of one page. A page with links to more is generated.
const MAX_PAGES: usize = 200;

/// Options: anchors that the theme adds.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct MissingPageAnchor {
    /// Anchors that exist on every page.
    ignore: Vec<String>,
}

impl Check for MissingPageAnchor {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let page = cx.site.inside(cx.doc.source.path());
        let folder = page.parent().unwrap_or(Path::new(""));
        let mut pages: BTreeMap<PathBuf, Vec<(&Link, String)>> = BTreeMap::new();
        for link in &cx.doc.body.links {
            let Some((path, anchor)) = path_and_anchor(link) else { continue };
            if !self.ignore.contains(&anchor) {
                pages.entry(folder.join(percent::decode(path))).or_default().push((link, anchor));
            }
        }
        for (path, links) in pages.into_iter().take(MAX_PAGES) {
            check_page(cx, &path, links, found);
        }
    }
}

/// The path and the anchor of a link to a Markdown file, written relative to the page.
fn path_and_anchor(link: &Link) -> Option<(&str, String)> {
    let (path, anchor) = link.dest.split_once('#').filter(|_| !link.image && !link.auto)?;
    let is_page = path.ends_with(".md") || path.ends_with(".markdown");
    let is_relative = !path.starts_with(['/', '@', '~']) && !has_scheme(path) && !path.contains(['{', '<', '$', '?']);
    let anchor = percent::decode(anchor);
    let names_heading = may_name_heading(&anchor, &fold(&anchor)) && !is_line_range(&anchor);
    (is_page && is_relative && names_heading).then_some((path, anchor))
}

/// `L10`, `L10-L12`: lines of a file, as GitHub shows it.
fn is_line_range(anchor: &str) -> bool {
    anchor.split('-').all(|line| line.strip_prefix('L').unwrap_or("").parse::<u32>().is_ok())
}

/// Reports the links whose anchor isn't on the page at `path`.
fn check_page(cx: &Context, path: &Path, links: Vec<(&Link, String)>, found: &mut Findings) {
    let Some(source) = cx.site.page(path) else { return };
    // Most anchors are those of headings, which can be seen without parsing the page.
    let lines: HashSet<String> = source.text().lines().filter(|line| line.starts_with('#')).map(letters).collect();
    let links: Vec<(&Link, String)> =
        links.into_iter().filter(|(_, anchor)| !lines.contains(&letters(anchor))).collect();
    if links.is_empty() {
        return;
    }
    let target = Document::parse(&source);
    if is_partial_by_name(&target) || has_dynamic_content(&target) || includes::is_partial(&target) {
        return;
    }
    let slugs = cx.profile.slug_algorithm;
    let (anchors, others) = (Anchors::collect(&target, slugs), OtherAnchors::collect(&target));
    let foreign = foreign_headings(&target, slugs, links.len());
    let compared = if links.len().saturating_mul(anchors.len()) > MAX_COMPARISONS { 0 } else { anchors.len() };
    for (link, anchor) in links {
        let key = fold(&anchor);
        if others.contains(&anchor, &key) || may_transliterate(foreign.as_deref(), slugs, &anchor) {
            continue;
        }
        let near = match anchors.nearest(&anchor, &key) {
            Some(NearAnchor { name: None, .. }) => continue,
            Some(NearAnchor { name, .. }) => name,
            None => anchors.similar(&key, compared).map(str::to_owned),
        };
        let name = crate::source::display_path(path.file_name().unwrap_or_default().as_ref());
        let message = format!("no anchor `#{anchor}` in `{name}`");
        let message = near.map_or_else(|| message.clone(), |near| format!("{message}; did you mean `#{near}`?"));
        found.at(link.span, message).help("link to an existing heading, or add an `id`");
    }
}
