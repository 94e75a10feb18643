//! An address of a page that can't be one: with blanks, with a scheme, with what begins a query.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, rewrite};
use crate::data::node::Value;
use crate::url::has_scheme;
use serde::Deserialize;

/// Options: what else to look for.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct MalformedPermalink {
    /// Blanks, which browsers write as `%20`.
    blanks: bool,
}

impl Check for MalformedPermalink {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        let addresses = &cx.site.profile().addresses;
        for key in addresses.whole.iter().chain(&addresses.slug) {
            let Some(value) = fields::find(cx, key).map(|entry| entry.value).filter(is_written) else { continue };
            let text = value.text().unwrap_or_default().trim();
            // A template makes it, or a placeholder: then the site's own words say what becomes of it.
            if text.contains(['{', '<', '%']) {
                continue;
            }
            let (message, help) = if has_scheme(text) && text.contains("://") {
                let path =
                    text.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
                (format!("`{key}` is a whole address"), format!("write the part after the site's name: `/{path}`"))
            } else if self.blanks && text.contains(char::is_whitespace) {
                let whole: Vec<&str> = text.split_whitespace().collect();
                (format!("`{key}` has a blank in it"), format!("write `{}`", fields::truncate(&whole.join("-"))))
            } else if let Some(sign) = text.chars().find(|sign| matches!(sign, '?' | '#' | '\\')) {
                let help = if sign == '\\' { "part folders with `/`" } else { "leave it out, and what follows" };
                (format!("`{key}` has a `{sign}` in it, which an address of a page can't have"), help.to_owned())
            } else {
                continue;
            };
            let finding = found.at(value.span(), message);
            finding.help(help);
            if self.blanks && text.contains(' ') && !text.contains("://") {
                let suggestion = text.split_whitespace().collect::<Vec<_>>().join("-");
                if let Some(edit) = rewrite::replace_scalar(value, front.syntax, &suggestion) {
                    finding.unsafe_fix(format!("write `{suggestion}`"), vec![edit]);
                }
            }
        }
    }
}

fn is_written(value: &Value<'_>) -> bool {
    !value.is_null() && value.text().is_some_and(|text| !text.trim().is_empty())
}
