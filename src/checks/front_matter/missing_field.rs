//! A required field that is missing or empty.

use crate::checks::check::{Check, Context};
use crate::checks::finding::{Finding, Findings};
use crate::checks::support::fields;
use crate::checks::support::fields::UnknownKey;
use crate::checks::support::rewrite;
use crate::content::Field;
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::{Entry, Value};
use crate::document::front_matter::FrontMatter;
use crate::text::similarity;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MissingField {}

impl Check for MissingField {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = cx.doc.front_matter.as_ref().filter(|front| fields::is_mapping_or_empty(front)) else {
            return; // reported by `missing-front-matter` or a syntax rule
        };
        for (field, with) in
            cx.content.fields.iter().filter_map(|field| Some((field, field.constraints.required_with.as_deref()?)))
        {
            let is_filled =
                |name: &str| fields::find(cx, name).is_some_and(|entry| !fields::is_empty_value(entry.value));
            if !field.required && is_filled(with) && !is_filled(&field.name) {
                found
                    .at(
                        fields::find(cx, with).map_or(front.opening_delimiter, |entry| entry.key.span()),
                        format!("`{with}` requires `{}`", field.name),
                    )
                    .help(how_to_add(front.format, field));
            }
        }
        required_by_generator(cx, front, found);
        required_by_collection(cx, front, found);
        let mut unknown: Option<Vec<UnknownKey>> = None;
        for field in &cx.content.fields {
            let Some(requirement) = requirement(cx, field) else { continue };
            // Next to a syntax error a field may exist although it couldn't be parsed.
            if !front.problems.is_empty() && has_line(cx.doc.slice(front.content_span), &field.name) {
                continue;
            }
            match fields::find(cx, &field.name) {
                Some(entry) if fields::is_empty_value(entry.value) => {
                    requirement.add_labels(report_empty(field, &entry, found))
                }
                Some(_) => {}
                None => {
                    let others = unknown.get_or_insert_with(|| fields::unknown_keys(cx));
                    let other = others
                        .iter()
                        .find(|other| other.suggestion.is_some_and(|suggestion| suggestion.name == field.name));
                    requirement.add_labels(report_missing(front, field, other, found));
                }
            }
        }
    }
}

/// Reports fields that the generator itself requires, unless the config declares them.
fn required_by_generator(cx: &Context, front: &FrontMatter, found: &mut Findings) {
    for required in fields::required_by_generator(cx) {
        let name = &required.field;
        let is_reported_elsewhere =
            cx.content.field(name).is_some() || has_line(cx.doc.slice(front.content_span), name);
        if is_reported_elsewhere || fields::find(cx, name).is_some_and(|entry| !fields::is_empty_value(entry.value)) {
            continue;
        }
        let mut entries = front.root().into_iter().flat_map(Value::entries);
        let is_typo = |key: &str| !cx.profile.knows(key) && similarity::nearest(key, [name.as_str()]).is_some();
        match entries.find(|entry| entry.key.text().is_some_and(is_typo)) {
            Some(entry) => report_misspelled(front, name, &entry, found).help(required.explanation.clone()),
            None => found
                .at(front.opening_delimiter, format!("missing field `{name}`"))
                .help(format!("add `{name}: …`; {}", required.explanation)),
        };
    }
}

/// Reports fields without which the schema of the collection rejects the page.
fn required_by_collection(cx: &Context, front: &FrontMatter, found: &mut Findings) {
    let Some(collection) = cx.site.collection_of(cx.doc.source.path()) else { return };
    for name in &collection.required {
        let is_there = fields::find(cx, name).is_some() || has_line(cx.doc.slice(front.content_span), name);
        if !is_there && cx.content.field(name).is_none() {
            found
                .at(front.opening_delimiter, format!("missing field `{name}`"))
                .help(format!("add `{name}: …`; Astro stops because the schema of the collection requires it"));
        }
    }
}

/// Why a field is required.
enum Requirement<'a> {
    /// It always is.
    Always,
    /// The condition holds because of these entries.
    Conditional(Vec<Entry<'a>>),
}

/// Why a field is required on this page, if it is.
fn requirement<'a>(cx: &Context<'a>, field: &Field) -> Option<Requirement<'a>> {
    if field.required {
        return Some(Requirement::Always);
    }
    fields::matching_entries(cx, field.required_when.as_ref()?).map(Requirement::Conditional)
}

impl Requirement<'_> {
    fn add_labels(self, finding: &mut Finding) {
        if let Requirement::Conditional(entries) = self {
            for entry in entries {
                let name = fields::truncate(entry.key.text().unwrap_or_default());
                finding.label(entry.value_or_key_span(), format!("required because of this `{name}`"));
            }
        }
    }
}

fn report_empty<'f>(field: &Field, entry: &Entry<'_>, found: &'f mut Findings) -> &'f mut Finding {
    let what = if field.constraints.types.contains(&FieldType::List) { "at least one item" } else { "a value" };
    found.at(entry.key.span(), format!("required field `{}` is empty", field.name)).help(format!("add {what}"))
}

fn report_missing<'f>(
    front: &FrontMatter,
    field: &Field,
    other: Option<&UnknownKey<'_>>,
    found: &'f mut Findings,
) -> &'f mut Finding {
    let name = &field.name;
    let Some(other) = other else {
        return found
            .at(front.opening_delimiter, format!("missing field `{name}`"))
            .help(how_to_add(front.format, field));
    };
    report_misspelled(front, name, &other.entry, found).help(format!("rename it: `{name}` is required"))
}

