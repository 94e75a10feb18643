//! Collections of Decap CMS, once Netlify CMS, and of Sveltia, which reads the same file.
//!
//! The facts are from <https://decapcms.org/docs/widgets/>, <https://decapcms.org/docs/collection-folder/> and
//! <https://decapcms.org/docs/collection-file/>: a field without a
//! widget is a `string`, a `number` is saved as text unless its `value_type` is `int` or `float`, the field `body` is the
//! page's text, `filter` parts one folder among collections.

use crate::config::borrowed::model::{
    Borrowed, Field, any_date, choices, is_true, list, map_of, merged, one_of, text, where_is,
};
use crate::data::limits::Limits;
use crate::data::{typed, yaml};
use crate::fs::ProjectFiles;
use serde_json::{Value as Json, json};

/// Where generators want what they copy as it is, relative to the site.
const FILES: [&str; 6] = [
    "static/admin/config.yml",
    "public/admin/config.yml",
    "admin/config.yml",
    "src/admin/config.yml",
    "source/admin/config.yml",
    "assets/admin/config.yml",
];

pub(super) fn read(project: &ProjectFiles) -> Result<Vec<Borrowed>, String> {
    let Some(path) = FILES.iter().find(|path| project.exists(path)) else {
        return Err(format!("no Decap CMS config found; looked for {}", FILES.join(", ")));
    };
    let text = project.read(path)?;
    let is_read = yaml::parse(&text, 0, Limits::ProjectFile).1.is_empty();
    let config = is_read.then(|| typed::from_yaml::<Json>(&text).ok()).flatten();
    let config = config.ok_or_else(|| format!("cannot parse `{path}` as YAML"))?;
    let mut all = Vec::new();
    // One file for all languages has their names above its fields.
    let in_one_file = config.get("i18n").and_then(|i18n| self::text(i18n, "structure")) == Some("single_file");
    for collection in list(&config, "collections") {
        let name = self::text(collection, "name").unwrap_or_default();
        if in_one_file && collection.get("i18n").is_some_and(|i18n| *i18n != json!(false)) {
            continue;
        }
        all.extend(folder(path, name, collection, config.get("i18n").is_some()));
        for file in list(collection, "files") {
            if let Some(page) = self::text(file, "file").filter(|page| page.ends_with(".md") || page.ends_with(".mdx"))
            {
                let name = format!("{path}#{name}/{}", self::text(file, "name").unwrap_or_default());
                let files = vec![page.trim_start_matches('/').to_owned()];
                all.push(Borrowed { name, files, schema: map_of(fields(file)), open: true });
            }
        }
    }
    Ok(merged(all))
}

/// A folder of pages that are written alike.
fn folder(path: &str, name: &str, collection: &Json, has_languages: bool) -> Option<Borrowed> {
    let folder = text(collection, "folder")?.trim_matches('/');
    let extension = text(collection, "extension").unwrap_or("md");
    let is_front_matter = text(collection, "format").is_none_or(|format| format.ends_with("frontmatter"));
    if !is_front_matter || !matches!(extension, "md" | "markdown" | "mdx") {
        return None;
    }
    let is_deep = collection.get("nested").is_some() || collection.get("path").is_some() || has_languages;
    // `_index.md` is a section's page to Hugo, and a file that begins so is none to Astro.
    let files = vec![format!("{folder}/{}[!_]*.{extension}", if is_deep { "**/" } else { "" })];
    let mut schema = map_of(fields(collection));
    if let Some(filter) = collection.get("filter")
        && let (Some(field), Some(value)) = (text(filter, "field"), filter.get("value"))
    {
        schema = where_is(field, value, schema);
    }
    Some(Borrowed { name: format!("{path}#{name}"), files, schema, open: true })
}

fn fields(of: &Json) -> Vec<Field> {
    let is_body = |field: &&Json| text(field, "name") == Some("body");
    list(of, "fields").filter(|field| !is_body(field)).filter_map(field).collect()
}

fn field(field: &Json) -> Option<Field> {
    let widget = text(field, "widget").unwrap_or("string");
    // What is required because nobody said otherwise is asked of new posts by the form: on two sites 1,846 of 1,965
    // pages lacked such a field, and were none the worse.
    let required = is_true(field, "required");
    Some(Field { name: text(field, "name")?.to_owned(), schema: widget_schema(widget, field), required })
}

fn widget_schema(widget: &str, field: &Json) -> Json {
    let several = is_true(field, "multiple") || is_true(field, "allow_multiple");
    match widget {
        "string" | "text" | "markdown" | "color" => with_pattern(json!({ "type": "string" }), field),
        "file" | "image" if several => json!({ "type": ["string", "array"] }),
        "file" | "image" => json!({ "type": "string" }),
        "boolean" => json!({ "type": "boolean" }),
        "number" => {
            let kind = match text(field, "value_type") {
                Some("int") => json!({ "type": "integer" }),
                Some("float") => json!({ "type": "number" }),
                _ => json!({ "type": ["string", "number"] }),
            };
            with(with(kind, "minimum", field.get("min")), "maximum", field.get("max"))
        }
        // The form of a date is the site's own.
        "date" | "datetime" => any_date(),
        "select" => one_of(choices(field, "options", "value"), several),
        "relation" if several => json!({ "type": "array" }),
        "relation" => json!({ "type": ["string", "number", "boolean"] }),
        "list" => {
            let items = match (field.get("field"), field.get("fields")) {
                (Some(one), _) => self::field(one).map_or(json!(true), |one| one.schema),
                (_, Some(_)) => map_of(fields(field)),
                _ => json!(true),
            };
            let schema = json!({ "type": "array", "items": items });
            with(with(schema, "minItems", field.get("min")), "maxItems", field.get("max"))
        }
        "object" if field.get("fields").is_some() => map_of(fields(field)),
        _ => json!(true),
    }
}

/// `pattern: ['^[a-z]+$', 'Small letters only']`; an empty text isn't held against it.
fn with_pattern(mut schema: Json, field: &Json) -> Json {
    let mut parts = list(field, "pattern").filter_map(Json::as_str);
    if let Some(pattern) = parts.next() {
        schema["pattern"] = format!("^$|(?:{pattern})").into();
        let message = parts.next().map_or_else(|| format!("it must match `{pattern}`"), str::to_owned);
        schema["errorMessage"] = message.into();
    }
    schema
}

fn with(mut schema: Json, keyword: &str, value: Option<&Json>) -> Json {
    if let Some(value) = value.filter(|value| value.is_number()) {
        schema[keyword] = value.clone();
    }
    schema
}
