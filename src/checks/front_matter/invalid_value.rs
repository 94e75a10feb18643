//! A value of the right type that its field doesn't allow: not an allowed value, too long, too many items, an invalid
//! date.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::accepted_values::{Reason, rejected_values};
use crate::checks::support::fields;
use crate::checks::support::fields::FieldValue;
use crate::checks::support::{rewrite, vocabulary};
use crate::content::{Bounds, UniqueScope};
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::Value;
use crate::date;
use crate::source::Span;
use crate::text::pattern::Pattern;
use crate::text::similarity;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvalidValue {
    /// The patterns of the fields, compiled on first use; none for an invalid one, which is reported as an error in the
    /// config.
    #[serde(skip)]
    patterns: RwLock<HashMap<String, Option<Pattern>>>,
}

impl Check for InvalidValue {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        for field_value in fields::field_values(cx) {
            // An empty required field is reported by `missing-field`; a field without any value is allowed.
            let is_skipped = field_value.value.is_null()
                || (field_value.field.required && fields::is_empty_value(field_value.entry.value));
            if is_skipped || !field_value.shape.accepts(field_value.value) {
                continue;
            }
            if let Some(terms) =
                vocabulary::for_value(&field_value).filter(|terms| !vocabulary::is_taxonomy(&field_value, terms))
            {
                vocabulary::report_unknown_value(&field_value, terms, front, found);
            }
            self.check_string(&field_value, found);
            check_number(&field_value, found);
            check_count(&field_value, found);
            check_date(&field_value, found);
            check_order(cx, &field_value, found);
            check_unique(&field_value, found);
        }
        report_rejected_values(cx, front.format, found);
    }
}

/// Reports values that the generator rejects although they have the right type.
fn report_rejected_values(cx: &Context, format: FrontMatterFormat, found: &mut Findings) {
    for rejected in rejected_values(cx) {
        let key = rejected.entry.key.text().unwrap_or_default();
        let text = rejected.value.text().unwrap_or_default().trim();
        let accepted = rejected.accepted;
        match (rejected.reason, accepted.range) {
            (Reason::Range, Some((least, most))) => {
                let message = format!("`{key}` is {}, not between {least} and {most}", fields::truncate(text));
                let finding = found.at(rejected.value.span(), message);
                finding.help(format!("use a number from {least} to {most}: {}", accepted.explanation));
            }
            (Reason::OneOf, _) => {
                let near = similarity::nearest(text, accepted.one_of.iter().map(String::as_str));
                let message = format!("unknown value `{}` of `{key}`", fields::truncate(text));
                let finding = found.at(rejected.value.span(), similarity::with_suggestion(message, near));
                let words: Vec<String> = accepted.one_of.iter().map(|word| format!("`{word}`")).collect();
                finding.help(format!("use {}: {}", words.join(" or "), accepted.explanation));
                if let Some((near, edit)) =
                    near.and_then(|near| Some((near, rewrite::replace_scalar(rejected.value, format, near)?)))
                {
                    finding.unsafe_fix(format!("Replace with `{near}`"), vec![edit]);
                }
            }
            (Reason::Form(form), _) => {
                let message = format!("`{}` is not a valid `{key}`", fields::truncate(text));
                let help = format!("use {}: {}", form.describe(), accepted.explanation);
                found.at(rejected.value.span(), message).help(help);
            }
            (Reason::Length(most), _) => {
                let length = plural(text.chars().count(), "character");
                let message = format!("`{key}` is {length} long; the maximum is {most}");
                found.at(rejected.value.span(), message).help(format!("shorten it: {}", accepted.explanation));
            }
            (Reason::FolderName, _) => {
                let folder = fields::folder_name(cx).unwrap_or_default();
                let message = format!("`{key}` is not the name of the directory, `{folder}`");
                let finding = found.at(rejected.value.span(), message);
                finding.help(format!("rename one of them: {}", accepted.explanation));
            }
            _ => {}
        }
    }
}

