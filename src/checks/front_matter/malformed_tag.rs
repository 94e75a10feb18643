//! A tag that isn't written as one: with its mark, with blanks at its edges, or with what the generator can't take.

use crate::checks::front_matter::tags;
use crate::checks::support::{fields, rewrite};
use crate::checks::{Check, Context, Found};
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MalformedTag {}

impl Check for MalformedTag {
    fn check(&self, cx: &Context, found: &mut Found) {
        let Some(front) = &cx.doc.front_matter else { return };
        for (entry, terms) in tags::taxonomies(cx) {
            // Where nothing is known, the pages may be a vault's.
            let takes_mark = !cx.site.profile().is_known() || terms.is_some_and(|terms| terms.accepts_hash);
            for item in entry.value.items().into_iter().flatten().take(fields::MOST) {
                let Some(text) = item.text().filter(|_| !item.is_null()) else { continue };
                let bare = text.trim().trim_start_matches('#').trim_start();
                // A page about the sign itself.
                if bare.is_empty() && !text.trim().is_empty() {
                    continue;
                }
                let blank = terms.and_then(|terms| terms.space.as_deref()).filter(|_| bare.contains(' '));
                let fault = if bare.is_empty() {
                    "a tag without a letter".to_owned()
                } else if text.trim().starts_with('#') {
                    if takes_mark {
                        continue;
                    }
                    format!("`{}` has its mark with it", fields::crop(text))
                } else if text != text.trim() {
                    format!("`{}` has a blank at its edge", fields::crop(text))
                } else if blank.is_some() {
                    format!("`{}` has a blank in it", fields::crop(text))
                } else {
                    continue;
                };
                let finding = found.at(item.span(), fault);
                if bare.is_empty() {
                    finding.help("take it out");
                    continue;
                }
                let meant = if blank.is_some() { bare.replace(' ', "-") } else { bare.to_owned() };
                match blank {
                    Some(says) => finding.help(format!("write `{meant}`: {says}")),
                    None => finding.help(format!("write `{meant}`")),
                };
                if let Some(edit) = rewrite::respell(item, front.format, &meant) {
                    let title = format!("write `{meant}`");
                    if blank.is_some() {
                        finding.unsafe_fix(title, vec![edit])
                    } else {
                        finding.fix(title, vec![edit])
                    };
                }
            }
        }
    }
}
