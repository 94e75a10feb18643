//! A malformed permalink: with spaces, a scheme, or the start of a query or fragment.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, rewrite};
use crate::data::node::Value;
use crate::text::similarity;
use crate::url::has_scheme;
use serde::Deserialize;

/// Options: what to report in addition.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct MalformedPermalink {
    /// Spaces, which browsers encode as `%20`.
    spaces: bool,
}

impl Check for MalformedPermalink {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        let addresses = &cx.profile.urls;
        for key in addresses.permalink.iter().chain(&addresses.slug) {
            let Some(value) = fields::find(cx, key).map(|entry| entry.value).filter(is_written) else { continue };
            let text = value.text().unwrap_or_default().trim();
            // The site's generator replaces templates and placeholders.
            if text.contains(['{', '<', '%']) {
                continue;
            }
            let (message, help) = if has_scheme(text) && text.contains("://") {
                let path =
                    text.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
                (format!("`{key}` is a full URL, not a path"), format!("use the path only: `/{path}`"))
            } else if self.spaces && text.contains(char::is_whitespace) {
                let whole: Vec<&str> = text.split_whitespace().collect();
                (format!("space in `{key}`"), format!("use `{}`", fields::truncate(&whole.join("-"))))
            } else if let Some(sign) = text.chars().find(|sign| matches!(sign, '?' | '#' | '\\')) {
                let help = if sign == '\\' { "separate folders with `/`" } else { "remove it and everything after it" };
                (format!("`{sign}` is not allowed in `{key}`"), help.to_owned())
            } else if let Some(name) = unknown_placeholder(text, &addresses.placeholders) {
                let near = similarity::nearest(name, addresses.placeholders.iter().map(String::as_str));
                let near = near.map_or(String::new(), |near| format!("; did you mean `:{near}`?"));
                (
                    format!("unknown placeholder `:{name}` in `{key}`{near}"),
                    format!("use a placeholder that exists: {}", addresses.malformed),
                )
            } else if addresses.needs_extension_or_slash && !has_extension_or_slash(text) {
                let help = format!("use `{text}/`: {}", addresses.malformed);
                (format!("`{key}` has neither a trailing slash nor a file extension"), help)
            } else {
                continue;
            };
            let finding = found.at(value.span(), message);
            finding.help(help);
            if self.spaces && text.contains(' ') && !text.contains("://") {
                let suggestion = text.split_whitespace().collect::<Vec<_>>().join("-");
                if let Some(edit) = rewrite::replace_scalar(value, front.format, &suggestion) {
                    finding.unsafe_fix(format!("Replace with `{suggestion}`"), vec![edit]);
                }
            }
        }
    }
}

/// The first `:name` that isn't one of `known`, nor starts with one and an underscore.
fn unknown_placeholder<'t>(text: &'t str, known: &[String]) -> Option<&'t str> {
    if known.is_empty() {
        return None;
    }
    let names = text.split(':').skip(1).map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(rest.len());
        &rest[..end]
    });
    let is_known = |name: &str| {
        known
            .iter()
            .any(|known| name.strip_prefix(known.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')))
    };
    names.filter(|name| !name.is_empty()).find(|name| !is_known(name))
}

fn has_extension_or_slash(text: &str) -> bool {
    text.ends_with('/') || text.rsplit('/').next().is_some_and(|name| name.contains('.')) || text == "false"
}

fn is_written(value: &Value<'_>) -> bool {
    !value.is_null() && value.text().is_some_and(|text| !text.trim().is_empty())
}
