//! An unquoted value that the generator interprets as another type.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, rewrite};
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::{Entry, Scalar, ScalarStyle, Value};
use crate::diagnostic::FixEffect;
use crate::generator::profile::GeneratorProfile;
use crate::generator::yaml_dialect::{ResolvedScalar, YamlDialect};
use serde::Deserialize;

/// Options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AmbiguousScalar {
    /// Fields whose values are strings, whatever they look like.
    text_fields: Vec<String>,
    /// Fields whose values are versions: `1.10` isn't `1.1`.
    version_fields: Vec<String>,
}

impl Check for AmbiguousScalar {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let front = cx.doc.front_matter.as_ref().filter(|front| front.format == FrontMatterFormat::Yaml);
        let Some(root) = front.and_then(|front| front.root()).filter(|_| cx.profile.is_known()) else { return };
        for entry in root.entries() {
            let Some(key) = entry.key.text() else { continue };
            // A field with a declared type is checked by `wrong-type`.
            let types = cx.content.field(key).map(|field| field.constraints.types.as_slice()).unwrap_or_default();
            if !types.is_empty() && !types.contains(&FieldType::String) {
                continue;
            }
            report_escape(cx, &entry, found);
            check_shape(cx, key, &entry, found);
            match entry.value.items() {
                Some(items) => {
                    items.take(fields::MAX_ITEMS).for_each(|item| self.check_value(cx, key, &entry, item, found))
                }
                None => self.check_value(cx, key, &entry, entry.value, found),
            }
        }
    }
}

/// Reports a title that isn't text, a mapping or a list among tags, and an escape that was meant as a backslash.
fn check_shape(cx: &Context, key: &str, entry: &Entry<'_>, found: &mut Findings) {
    let profile = cx.profile;
    let is_rejected = profile.accepted_values.iter().any(|accepted| accepted.fields.iter().any(|field| field == key))
        || cx.site.collection_of(cx.doc.source.path()).is_some();
    if is_rejected || profile.yaml_dialect == YamlDialect::MetaLines {
        return;
    }
    let name = &profile.name;
    let mut report = |value: Value<'_>, what: &str, help: &str| {
        let written = fields::truncate(cx.doc.slice(value.span()).trim()).into_owned();
        if written.is_empty() {
            found.at(entry.key.span(), format!("`{key}` has no value")).help(help);
        } else {
            found.at(value.span(), format!("{name} parses `{written}` as {what}")).help(help);
        }
    };
    if key == "title" {
        let explicit =
            entry.value.scalar().filter(|scalar| scalar.style == ScalarStyle::Plain && !scalar.span.is_empty());
        let what = match explicit.map(|scalar| profile.yaml_dialect.resolve(&scalar.value)) {
            Some(ResolvedScalar::Null) => "no value",
            _ if profile.shows_any_title && !has_several_parts(entry.value) => "",
            _ if entry.value.is_map() => "a mapping, not text",
            _ if entry.value.items().is_some() => "a list, not text",
            // Python writes it as it was.
            Some(ResolvedScalar::Bool(_))
                if profile.yaml_dialect != YamlDialect::Pyyaml
                    && explicit.is_some_and(|scalar| matches!(&*scalar.value, "True" | "TRUE" | "False" | "FALSE")) =>
            {
                "a boolean"
            }
            // A post has a date, and readers expect its title.
            _ if is_post_without_title(cx, entry) => "an empty title",
            _ => "",
        };
        if !what.is_empty() {
            report(entry.value, what, "quote the title");
        }
    }
    if let Some(terms) = profile.taxonomy(key) {
        let wrong =
            |value: &Value<'_>| value.is_map() && !is_record(*value) || !terms.nested && value.items().is_some();
        let items = entry.value.items().into_iter().flatten().take(fields::MAX_ITEMS).filter(wrong);
        for item in items {
            let what = if item.is_map() { "a mapping, not a term" } else { "a list, not a term" };
            report(item, what, "quote it, or write one term an item");
        }
        if entry.value.is_map() {
            report(entry.value, "a mapping, not terms", "use a list: `[one, two]`");
        }
    }
}

/// Whether a mapping is meant as one, rather than a term with a colon: it has several keys, or a value in quotes.
fn is_record(value: Value<'_>) -> bool {
    let is_quoted = |value: Value<'_>| value.scalar().is_some_and(|scalar| scalar.style != ScalarStyle::Plain);
    value.entries().count() > 1 || value.entries().any(|entry| is_quoted(entry.value))
}

/// Whether a value is a mapping, or a list of several items, which only a program could have meant.
fn has_several_parts(value: Value<'_>) -> bool {
    value.is_map() || value.items().is_some_and(|items| items.count() > 1)
}

