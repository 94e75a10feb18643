//! Consistency checks of a content type: bounds that no value satisfies, settings for another type of value, names of
//! unknown fields.

use crate::content::error::ConfigError;
use crate::content::types::{Condition, ContentType, Deprecated, Field, FieldCondition, ValueConstraints};
use crate::data::field_type::FieldType;
use crate::data::typed::PathSegment;
use crate::data::typed::key;
use crate::text::similarity;

/// All inconsistencies, each with its path from the content type.
pub(crate) fn validate(kind: &ContentType) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    for field in &kind.fields {
        let mut own = Vec::new();
        shape(&field.constraints, &mut own);
        names(kind, field, &mut own);
        errors.extend(own.into_iter().map(|error| error.with_parent(key(&field.name)).with_parent(key("fields"))));
    }
    for (index, name) in kind.order.iter().enumerate() {
        errors.extend(
            unknown_field(kind, name)
                .map(|error| error.with_parent(PathSegment::Index(index)).with_parent(key("order"))),
        );
    }
    errors
}

fn shape(shape: &ValueConstraints, errors: &mut Vec<ConfigError>) {
    let mut at = shape;
    let mut depth = 0;
    loop {
        let mut own = Vec::new();
        bounds(at, &mut own);
        settings_for_wrong_type(at, &mut own);
        for error in own {
            errors.push((0..depth).fold(error, |error, _| error.with_parent(key("items"))));
        }
        let Some(items) = &at.items else { return };
        depth += 1;
        at = items;
    }
}

/// A minimum greater than the maximum.
fn bounds(shape: &ValueConstraints, errors: &mut Vec<ConfigError>) {
    let as_number = |count: Option<usize>| count.map(|count| count as f64);
    for (name, min, max) in [
        ("length", as_number(shape.length.min), as_number(shape.length.max)),
        ("items", as_number(shape.count.min), as_number(shape.count.max)),
        ("", shape.range.0, shape.range.1),
    ] {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            let setting = format!("min-{name}");
            let message = format!("minimum {min} is greater than maximum {max}");
            errors.push(ConfigError::at([key(setting.trim_end_matches('-'))], message));
        }
    }
}

/// Settings that don't apply to the accepted types.
fn settings_for_wrong_type(shape: &ValueConstraints, errors: &mut Vec<ConfigError>) {
    use FieldType::{Date, DateTime, Int, List, Number, Path, String, Url};
    let texts: &[FieldType] = &[String, Path, Url, Int, Number, Date, DateTime];
    let path: &[FieldType] = &[Path];
    let settings: [(&str, bool, &[FieldType], &str); 11] = [
        ("min-length", shape.length.min.is_some(), texts, "strings"),
        ("max-length", shape.length.max.is_some(), texts, "strings"),
        ("pattern", shape.pattern.is_some(), texts, "strings"),
        ("min-items", shape.count.min.is_some(), &[List], "lists"),
        ("max-items", shape.count.max.is_some(), &[List], "lists"),
        ("items", shape.items.as_ref().is_some_and(|_| shape.vocabulary.is_none()), &[List], "lists"),
        ("min", shape.range.0.is_some(), &[Int, Number], "numbers"),
        ("max", shape.range.1.is_some(), &[Int, Number], "numbers"),
        ("not-before", shape.not_before.is_some(), &[Date, DateTime], "dates"),
        ("must-exist", shape.must_exist, path, "paths"),
        ("base", shape.base.is_some(), path, "paths"),
    ];
    for (name, is_set, fitting, what) in settings {
        // The type must be `path`: otherwise any string would be searched for in the project, and be missing.
        let takes_any = shape.types.is_empty() && fitting != path;
        if is_set && !takes_any && !shape.types.iter().any(|kind| fitting.contains(kind)) {
            let types: Vec<&str> = shape.types.iter().map(|kind| kind.as_str()).collect();
            let own = if types.is_empty() { "untyped".to_owned() } else { format!("`{}`", types.join("|")) };
            let mut error =
                ConfigError::at([key(name)], format!("`{name}` only applies to {what}; this field is {own}"));
            error.help = Some(match () {
                () if shape.types.contains(&List) => {
                    format!("to constrain the items, put it under `items`: `items: {{ {name}: … }}`")
                }
                () if fitting == path => "set `type: path`".to_owned(),
                () => format!("change the type, or remove `{name}`"),
            });
            errors.push(error);
        }
    }
}

/// Names of other fields.
fn names(kind: &ContentType, field: &Field, errors: &mut Vec<ConfigError>) {
    let shape = &field.constraints;
    let to = shape.deprecated.as_ref().and_then(|Deprecated { to, .. }| to.as_deref());
    let others = [
        (&["required-with"][..], shape.required_with.as_deref()),
        (&["not-before"], shape.not_before.as_deref()),
        (&["deprecated", "use"], to),
    ];
    for (setting, name) in others.into_iter().filter_map(|(setting, name)| Some((setting, name?))) {
        let itself = || ConfigError::at([], "a field cannot refer to itself");
        let error = if name == field.name { Some(itself()) } else { unknown_field(kind, name) };
        errors.extend(error.map(|error| setting.iter().rev().fold(error, |error, step| error.with_parent(key(step)))));
    }
    for (setting, condition) in [("required-when", &field.required_when), ("allowed-when", &field.allowed_when)] {
        for error in condition.iter().flat_map(|condition| in_condition(kind, condition)) {
            errors.push(error.with_parent(key(setting)));
        }
    }
}

/// Unknown fields, and values that a field can't have.
fn in_condition(kind: &ContentType, condition: &Condition) -> Vec<ConfigError> {
    let mut errors = Vec::new();
    for (name, holds) in &condition.fields {
        if let Some(error) = unknown_field(kind, name) {
            errors.push(ConfigError { is_key: true, ..error.with_parent(key(name)) });
            continue;
        }
        let (FieldCondition::OneOf(values) | FieldCondition::NotOneOf(values)) = holds else { continue };
        let shape = kind.field(name).map(|field| &field.constraints);
        let set = shape.and_then(|shape| {
            shape.vocabulary.as_ref().or_else(|| shape.items.as_ref().and_then(|items| items.vocabulary.as_ref()))
        });
        let Some(set) = set else { continue };
        for value in values.iter().filter(|value| !set.terms.contains(value)) {
            let terms = set.terms.iter().map(String::as_str);
            errors.push(ConfigError::unknown(
                [key(name)],
                format!("`{name}` never has the value `{value}`"),
                value,
                terms,
            ));
        }
    }
    errors
}

/// A name that no field has, if one is similar, or if the type is closed.
fn unknown_field(kind: &ContentType, name: &str) -> Option<ConfigError> {
    let first = name.split('.').next().unwrap_or(name);
    let known = || kind.fields.iter().map(|field| field.name.as_str());
    let is_known = known()
        .any(|known| known == name || known.eq_ignore_ascii_case(first) || known.split('.').next() == Some(first));
    if is_known || (!kind.closed && similarity::nearest(name, known()).is_none()) {
        return None;
    }
    Some(ConfigError::unknown([], format!("unknown field `{name}`"), name, known()))
}
