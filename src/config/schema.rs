//! The JSON Schema of a config, for editors: made by hand beside the types, and held against them by the tests below.

use crate::config::borrowed;
use crate::content::inheritance;
use crate::data::field_type::FieldType;
use crate::rule;
use crate::rule::{Group, RuleLevel};
use serde_json::{Map, Value, json};

/// The schema, draft 7: the one that editors' YAML servers know. It is over 60 lines because it is a single value.
pub(crate) fn schema() -> Value {
    let rules = rules();
    let texts = json!({ "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    let globs = json!({ "type": "array", "items": { "type": "string" } });
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "matterlint.yaml",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "extends": described("Packs, or files of the project, that this config builds on.", texts.clone()),
            "generator": described("The generator of the site; `none` for none.", json!({ "type": "string" })),
            "exclude": described("Globs of what a walk leaves out.", globs.clone()),
            "rule-dirs": described("Folders with the project's own rule pages.", globs),
            "schemas": described(
                "Who else has schemas for the pages, in files of the project.",
                json!({ "type": "array", "items": { "enum": borrowed::names().collect::<Vec<_>>() } }),
            ),
            "vocabularies": described(
                "Closed sets of values by name, for several fields.",
                json!({ "type": "object", "additionalProperties": { "$ref": "#/definitions/vocabulary" } }),
            ),
            "content": described(
                "Kinds of page, in order: the first whose globs match is a file's own.",
                json!({ "type": "object", "additionalProperties": { "$ref": "#/definitions/content" } }),
            ),
            "rules": described("Rules or groups, each with a level or with settings.", json!({ "$ref": "#/definitions/rules" })),
            "overrides": described(
                "Other settings for some paths; later ones win.",
                json!({ "type": "array", "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["files", "rules"],
                    "properties": { "files": texts.clone(), "rules": { "$ref": "#/definitions/rules" } },
                } }),
            ),
        },
        "definitions": {
            "level": { "enum": RuleLevel::NAMES },
            "rules": { "type": "object", "properties": rules, "additionalProperties": { "$ref": "#/definitions/rule" } },
            "rule": { "oneOf": [
                { "$ref": "#/definitions/level" },
                // YAML 1.1 reads `off` so.
                { "const": false },
                { "type": "object", "properties": {
                    "level": { "$ref": "#/definitions/level" },
                    "drafts": described("The level in drafts.", json!({ "$ref": "#/definitions/level" })),
                } },
            ] },
            "content": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "extends": described(
                        "The type that this one builds on: another one's name, or a ready-made one.",
                        json!({ "anyOf": [{ "enum": inheritance::built_in_type_names() }, { "type": "string" }] }),
                    ),
                    "files": texts,
                    "order": described(
                        "The order of a page's fields: `true` for that of `fields`, or their names.",
                        json!({ "oneOf": [{ "type": "boolean" }, { "type": "array", "items": { "type": "string" } }] }),
                    ),
                    "fields": { "type": "object", "additionalProperties": { "$ref": "#/definitions/field" } },
                    "unknown-fields": { "$ref": "#/definitions/level" },
                    "schema": described(
                        "A JSON Schema for the front matter: the path of its file, or the schema itself.",
                        json!({ "type": ["string", "object"] }),
                    ),
                },
            },
            "vocabulary": {
                "type": "object",
                "additionalProperties": false,
                "required": ["one-of"],
                "properties": { "one-of": one_of(), "aliases": aliases() },
            },
            "condition": condition(),
            "field": { "oneOf": [
                { "$ref": "#/definitions/type" },
                { "type": "object", "additionalProperties": false, "properties": field() },
            ] },
            "type": {
                "description": "A type, several with `|` between, and a `!` at the end for a field that is required.",
                "type": "string",
                "pattern": types(),
            },
        },
    })
}

/// The values of a closed set, or where they are.
fn one_of() -> Value {
    let terms = json!({ "type": "array", "items": { "type": ["string", "number", "boolean"] } });
    let origin = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["from"],
        "properties": {
            "from": described(
                "A file of the project: a list, or a map whose keys are the values; or `dir/*.md`, for the files' names.",
                json!({ "type": "string" }),
            ),
            "key": described("Keys that lead to the values, with dots between; `*` for each.", json!({ "type": "string" })),
        },
    });
    json!({ "oneOf": [terms, described("The name of a vocabulary.", json!({ "type": "string" })), origin] })
}

fn aliases() -> Value {
    described(
        "Other spellings, each with the value that it stands for.",
        json!({ "type": "object", "additionalProperties": { "type": "string" } }),
    )
}

/// What has to hold of a page.
fn condition() -> Value {
    let scalar = json!({ "type": ["string", "number", "boolean"] });
    let values = json!({ "oneOf": [scalar, { "type": "array", "items": scalar }] });
    let more = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "set": described("Whether it holds something.", json!({ "type": "boolean" })),
            "not": described("Values that it may not hold.", values.clone()),
        },
    });
    described(
        "Fields with what they hold, and under `files` globs; all of it has to hold.",
        json!({ "type": "object", "minProperties": 1, "additionalProperties": { "anyOf": [values, more] } }),
    )
}

