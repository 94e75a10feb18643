//! Keys that the generator doesn't read as the writer thinks: ignored, renamed, outdone by another, no boolean.

use crate::checks::support::{fields, rewrite};
use crate::checks::{Check, Context, Found};
use crate::content::Deprecated;
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::{Entry, ScalarStyle, ScalarType};
use crate::document::front_matter::FrontMatter;
use crate::generator::yaml_dialect::ResolvedScalar;
use crate::text::similarity;
use serde::Deserialize;

/// Options: what to look for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Generator {
    find: Find,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Find {
    /// A key that the generator doesn't read.
    Ignored,
    /// A key that has another name now.
    Renamed,
    /// Two keys of which one is heeded.
    Conflict,
    /// Neither true nor false.
    Bool,
}

impl Check for Generator {
    fn check(&self, cx: &Context, found: &mut Found) {
        let Some(front) = &cx.doc.front_matter else { return };
        match self.find {
            Find::Ignored => ignored(cx, found),
            Find::Renamed => renamed(cx, front, found),
            Find::Conflict => conflict(cx, found),
            Find::Bool => misread_bool(cx, front, found),
        }
    }
}

fn ignored(cx: &Context, found: &mut Found) {
    let below = |folder: &Option<String>| folder.as_ref().is_none_or(|names| fields::is_below(cx, names));
    for known in cx.site.profile().ignored.iter().filter(|known| below(&known.only_in_folder)) {
        let Some(entry) = fields::find(cx, &known.field) else { continue };
        let fits = known.value.as_deref().is_none_or(|value| entry.value.text() == Some(value));
        // Where the key that is read is there too, the writer knows.
        let is_settled = cx.content.field(&known.field).is_some()
            || fields::is_blank(entry.value)
            || cx.doc.field("published").is_some();
        if fits && !is_settled {
            found
                .at(entry.key.span(), format!("{} doesn't read `{}` here", cx.site.profile().name, known.field))
                .help(format!("{}: {}", known.help, known.explanation));
        }
    }
}

fn renamed(cx: &Context, front: &FrontMatter, found: &mut Found) {
    for field in &cx.content.fields {
        if let (Some(deprecated), Some(entry)) = (&field.constraints.deprecated, fields::find(cx, &field.name)) {
            out_of_date(cx, front, (&field.name, &entry), deprecated, found);
        }
    }
    for (old, new) in &cx.site.profile().renamed {
        let Some(entry) = front.root().and_then(|root| root.entry(old)) else { continue };
        if cx.content.field(old).is_some() {
            continue;
        }
        let deprecated = Deprecated { to: new.to.clone(), explanation: Some(new.explanation.clone()) };
        out_of_date(cx, front, (old, &entry), &deprecated, found);
    }
}

fn out_of_date(cx: &Context, front: &FrontMatter, at: (&str, &Entry<'_>), deprecated: &Deprecated, found: &mut Found) {
    let (name, entry) = at;
    let finding = found.at(entry.key.span(), format!("`{name}` is out of date"));
    let Some(to) = &deprecated.to else {
        finding.help(match &deprecated.explanation {
            Some(says) if cx.content.field(name).is_some() => says.clone(),
            Some(says) => format!("drop it: {says}"),
            None => "drop it".to_owned(),
        });
        return;
    };
    let because = deprecated.explanation.as_ref().map(|says| format!(": {says}")).unwrap_or_default();
    if let Some(other) = fields::find(cx, to) {
        finding.help(format!("drop it, for `{to}` is there{because}")).label(other.key.span(), "this one is read");
        return;
    }
    finding.help(format!("write `{to}`{because}"));
    // A value that the new field takes is meant for it; another has to be looked at.
    let is_sure = cx.content.field(to).is_some_and(|field| field.constraints.accepts(entry.value));
    if let Some(edit) = rewrite::respell(entry.key, front.format, to).filter(|_| !to.contains('.')) {
        let title = format!("rename `{name}` to `{to}`");
        if is_sure {
            finding.fix(title, vec![edit])
        } else {
            finding.unsafe_fix(title, vec![edit])
        };
    }
}

fn conflict(cx: &Context, found: &mut Found) {
    let name = &cx.site.profile().name;
    for pair in &cx.site.profile().conflicts {
        let (Some(wins), Some(loses)) = (fields::find(cx, &pair.used), fields::find(cx, &pair.ignored)) else {
            continue;
        };
        if fields::is_blank(wins.value) || fields::is_blank(loses.value) {
            continue;
        }
        found
            .at(loses.key.span(), format!("`{}` isn't read beside `{}`", pair.ignored, pair.used))
            .label(wins.key.span(), format!("{name} reads this one"))
            .help(format!("move what is in `{}` into `{}`, and keep that alone", pair.used, pair.ignored));
    }
}

/// Where no generator is known, these are true or false.
const BOOLS: [&str; 2] = ["draft", "published"];

fn misread_bool(cx: &Context, front: &FrontMatter, found: &mut Found) {
    let profile = cx.site.profile();
    let Some(root) = front.root() else { return };
    for entry in root.entries() {
        let Some(key) = entry.key.text() else { continue };
        let is_bool = match profile.fields.get(key) {
            Some(types) => *types == [FieldType::Bool],
            None => !profile.is_known() && BOOLS.contains(&key),
        };
        // What the config says of the field is told by `wrong-type`.
        if !is_bool || cx.content.field(key).is_some_and(|field| !field.constraints.types.is_empty()) {
            continue;
        }
        let Some(scalar) =
            entry.value.scalar().filter(|scalar| !matches!(scalar.kind, ScalarType::Null | ScalarType::Bool))
        else {
            continue;
        };
        let text = scalar.value.trim();
        let is_plain = scalar.style == ScalarStyle::Plain;
        let is_read = is_plain
            && front.format == FrontMatterFormat::Yaml
            && matches!(profile.yaml_dialect.resolve(text), ResolvedScalar::Bool(_) | ResolvedScalar::Null);
        let Some(word) = meant(text).filter(|_| !is_read) else { continue };
        // A text in quotes is what some readers take as well as the word, and `yes` is true to some.
        if !profile.is_known() && (!is_plain || !text.to_ascii_lowercase().starts_with(['t', 'f'])) {
            continue;
        }
        let finding =
            found.at(entry.value.span(), format!("`{}` is a text, neither true nor false", fields::crop(text)));
        match &profile.invalid_bool {
            Some(says) => finding.help(format!("write `{word}`: {says}")),
            None => finding.help(format!("write `{word}`")),
        };
        if let Some(edit) = rewrite::replace(entry.value, word) {
            finding.fix(format!("write `{word}`"), vec![edit]);
        }
    }
}

/// The boolean that a text was meant to be.
fn meant(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "y" => return Some("true"),
        "no" | "off" | "n" => return Some("false"),
        _ => {}
    }
    ["true", "false"].into_iter().find(|word| (3..=6).contains(&text.len()) && similarity::distance(text, word) <= 1)
}
