//! A malformed tag: with a leading `#`, with spaces at its edges, or with what the generator can't handle.

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
            // Without a known generator, the pages may be an Obsidian vault.
            let allows_hash = !cx.profile.is_known() || terms.is_some_and(|terms| terms.accepts_hash);
            for item in entry.value.items().into_iter().flatten().take(fields::MAX_ITEMS) {
                let Some(text) = item.text().filter(|_| !item.is_null()) else { continue };
                let bare = text.trim().trim_start_matches('#').trim_start();
                if text.trim().is_empty() && terms.is_none_or(|terms| terms.skips_empty) {
                    continue;
                }
                // A page about the character itself.
                if bare.is_empty() && !text.trim().is_empty() {
                    continue;
                }
                let no_spaces = terms.and_then(|terms| terms.space.as_deref()).filter(|_| bare.contains(' '));
                let message = if bare.is_empty() {
                    "tag without letters".to_owned()
                } else if text.trim().starts_with('#') {
                    if allows_hash {
                        continue;
                    }
                    format!("tag `{}` includes the `#`", fields::truncate(text))
                } else if text != text.trim_matches(is_visible_space) {
                    format!("leading or trailing space in tag `{}`", fields::truncate(text))
                } else if no_spaces.is_some() {
                    format!("space in tag `{}`", fields::truncate(text))
                } else {
                    continue;
                };
                let finding = found.at(item.span(), message);
                if bare.is_empty() {
                    finding.help("remove it");
                    continue;
                }
                let suggestion = if no_spaces.is_some() { bare.replace(' ', "-") } else { bare.to_owned() };
                match no_spaces {
                    Some(explanation) => finding.help(format!("use `{suggestion}`; {explanation}")),
                    None => finding.help(format!("use `{suggestion}`")),
                };
                if let Some(edit) = rewrite::replace_scalar(item, front.format, &suggestion) {
                    let title = format!("Replace with `{suggestion}`");
                    finding.unsafe_fix(title, vec![edit]);
                }
            }
        }
    }
}

/// Whitespace but for non-breaking spaces, which `invisible-character` reports.
fn is_visible_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')
}