fn report_escape(cx: &Context, entry: &Entry<'_>, found: &mut Findings) {
    let quoted = entry.value.scalar().filter(|scalar| scalar.style == ScalarStyle::DoubleQuoted);
    let written = quoted.map_or("", |_| cx.doc.slice(entry.value.span()));
    if let Some(at) = drive_escape(written) {
        let escape = &written[at..at + 2];
        let message = format!("`{escape}` in double quotes is an escape, not a backslash");
        found.at(entry.value.span(), message).help("use single quotes, or double the backslash");
    }
}

/// Whether the title of a page with a date is empty.
fn is_post_without_title(cx: &Context, entry: &Entry<'_>) -> bool {
    let has_date = fields::find(cx, "date").is_some_and(|date| !fields::is_empty_value(date.value));
    has_date && fields::is_empty_value(entry.value) && entry.value.scalar().is_some()
}

/// Whether readers see a date in this field as it is written. Ruby prints it so, but not a time, and a slug has to be a
/// string.
fn is_printed_as_written(profile: &GeneratorProfile, key: &str, text: &str) -> bool {
    let is_shown = key == "title" || profile.taxonomy(key).is_some();
    let is_day = text.len() == "2024-01-31".len();
    profile.dates.printed_as_written || is_shown && is_day && profile.yaml_dialect == YamlDialect::Safeyaml
}

/// Where a path such as `C:\new` has an escape that YAML knows.
fn drive_escape(written: &str) -> Option<usize> {
    let drive = written.find(":\\").filter(|&at| written[..at].ends_with(|c: char| c.is_ascii_alphabetic()))?;
    let path = &written[drive..];
    let found = path.match_indices('\\').map(|(at, _)| at).find(|&at| {
        !path[..at].ends_with('\\') && path[at + 1..].starts_with(['n', 't', 'r', 'b', 'f', 'v', 'a', 'e', '0', '_'])
    });
    found.map(|at| drive + at)
}

impl AmbiguousScalar {
    fn check_value(&self, cx: &Context, key: &str, entry: &Entry<'_>, value: Value<'_>, found: &mut Findings) {
        let is_plain =
            |scalar: &&Scalar| scalar.style == ScalarStyle::Plain && scalar.tag.is_none() && !value.is_alias();
        let Some(scalar) = value.scalar().filter(is_plain) else { return };
        let profile = cx.profile;
        let text = scalar.value.as_str();
        let reading = profile.yaml_dialect.resolve(text);
        let is_text = self.text_fields.iter().any(|known| known == key);
        let is_version = self.version_fields.iter().any(|known| known == key);
        let name = &profile.name;
        let interpreted_as = match reading {
            ResolvedScalar::Bool(is) if is_text && !matches!(text.to_ascii_lowercase().as_str(), "true" | "false") => {
                format!("{is}")
            }
            ResolvedScalar::Number(number) if number != text => {
                let is_octal = text.trim_start_matches(['-', '+']).starts_with('0') && !text.contains('.');
                let is_clock = text.contains(':');
                let is_grouped = text.contains(['_', ',']);
                let is_exponent = text.contains(['e', 'E']);
                // `1.50` may also be a price or a weight, but in a title or a version every digit counts.
                let shortened = text.contains('.') && (is_text || is_version);
                let is_rounded = is_text && number.len() > 15 && text.bytes().all(|byte| byte.is_ascii_digit());
                if !(is_rounded
                    || is_octal && number.trim_start_matches('-') != text.trim_start_matches(['-', '+', '0'])
                    || is_clock
                    || (is_text && is_octal)
                    || ((is_grouped || is_exponent) && is_text)
                    || is_exponent && number.len() > 15
                    || shortened)
                {
                    return;
                }
                format!("the number {}", fields::truncate(&number))
            }
            ResolvedScalar::Number(number)
                if number == text && is_text && text.len() > 16 && profile.yaml_dialect.has_floats_only() =>
            {
                "a rounded number".to_owned()
            }
            ResolvedScalar::Timestamp if is_text && !is_printed_as_written(profile, key, text) => {
                "a timestamp".to_owned()
            }
            ResolvedScalar::SyntaxError if is_text && !text.starts_with(|c: char| c.is_ascii_digit()) => {
                "a syntax error".to_owned()
            }
            ResolvedScalar::Number(_) if is_text && profile.strict_types && self.is_strict_text(cx, key, entry) => {
                "a number, not a string".to_owned()
            }
            _ => return,
        };
        let quoted = rewrite::quoted(text);
        let finding = found.at(value.span(), format!("{name} parses `{}` as {interpreted_as}", fields::truncate(text)));
        finding.help(format!("quote it if it is a string: `{quoted}`"));
        if let Some(edit) = rewrite::replace(value, &quoted) {
            finding.unsafe_fix("Quote the value", vec![edit]).fix_effect(FixEffect::Type);
        }
    }

    /// Whether the generator itself requires a string, and stops at a number.
    fn is_strict_text(&self, cx: &Context, key: &str, entry: &Entry<'_>) -> bool {
        let types_of_field = cx.profile.fields.get(key);
        entry.value.scalar().is_some() && types_of_field.is_none_or(|types| *types == [FieldType::String])
    }
}