impl InvalidValue {
    fn check_string(&self, field_value: &FieldValue<'_>, found: &mut Findings) {
        let Some(text) = field_value.value.text() else { return };
        // A line break of a string counts as one character, however the file ends its lines.
        let length = text.chars().filter(|&c| c != '\r').count();
        if let Some((limit, help)) = exceeded_limit(length, field_value.shape.length, "character") {
            let message = format!("{} is {} long; {limit}", field_value.name(), plural(length, "character"));
            found.at(field_value.span(), message).help(help);
        }
        if let Some(pattern) = field_value.shape.pattern.as_deref().filter(|pattern| !self.matches(pattern, text)) {
            let message = format!("{} does not match the required pattern", field_value.name());
            found.at(field_value.span(), message).help(format!("it must match `{pattern}`"));
        }
    }

    fn matches(&self, pattern: &str, text: &str) -> bool {
        let read = |patterns: &HashMap<String, Option<Pattern>>| {
            patterns.get(pattern).map(|pattern| pattern.as_ref().is_none_or(|pattern| pattern.is_match(text)))
        };
        if let Some(answer) = read(&self.patterns.read().unwrap_or_else(PoisonError::into_inner)) {
            return answer;
        }
        let mut patterns = self.patterns.write().unwrap_or_else(PoisonError::into_inner);
        patterns.entry(pattern.to_owned()).or_insert_with(|| Pattern::new(pattern).ok());
        read(&patterns).unwrap_or(true)
    }
}

fn check_number(field_value: &FieldValue<'_>, found: &mut Findings) {
    let Some(number) = field_value.value.number() else { return };
    let text = field_value.value.text().unwrap_or_default();
    let (limit, size) = match field_value.shape.range {
        (Some(min), _) if number < min => (format!("the minimum is {min}"), "small"),
        (_, Some(max)) if number > max => (format!("the maximum is {max}"), "large"),
        _ => return,
    };
    found.at(field_value.span(), format!("`{text}` is too {size} for `{}`; {limit}", field_value.field.name));
}

fn check_count(field_value: &FieldValue<'_>, found: &mut Findings) {
    let Some(items) = field_value.value.items() else { return };
    if let Some((limit, help)) = exceeded_limit(items.len(), field_value.shape.count, "item") {
        let message = format!("{} has {}; {limit}", field_value.name(), plural(items.len(), "item"));
        found.at(field_value.span(), message).help(help);
    }
}

fn check_date(field_value: &FieldValue<'_>, found: &mut Findings) {
    let is_date_field =
        field_value.shape.types.iter().any(|kind| matches!(kind, FieldType::Date | FieldType::DateTime));
    let takes_string = field_value.shape.types.contains(&FieldType::String);
    let Some(text) = field_value.value.text().filter(|_| is_date_field && !takes_string) else { return };
    if let Some(error) = date::parse(text).and_then(|day| day.validation_error()) {
        let message = format!("invalid date `{}`", fields::truncate(text));
        found.at(field_value.span(), message).label_primary(error);
    }
}

/// Reports a date that is earlier than the one in the field's `not-before`.
fn check_order(cx: &Context, field_value: &FieldValue<'_>, found: &mut Findings) {
    let Some(first) = field_value.shape.not_before.as_deref() else { return };
    let read = |value: Value<'_>| value.text().and_then(date::parse).filter(|day| day.validation_error().is_none());
    let Some(other) = fields::find(cx, first) else { return };
    if let (Some(day), Some(earlier)) = (read(field_value.value), read(other.value))
        && day.days_since_epoch() < earlier.days_since_epoch()
    {
        found
            .at(field_value.span(), format!("{} is earlier than `{first}`", field_value.name()))
            .label(other.value_or_key_span(), format!("`{first}`"))
            .help("check both dates; often the year is wrong");
    }
}

/// Reports duplicate items in a list of unique items.
fn check_unique(field_value: &FieldValue<'_>, found: &mut Findings) {
    let Some(items) = field_value.value.items().filter(|_| field_value.shape.unique == Some(UniqueScope::Items)) else {
        return;
    };
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for (text, item) in items.take(fields::MAX_ITEMS).filter_map(|item| Some((item.text()?, item))) {
        match seen.get(text) {
            Some(first) => {
                found
                    .at(item.span(), format!("duplicate item `{}`", fields::truncate(text)))
                    .label(*first, "first used here")
                    .help("remove one of them");
            }
            None => {
                seen.insert(text, item.span());
            }
        }
    }
}

