//! A field that the content type doesn't have, where it has said that it lists all.

use super::fields;
use super::{Check, Context, Found, rewrite};
use crate::words;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnknownField {}

impl Check for UnknownField {
    fn check(&self, cx: &Context, found: &mut Found) {
        let Some(front) = cx.doc.front_matter.as_ref().filter(|_| cx.content.closed) else {
            return;
        };
        for other in fields::misnamed(cx) {
            // `missing-field` speaks of the one that was meant.
            if other.meant.is_some_and(|field| field.required) {
                continue;
            }
            let key = other.key;
            let finding = found.at(other.entry.key.span(), format!("`{key}` is not a known field"));
            let Some(field) = other.meant else {
                finding.help("drop it, or list it among the fields of this kind of page");
                continue;
            };
            let name = &field.name;
            finding.help(format!("did you mean `{name}`?"));
            if let Some(edit) = rewrite::respell(other.entry.key, front.syntax, name) {
                let title = format!("rename `{key}` to `{name}`");
                let is_sure = words::distance(key, name) <= 1 || words::fold(key) == words::fold(name);
                let is_safe = is_sure && field.shape.accepts(other.entry.value);
                if is_safe {
                    finding.fix(title, vec![edit])
                } else {
                    finding.unsafe_fix(title, vec![edit])
                };
            }
        }
    }
}
