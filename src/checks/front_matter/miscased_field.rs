//! A key that is a field's but for upper and lower case, where that is another key to the generator.

use crate::checks::support::{fields, rewrite};
use crate::checks::{Check, Context, Found};
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MiscasedField {}

impl Check for MiscasedField {
    fn check(&self, cx: &Context, found: &mut Found) {
        let profile = cx.site.profile();
        let Some((front, root)) = cx.doc.front_matter.as_ref().and_then(|front| Some((front, front.root()?))) else {
            return;
        };
        if profile.folds_case || (!profile.is_known() && cx.content.fields.is_empty()) {
            return;
        }
        for entry in root.entries().take(fields::MOST) {
            let Some(key) = entry.key.text().filter(|key| key.bytes().any(|byte| byte.is_ascii_uppercase())) else {
                continue;
            };
            let declared = cx.content.fields.iter().find(|field| field.name.eq_ignore_ascii_case(key));
            // What the config lists or requires is told by its own rules.
            let is_told = cx.content.closed || declared.is_some_and(|field| field.required || field.name == key);
            let own = || profile.fields.keys().find(|known| known.eq_ignore_ascii_case(key)).map(String::as_str);
            let meant = declared.map(|field| field.name.as_str()).or_else(own);
            let Some(meant) = meant.filter(|meant| !is_told && *meant != key && !profile.knows(key)) else { continue };
            if root.entry(meant).is_some() {
                continue;
            }
            let reader = if declared.is_some() { "the field" } else { profile.name.as_str() };
            let finding = found.at(entry.key.span(), format!("`{key}` isn't `{meant}`"));
            finding.help(match declared {
                Some(_) => format!("write `{meant}`: upper and lower case make two fields"),
                None => format!("write `{meant}`: {reader} reads that, and not `{key}`"),
            });
            if let Some(edit) = rewrite::respell(entry.key, front.format, meant) {
                finding.fix(format!("rename it to `{meant}`"), vec![edit]);
            }
        }
    }
}
