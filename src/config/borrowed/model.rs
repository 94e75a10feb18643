//! The pages that a schema of another program applies to, and the parts that such schemas are made of.

use serde_json::{Map, Value as Json, json};

/// The pages that a schema applies to.
pub(super) struct Borrowed {
    /// What it is called: the file and the name in it.
    pub(super) name: String,
    /// Globs, relative to the config's folder.
    pub(super) files: Vec<String>,
    /// As a JSON Schema.
    pub(super) schema: Json,
    /// Whether a key that it doesn't know does harm only where another was meant.
    pub(super) open: bool,
}

/// The schemas for the same pages merged into one.
pub(super) fn merged(all: Vec<Borrowed>) -> Vec<Borrowed> {
    let mut merged: Vec<Borrowed> = Vec::new();
    for one in all {
        match merged.iter_mut().find(|known| known.files == one.files) {
            Some(known) => known.schema = json!({ "allOf": [known.schema.take(), one.schema] }),
            None => merged.push(one),
        }
    }
    merged
}

/// A field of an editor's form: its key, what it holds, and whether it has to be there.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) schema: Json,
    pub(super) required: bool,
}

/// The schema of a map with these fields. What an editor leaves empty where it may is as good as absent.
pub(super) fn map_of(fields: Vec<Field>) -> Json {
    let required: Vec<Json> =
        fields.iter().filter(|field| field.required).map(|field| field.name.as_str().into()).collect();
    let optional = |field: Field| {
        let empty = json!({ "enum": [null, ""] });
        let schema =
            if field.required { field.schema } else { json!({ "if": { "not": empty }, "then": field.schema }) };
        (field.name, schema)
    };
    let properties: Map<String, Json> = fields.into_iter().map(optional).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

/// A date in whatever form: the site's reader may make a point in time of it, which is no text.
pub(super) fn any_date() -> Json {
    json!({ "not": { "type": ["array", "object", "boolean"] } })
}

/// The schema of pages where a key has a value.
pub(super) fn where_is(key: &str, value: &Json, then: Json) -> Json {
    json!({ "if": { "required": [key], "properties": { key: { "const": value } } }, "then": then })
}

pub(super) fn text<'a>(json: &'a Json, key: &str) -> Option<&'a str> {
    json.get(key).and_then(Json::as_str)
}

pub(super) fn list<'a>(json: &'a Json, key: &str) -> impl Iterator<Item = &'a Json> + use<'a> {
    json.get(key).and_then(Json::as_array).into_iter().flatten()
}

pub(super) fn is_true(json: &Json, key: &str) -> bool {
    json.get(key).and_then(Json::as_bool) == Some(true)
}

/// What may be picked, from a list of values or of maps that hold them.
pub(super) fn choices(json: &Json, key: &str, value: &str) -> Vec<Json> {
    list(json, key)
        .filter_map(|option| if option.is_object() { option.get(value) } else { Some(option) })
        .cloned()
        .collect()
}

/// One of these, or several where that is allowed.
pub(super) fn one_of(values: Vec<Json>, several: bool) -> Json {
    if values.is_empty() {
        return json!(true);
    }
    let one = json!({ "enum": values });
    if several { json!({ "anyOf": [{ "type": "array", "items": one }, one] }) } else { one }
}
