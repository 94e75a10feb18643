//! A field that the generator has renamed, or that the config marks as deprecated.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, rewrite};
use crate::content::Deprecated;
use crate::data::node::Entry;
use crate::document::front_matter::FrontMatter;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeprecatedField {}

impl Check for DeprecatedField {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        report_deprecated_fields(cx, front, found);
    }
}

fn report_deprecated_fields(cx: &Context, front: &FrontMatter, found: &mut Findings) {
    for field in &cx.content.fields {
        if let (Some(deprecated), Some(entry)) = (&field.constraints.deprecated, fields::find(cx, &field.name)) {
            report_deprecated(cx, front, (&field.name, &entry), deprecated, found);
        }
    }
    for (old, new) in &cx.profile.renamed {
        let Some(entry) = front.root().and_then(|root| root.entry(old)) else { continue };
        let is_convention = cx.site.conventions().is_some_and(|site| site.has_key(old));
        if cx.content.field(old).is_some() || is_convention {
            continue;
        }
        let deprecated = Deprecated { to: new.to.clone(), explanation: Some(new.explanation.clone()) };
        report_deprecated(cx, front, (old, &entry), &deprecated, found);
    }
}

fn report_deprecated(
    cx: &Context,
    front: &FrontMatter,
    at: (&str, &Entry<'_>),
    deprecated: &Deprecated,
    found: &mut Findings,
) {
    let (name, entry) = at;
    let message = format!("deprecated field `{name}`");
    let Some(to) = &deprecated.to else {
        found.at(entry.key.span(), message).help(match &deprecated.explanation {
            Some(explanation) if cx.content.field(name).is_some() => explanation.clone(),
            Some(explanation) => format!("remove it: {explanation}"),
            None => "remove the field".to_owned(),
        });
        return;
    };
    let finding = found.at(entry.key.span(), format!("{message}; use `{to}`"));
    let because = deprecated.explanation.as_ref().map(|explanation| format!("; {explanation}")).unwrap_or_default();
    if let Some(other) = fields::find(cx, to) {
        finding.help(format!("remove it: `{to}` is already set{because}")).label(other.key.span(), "this one is used");
        return;
    }
    finding.help(format!("rename it to `{to}`{because}"));
    if let Some(edit) = rewrite::replace_scalar(entry.key, front.format, to).filter(|_| !to.contains('.')) {
        let title = format!("Rename `{name}` to `{to}`");
        finding.unsafe_fix(title, vec![edit]);
    }
}
