//! Schemas against values: each keyword, references, what a site's reader makes of a value, and what is malicious.

use crate::clock::Clock;
use crate::data::limits::Limits;
use crate::data::yaml;
use crate::generator::yaml_dialect::YamlDialect;
use crate::schema::*;

const PLAIN: InstanceContext = InstanceContext { yaml_dialect: None, strict_types: false, folds_case: false };

fn nothing(path: &str) -> Result<String, String> {
    Err(format!("there is no file `{path}`"))
}

fn schema(text: &str) -> Schema {
    let json = serde_json::from_str(text).expect("JSON");
    Schema::inline("post.json", json, &nothing).unwrap_or_else(|schema_error| panic!("{text}: {schema_error:?}"))
}

fn schema_error(text: &str) -> SchemaError {
    let json = serde_json::from_str(text).expect("JSON");
    Schema::inline("post.json", json, &nothing).expect_err(text)
}

/// Each error as its place's text and the name of its fault.
fn reported(schema: &Schema, text: &str, context: InstanceContext) -> Vec<String> {
    let (tree, problems) = yaml::parse(text, 0, Limits::FrontMatter);
    assert!(problems.is_empty(), "{text}");
    let violations = schema.validate(tree.root().expect("a value"), context);
    let mut reported: Vec<String> = violations
        .iter()
        .map(|violation| {
            let span = match violation.location {
                Location::Key(entry) => entry.key.span(),
                Location::Root(value) | Location::Item(value) => value.span(),
                Location::Value(entry) => entry.value_or_key_span(),
            };
            let kind = format!("{:?}", violation.kind);
            let end = kind.find([' ', '(', '{']).unwrap_or(kind.len());
            format!("{}: {}", &text[span.range()], &kind[..end])
        })
        .collect();
    reported.sort();
    reported
}

/// What is reported of the value of `x` where the schema is that of `x`.
fn of(keywords: &str, value: &str) -> Vec<String> {
    reported(&schema(&format!("{{\"properties\": {{\"x\": {keywords}}}}}")), &format!("x: {value}\n"), PLAIN)
}

