//! A field name in the wrong case, which makes it a different field to the generator.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, rewrite};
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MiscasedField {}

impl Check for MiscasedField {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let profile = cx.profile;
        let Some((front, root)) = cx.doc.front_matter.as_ref().and_then(|front| Some((front, front.root()?))) else {
            return;
        };
        if profile.folds_case || (!profile.is_known() && cx.content.fields.is_empty()) {
            return;
        }
        for entry in root.entries().take(fields::MAX_ITEMS) {
            let Some(key) = entry.key.text().filter(|key| key.bytes().any(|byte| byte.is_ascii_uppercase())) else {
                continue;
            };
            let declared = cx.content.fields.iter().find(|field| field.name.eq_ignore_ascii_case(key));
            // Declared and required fields are checked by their own rules.
            let is_reported_elsewhere =
                cx.content.closed || declared.is_some_and(|field| field.required || field.name == key);
            let own = || profile.fields.keys().find(|known| known.eq_ignore_ascii_case(key)).map(String::as_str);
            let suggestion = declared.map(|field| field.name.as_str()).or_else(own);
            let Some(suggestion) =
                suggestion.filter(|suggestion| !is_reported_elsewhere && *suggestion != key && !profile.knows(key))
            else {
                continue;
            };
            let is_convention = cx.site.conventions().is_some_and(|site| site.has_common_key(key));
            if root.entry(suggestion).is_some() || is_convention {
                continue;
            }
            let finding = found.at(entry.key.span(), format!("unknown field `{key}`; did you mean `{suggestion}`?"));
            finding.help(match declared {
                Some(_) => "match the case of the field name; it matters".to_owned(),
                None => format!("match the case of the field name; {} ignores `{key}`", profile.name),
            });
            if let Some(edit) = rewrite::replace_scalar(entry.key, front.format, suggestion) {
                finding.unsafe_fix(format!("Rename to `{suggestion}`"), vec![edit]);
            }
        }
    }
}
