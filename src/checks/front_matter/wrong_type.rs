//! A value of another type than its field's: a string instead of a list, a number instead of a title, `flase`.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::front_matter::expected_type::{describe, expected_types, intended_bool, suggest_fix};
use crate::checks::front_matter::generator_fields::PUBLICATION_FIELDS;
use crate::checks::front_matter::schema_mismatch::violations;
use crate::checks::support::accepted_values::{Reason, rejected_values};
use crate::checks::support::fields;
use crate::content::ValueConstraints;
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::ScalarType;
use crate::generator::profile::{StringTagsBehavior, ValueKind};
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrongType {}

impl Check for WrongType {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        for field_value in fields::field_values(cx) {
            // An empty field counts as absent; an empty item is a typo.
            let is_skipped = !field_value.is_item && fields::is_empty_value(field_value.value);
            if is_skipped || field_value.shape.accepts(field_value.value) {
                continue;
            }
            let expected = expected_types(&field_value.shape.types);
            let message =
                format!("{} should be {expected}, but is {}", field_value.name(), describe(field_value.value));
            let finding = found.at(field_value.span(), message);
            if let Some(suggested_fix) = suggest_fix(field_value.value, field_value.shape, front.format) {
                suggested_fix.add_to(finding);
            }
        }
        report_rejected_values(cx, front.format, found);
    }
}

