//! Keys that the generator doesn't read as the writer thinks: ignored, renamed, outdone by another, no boolean.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, rewrite};
use crate::content::Deprecated;
use crate::data::field_type::FieldType;
use crate::data::node::{Entry, Kind, Style};
use crate::data::problem::Syntax;
use crate::document::front_matter::FrontMatter;
use crate::generator::reader::Reading;
use crate::text::words;
use serde::Deserialize;

/// Options: what to look for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GeneratorFields {
    find: GeneratorFieldProblem,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum GeneratorFieldProblem {
    /// A key that the generator doesn't read.
    Ignored,
    /// A key that has another name now.
    Deprecated,
    /// Two keys of which one is heeded.
    Conflict,
    /// Neither true nor false.
    Bool,
}

impl Check for GeneratorFields {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        match self.find {
            GeneratorFieldProblem::Ignored => report_ignored(cx, found),
            GeneratorFieldProblem::Deprecated => report_deprecated_fields(cx, front, found),
            GeneratorFieldProblem::Conflict => report_conflicts(cx, found),
            GeneratorFieldProblem::Bool => report_invalid_booleans(cx, front, found),
        }
    }
}

fn report_ignored(cx: &Context, found: &mut Findings) {
    let is_in = |folder: &Option<String>| folder.as_ref().is_none_or(|names| fields::is_in_folder(cx, names));
    for known in cx.site.profile().ignored.iter().filter(|known| is_in(&known.below)) {
        let Some(entry) = fields::find(cx, &known.field) else { continue };
        let fits = known.value.as_deref().is_none_or(|value| entry.value.text() == Some(value));
        // Where the key that is read is there too, the writer knows.
        let is_settled = cx.content.field(&known.field).is_some()
            || fields::is_empty_value(entry.value)
            || cx.doc.field("published").is_some();
        if fits && !is_settled {
            found
                .at(entry.key.span(), format!("{} doesn't read `{}` here", cx.site.profile().name, known.field))
                .help(format!("{}: {}", known.help, known.says));
        }
    }
}

fn report_deprecated_fields(cx: &Context, front: &FrontMatter, found: &mut Findings) {
    for field in &cx.content.fields {
        if let (Some(deprecated), Some(entry)) = (&field.shape.deprecated, fields::find(cx, &field.name)) {
            report_deprecated(cx, front, (&field.name, &entry), deprecated, found);
        }
    }
    for (old, new) in &cx.site.profile().renamed {
        let Some(entry) = front.root().and_then(|root| root.entry(old)) else { continue };
        if cx.content.field(old).is_some() {
            continue;
        }
        let deprecated = Deprecated { to: new.to.clone(), says: Some(new.says.clone()) };
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
    let finding = found.at(entry.key.span(), format!("`{name}` is out of date"));
    let Some(to) = &deprecated.to else {
        finding.help(match &deprecated.says {
            Some(explanation) if cx.content.field(name).is_some() => explanation.clone(),
            Some(explanation) => format!("drop it: {explanation}"),
            None => "drop it".to_owned(),
        });
        return;
    };
    let because = deprecated.says.as_ref().map(|explanation| format!(": {explanation}")).unwrap_or_default();
    if let Some(other) = fields::find(cx, to) {
        finding.help(format!("drop it, for `{to}` is there{because}")).label(other.key.span(), "this one is read");
        return;
    }
    finding.help(format!("write `{to}`{because}"));
    // A value that the new field takes is meant for it; another has to be looked at.
    let is_safe = cx.content.field(to).is_some_and(|field| field.shape.accepts(entry.value));
    if let Some(edit) = rewrite::replace_scalar(entry.key, front.syntax, to).filter(|_| !to.contains('.')) {
        let title = format!("rename `{name}` to `{to}`");
        if is_safe {
            finding.fix(title, vec![edit])
        } else {
            finding.unsafe_fix(title, vec![edit])
        };
    }
}

fn report_conflicts(cx: &Context, found: &mut Findings) {
    let name = &cx.site.profile().name;
    for pair in &cx.site.profile().conflicts {
        let (Some(wins), Some(loses)) = (fields::find(cx, &pair.wins), fields::find(cx, &pair.loses)) else {
            continue;
        };
        if fields::is_empty_value(wins.value) || fields::is_empty_value(loses.value) {
            continue;
        }
        found
            .at(loses.key.span(), format!("`{}` isn't read beside `{}`", pair.loses, pair.wins))
            .label(wins.key.span(), format!("{name} reads this one"))
            .help(format!("move what is in `{}` into `{}`, and keep that alone", pair.wins, pair.loses));
    }
}

/// Where no generator is known, these are true or false.
const DEFAULT_BOOLEANS: [&str; 2] = ["draft", "published"];

fn report_invalid_booleans(cx: &Context, front: &FrontMatter, found: &mut Findings) {
    let profile = cx.site.profile();
    let Some(root) = front.root() else { return };
    for entry in root.entries() {
        let Some(key) = entry.key.text() else { continue };
        let is_bool = match profile.fields.get(key) {
            Some(types) => *types == [FieldType::Bool],
            None => !profile.is_known() && DEFAULT_BOOLEANS.contains(&key),
        };
        // What the config says of the field is told by `wrong-type`.
        if !is_bool || cx.content.field(key).is_some_and(|field| !field.shape.types.is_empty()) {
            continue;
        }
        let Some(scalar) = entry.value.scalar().filter(|scalar| !matches!(scalar.kind, Kind::Null | Kind::Bool)) else {
            continue;
        };
        let text = scalar.value.trim();
        let is_plain = scalar.style == Style::Plain;
        let is_boolean = is_plain
            && front.syntax == Syntax::Yaml
            && matches!(profile.reader.read(text), Reading::Bool(_) | Reading::Null);
        let Some(word) = intended_bool(text).filter(|_| !is_boolean) else { continue };
        // A text in quotes is what some readers take as well as the word, and `yes` is true to some.
        if !profile.is_known() && (!is_plain || !text.to_ascii_lowercase().starts_with(['t', 'f'])) {
            continue;
        }
        let finding =
            found.at(entry.value.span(), format!("`{}` is a text, neither true nor false", fields::truncate(text)));
        match &profile.bools {
            Some(explanation) => finding.help(format!("write `{word}`: {explanation}")),
            None => finding.help(format!("write `{word}`")),
        };
        if let Some(edit) = rewrite::replace(entry.value, word) {
            finding.fix(format!("write `{word}`"), vec![edit]);
        }
    }
}

/// The boolean that a text was meant to be.
fn intended_bool(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "y" => return Some("true"),
        "no" | "off" | "n" => return Some("false"),
        _ => {}
    }
    ["true", "false"].into_iter().find(|word| (3..=6).contains(&text.len()) && words::distance(text, word) <= 1)
}
