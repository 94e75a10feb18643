//! A value of the right type that its field doesn't allow: not one of the few, too long, too many, no such day.

use crate::checks::support::fields;
use crate::checks::support::fields::Place;
use crate::checks::support::vocabulary;
use crate::checks::{Check, Context, Found};
use crate::content::{Bounds, UniqueScope};
use crate::data::field_type::FieldType;
use crate::data::node::Value;
use crate::date;
use crate::source::Span;
use crate::text::pattern::Pattern;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvalidValue {
    /// The patterns of the config's fields, each compiled when a page first needs it; none for one that can't be,
    /// which is the config's fault and is told there.
    #[serde(skip)]
    patterns: RwLock<HashMap<String, Option<Pattern>>>,
}

impl Check for InvalidValue {
    fn check(&self, cx: &Context, found: &mut Found) {
        let Some(front) = &cx.doc.front_matter else { return };
        for place in fields::places(cx) {
            // An empty field that must be filled in is told by `missing-field`, one without any value may stay so.
            let is_skipped = place.value.is_null() || (place.field.required && fields::is_blank(place.entry.value));
            if is_skipped || !place.constraints.accepts(place.value) {
                continue;
            }
            if let Some(terms) = vocabulary::of(&place).filter(|terms| !vocabulary::is_of_tags(&place, terms)) {
                vocabulary::check(&place, terms, front.format, found);
            }
            self.text(&place, found);
            number(&place, found);
            count(&place, found);
            day(&place, found);
            order(cx, &place, found);
            repeated(&place, found);
        }
    }
}

