//! An unquoted value that the generator interprets as another type.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, rewrite};
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::{Entry, Scalar, ScalarStyle, Value};
use crate::diagnostic::FixEffect;
use crate::generator::yaml_dialect::ResolvedScalar;
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
        let Some(root) = front.and_then(|front| front.root()).filter(|_| cx.site.profile().is_known()) else { return };
        for entry in root.entries() {
            let Some(key) = entry.key.text() else { continue };
            // A field with a declared type is checked by `wrong-type`.
            let types = cx.content.field(key).map(|field| field.constraints.types.as_slice()).unwrap_or_default();
            if !types.is_empty() && !types.contains(&FieldType::String) {
                continue;
            }
            match entry.value.items() {
                Some(items) => {
                    items.take(fields::MAX_ITEMS).for_each(|item| self.check_value(cx, key, &entry, item, found))
                }
                None => self.check_value(cx, key, &entry, entry.value, found),
            }
        }
    }
}

impl AmbiguousScalar {
    fn check_value(&self, cx: &Context, key: &str, entry: &Entry<'_>, value: Value<'_>, found: &mut Findings) {
        let is_plain =
            |scalar: &&Scalar| scalar.style == ScalarStyle::Plain && scalar.tag.is_none() && !value.is_alias();
        let Some(scalar) = value.scalar().filter(is_plain) else { return };
        let profile = cx.site.profile();
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
                if !(is_octal && number.trim_start_matches('-') != text.trim_start_matches(['-', '+', '0'])
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
            ResolvedScalar::Timestamp if is_text && !profile.dates.printed_as_written => "a timestamp".to_owned(),
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
        let types_of_field = cx.site.profile().fields.get(key);
        entry.value.scalar().is_some() && types_of_field.is_none_or(|types| *types == [FieldType::String])
    }
}
