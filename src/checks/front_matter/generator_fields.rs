//! Fields that the generator ignores, overrides by another field, or doesn't interpret as booleans.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, rewrite};
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::{Entry, ScalarStyle, ScalarType};
use crate::diagnostic::FixEffect;
use crate::document::front_matter::FrontMatter;
use crate::generator::yaml_dialect::ResolvedScalar;
use crate::text::similarity;
use serde::Deserialize;

/// Options: the problem that the rule reports.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GeneratorFields {
    find: GeneratorFieldProblem,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum GeneratorFieldProblem {
    /// A field that the generator ignores.
    Ignored,
    /// Two fields of which the generator uses only one.
    Conflict,
    /// A value that isn't a boolean.
    Bool,
}

impl Check for GeneratorFields {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        match self.find {
            GeneratorFieldProblem::Ignored => {
                report_ignored(cx, found);
                report_closed(cx, front, found);
                report_nested_title(cx, found);
            }
            GeneratorFieldProblem::Conflict => report_conflicts(cx, found),
            GeneratorFieldProblem::Bool => report_invalid_booleans(cx, front, found),
        }
    }
}

fn report_ignored(cx: &Context, found: &mut Findings) {
    let reserved = &cx.profile.reserved_fields;
    let is_allowed = || cx.site.build_files().config_has("setFreezeReservedData");
    for entry in reserved.names.iter().filter_map(|name| fields::find(cx, name)).filter(|_| !is_allowed()) {
        let name = entry.key.text().unwrap_or_default();
        found
            .at(entry.key.span(), format!("{} reserves the field name `{name}`", cx.profile.name))
            .help(format!("choose another name: {}", reserved.explanation));
    }
    let is_in = |folder: &Option<String>| folder.as_ref().is_none_or(|names| fields::is_in_folder(cx, names));
    for known in cx.profile.ignored.iter().filter(|known| is_in(&known.only_in_folder)) {
        let Some(entry) = fields::find(cx, &known.field) else { continue };
        let fits = known.value.as_deref().is_none_or(|value| entry.value.text() == Some(value));
        // If the field that the generator uses exists too, the author knows about it.
        let is_settled = cx.content.field(&known.field).is_some()
            || fields::is_empty_value(entry.value)
            || cx.doc.field("published").is_some()
            || cx.site.build_files().has_any(&known.unless);
        if fits && !is_settled {
            found
                .at(entry.key.span(), format!("{} ignores `{}` here", cx.profile.name, known.field))
                .help(format!("{}: {}", known.help, known.explanation));
        }
    }
}

/// Fields of files that must not have them.
fn report_closed(cx: &Context, front: &FrontMatter, found: &mut Findings) {
    let name = cx.doc.source.path().file_name().and_then(|name| name.to_str()).unwrap_or_default();
    for closed in cx.profile.closed_fields.iter().filter(|closed| closed.file == name) {
        for entry in front.root().into_iter().flat_map(|root| root.entries()) {
            let Some(key) = entry.key.text().filter(|key| !closed.names.iter().any(|known| known == key)) else {
                continue;
            };
            found
                .at(
                    entry.key.span(),
                    format!("{} does not accept `{}` in `{name}`", cx.profile.name, fields::truncate(key)),
                )
                .help(format!("{}: {}", closed.help, closed.explanation));
        }
    }
}

/// Fields that are meant for the page and are in a mapping that nothing reads: `meta: { title: … }`.
const MAPPINGS: [&str; 7] = ["meta", "metadata", "page", "post", "article", "frontmatter", "front_matter"];

fn report_nested_title(cx: &Context, found: &mut Findings) {
    if !cx.profile.is_known() || fields::find(cx, "title").is_some() {
        return;
    }
    let entries = MAPPINGS.iter().filter(|name| !cx.profile.knows(name) && cx.content.field(name).is_none());
    for (name, title) in entries.filter_map(|name| Some((name, cx.doc.field(name)?.entry("title")?))) {
        found
            .at(title.key.span(), format!("{} does not read `title` in `{name}`", cx.profile.name))
            .help("move it to the top level of the front matter");
    }
}