impl InvalidValue {
    fn text(&self, place: &Place<'_>, found: &mut Found) {
        let Some(text) = place.value.text() else { return };
        if let Some((limit, way_out)) = beyond(text.chars().count(), place.constraints.length, "character") {
            let message = format!("{} is {} long", place.name(), plural(text.chars().count(), "character"));
            found.at(place.span(), message).here(limit).help(way_out);
        }
        if let Some(pattern) = place.constraints.pattern.as_deref().filter(|pattern| !self.matches(pattern, text)) {
            let message = format!("{} is not written in the form asked for", place.name());
            found.at(place.span(), message).help(format!("it has to match `{pattern}`"));
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

fn number(place: &Place<'_>, found: &mut Found) {
    let Some(number) = place.value.number() else { return };
    let text = place.value.text().unwrap_or_default();
    let limit = match place.constraints.range {
        (Some(least), _) if number < least => format!("at least {least}"),
        (_, Some(most)) if number > most => format!("at most {most}"),
        _ => return,
    };
    let size = if limit.starts_with("at least") { "small" } else { "large" };
    found.at(place.span(), format!("`{text}` is too {size} for `{}`", place.field.name)).here(limit);
}

fn count(place: &Place<'_>, found: &mut Found) {
    let Some(items) = place.value.items() else { return };
    if let Some((limit, way_out)) = beyond(items.len(), place.constraints.count, "item") {
        let message = format!("{} has {}", place.name(), plural(items.len(), "item"));
        found.at(place.span(), message).here(limit).help(way_out);
    }
}

fn day(place: &Place<'_>, found: &mut Found) {
    let asks_for_day = place.constraints.types.iter().any(|kind| matches!(kind, FieldType::Date | FieldType::DateTime));
    let takes_text = place.constraints.types.contains(&FieldType::String);
    let Some(text) = place.value.text().filter(|_| asks_for_day && !takes_text) else { return };
    if let Some(fault) = date::parse(text).and_then(|day| day.validation_error()) {
        let message = format!("`{}` is not on the calendar", fields::crop(text));
        found.at(place.span(), message).here(fault);
    }
}

/// A date before the one that it may not precede.
fn order(cx: &Context, place: &Place<'_>, found: &mut Found) {
    let Some(first) = place.constraints.not_before.as_deref() else { return };
    let read = |value: Value<'_>| value.text().and_then(date::parse).filter(|day| day.validation_error().is_none());
    let Some(other) = fields::find(cx, first) else { return };
    if let (Some(day), Some(earlier)) = (read(place.value), read(other.value))
        && day.days_since_epoch() < earlier.days_since_epoch()
    {
        found
            .at(place.span(), format!("{} lies before `{first}`", place.name()))
            .label(other.value_or_key_span(), format!("`{first}`"))
            .help("one of the two is wrong: the year, most often");
    }
}

/// Items that are there twice in a list that may not have any twice.
fn repeated(place: &Place<'_>, found: &mut Found) {
    let Some(items) = place.value.items().filter(|_| place.constraints.unique == Some(UniqueScope::Items)) else {
        return;
    };
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for (text, item) in items.take(fields::MOST).filter_map(|item| Some((item.text()?, item))) {
        match seen.get(text) {
            Some(first) => {
                found
                    .at(item.span(), format!("`{}` is there twice", fields::crop(text)))
                    .label(*first, "first here")
                    .help("take one of them out");
            }
            None => {
                seen.insert(text, item.span());
            }
        }
    }
}

/// The limit that `size` breaks, and what to do about it.
fn beyond(size: usize, bounds: Bounds, unit: &str) -> Option<(String, String)> {
    match bounds {
        Bounds { min: Some(min), .. } if size < min => {
            Some((format!("at least {min}"), format!("add at least {}", plural(min - size, unit))))
        }
        Bounds { max: Some(max), .. } if size > max => {
            Some((format!("at most {max}"), format!("take out {}", plural(size - max, unit))))
        }
        _ => None,
    }
}

pub(crate) fn plural(count: usize, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{Seen, content, only, run, shape, vocabulary};
    use crate::content::{Bounds, ValueConstraints};
    use crate::data::field_type::FieldType;

    fn seen(shape: ValueConstraints, value: &str) -> Seen {
        only("invalid-value", &content([("x", shape)]), &format!("---\nx: {value}\n---\n"))
    }

    fn fits(shape: ValueConstraints, value: &str) -> bool {
        run("invalid-value", &content([("x", shape)]), &format!("---\nx: {value}\n---\n")).is_empty()
    }

    #[test]
    fn one_of_a_few() {
        let layout =
            || ValueConstraints { vocabulary: Some(vocabulary(&["post", "page"], &[])), ..shape([FieldType::String]) };
        let other = seen(layout(), "pots");
        assert_eq!((other.marked.as_str(), other.help.as_str()), ("pots", "did you mean `post`?"));
        assert_eq!(other.unsafely(), "---\nx: post\n---\n");
        assert_eq!(seen(layout(), "landing").help, "use `post` or `page`");
        assert!(fits(layout(), "page") && fits(layout(), "404"), "a number is told by `wrong-type`");
    }

    #[test]
    fn texts_have_a_length() {
        let title = || ValueConstraints { length: Bounds { min: Some(2), max: Some(5) }, ..shape([FieldType::String]) };
        let long = seen(title(), "가나다라마바사");
        assert_eq!((long.marked.as_str(), long.message.as_str()), ("가나다라마바사", "`x` is 7 characters long"));
        assert_eq!((long.here.as_str(), long.help.as_str()), ("at most 5", "take out 2 characters"));
        assert_eq!(seen(title(), "a").help, "add at least 1 character");
        assert!(fits(title(), "가나다라마"));
    }

    #[test]
    fn lists_have_a_length() {
        let list = || ValueConstraints { count: Bounds { min: Some(1), max: Some(2) }, ..shape([FieldType::List]) };
        let many = seen(list(), "[a, b, c]");
        assert_eq!((many.marked.as_str(), many.message.as_str()), ("[a, b, c]", "`x` has 3 items"));
        assert_eq!((many.here.as_str(), many.help.as_str()), ("at most 2", "take out 1 item"));
        assert_eq!(seen(list(), "[]").help, "add at least 1 item");
        assert!(run("invalid-value", &content([("x!", list())]), "---\nx: []\n---\n").is_empty());
    }

    #[test]
    fn numbers_have_bounds() {
        let weight = || ValueConstraints { range: (Some(1.0), Some(9.5)), ..shape([FieldType::Number]) };
        let small = seen(weight(), "0");
        assert_eq!((small.message.as_str(), small.here.as_str()), ("`0` is too small for `x`", "at least 1"));
        assert_eq!(seen(weight(), "10").here, "at most 9.5");
        assert!(fits(weight(), "9.5"));
    }

    #[test]
    fn texts_have_a_form() {
        let slug = || ValueConstraints { pattern: Some("^[a-z-]+$".to_owned()), ..shape([FieldType::String]) };
        let other = seen(slug(), "My Post");
        assert_eq!(
            (other.message.as_str(), other.help.as_str()),
            ("`x` is not written in the form asked for", "it has to match `^[a-z-]+$`")
        );
        assert!(fits(slug(), "my-post"));
        assert!(fits(ValueConstraints { pattern: Some("(".to_owned()), ..ValueConstraints::default() }, "a"));
    }

    #[test]
    fn days_are_on_the_calendar() {
        let date = || shape([FieldType::Date]);
        let never = seen(date(), "2023-02-30");
        assert_eq!(
            (never.marked.as_str(), never.message.as_str()),
            ("2023-02-30", "`2023-02-30` is not on the calendar")
        );
        assert_eq!(never.here, "February 2023 has 28 days");
        assert_eq!(seen(date(), "\"2019-15-05\"").here, "there is no month 15");
        assert!(fits(date(), "2024-02-29") && fits(date(), "someday"));
    }
}
