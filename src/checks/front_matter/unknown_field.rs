//! A field that the content type doesn't have, where it has said that it lists all.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::checks::support::rewrite;
use crate::text::words;
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
            // `missing-field` speaks of the one that was meant.
            if other.suggestion.is_some_and(|field| field.required) {
                continue;
            }
            let key = fields::truncate(other.key);
            let finding = found.at(other.entry.key.span(), format!("`{key}` is not a known field"));
            let Some(field) = other.suggestion else {
                finding.help("drop it, or list it among the fields of this kind of page");
                continue;
            };
            let name = &field.name;
            finding.help(format!("did you mean `{name}`?"));
            if let Some(edit) = rewrite::replace_scalar(other.entry.key, front.syntax, name) {
                let title = format!("rename `{key}` to `{name}`");
                let is_near = words::distance(other.key, name) <= 1 || words::fold(other.key) == words::fold(name);
                let is_safe = is_near && field.shape.accepts(other.entry.value);
                if is_safe {
                    finding.fix(title, vec![edit])
                } else {
                    finding.unsafe_fix(title, vec![edit])
                };
            }
        }
    }
}

/// Fields that only other pages of this kind may have.
fn report_disallowed(cx: &Context, found: &mut Findings) {
    for field in &cx.content.fields {
        let Some(condition) = &field.allowed_when else { continue };
        let Some(entry) = fields::find(cx, &field.name).filter(|entry| !fields::is_empty_value(entry.value)) else {
            continue;
        };
        if fields::matching_entries(cx, condition).is_none() {
            found
                .at(entry.key.span(), format!("`{}` has no place here", field.name))
                .help(format!("drop it: it belongs {}", fields::describe_condition(condition)));
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
    fn a_mistyped_key_is_named_and_renamed() {
        let seen = only("unknown-field", &post(), "---\ntitle: a\ncatagories: [b]\n---\n");
        assert_eq!((seen.marked.as_str(), seen.message.as_str()), ("catagories", "`catagories` is not a known field"));
        assert_eq!(seen.help, "did you mean `categories`?");
        assert_eq!(seen.safely(), "---\ntitle: a\ncategories: [b]\n---\n");
        let seen = only("unknown-field", &post(), "---\ntitle: a\ncatagoris: [b]\n---\n");
        assert_eq!(seen.unsafely(), "---\ntitle: a\ncategories: [b]\n---\n");
        let seen = only("unknown-field", &post(), "---\ntitle: a\ncatagories: b\n---\n");
        seen.unsafely();
    }

    #[test]
    fn a_field_that_is_there_already_is_not_proposed() {
        let seen = only("unknown-field", &post(), "---\ntitle: a\ncategories: [b]\ncatagories: [c]\n---\n");
        assert_eq!((seen.marked.as_str(), seen.fixed), ("catagories", None));
    }

    #[test]
    fn silent_where_it_has_nothing_to_say() {
        assert!(run("unknown-field", &post(), "---\nTitle: a\n---\n").is_empty(), "`missing-field` speaks of it");
        assert!(run("unknown-field", &post(), "---\ntitle: a\nextra:\n  mood: b\n---\n").is_empty());
        let open = ContentType { closed: false, ..post() };
        assert!(run("unknown-field", &open, "---\ntitle: a\nmood: b\n---\n").is_empty());
    }
}