/// Reports `other` as a typo for the missing field `name`.
fn report_misspelled<'f>(
    front: &FrontMatter,
    name: &str,
    other: &Entry<'_>,
    found: &'f mut Findings,
) -> &'f mut Finding {
    let key = fields::truncate(other.key.text().unwrap_or_default());
    let finding = found.at(other.key.span(), format!("missing field `{name}`; `{key}` looks like a typo for it"));
    if let Some(edit) = rewrite::replace_scalar(other.key, front.format, name) {
        finding.unsafe_fix(format!("Rename `{key}` to `{name}`"), vec![edit]);
    }
    finding
}

fn how_to_add(syntax: FrontMatterFormat, field: &Field) -> String {
    let name = &field.name;
    let value = match field.constraints.vocabulary.as_ref().map(|vocabulary| vocabulary.terms.as_slice()) {
        Some([only]) => rewrite::format_string(only, syntax),
        _ if field.constraints.types.contains(&FieldType::List) => "[…]".to_owned(),
        _ => "…".to_owned(),
    };
    match syntax {
        FrontMatterFormat::Yaml => format!("add `{name}: {value}`"),
        FrontMatterFormat::Toml => format!("add `{name} = {value}`"),
        FrontMatterFormat::Json => format!("add `\"{name}\": {value}`"),
    }
}

/// Whether a line of the front matter starts with an entry called `name`, in any of the three formats.
fn has_line(block: &str, name: &str) -> bool {
    block.lines().any(|line| {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '{' | ','));
        let rest = line.strip_prefix(name).map(|rest| rest.trim_start_matches(['"', '\'']).trim_start());
        rest.is_some_and(|rest| rest.starts_with([':', '=', '：']))
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{content, only, run, shape, vocabulary};
    use crate::content::{ContentType, ValueConstraints};
    use crate::data::field_type::FieldType;

    fn post() -> ContentType {
        content([("title!", shape([FieldType::String])), ("tags!", shape([FieldType::List])), ("image", shape([]))])
    }

    #[test]
    fn a_missing_field_is_reported_at_the_delimiter() {
        let seen = only("missing-field", &post(), "---\r\ntags: [a]\r\n---\r\n");
        assert_eq!((seen.marked.as_str(), seen.message.as_str()), ("---", "missing field `title`"));
        assert_eq!(seen.help, "add `title: …`");
        let seen = run("missing-field", &post(), "---\n---\n");
        assert_eq!(seen.len(), 2, "an empty front matter lacks them all");
        assert_eq!(seen[1].help, "add `tags: […]`");
        let layout = ValueConstraints { vocabulary: Some(vocabulary(&["post"], &[])), ..ValueConstraints::default() };
        assert_eq!(
            only("missing-field", &content([("layout!", layout)]), "---\na: 1\n---\n").help,
            "add `layout: post`"
        );
    }

    #[test]
    fn an_empty_field_is_reported_at_its_key() {
        for value in ["", " ~", " \"\"", " '  '"] {
            let seen = only("missing-field", &post(), &format!("---\ntitle:{value}\ntags: [a]\n---\n"));
            assert_eq!((seen.marked.as_str(), seen.message.as_str()), ("title", "required field `title` is empty"));
        }
        let seen = only("missing-field", &post(), "---\ntitle: a\ntags: []\n---\n");
        assert_eq!((seen.marked.as_str(), seen.help.as_str()), ("tags", "add at least one item"));
    }

    #[test]
    fn another_spelling_of_the_key_gets_a_suggestion() {
        let seen = only("missing-field", &post(), "---\nTitle: a\ntags: [a]\n---\n");
        assert_eq!(
            (seen.marked.as_str(), seen.message.as_str()),
            ("Title", "missing field `title`; `Title` looks like a typo for it")
        );
        assert_eq!(seen.unsafely(), "---\ntitle: a\ntags: [a]\n---\n");
        let seen = only("missing-field", &post(), "---\n\"titel\": a\ntags: [a]\n---\n");
        assert_eq!(seen.unsafely(), "---\n\"title\": a\ntags: [a]\n---\n");
    }

    #[test]
    fn singular_and_plural_get_a_suggestion() {
        let seen = only("missing-field", &post(), "---\ntitle: a\ntag: b\n---\n");
        assert_eq!((seen.marked.as_str(), seen.help.as_str()), ("tag", "rename it: `tags` is required"));
        seen.unsafely();
    }

    #[test]
    fn fields_next_to_a_syntax_error_are_not_missing() {
        let seen = run("missing-field", &post(), "---\ntitle: a: b\nimage: x\n---\n");
        assert!(seen.iter().all(|seen| seen.message != "missing field `title`"), "{seen:#?}");
        assert!(run("missing-field", &post(), "---\njust text\n---\n").is_empty());
        assert!(run("missing-field", &post(), "no front matter\n").is_empty());
    }

    #[test]
    fn a_dot_separates_keys_of_nested_mappings() {
        let page = content([("taxonomies.tags!", shape([FieldType::List]))]);
        assert!(run("missing-field", &page, "---\ntaxonomies:\n  tags: [a]\n---\n").is_empty());
        assert_eq!(only("missing-field", &page, "---\ntitle: a\n---\n").message, "missing field `taxonomies.tags`");
    }

    #[test]
    fn the_help_has_the_syntax_of_the_front_matter() {
        assert_eq!(only("missing-field", &post(), "+++\ntags = [\"a\"]\n+++\n").help, "add `title = …`");
        assert_eq!(only("missing-field", &post(), "{\n\"tags\": [\"a\"]\n}\n").help, "add `\"title\": …`");
    }
}
