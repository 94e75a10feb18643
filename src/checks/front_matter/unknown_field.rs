//! A field that the content type doesn't have, where it has said that it lists all.

use crate::checks::support::fields;
use crate::checks::support::rewrite;
use crate::checks::{Check, Context, Found};
use crate::text::similarity;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnknownField {}

impl Check for UnknownField {
    fn check(&self, cx: &Context, found: &mut Found) {
        out_of_place(cx, found);
        let Some(front) = cx.doc.front_matter.as_ref().filter(|_| cx.content.closed) else {
            return;
        };
        for other in fields::misnamed(cx) {
            // `missing-field` speaks of the one that was meant.
            if other.meant.is_some_and(|field| field.required) {
                continue;
            }
            let key = fields::crop(other.key);
            let finding = found.at(other.entry.key.span(), format!("`{key}` is not a known field"));
            let Some(field) = other.meant else {
                finding.help("drop it, or list it among the fields of this kind of page");
                continue;
            };
            let name = &field.name;
            finding.help(format!("did you mean `{name}`?"));
            if let Some(edit) = rewrite::respell(other.entry.key, front.format, name) {
                let title = format!("rename `{key}` to `{name}`");
                let is_sure = similarity::distance(other.key, name) <= 1
                    || similarity::normalize(other.key) == similarity::normalize(name);
                let is_safe = is_sure && field.constraints.accepts(other.entry.value);
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
fn out_of_place(cx: &Context, found: &mut Found) {
    for field in &cx.content.fields {
        let Some(condition) = &field.allowed_when else { continue };
        let Some(entry) = fields::find(cx, &field.name).filter(|entry| !fields::is_blank(entry.value)) else {
            continue;
        };
        if fields::evidence(cx, condition).is_none() {
            found
                .at(entry.key.span(), format!("`{}` has no place here", field.name))
                .help(format!("drop it: it belongs {}", fields::in_words(condition)));
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
