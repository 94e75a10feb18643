//! The anchors of a page's headings, as its generator makes them.

use crate::document::headings::Heading;
use crate::generator::slug::SlugAlgorithm;
use std::collections::HashMap;

/// How ids are made where the generator isn't known: as GitHub does.
fn known(slugs: SlugAlgorithm) -> SlugAlgorithm {
    if slugs.is_known() { slugs } else { SlugAlgorithm::Github }
}

/// The ids of the headings in each usual configuration of the generator, the default first.
fn ids(headings: &[Heading], slugs: SlugAlgorithm) -> Vec<Vec<Option<String>>> {
    let texts: Vec<Option<&str>> = headings.iter().map(|heading| heading.plain.as_deref()).collect();
    let mut all = known(slugs).ids_by_variant(&texts);
    for ids in &mut all {
        for (id, heading) in ids.iter_mut().zip(headings) {
            if heading.id.is_some() {
                id.clone_from(&heading.id);
            }
        }
    }
    all
}

/// The id of each heading in the default configuration; none where it isn't known.
pub(crate) fn usual(headings: &[Heading], slugs: SlugAlgorithm) -> Vec<Option<String>> {
    ids(headings, slugs).into_iter().next().unwrap_or_default()
}

/// The heading that an anchor leads to.
pub(crate) fn find<'a>(headings: &'a [Heading], slugs: SlugAlgorithm, anchor: &str) -> Option<&'a Heading> {
    let wanted = known(slugs).normalize_anchor(anchor);
    let exact = ids(headings, slugs).into_iter().find_map(|ids| {
        let at = ids.iter().position(|id| id.as_deref().is_some_and(|id| id == anchor || id == wanted));
        at.and_then(|at| headings.get(at))
    });
    // `[[Page#Heading]]` names the heading by its text.
    exact.or_else(|| headings.iter().find(|heading| heading.plain.as_deref() == Some(anchor)))
}

/// What becomes of the anchors of a page whose headings change from `before` to `after`, one for one: only those that
/// differ.
pub(crate) fn changes(before: &[Heading], after: &[Heading], slugs: SlugAlgorithm) -> HashMap<String, String> {
    let mut changes = HashMap::new();
    let mut kept = Vec::new();
    for (old, new) in ids(before, slugs).into_iter().zip(ids(after, slugs)) {
        for pair in old.into_iter().zip(new) {
            match pair {
                (Some(old), Some(new)) if old != new => _ = changes.entry(old).or_insert(new),
                (Some(old), _) => kept.push(old),
                _ => {}
            }
        }
    }
    // In one configuration an anchor may stay what changes in another: then it isn't known which is meant.
    changes.retain(|old, _| !kept.contains(old));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, headings};
    use crate::source::Source;

    fn of(text: &str) -> Vec<Heading> {
        headings::of_page(&Document::parse(&Source::new("a.md", text.into())))
    }

    #[test]
    fn anchors_lead_to_headings_and_follow_them() {
        let before = of("# 설치\n\n## Setup\n\n## Setup\n\n## Own {#mine}\n");
        let lead = |anchor: &str| {
            let found = find(&before, SlugAlgorithm::Github, anchor);
            before.iter().position(|heading| found.is_some_and(|found| found.span == heading.span))
        };
        for (anchor, index) in
            [("설치", Some(0)), ("setup", Some(1)), ("setup-1", Some(2)), ("mine", Some(3)), ("own", None)]
        {
            assert_eq!(lead(anchor), index, "{anchor}");
        }
        let after = of("# 설치\n\n## Install\n\n## Setup\n\n## Other {#mine}\n");
        let changed = changes(&before, &after, SlugAlgorithm::Github);
        let mut changed: Vec<(&str, &str)> = changed.iter().map(|(old, new)| (&**old, &**new)).collect();
        changed.sort_unstable();
        assert_eq!(changed, [("setup", "install"), ("setup-1", "setup")]);
    }
}
