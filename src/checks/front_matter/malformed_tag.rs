//! A tag that isn't written as one: with its mark, with blanks at its edges, or with what the generator can't take.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::front_matter::tags;
use crate::checks::support::{fields, rewrite};
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MalformedTag {}

impl Check for MalformedTag {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        for (entry, terms) in tags::taxonomies(cx) {
            // Where nothing is known, the pages may be a vault's.
            let allows_hash = !cx.site.profile().is_known() || terms.is_some_and(|terms| terms.takes_mark);
            for item in entry.value.items().into_iter().flatten().take(fields::MAX_ITEMS) {
                let Some(text) = item.text().filter(|_| !item.is_null()) else { continue };
                let bare = text.trim().trim_start_matches('#').trim_start();
                // A page about the sign itself.
                if bare.is_empty() && !text.trim().is_empty() {
                    continue;
                }
                let no_spaces = terms.and_then(|terms| terms.blank.as_deref()).filter(|_| bare.contains(' '));
                let message = if bare.is_empty() {
                    "a tag without a letter".to_owned()
                } else if text.trim().starts_with('#') {
                    if allows_hash {
                        continue;
                    }
                    format!("`{}` has its mark with it", fields::truncate(text))
                } else if text != text.trim() {
                    format!("`{}` has a blank at its edge", fields::truncate(text))
                } else if no_spaces.is_some() {
                    format!("`{}` has a blank in it", fields::truncate(text))
                } else {
                    continue;
                };
                let finding = found.at(item.span(), message);
                if bare.is_empty() {
                    finding.help("take it out");
                    continue;
                }
                let suggestion = if no_spaces.is_some() { bare.replace(' ', "-") } else { bare.to_owned() };
                match no_spaces {
                    Some(explanation) => finding.help(format!("write `{suggestion}`: {explanation}")),
                    None => finding.help(format!("write `{suggestion}`")),
                };
                if let Some(edit) = rewrite::replace_scalar(item, front.syntax, &suggestion) {
                    let title = format!("write `{suggestion}`");
                    if no_spaces.is_some() {
                        finding.unsafe_fix(title, vec![edit])
                    } else {
                        finding.fix(title, vec![edit])
                    };
                }
            }
        }
    }
}
