//! Values that the generator rejects, from its profile.

use crate::checks::check::Context;
use crate::checks::support::fields;
use crate::data::format::FrontMatterFormat;
use crate::data::node::{Entry, Scalar, ScalarStyle, ScalarType, Value};
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::{AcceptedValues, StringForm, ValueKind};
use crate::generator::yaml_dialect::{ResolvedScalar, YamlDialect};

/// A value that the generator rejects.
pub(crate) struct RejectedValue<'a> {
    /// What it accepts.
    pub(crate) accepted: &'a AcceptedValues,
    /// The field.
    pub(crate) entry: Entry<'a>,
    /// The value: the field's, or an item of its list.
    pub(crate) value: Value<'a>,
    /// Why.
    pub(crate) reason: Reason,
}

/// Why a generator rejects a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reason {
    /// It is of another kind.
    Kind,
    /// An item of the list is of another kind.
    ItemKind,
    /// The number is too small or too great.
    Range,
    /// The string isn't one of those that are accepted.
    OneOf,
    /// The string has another form than this.
    Form(StringForm),
    /// The string has more characters than this.
    Length(usize),
    /// The string isn't the name of the page's folder.
    FolderName,
}

/// The values that the generator rejects on this page, without those that the content type declares a type for.
pub(crate) fn rejected_values<'a>(cx: &Context<'a>) -> Vec<RejectedValue<'a>> {
    let Some(front) = &cx.doc.front_matter else { return Vec::new() };
    let profile = cx.profile;
    let mut rejected = Vec::new();
    let collection = cx.site.collection_of(cx.doc.source.path());
    let of_collection = collection.iter().flat_map(|collection| &collection.accepted);
    for accepted in profile.accepted_values.iter().chain(of_collection) {
        if accepted.only_in_folder.as_ref().is_some_and(|folder| !fields::is_in_folder(cx, folder)) {
            continue;
        }
        for entry in accepted.fields.iter().filter_map(|field| fields::find(cx, field)) {
            let is_declared = entry
                .key
                .text()
                .and_then(|key| cx.content.field(key))
                .is_some_and(|field| !field.constraints.types.is_empty());
            if is_declared || fields::has_problem_at(front, entry.span()) {
                continue;
            }
            let kinds = |value: Value<'_>| kinds_of(value, front, profile.yaml_dialect);
            let fits =
                |value: Value<'_>, accepted: &[ValueKind]| kinds(value).iter().any(|kind| accepted.contains(kind));
            let mut push = |value, reason| rejected.push(RejectedValue { accepted, entry, value, reason });
            let is_in_range = |(least, most): (f64, f64)| {
                entry
                    .value
                    .text()
                    .and_then(|text| text.parse().ok())
                    .is_none_or(|number: f64| (least..=most).contains(&number))
            };
            if !accepted.kinds.is_empty() && !fits(entry.value, &accepted.kinds) {
                push(entry.value, Reason::Kind);
            } else if accepted.range.is_some_and(|range| !is_in_range(range)) {
                push(entry.value, Reason::Range);
            } else if !accepted.one_of.is_empty()
                && entry.value.text().is_some_and(|text| !accepted.one_of.iter().any(|known| known == text.trim()))
            {
                push(entry.value, Reason::OneOf);
            } else if let Some(reason) = entry
                .value
                .text()
                .filter(|_| fits(entry.value, &[ValueKind::String]))
                .and_then(|text| rejected_string(cx, accepted, text.trim()))
            {
                push(entry.value, reason);
            } else if let Some(items) = entry.value.items().filter(|_| !accepted.items.is_empty()) {
                let wrong = items.take(fields::MAX_ITEMS).filter(|item| !fits(*item, &accepted.items));
                wrong.for_each(|item| push(item, Reason::ItemKind));
            }
        }
    }
    rejected
}

/// Why a string of an accepted kind is rejected.
fn rejected_string(cx: &Context, accepted: &AcceptedValues, text: &str) -> Option<Reason> {
    if text.is_empty() {
        return None;
    }
    let form = accepted.form.filter(|form| !form.fits(text)).map(Reason::Form);
    let length = || accepted.max_length.filter(|most| text.chars().count() > *most).map(Reason::Length);
    let folder = || (accepted.is_folder_name && fields::folder_name(cx) != Some(text)).then_some(Reason::FolderName);
    form.or_else(length).or_else(folder)
}

/// The kinds that a value is of.
fn kinds_of(value: Value<'_>, front: &FrontMatter, dialect: YamlDialect) -> Vec<ValueKind> {
    let Some(scalar) = value.scalar() else {
        return vec![match value.items() {
            Some(items) if items.len() == 0 => ValueKind::EmptyList,
            Some(_) => ValueKind::List,
            None => ValueKind::Map,
        }];
    };
    let text = scalar.value.as_str();
    let number = || vec![ValueKind::Number, if text.contains(['.', 'e']) { ValueKind::Number } else { ValueKind::Int }];
    if scalar.style != ScalarStyle::Plain || scalar.tag.is_some() {
        return string_kinds(text);
    }
    if front.format == FrontMatterFormat::Yaml && scalar.kind != ScalarType::Null {
        return match dialect.resolve(text) {
            ResolvedScalar::String | ResolvedScalar::SyntaxError => string_kinds(text),
            ResolvedScalar::Bool(_) => vec![ValueKind::Bool],
            ResolvedScalar::Null => vec![ValueKind::Null],
            ResolvedScalar::Number(_) => number(),
            ResolvedScalar::Timestamp | ResolvedScalar::RolledOverDate => vec![ValueKind::Date],
        };
    }
    match scalar.kind {
        ScalarType::Null => vec![ValueKind::Null],
        ScalarType::Bool => vec![ValueKind::Bool],
        ScalarType::Int | ScalarType::Float => number(),
        ScalarType::Date | ScalarType::DateTime => vec![ValueKind::Date],
        ScalarType::String => string_kinds(text),
    }
}

fn string_kinds(text: &str) -> Vec<ValueKind> {
    let mut kinds = vec![if text.is_empty() { ValueKind::EmptyString } else { ValueKind::String }];
    if text.trim().parse::<f64>().is_ok() {
        kinds.push(ValueKind::NumericString);
    }
    if matches!(text.to_ascii_lowercase().as_str(), "true" | "false") {
        kinds.push(ValueKind::BooleanString);
    }
    kinds
}

impl RejectedValue<'_> {
    /// `a number or a list`
    pub(crate) fn expected(&self) -> String {
        let kinds = if self.reason == Reason::ItemKind { &self.accepted.items } else { &self.accepted.kinds };
        let mut names: Vec<&str> = Vec::new();
        for kind in kinds {
            let name = match kind {
                ValueKind::String => "a string",
                ValueKind::Number => "a number",
                ValueKind::Int => "an integer",
                ValueKind::Bool => "a boolean",
                ValueKind::Date => "a date",
                ValueKind::List => "a list",
                ValueKind::Map => "a mapping",
                // Not what anybody would choose to write.
                ValueKind::Null
                | ValueKind::EmptyString
                | ValueKind::NumericString
                | ValueKind::BooleanString
                | ValueKind::EmptyList => continue,
            };
            // A number where a string is expected is only tolerated.
            let is_tolerated = name != "a string" && kinds.first() == Some(&ValueKind::String) && name != "a list";
            if !names.contains(&name) && !is_tolerated {
                names.push(name);
            }
        }
        names.join(" or ")
    }

    /// Whether the value is a string that another rule recognizes as a misspelled boolean.
    pub(crate) fn scalar(&self) -> Option<&Scalar> {
        self.value.scalar()
    }
}
