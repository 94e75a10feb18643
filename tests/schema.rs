//! `schema:` in a config: errors of a schema are reported in the config, those of a page at their place.

mod common;

use common::{Run, matterlint};
use tempfile::TempDir;

const CONFIG: &str = "content:\n  post:\n    files: [\"posts/*.md\"]\n    schema: schemas/post.json\n";
const POST: &str = "---\ntitle: 404\n---\n\nTen years of posts.\n";

/// A run over a repository with these files.
fn check(files: &[(&str, &str)]) -> Run {
    let dir: TempDir = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(dir.path().join(".git")).expect("a folder");
    for (name, text) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let root = dir.path().to_str().expect("a plain path");
    let mut run = matterlint(&["check", root, "--format", "concise"], "");
    let shown = format!("{}/", common::relative(dir.path()));
    run.stdout = run.stdout.replace(&shown, "");
    run.stderr = run.stderr.replace(&shown, "");
    run
}

fn with_schema(schema: &str) -> Run {
    check(&[("matterlint.yaml", CONFIG), ("schemas/post.json", schema), ("posts/a.md", POST)])
}

#[test]
fn a_page_is_held_against_the_schema_of_its_content_type() {
    let run = with_schema(r#"{"properties": {"title": {"type": "string"}}, "required": ["date"]}"#);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.contains("posts/a.md:1:1: error[schema-mismatch] missing field `date`"), "{}", run.stdout);
    assert!(run.stdout.contains("posts/a.md:2:8: error[schema-mismatch] `title` should be a string"), "{}", run.stdout);
    assert_eq!(with_schema("{}").status, 0);
}

#[test]
fn errors_of_a_schema_are_reported_in_the_config() {
    for (schema, message) in [
        ("{", "cannot parse `schemas/post.json` as JSON"),
        (r#"{"properties": {"a": {"type": "strng"}}}"#, "`schemas/post.json#/properties/a`: unknown type `strng`"),
        (r#"{"pattern": "("}"#, "invalid pattern `(`"),
        (r#"{"$ref": "https://example.com/post.json"}"#, "is remote; matterlint does not access the network"),
        (r#"{"$ref": "../../other.json"}"#, "is outside the project"),
        (r##"{"$ref": "#"}"##, "refers to itself"),
    ] {
        let run = with_schema(schema);
        assert_eq!(run.status, 2, "{schema}");
        assert!(run.stderr.contains("matterlint.yaml:4:13: error[broken-config] "), "{schema}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{schema}: {}", run.stderr);
    }
    let missing = check(&[("matterlint.yaml", CONFIG), ("posts/a.md", POST)]);
    assert_eq!(missing.status, 2);
    assert!(missing.stderr.contains("no such file: `schemas/post.json`"), "{}", missing.stderr);
}

#[test]
fn a_schema_may_stand_in_the_config_and_refer_to_a_file() {
    let config =
        "content:\n  post:\n    files: [\"posts/*.md\"]\n    schema: { properties: { title: { $ref: title.yaml } } }\n";
    let run = check(&[("matterlint.yaml", config), ("title.yaml", "type: string\n"), ("posts/a.md", POST)]);
    assert!(run.stdout.contains("`title` should be a string, but is the number `404`"), "{}{}", run.stdout, run.stderr);
    let broken = check(&[("matterlint.yaml", config), ("title.yaml", "type: strng\n"), ("posts/a.md", POST)]);
    assert!(broken.stderr.contains("matterlint.yaml:4:5: "), "{}", broken.stderr);
    assert_eq!(broken.status, 2);
}

#[test]
fn what_the_schema_says_of_a_value_is_said_once() {
    let schema = r#"{"properties": {
        "date": {"type": "string", "format": "date"},
        "tags": {"type": "array", "uniqueItems": true}
    }}"#;
    let post = "---\ntitle: One\ndate: 2023-02-30\ntags: [aws, aws]\n---\n\nTen years of posts.\n";
    let files = [("matterlint.yaml", CONFIG), ("schemas/post.json", schema), ("posts/a.md", post)];
    let reported: Vec<String> = check(&files).stdout.lines().map(str::to_owned).collect();
    assert_eq!(reported[0], "posts/a.md:3:7: error[schema-mismatch] invalid date `2023-02-30`");
    assert_eq!(reported[1], "posts/a.md:4:13: error[schema-mismatch] duplicate item `aws`");
    assert_eq!(reported.len(), 3, "{reported:?}");
}