/// The limit that `size` exceeds, and the help.
fn exceeded_limit(size: usize, bounds: Bounds, unit: &str) -> Option<(String, String)> {
    match bounds {
        Bounds { min: Some(min), .. } if size < min => {
            Some((format!("the minimum is {min}"), format!("add at least {}", plural(min - size, unit))))
        }
        Bounds { max: Some(max), .. } if size > max => {
            Some((format!("the maximum is {max}"), format!("remove {}", plural(size - max, unit))))
        }
        _ => None,
    }
}

pub(super) fn plural(count: usize, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{TestFinding, content, only, run, shape, vocabulary};
    use crate::content::{Bounds, ValueConstraints};
    use crate::data::field_type::FieldType;

    fn seen(shape: ValueConstraints, value: &str) -> TestFinding {
        only("invalid-value", &content([("x", shape)]), &format!("---\nx: {value}\n---\n"))
    }

    fn fits(shape: ValueConstraints, value: &str) -> bool {
        run("invalid-value", &content([("x", shape)]), &format!("---\nx: {value}\n---\n")).is_empty()
    }

    #[test]
    fn allowed_values() {
        let layout =
            || ValueConstraints { vocabulary: Some(vocabulary(&["post", "page"], &[])), ..shape([FieldType::String]) };
        let other = seen(layout(), "pots");
        assert_eq!(
            (other.marked.as_str(), other.message.as_str()),
            ("pots", "invalid value `pots` for `x`; did you mean `post`?")
        );
        assert_eq!(other.unsafely(), "---\nx: post\n---\n");
        assert_eq!(seen(layout(), "landing").help, "use `post` or `page`");
        assert!(fits(layout(), "page") && fits(layout(), "404"), "a number is reported by `wrong-type`");
    }

    #[test]
    fn strings_have_a_length() {
        let title = || ValueConstraints { length: Bounds { min: Some(2), max: Some(5) }, ..shape([FieldType::String]) };
        let long = seen(title(), "가나다라마바사");
        assert_eq!(
            (long.marked.as_str(), long.message.as_str()),
            ("가나다라마바사", "`x` is 7 characters long; the maximum is 5")
        );
        assert_eq!(long.help, "remove 2 characters");
        assert_eq!(seen(title(), "a").help, "add at least 1 character");
        assert!(fits(title(), "가나다라마"));
    }

    #[test]
    fn lists_have_a_length() {
        let list = || ValueConstraints { count: Bounds { min: Some(1), max: Some(2) }, ..shape([FieldType::List]) };
        let many = seen(list(), "[a, b, c]");
        assert_eq!((many.marked.as_str(), many.message.as_str()), ("[a, b, c]", "`x` has 3 items; the maximum is 2"));
        assert_eq!(many.help, "remove 1 item");
        assert_eq!(seen(list(), "[]").help, "add at least 1 item");
        assert!(run("invalid-value", &content([("x!", list())]), "---\nx: []\n---\n").is_empty());
    }

    #[test]
    fn numbers_have_bounds() {
        let weight = || ValueConstraints { range: (Some(1.0), Some(9.5)), ..shape([FieldType::Number]) };
        let small = seen(weight(), "0");
        assert_eq!(small.message, "`0` is too small for `x`; the minimum is 1");
        assert_eq!(seen(weight(), "10").message, "`10` is too large for `x`; the maximum is 9.5");
        assert!(fits(weight(), "9.5"));
    }

    #[test]
    fn strings_have_a_pattern() {
        let slug = || ValueConstraints { pattern: Some("^[a-z-]+$".to_owned()), ..shape([FieldType::String]) };
        let other = seen(slug(), "My Post");
        assert_eq!(
            (other.message.as_str(), other.help.as_str()),
            ("`x` does not match the required pattern", "it must match `^[a-z-]+$`")
        );
        assert!(fits(slug(), "my-post"));
        assert!(fits(ValueConstraints { pattern: Some("(".to_owned()), ..ValueConstraints::default() }, "a"));
    }

    #[test]
    fn dates_are_valid() {
        let date = || shape([FieldType::Date]);
        let never = seen(date(), "2023-02-30");
        assert_eq!((never.marked.as_str(), never.message.as_str()), ("2023-02-30", "invalid date `2023-02-30`"));
        assert_eq!(never.label, "February 2023 has 28 days");
        assert_eq!(seen(date(), "\"2019-15-05\"").label, "no month 15");
        assert!(fits(date(), "2024-02-29") && fits(date(), "someday"));
    }
}
