//! A tag, category or author that is none of those agreed on.

use super::{Check, Context, Found, fields, vocabulary};
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnknownTag {}

impl Check for UnknownTag {
    fn check(&self, cx: &Context, found: &mut Found) {
        let Some(front) = &cx.doc.front_matter else { return };
        for place in fields::places(cx) {
            if let Some(terms) = vocabulary::of(&place).filter(|terms| is_of_tags(&place, terms)) {
                vocabulary::check(&place, terms, front.syntax, found);
            }
        }
    }
}

/// Whether a value out of these is one of many that people pick, as opposed to a setting with a few states, which
/// `invalid-value` speaks of.
pub(super) fn is_of_tags(place: &fields::Place<'_>, terms: &crate::document::content::Vocabulary) -> bool {
    place.item || place.shape.items.is_some() || !terms.aliases.is_empty()
}