#[test]
fn each_keyword_reports_what_violates_it_and_only_that() {
    let table: &[(&str, &str, &str, &str)] = &[
        (r#"{"type": "string"}"#, "text", "404", "Type"),
        (r#"{"type": ["integer", "null"]}"#, "3", "1.5", "Type"),
        (r#"{"type": "integer"}"#, "3.0", "three", "Type"),
        (r#"{"type": "boolean"}"#, "true", "'true'", "Type"),
        (r#"{"enum": ["a", 2, null]}"#, "2", "b", "OneOf"),
        (r#"{"const": {"a": [1]}}"#, "{a: [1]}", "{a: [2]}", "OneOf"),
        (r#"{"minimum": 2}"#, "2", "1", "TooSmall"),
        (r#"{"exclusiveMinimum": 2}"#, "3", "2", "TooSmall"),
        (r#"{"maximum": 2}"#, "2", "3", "TooLarge"),
        (r#"{"exclusiveMaximum": 2}"#, "1", "2", "TooLarge"),
        (r#"{"multipleOf": 0.01}"#, "4.02", "4.021", "NotMultiple"),
        (r#"{"minLength": 2}"#, "가나", "가", "TooShort"),
        (r#"{"maxLength": 2}"#, "가나", "abc", "TooLong"),
        (r#"{"pattern": "^[a-z]+$"}"#, "abc", "Abc", "Pattern"),
        (r#"{"format": "email"}"#, "kim@example.com", "kim", "Format"),
        (r#"{"minItems": 1}"#, "[a]", "[]", "TooFewItems"),
        (r#"{"maxItems": 1}"#, "[a]", "[a, b]", "TooManyItems"),
        (r#"{"contains": {"const": "a"}}"#, "[b, a]", "[b]", "ContainsTooFew"),
        (r#"{"contains": {"const": "a"}, "maxContains": 1}"#, "[a, b]", "[a, a]", "ContainsTooMany"),
        (r#"{"minProperties": 1}"#, "{a: 1}", "{}", "TooFewKeys"),
        (r#"{"maxProperties": 1}"#, "{a: 1}", "{a: 1, b: 2}", "TooManyKeys"),
        (r#"{"required": ["a"]}"#, "{a: 1}", "{b: 1}", "Missing"),
        (r#"{"not": {"required": ["a"]}}"#, "{b: 1}", "{a: 1}", "Not"),
        (r#"{"anyOf": [{"type": "string"}, {"type": "array"}]}"#, "[a]", "3", "Type"),
        (r#"{"oneOf": [{"minimum": 1}, {"maximum": 1}]}"#, "2", "1", "Ambiguous"),
        (r#"{"if": {"required": ["a"]}, "then": {"required": ["b"]}}"#, "{c: 1}", "{a: 1}", "Missing"),
        (r#"{"if": {"required": ["a"]}, "else": {"required": ["b"]}}"#, "{a: 1}", "{c: 1}", "Missing"),
        (r#"{"dependentSchemas": {"a": {"required": ["b"]}}}"#, "{a: 1, b: 2}", "{a: 1}", "Missing"),
    ];
    for (keywords, good, bad, kind) in table {
        assert_eq!(of(keywords, good), [""; 0], "{keywords}");
        assert_eq!(of(keywords, bad), [format!("{bad}: {kind}")], "{keywords}");
    }
}

#[test]
fn parts_are_reported_at_their_place() {
    assert_eq!(of(r#"{"additionalProperties": false, "properties": {"a": {}}}"#, "{a: 1, b: 2}"), ["b: UnknownKey"]);
    assert_eq!(of(r#"{"patternProperties": {"^a": {"type": "string"}}}"#, "{ab: 1, b: 2}"), ["1: Type"]);
    assert_eq!(of(r#"{"additionalProperties": {"type": "string"}}"#, "{a: 1, b: b}"), ["1: Type"]);
    assert_eq!(of(r#"{"propertyNames": {"pattern": "^[a-z]+$"}}"#, "{a: 1, B: 2}"), ["B: PropertyName"]);
    assert_eq!(of(r#"{"dependentRequired": {"a": ["b"]}}"#, "{a: 1}"), ["a: Missing"]);
    assert_eq!(of(r#"{"dependencies": {"a": ["b"], "c": {"required": ["d"]}}}"#, "{a: 1}"), ["a: Missing"]);
    assert_eq!(of(r#"{"uniqueItems": true}"#, "[{a: 1, b: 2}, 3, {b: 2, a: 1}]"), ["{b: 2, a: 1}: Repeated"]);
    assert_eq!(of(r#"{"items": {"items": {"type": "string"}}}"#, "[[a, 1], [2]]"), ["1: Type", "2: Type"]);
    assert_eq!(
        of(r#"{"prefixItems": [{"type": "string"}], "items": false}"#, "[1, 2, 3]"),
        ["1: Type", "2: ExtraItem"]
    );
    assert_eq!(of(r#"{"items": [{}], "additionalItems": {"type": "string"}}"#, "[1, 2]"), ["2: Type"]);
    assert_eq!(of("false", "1"), ["1: Forbidden"]);
    let spread = r#"{"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false}"#;
    assert_eq!(of(spread, "{a: 1, b: 2}"), ["b: UnknownKey"]);
    assert_eq!(of(r#"{"prefixItems": [{}], "unevaluatedItems": false}"#, "[1, 2]"), ["2: ExtraItem"]);
}

#[test]
fn the_nearest_form_is_used() {
    let forms = r##"{"oneOf": [
        {"type": "object", "properties": {"kind": {"const": "video"}, "url": {"type": "string"}}, "required": ["kind", "url"]},
        {"type": "object", "properties": {"kind": {"const": "talk"}, "place": {"type": "string"}}, "required": ["kind", "place"]},
        {"type": "string"}]}"##;
    assert_eq!(of(forms, "{kind: talk}"), ["{kind: talk}: Missing"]);
    assert_eq!(of(forms, "{kind: video, url: 3}"), ["3: Type"]);
    assert_eq!(of(forms, "3"), ["3: Type"]);
    assert_eq!(of(r#"{"anyOf": [{"const": "a"}, {"enum": ["b", "c"]}]}"#, "d"), ["d: OneOf"]);
}

#[test]
fn references_lead_to_names_pointers_and_files_of_the_project() {
    let files = |path: &str| {
        match path {
        "schemas/post.json" => Ok(r##"{
            "$id": "https://example.com/schemas/post.json",
            "properties": {"author": {"$ref": "author.json#/$defs/name"}, "tags": {"$ref": "#tags"}, "a~b": {"$ref": "#/$defs/x~0y%25"}},
            "$defs": {"t": {"$anchor": "tags", "type": "array"}, "x~y%": {"type": "string"}}
        }"##
        .to_owned()),
        "schemas/author.json" => Ok(r##"{"$defs": {"name": {"$ref": "../people.yaml"}}}"##.to_owned()),
        "people.yaml" => Ok("enum: [kim, lee]\n".to_owned()),
        _ => nothing(path),
    }
    };
    let post = Schema::read("schemas/post.json", &files).expect("a schema");
    assert_eq!(reported(&post, "author: park\ntags: a\na~b: 1\n", PLAIN), ["1: Type", "a: Type", "park: OneOf"]);
    let part = Schema::read("schemas/post.json#/$defs/t", &files).expect("a part of a schema");
    assert_eq!(reported(&part, "[a]\n", PLAIN), [""; 0]);
    let seven = r##"{"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"a": {"type": "string"}},
        "properties": {"x": {"$ref": "#/definitions/a", "maxLength": 1}}}"##;
    assert_eq!(reported(&schema(seven), "x: abc\n", PLAIN), [""; 0], "draft 7 ignores everything next to a `$ref`");
    let later =
        seven.replace("http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(reported(&schema(&later), "x: abc\n", PLAIN), ["abc: TooLong"]);
}

#[test]
fn dates_are_what_the_sites_reader_makes_of_them() {
    let date = schema(r#"{"properties": {"x": {"type": "string", "format": "date"}}}"#);
    let text = schema(r#"{"properties": {"x": {"type": "string"}}}"#);
    let view = |dialect, strict_types| InstanceContext { yaml_dialect: Some(dialect), strict_types, folds_case: false };
    for reader in [YamlDialect::Safeyaml, YamlDialect::JsYaml4, YamlDialect::Goccy, YamlDialect::Unknown] {
        assert_eq!(reported(&date, "x: 2024-01-31\n", view(reader, false)), [""; 0], "{reader:?}");
        assert_eq!(reported(&text, "x: 2024-01-31\n", view(reader, false)), [""; 0], "{reader:?}");
    }
    let time = schema(r#"{"properties": {"x": {"type": "string", "format": "date-time"}}}"#);
    assert_eq!(
        reported(&time, "x: 2024-01-31\n", view(YamlDialect::JsYaml4, true)),
        [""; 0],
        "a point in time has no form"
    );
    assert_eq!(reported(&time, "x: 2024-01-31\n", view(YamlDialect::Goccy, false)), ["2024-01-31: Format"]);
    assert_eq!(reported(&time, "x: '2024-01-31'\n", view(YamlDialect::JsYaml4, true)), ["'2024-01-31': Format"]);
    assert_eq!(
        reported(&text, "x: 2024-01-31\n", view(YamlDialect::JsYaml4, true)),
        ["2024-01-31: Type"],
        "its build fails"
    );
    assert_eq!(reported(&text, "x: no\n", view(YamlDialect::Pyyaml, false)), ["no: Type"]);
    assert_eq!(reported(&text, "x: no\n", view(YamlDialect::Goccy, false)), [""; 0]);
    let number = schema(r#"{"properties": {"x": {"const": 8}}}"#);
    assert_eq!(reported(&number, "x: 010\n", view(YamlDialect::Pyyaml, false)), [""; 0]);
    let folded = InstanceContext { folds_case: true, ..view(YamlDialect::Goccy, false) };
    let title = schema(
        r#"{"required": ["title"], "properties": {"title": {"type": "string"}}, "additionalProperties": false}"#,
    );
    assert_eq!(reported(&title, "Title: 1\n", folded), ["1: Type"]);
}

#[test]
fn merged_maps_and_keys_for_programs_count() {
    let post =
        schema(r#"{"required": ["title"], "properties": {"title": {}, "base": {}}, "additionalProperties": false}"#);
    assert_eq!(reported(&post, "base: &b {title: a}\n<<: *b\n", PLAIN), [""; 0]);
    assert_eq!(reported(&post, "$schema: post.json\ntitle: a\n", PLAIN), [""; 0]);
}

#[test]
fn errors_in_a_schema_are_reported_at_their_place() {
    let message = |text: &str| schema_error(text).message;
    assert_eq!(
        message(r#"{"properties": {"a": {"type": "strng"}}}"#),
        "`post.json#/properties/a`: unknown type `strng`; did you mean `string`?"
    );
    assert!(schema_error(r#"{"type": "x"}"#).help.is_some_and(|help| help.starts_with("expected one of ")));
    assert_eq!(message(r#"{"required": "a"}"#), "`post.json`: `required` must be an array of strings");
    assert!(message(r#"{"items": {"pattern": "("}}"#).starts_with("`post.json#/items`: invalid pattern `(`: "));
    assert_eq!(message(r##"{"$ref": "#/nowhere"}"##), "`post.json`: `$ref: #/nowhere` cannot be resolved");
    assert_eq!(message(r#"{"$ref": "other.json"}"#), "`post.json`: there is no file `other.json`");
    let remote = schema_error(r#"{"$ref": "https://example.com/a.json"}"#);
    assert!(remote.message.contains("is remote") && remote.help.is_some());
    assert!(message(r#"{"$schema": "http://json-schema.org/draft-04/schema#"}"#).contains("draft 4"));
    assert!(
        Schema::read("a.json", &|_| Ok("{".into()))
            .expect_err("broken")
            .message
            .starts_with("cannot parse `a.json` as JSON: ")
    );
    assert!(
        Schema::read("a.json", &|_| Ok("[1]".into())).expect_err("a list").message.contains("is not a JSON Schema")
    );
    assert!(Schema::read("a.yaml", &|_| Ok("a: [".into())).expect_err("broken").message.contains("as YAML"));
}

#[test]
fn a_schema_that_leads_nowhere_is_refused() {
    for text in [
        r##"{"$ref": "#"}"##,
        r##"{"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/b"}]}, "b": {"not": {"$ref": "#/$defs/a"}}}}"##,
    ] {
        assert!(schema_error(text).message.contains("refers to itself"), "{text}");
    }
    let steps: Vec<String> = (0..5000).map(|n| format!(r##""s{n}": {{"$ref": "#/$defs/s{}"}}"##, n + 1)).collect();
    let long = format!(r##"{{"$ref": "#/$defs/s0", "$defs": {{{}, "s5000": {{}}}}}}"##, steps.join(","));
    assert!(schema_error(&long).message.contains("follows more than"));
    let deep = format!("{}true{}", r#"{"not":"#.repeat(500), "}".repeat(500));
    assert!(Schema::read("a.json", &|_| Ok(deep.clone())).is_err(), "the reader of JSON stops");
    let files =
        |path: &str| Ok(format!(r#"{{"properties": {{"a": {{"$ref": "{}x.json"}}}}}}"#, &path[..path.len() - 5]));
    assert!(
        Schema::read("a.json", &files).expect_err("no end of files").message.contains("schemas refer to more than ")
    );
}

#[test]
fn a_schema_that_doubles_its_work_comes_to_an_end() {
    let clock = Clock::start();
    // Two ways at each of sixty levels, in the schema itself…
    let steps: Vec<String> = (0..60)
        .map(|n| {
            format!(r##""s{n}": {{"allOf": [{{"$ref": "#/$defs/s{m}"}}, {{"$ref": "#/$defs/s{m}"}}]}}"##, m = n + 1)
        })
        .collect();
    let wide = format!(r##"{{"$ref": "#/$defs/s0", "$defs": {{{}, "s60": {{"type": "object"}}}}}}"##, steps.join(","));
    let wide = Schema::inline("a", serde_json::from_str(&wide).expect("JSON"), &nothing);
    if let Ok(wide) = wide {
        assert_eq!(reported(&wide, "a: 1\n", PLAIN), ["a: 1: Timeout"]);
    }
    // … and with each level of the page.
    let twice = schema(r##"{"allOf": [{"properties": {"a": {"$ref": "#"}}}, {"properties": {"a": {"$ref": "#"}}}]}"##);
    let page = format!("{}1{}\n", "{a: ".repeat(60), "}".repeat(60));
    assert!(reported(&twice, &page, PLAIN)[0].ends_with(": Timeout"));
    // A list that goes on within itself is as deep as the page.
    let menu = schema(r##"{"properties": {"menu": {"items": {"$ref": "#"}}, "title": {"type": "string"}}}"##);
    assert_eq!(reported(&menu, "menu: [{menu: [{title: 1}]}]\n", PLAIN), ["1: Type"]);
    assert!(clock.seconds() < 60.0, "{} s", clock.seconds());
}
