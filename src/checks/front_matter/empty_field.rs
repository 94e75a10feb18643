//! A declared field without a value.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::content::ValueConstraints;
use crate::data::format::FrontMatterFormat;
use crate::data::node::{Entry, ScalarType};
use crate::diagnostic::{Edit, FixEffect};
use crate::source::Span;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmptyField {}

impl Check for EmptyField {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        for field_value in fields::field_values(cx)
            .into_iter()
            .filter(|field_value| !field_value.is_item && fields::is_empty_value(field_value.value))
        {
            let is_required_here = field_value
                .field
                .required_when
                .as_ref()
                .is_some_and(|condition| fields::matching_entries(cx, condition).is_some());
            // Fields with other requirements are reported by other rules.
            if field_value.field.required || is_required_here || has_other_requirement(&field_value) {
                continue;
            }
            let name = &field_value.field.name;
            let finding = found.at(field_value.entry.key.span(), format!("empty field `{name}`"));
            finding.help("add a value, or remove the field");
            // Next to a syntax error it isn't certain which lines belong to the field.
            let is_plain = front.format == FrontMatterFormat::Yaml && front.problems.is_empty();
            if let Some(line) = whole_line(cx.doc.source.text(), &field_value.entry).filter(|_| is_plain) {
                finding.unsafe_fix("Remove the field", vec![Edit::replace(line, "")]).fix_effect(FixEffect::Structure);
            }
        }
    }
}

/// Whether `invalid-value` reports an empty value of the field.
fn has_other_requirement(field_value: &fields::FieldValue<'_>) -> bool {
    let ValueConstraints { length, count, pattern, vocabulary, .. } = field_value.shape;
    let is_text = field_value.value.scalar_type() == Some(ScalarType::String);
    let at_least = |min: Option<usize>| min.is_some_and(|min| min > 0);
    (is_text && (at_least(length.min) || pattern.is_some() || vocabulary.is_some()))
        || (field_value.value.items().is_some() && at_least(count.min))
}

/// The line of an entry, with its line ending, if the entry has the line to itself.
fn whole_line(text: &str, entry: &Entry<'_>) -> Option<Span> {
    let start = text[..entry.key.span().start].rfind('\n').map_or(0, |at| at + 1);
    let end = start + text[start..].find('\n')? + 1;
    let line = text[start..end].trim();
    let is_alone = start == entry.key.span().start && entry.span().end <= end && !line.contains('#');
    is_alone.then(|| Span::new(start, end))
}