/// Reports values of a type that the generator rejects.
fn report_rejected_values(cx: &Context, format: FrontMatterFormat, found: &mut Findings) {
    let profile = cx.profile;
    for rejected in rejected_values(cx) {
        let key = rejected.entry.key.text().unwrap_or_default();
        let (name, span) = match rejected.reason {
            Reason::Kind => (format!("`{key}`"), rejected.entry.value_or_key_span()),
            Reason::ItemKind => (format!("an item of `{key}`"), rejected.value.span()),
            _ => continue,
        };
        // `flase` and a string of tags are reported by rules of their own, and so is what a JSON Schema rejects.
        let is_text =
            rejected.scalar().is_some_and(|scalar| scalar.kind == ScalarType::String && !scalar.value.is_empty());
        let is_bool = profile.fields.get(key).is_some_and(|types| *types == [FieldType::Bool]);
        let is_tags = profile.taxonomy(key).is_some_and(|terms| terms.string == StringTagsBehavior::Rejected);
        let is_misspelled = is_bool
            && (PUBLICATION_FIELDS.contains(&key)
                || rejected.value.text().is_some_and(|text| intended_bool(text.trim()).is_some()));
        if is_text && (is_misspelled || (is_tags && rejected.reason == Reason::Kind))
            || violations::reports_at(cx, rejected.value.span())
        {
            continue;
        }
        let message = format!("{name} should be {}, but is {}", rejected.expected(), describe(rejected.value));
        let explanation = &rejected.accepted.explanation;
        let expects_list = rejected.accepted.kinds.first() == Some(&ValueKind::List);
        let shape = ValueConstraints {
            types: if expects_list { vec![FieldType::List] } else { Vec::new() },
            ..ValueConstraints::default()
        };
        let fix = suggest_fix(rejected.value, &shape, format).filter(|_| is_text && rejected.reason == Reason::Kind);
        let finding = found.at(span, message);
        let help = match fix {
            Some(fix) => {
                let help = format!("{}; {explanation}", fix.help);
                fix.add_to(finding);
                help
            }
            None if fields::is_empty_value(rejected.value) => format!("add a value, or remove it: {explanation}"),
            None => format!("use {}: {explanation}", rejected.expected()),
        };
        finding.help(help);
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{TestFinding, content, only, run, shape, tags};
    use crate::content::ValueConstraints;
    use crate::data::field_type::FieldType;

    fn seen(shape: ValueConstraints, value: &str) -> TestFinding {
        only("wrong-type", &content([("x", shape)]), &format!("---\nx: {value}\n---\n"))
    }

    fn fits(shape: ValueConstraints, value: &str) -> bool {
        run("wrong-type", &content([("x", shape)]), &format!("---\nx: {value}\n---\n")).is_empty()
    }

    #[test]
    fn booleans() {
        let bool = || shape([FieldType::Bool]);
        let typo = seen(bool(), "flase");
        assert_eq!(
            (typo.marked.as_str(), typo.message.as_str()),
            ("flase", "`x` should be a boolean, but is the string `flase`")
        );
        assert_eq!(typo.unsafely(), "---\nx: false\n---\n");
        assert_eq!(seen(bool(), "\"true\"").unsafely(), "---\nx: true\n---\n");
        assert_eq!(seen(bool(), "No").unsafely(), "---\nx: false\n---\n");
        assert_eq!(seen(bool(), "maybe").fixed, None);
        assert_eq!(seen(bool(), "1").message, "`x` should be a boolean, but is the number `1`");
        assert!(fits(bool(), "True") && fits(bool(), "") && fits(bool(), "~"));
    }

    #[test]
    fn numbers_and_dates_are_quoted_in_string_fields() {
        let text = || shape([FieldType::String]);
        let number = seen(text(), "404");
        assert_eq!(
            (number.message.as_str(), number.help.as_str()),
            ("`x` should be a string, but is the number `404`", "quote it: `\"404\"`")
        );
        assert_eq!(number.unsafely(), "---\nx: \"404\"\n---\n");
        assert_eq!(seen(text(), "2024-01-31").message, "`x` should be a string, but is the date `2024-01-31`");
        assert_eq!(seen(text(), "true").unsafely(), "---\nx: \"true\"\n---\n");
        assert!(fits(text(), "'404'") && fits(text(), "404 is a number"));
    }

    #[test]
    fn quotes_of_numbers_are_removed_if_nothing_is_lost() {
        let int = || shape([FieldType::Int]);
        assert_eq!(seen(int(), "\"3\"").unsafely(), "---\nx: 3\n---\n");
        assert_eq!(seen(int(), "\"007\"").fixed, None);
        assert_eq!(seen(int(), "1.5").message, "`x` should be an integer, but is the number `1.5`");
        assert_eq!(seen(shape([FieldType::Number]), "'1.5'").unsafely(), "---\nx: 1.5\n---\n");
    }

    #[test]
    fn a_string_instead_of_a_list() {
        let list = || tags(&["aws", "meetup", "open source"], &[]);
        let two = seen(list(), "aws, meetup");
        assert_eq!(two.message, "`x` should be a list, but is the string `aws, meetup`");
        assert_eq!(two.help, "use a list: `[aws, meetup]`");
        assert_eq!(two.unsafely(), "---\nx: [aws, meetup]\n---\n");
        assert_eq!(seen(list(), "aws, other").unsafely(), "---\nx: [aws, other]\n---\n");
        assert_eq!(seen(list(), "\"aws\"").unsafely(), "---\nx: [aws]\n---\n");
        assert_eq!(seen(list(), "open source").unsafely(), "---\nx: [open source]\n---\n");
        assert_eq!(seen(list(), "aws meetup").unsafely(), "---\nx: [aws, meetup]\n---\n");
        let unclear = seen(shape([FieldType::List]), "big data");
        assert_eq!((unclear.help.as_str(), &unclear.fixed), ("use a list: `[big data]`, or `[big, data]`", &None));
        assert_eq!(seen(shape([FieldType::List]), "2013").unsafely(), "---\nx: [\"2013\"]\n---\n");
        let toml = only("wrong-type", &content([("x", list())]), "+++\nx = \"aws, meetup\"\n+++\n");
        assert_eq!(toml.unsafely(), "+++\nx = [\"aws\", \"meetup\"]\n+++\n");
    }

    #[test]
    fn a_list_instead_of_a_string() {
        let text = || shape([FieldType::String]);
        assert_eq!(seen(text(), "[kim]").unsafely(), "---\nx: kim\n---\n");
        assert_eq!(seen(text(), "[kim, lee]").message, "`x` should be a string, but is a list");
        assert_eq!(seen(text(), "{a: b}").message, "`x` should be a string, but is a mapping");
    }

    #[test]
    fn dates_are_accepted_in_every_format() {
        let date = || shape([FieldType::Date]);
        for written in ["2024-01-31", "\"2024-01-31\"", "2024-01-01 10:00:00 +0900", "2023-02-30", "31 Jan 2024"] {
            assert!(fits(date(), written), "{written}");
        }
        let other = seen(date(), "11-01-2024");
        assert_eq!(other.message, "`x` should be a date, but is the string `11-01-2024`");
        assert_eq!(other.help, "put the year first, as in `2024-01-31`");
    }

    #[test]
    fn urls_need_a_scheme() {
        let url = || shape([FieldType::Url]);
        assert_eq!(seen(url(), "example.com/a").help, "use `https://example.com/a`");
        assert!(fits(url(), "https://example.com") && fits(url(), "mailto:a@example.com"));
    }

    #[test]
    fn items_have_their_own_type() {
        let list = || tags(&["aws"], &[]);
        let item = seen(list(), "[aws, 408]");
        assert_eq!(
            (item.marked.as_str(), item.message.as_str()),
            ("408", "an item of `x` should be a string, but is the number `408`")
        );
        assert_eq!(item.unsafely(), "---\nx: [aws, \"408\"]\n---\n");
        let empty = only("wrong-type", &content([("x", list())]), "---\nx:\n  - aws\n  -\n---\n");
        assert_eq!(empty.message, "an item of `x` should be a string, but is empty");
        assert_eq!(empty.at, "---\nx:\n  - aws\n  -".len());
    }

    #[test]
    fn a_field_may_have_two_types() {
        let either = || shape([FieldType::String, FieldType::List]);
        assert!(fits(either(), "kim") && fits(either(), "[kim]") && fits(shape([]), "12"));
        assert_eq!(seen(either(), "{a: b}").message, "`x` should be a string or a list, but is a mapping");
    }
}