fn field() -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    let condition = |text: &str| described(text, json!({ "allOf": [{ "$ref": "#/definitions/condition" }] }));
    let deprecated = json!({ "oneOf": [{ "type": "string" }, {
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "use": described("The field to use instead.", json!({ "type": "string" })),
            "because": { "type": "string" },
        },
    }] });
    json!({
        "type": { "$ref": "#/definitions/type" },
        "required": { "type": "boolean" },
        "required-with": described("The field beside which this one has to be there.", json!({ "type": "string" })),
        "required-when": condition("The pages on which it has to be there."),
        "allowed-when": condition("The only pages that may have it."),
        "one-of": one_of(),
        "aliases": aliases(),
        "pattern": described("A regular expression that must match somewhere.", json!({ "type": "string" })),
        "min-length": count,
        "max-length": count,
        "min-items": count,
        "max-items": count,
        "min": { "type": "number" },
        "max": { "type": "number" },
        "items": { "$ref": "#/definitions/field" },
        "base": described("The folder that a path starts from.", json!({ "type": "string" })),
        "relative-to": { "enum": ["file"] },
        "must-exist": { "type": "boolean" },
        "not-before": described("The field whose date this one may not precede.", json!({ "type": "string" })),
        "unique": described(
            "No value twice: among the items of a list, or on no other page of this kind.",
            json!({ "enum": [true, false, "items", "pages"] }),
        ),
        "deprecated": described("What to do instead, or the field to use.", deprecated),
    })
}

/// `^(string|list|…)( ?\| ?(string|…))*!?$`
fn types() -> String {
    let words: Vec<&str> = FieldType::NAMES.iter().map(|(word, _)| *word).chain(["any"]).collect();
    let word = words.join("|");
    format!("^({word})( *\\| *({word}))*!?$")
}

/// The rules and groups that are built in, for completion.
fn rules() -> Value {
    let setting = || json!({ "$ref": "#/definitions/rule" });
    let groups = Group::ALL.map(Group::as_str).into_iter();
    let named: Map<String, Value> = rule::ids().chain(groups).map(|name| (name.to_owned(), setting())).collect();
    Value::Object(named)
}

fn described(text: &str, mut schema: Value) -> Value {
    schema["description"] = text.into();
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::model::{ConfigModel, OverrideConfig};
    use crate::content::model::{ContentTypeConfig, FieldConfig};
    use crate::content::vocabulary::VocabularyConfig;
    use crate::data::typed;
    use serde::de::DeserializeOwned;

    /// The keys that a type knows, as its reader tells whoever writes another.
    fn keys<T: DeserializeOwned>(text: &str) -> Vec<String> {
        let error = typed::from_yaml::<T>(text).err().expect("no such key");
        let mut keys = error.expected;
        assert!(!keys.is_empty(), "{}", error.message);
        keys.sort();
        keys
    }

    fn properties(of: &Value) -> Vec<String> {
        let mut keys: Vec<String> = of.as_object().expect("a map").keys().cloned().collect();
        keys.sort();
        keys
    }

    #[test]
    fn the_schema_knows_the_keys_that_the_types_do() {
        let schema = schema();
        let definitions = &schema["definitions"];
        assert_eq!(properties(&schema["properties"]), keys::<ConfigModel>("nonsense: 1"));
        assert_eq!(properties(&definitions["content"]["properties"]), keys::<ContentTypeConfig>("nonsense: 1"));
        assert_eq!(
            properties(&schema["properties"]["overrides"]["items"]["properties"]),
            keys::<OverrideConfig>("nonsense: 1")
        );
        let field = &definitions["field"]["oneOf"][1]["properties"];
        assert_eq!(properties(field), keys::<FieldConfig>("nonsense: 1"));
        let origin = &field["one-of"]["oneOf"][2]["properties"];
        assert_eq!(properties(origin), keys::<FieldConfig>("one-of: { from: a, nonsense: 1 }"));
        let vocabulary = &definitions["vocabulary"]["properties"];
        assert_eq!(properties(vocabulary), keys::<VocabularyConfig>("{ one-of: [a], nonsense: 1 }"));
        let deprecated = &field["deprecated"]["oneOf"][1]["properties"];
        assert_eq!(properties(deprecated), keys::<FieldConfig>("deprecated: { nonsense: 1 }"));
        let condition = &definitions["condition"]["additionalProperties"]["anyOf"][1]["properties"];
        assert_eq!(properties(condition), keys::<FieldConfig>("required-when: { a: { nonsense: 1 } }"));
        assert_eq!(field["relative-to"]["enum"], json!(keys::<FieldConfig>("relative-to: nonsense")));
    }
}
