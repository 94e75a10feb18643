//! The JSON Schema of a config, for editors: written by hand, and compared with the types by the tests below.

use crate::config::borrowed;
use crate::content::inheritance;
use crate::data::field_type::FieldType;
use crate::data::typed;
use crate::rule;
use crate::rule::{Group, RuleLevel, RuleMetadata};
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
            "extends": described("Packs or config files to extend.", texts.clone()),
            "generator": described("The static site generator, or `none`.", json!({ "type": "string" })),
            "generator-version": described(
                "The version of the generator, where no lock file or CI file pins it.",
                json!({ "type": "string" }),
            ),
            "exclude": described("Globs of files and folders to exclude.", globs.clone()),
            "include": described("Globs of files and folders to check although a pack excludes them.", globs.clone()),
            "rule-dirs": described("Folders that contain custom rules.", globs),
            "schemas": described(
                "Tools whose existing schemas are used.",
                json!({ "type": "array", "items": { "enum": borrowed::names().collect::<Vec<_>>() } }),
            ),
            "vocabularies": described(
                "Named sets of allowed values, to share between fields.",
                json!({ "type": "object", "additionalProperties": { "$ref": "#/definitions/vocabulary" } }),
            ),
            "content": described(
                "Content types. A file belongs to the first one whose `files` match.",
                json!({ "type": "object", "additionalProperties": { "$ref": "#/definitions/content" } }),
            ),
            "preview": described(
                "Whether to run preview rules, which are not stable yet.",
                json!({ "type": "boolean" }),
            ),
            "baseline": described(
                "File with recorded findings that are not reported, relative to the config.",
                json!({ "type": "string" }),
            ),
            "max-findings": described(
                "Maximum number of findings to keep per file; 0 keeps all.",
                json!({ "type": "integer", "minimum": 0 }),
            ),
            "rules": described("Levels and options of rules or groups of rules.", json!({ "$ref": "#/definitions/rules" })),
            "overrides": described(
                "Rule settings for specific paths; later entries take precedence.",
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
                    "drafts": described("The level on draft pages.", json!({ "$ref": "#/definitions/level" })),
                } },
            ] },
            "content": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "extends": described(
                        "The content type to extend: one of this config, or a built-in one.",
                        json!({ "anyOf": [{ "enum": inheritance::built_in_type_names() }, { "type": "string" }] }),
                    ),
                    "files": texts,
                    "order": described(
                        "The required order of fields: `true` for the order of `fields`, or a list of names.",
                        json!({ "oneOf": [{ "type": "boolean" }, { "type": "array", "items": { "type": "string" } }] }),
                    ),
                    "fields": { "type": "object", "additionalProperties": { "$ref": "#/definitions/field" } },
                    "unknown-fields": { "$ref": "#/definitions/level" },
                    "schema": described(
                        "A JSON Schema for the front matter: a path, or an inline schema.",
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
                "description": "A type, or several separated by `|`; add `!` to make the field required.",
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
                "A file that lists the values: a list, or a mapping whose keys are the values; or a glob such as `dir/*.md` for the names of files.",
                json!({ "type": "string" }),
            ),
            "key": described("The path of keys to the values, separated by dots; `*` matches every key.", json!({ "type": "string" })),
        },
    });
    json!({ "oneOf": [terms, described("The name of a vocabulary.", json!({ "type": "string" })), origin] })
}

fn aliases() -> Value {
    described(
        "Alternative spellings, each mapped to the value to use instead.",
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
            "set": described("Whether the field has a value.", json!({ "type": "boolean" })),
            "not": described("Values that the field must not have.", values.clone()),
        },
    });
    described(
        "Fields and their required values; `files` matches the path. All conditions must be met.",
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
        "required-with": described("A field whose presence makes this one required.", json!({ "type": "string" })),
        "required-when": condition("Pages on which the field is required."),
        "allowed-when": condition("The only pages on which the field is allowed."),
        "one-of": one_of(),
        "aliases": aliases(),
        "pattern": described("A regular expression that must match part of the value.", json!({ "type": "string" })),
        "min-length": count,
        "max-length": count,
        "min-items": count,
        "max-items": count,
        "min": { "type": "number" },
        "max": { "type": "number" },
        "items": { "$ref": "#/definitions/field" },
        "base": described("The folder that paths are relative to.", json!({ "type": "string" })),
        "relative-to": { "enum": ["file"] },
        "must-exist": { "type": "boolean" },
        "not-before": described("A date field that this date must not precede.", json!({ "type": "string" })),
        "unique": described(
            "Whether values must be unique: among the items of a list, or across all pages of this type.",
            json!({ "enum": [true, false, "items", "pages"] }),
        ),
        "deprecated": described("Marks the field as deprecated: what to do instead, or the replacement field.", deprecated),
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
    let rule = |id: &str| match typed::built_in::<RuleMetadata>(&format!("{id}.md")) {
        Some(metadata) if metadata.preview => json!({
            "description": format!("{} (preview)", metadata.summary),
            "allOf": [setting()],
        }),
        _ => setting(),
    };
    let groups = Group::ALL.map(|group| (group.as_str().to_owned(), setting()));
    let named: Map<String, Value> = rule::ids().map(|id| (id.to_owned(), rule(id))).chain(groups).collect();
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
