//! A field that the content type doesn't declare, if that lists all fields.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::checks::support::rewrite;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnknownField {}

impl Check for UnknownField {
    fn check(&self, cx: &Context, found: &mut Findings) {
        report_disallowed(cx, found);
        let Some(front) = cx.doc.front_matter.as_ref().filter(|_| cx.content.closed) else {
            return;
        };
        for other in fields::unknown_keys(cx) {
            // A misspelled required field is reported by `missing-field`.
            if other.suggestion.is_some_and(|field| field.required) {
                continue;
            }
            let key = fields::truncate(other.key);
            let message = format!("unknown field `{key}`");
            let Some(field) = other.suggestion else {
                found
                    .at(other.entry.key.span(), message)
                    .help("remove it, or add it to the `fields` of the content type");
                continue;
            };
            let name = &field.name;
            let finding = found.at(other.entry.key.span(), format!("{message}; did you mean `{name}`?"));
            if let Some(edit) = rewrite::replace_scalar(other.entry.key, front.format, name) {
                let title = format!("Rename `{key}` to `{name}`");
                finding.unsafe_fix(title, vec![edit]);
            }
        }
    }
}

/// Reports fields that aren't allowed on this page.
fn report_disallowed(cx: &Context, found: &mut Findings) {
    for field in &cx.content.fields {
        let Some(condition) = &field.allowed_when else { continue };
        let Some(entry) = fields::find(cx, &field.name).filter(|entry| !fields::is_empty_value(entry.value)) else {
            continue;
        };
        if fields::matching_entries(cx, condition).is_none() {
            found
                .at(entry.key.span(), format!("field `{}` isn't allowed on this page", field.name))
                .help(format!("remove it: it is only allowed {}", fields::describe_condition(condition)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{content, only, run, shape};
    use crate::content::ContentType;
    use crate::data::field_type::FieldType;

    fn post() -> ContentType {
        let fields = [("title!", shape([])), ("categories", shape([FieldType::List])), ("extra.mood", shape([]))];
        ContentType { closed: true, ..content(fields) }
    }

    #[test]
    fn a_misspelled_key_gets_a_suggestion_and_a_fix() {
        let seen = only("unknown-field", &post(), "---\ntitle: a\ncatagories: [b]\n---\n");
        assert_eq!(
            (seen.marked.as_str(), seen.message.as_str()),
            ("catagories", "unknown field `catagories`; did you mean `categories`?")
        );
        assert_eq!(seen.unsafely(), "---\ntitle: a\ncategories: [b]\n---\n");
        let seen = only("unknown-field", &post(), "---\ntitle: a\ncatagoris: [b]\n---\n");
        assert_eq!(seen.unsafely(), "---\ntitle: a\ncategories: [b]\n---\n");
        let seen = only("unknown-field", &post(), "---\ntitle: a\ncatagories: b\n---\n");
        seen.unsafely();
    }

    #[test]
    fn existing_fields_are_not_suggested() {
        let seen = only("unknown-field", &post(), "---\ntitle: a\ncategories: [b]\ncatagories: [c]\n---\n");
        assert_eq!((seen.marked.as_str(), seen.fixed), ("catagories", None));
    }

    #[test]
    fn known_fields_are_not_reported() {
        assert!(run("unknown-field", &post(), "---\nTitle: a\n---\n").is_empty(), "reported by `missing-field`");
        assert!(run("unknown-field", &post(), "---\ntitle: a\nextra:\n  mood: b\n---\n").is_empty());
        let open = ContentType { closed: false, ..post() };
        assert!(run("unknown-field", &open, "---\ntitle: a\nmood: b\n---\n").is_empty());
    }
}
