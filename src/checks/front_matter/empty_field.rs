//! A field of the content type with nothing in it.

use crate::checks::support::fields;
use crate::checks::{Check, Context, Found};
use crate::content::ValueConstraints;
use crate::data::format::FrontMatterFormat;
use crate::data::node::{Entry, ScalarType};
use crate::diagnostic::Edit;
use crate::source::Span;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmptyField {}

impl Check for EmptyField {
    fn check(&self, cx: &Context, found: &mut Found) {
        let Some(front) = &cx.doc.front_matter else { return };
        for place in fields::places(cx).into_iter().filter(|place| !place.item && fields::is_blank(place.value)) {
            let needed = place.field.required_when.as_ref().is_some_and(|asked| fields::evidence(cx, asked).is_some());
            // A field that must hold something, or so much, is told by other rules.
            if place.field.required || needed || asks_for_more(&place) {
                continue;
            }
            let name = &place.field.name;
            let finding = found.at(place.entry.key.span(), format!("`{name}` is empty"));
            finding.help("fill it in, or drop it");
            // Where something is broken, what a line belongs to is not for sure.
            let is_plain = front.format == FrontMatterFormat::Yaml && front.problems.is_empty();
            if let Some(line) = whole_line(cx.doc.source.text(), &place.entry).filter(|_| is_plain) {
                finding.unsafe_fix("drop it", vec![Edit::replace(line, "")]);
            }
        }
    }
}

/// Whether `invalid-value` has something to say of an empty value.
fn asks_for_more(place: &fields::Place<'_>) -> bool {
    let ValueConstraints { length, count, pattern, vocabulary, .. } = place.constraints;
    let is_text = place.value.scalar_type() == Some(ScalarType::String);
    let at_least = |least: Option<usize>| least.is_some_and(|least| least > 0);
    (is_text && (at_least(length.min) || pattern.is_some() || vocabulary.is_some()))
        || (place.value.items().is_some() && at_least(count.min))
}

/// The line of an entry that has it to itself, with its end.
fn whole_line(text: &str, entry: &Entry<'_>) -> Option<Span> {
    let start = text[..entry.key.span().start].rfind('\n').map_or(0, |at| at + 1);
    let end = start + text[start..].find('\n')? + 1;
    let line = text[start..end].trim();
    let is_alone = start == entry.key.span().start && entry.span().end <= end && !line.contains('#');
    is_alone.then(|| Span::new(start, end))
}