fn report_conflicts(cx: &Context, found: &mut Findings) {
    let name = &cx.profile.name;
    for pair in &cx.profile.conflicts {
        let (Some(wins), Some(loses)) = (fields::find(cx, &pair.used), fields::find(cx, &pair.ignored)) else {
            continue;
        };
        if fields::is_empty_value(wins.value) || fields::is_empty_value(loses.value) {
            continue;
        }
        found
            .at(loses.key.span(), format!("`{}` is ignored because `{}` is set", pair.ignored, pair.used))
            .label(wins.key.span(), format!("{name} uses this one"))
            .help(format!("move the value of `{}` into `{}`, and keep only that field", pair.used, pair.ignored));
    }
}

/// The boolean fields if no generator is known.
const DEFAULT_BOOLEANS: [&str; 2] = ["draft", "published"];

fn report_invalid_booleans(cx: &Context, front: &FrontMatter, found: &mut Findings) {
    let profile = cx.profile;
    let Some(root) = front.root() else { return };
    for entry in root.entries() {
        let Some(key) = entry.key.text() else { continue };
        let is_bool = match profile.fields.get(key) {
            Some(types) => *types == [FieldType::Bool],
            None => !profile.is_known() && DEFAULT_BOOLEANS.contains(&key),
        };
        // A field with a declared type is checked by `wrong-type`.
        // Astro drops what the schema of the collection doesn't have.
        let is_dropped = cx.site.collection_of(cx.doc.source.path()).is_some_and(|schema| !schema.has_field(key));
        if !is_bool || is_dropped || cx.content.field(key).is_some_and(|field| !field.constraints.types.is_empty()) {
            continue;
        }
        let Some(scalar) =
            entry.value.scalar().filter(|scalar| !matches!(scalar.kind, ScalarType::Null | ScalarType::Bool))
        else {
            continue;
        };
        let text = scalar.value.trim();
        let is_plain = scalar.style == ScalarStyle::Plain;
        let is_boolean = is_plain
            && front.format == FrontMatterFormat::Yaml
            && matches!(profile.yaml_dialect.resolve(text), ResolvedScalar::Bool(_) | ResolvedScalar::Null);
        let is_accepted =
            profile.accepts_quoted_booleans && matches!(text.to_ascii_lowercase().as_str(), "true" | "false");
        if is_boolean || is_accepted {
            continue;
        }
        let Some(word) = intended_bool(text) else {
            report_no_boolean(cx, &entry, text, found);
            continue;
        };
        // Some generators accept the quoted word too, and some treat `yes` as true.
        if !profile.is_known() && (!is_plain || !text.to_ascii_lowercase().starts_with(['t', 'f'])) {
            continue;
        }
        let message = format!("`{}` is a string, not a boolean; use `{word}`", fields::truncate(text));
        let finding = found.at(entry.value.span(), message);
        match &profile.invalid_bool {
            Some(explanation) => finding.help(format!("use a boolean: {explanation}")),
            None => finding.help("use `true` or `false`"),
        };
        if let Some(edit) = rewrite::replace(entry.value, word) {
            finding.unsafe_fix(format!("Replace with `{word}`"), vec![edit]).fix_effect(FixEffect::Type);
        }
    }
}

/// The fields that decide whether a page is published.
pub(super) const PUBLICATION_FIELDS: [&str; 3] = ["draft", "published", "unlisted"];

/// Reports a string that is no boolean at all where it decides whether the page is published: `draft: maybe`.
fn report_no_boolean(cx: &Context, entry: &Entry<'_>, text: &str, found: &mut Findings) {
    let Some(explanation) = &cx.profile.invalid_bool else { return };
    let is_string = entry.value.scalar_type() == Some(ScalarType::String) && !text.is_empty();
    if is_string && entry.key.text().is_some_and(|key| PUBLICATION_FIELDS.contains(&key)) {
        let message = format!("`{}` is a string, not a boolean", fields::truncate(text));
        found.at(entry.value.span(), message).help(format!("use `true` or `false`: {explanation}"));
    }
}

/// The boolean that a string was intended to be.
fn intended_bool(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "on" | "y" => return Some("true"),
        "no" | "off" | "n" => return Some("false"),
        _ => {}
    }
    ["true", "false"].into_iter().find(|word| (3..=6).contains(&text.len()) && similarity::distance(text, word) <= 1)
}
