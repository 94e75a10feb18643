//! Content types in a config: what they build on, when their fields count, where their vocabularies are from, and what is
//! wrong with them.

mod common;

use common::project;
use std::path::Path;
use std::process::Command;

/// What the program says in `from`, a folder of the project: its findings, or the mistakes in its config.
fn says(dir: &Path, args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_matterlint"));
    command.args(["check", "--format", "concise", "--quiet"]).args(args).current_dir(dir);
    let output = command.output().expect("the program runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().expect("no signal"), String::from_utf8(text).expect("output is text"))
}

/// What is said of one page under a config, one finding a line.
fn found(config: &str, page: &str) -> Vec<String> {
    let dir = project(&[("matterlint.yaml", config), ("_posts/2024-01-31-a.md", page)]);
    let (status, text) = says(dir.path(), &["."]);
    assert!(status < 2, "{text}");
    text.lines().map(|line| line.trim_start_matches("_posts/2024-01-31-a.md:").to_owned()).collect()
}

#[test]
fn a_mistake_in_a_type_is_shown_at_its_place_with_the_way_out() {
    let post = "content:\n  post:\n    files: '*.md'\n    fields:\n      date: date\n      title: string\n";
    for (more, at, message) in [
        ("      x: { required-with: titel }\n", "7:27", "unknown field `titel`; did you mean `title`?"),
        ("      x: { required-with: x }\n", "7:27", "a field cannot refer to itself"),
        ("      x: { type: date, not-before: daet }\n", "7:36", "unknown field `daet`"),
        ("      x: { required-when: { titl: a } }\n", "7:29", "unknown field `titl`"),
        ("      x: { required-when: { title: { nto: a } } }\n", "7:38", "unknown key `nto`"),
        ("      x: { required-when: {} }\n", "7:27", "empty condition"),
        ("      x: { allowed-when: { files: 'a[' } }\n", "7:35", "invalid glob `a[`"),
        ("      x: { deprecated: { use: titel } }\n", "7:31", "unknown field `titel`"),
        ("      x: { deprecated: { us: title } }\n", "7:26", "unknown key `us`"),
        ("      x: { min-length: 5, max-length: 3 }\n", "7:24", "minimum 5 is greater than maximum 3"),
        ("      x: { type: list, pattern: a }\n", "7:33", "`pattern` only applies to strings; this field is `list`"),
        (
            "      x: { type: string, max-items: 3 }\n",
            "7:37",
            "`max-items` only applies to lists; this field is `string`",
        ),
        ("      x: { must-exist: true }\n", "7:24", "`must-exist` only applies to paths; this field is untyped"),
        ("      x: { unique: yes please }\n", "7:20", "`unique` takes `true`, `items`, or `pages`"),
        ("      x: { items: { deprecated: soon } }\n", "7:33", "`deprecated` is not allowed in `items`"),
        ("      x: { one-of: tags }\n", "7:20", "unknown vocabulary `tags`"),
        ("    order: [title, daet]\n", "7:20", "unknown field `daet`"),
        ("    order: title\n", "7:12", "`order` takes `true`"),
        ("    extends: jekyll/pots\n", "7:14", "unknown content type `jekyll/pots`; did you mean `jekyll/post`?"),
        ("    extends: other\n", "7:14", "unknown content type `other`"),
        ("    extends: post\n", "7:14", "content types extend each other in a cycle"),
        ("  other:\n    fields: { x: string }\n", "7:3", "`other` has no `files`"),
    ] {
        let config = format!("{post}{more}");
        let dir = project(&[("matterlint.yaml", &config), ("a.md", "a\n")]);
        let (status, text) = says(dir.path(), &["."]);
        assert_eq!(status, 2, "{more}{text}");
        assert!(text.contains(&format!("matterlint.yaml:{at}: ")) && text.contains(message), "{more}{text}");
    }
}

#[test]
fn a_typo_in_a_config_has_a_suggestion() {
    let head = "vocabularies:\n  words: { one-of: [aws, meetup] }\ncontent:\n  post:\n    files: '*.md'\n    fields:\n";
    for (more, help) in [
        ("      layout: { one-of: [post, event] }\n      x: { required-when: { layout: evnet } }\n", "`event`"),
        ("      title: string\n      x: { required-with: titel }\n", "`title`"),
        ("      x: { one-of: word }\n", "`words`"),
        ("      x: { one-of: words, aliases: { cloud: awss } }\n", "`aws`"),
        ("      x: string\n    extends: jekyll/pots\n", "`jekyll/post`"),
        ("      x: string\n    extends: zola/artikel\n", "zola provides zola/section, zola/page"),
    ] {
        let dir = project(&[("matterlint.yaml", &format!("{head}{more}")), ("a.md", "a\n")]);
        let run = common::matterlint_on_terminal(&["check", dir.path().to_str().expect("a plain path")], 80);
        assert!(run.status == 2 && run.stderr.contains(help), "{more}{}", run.stderr);
    }
}

#[test]
fn a_type_builds_on_another() {
    let config = "content:\n  event:\n    extends: base\n    files: _posts/**\n    fields:\n      title: { max-length: 5 }\n\
                  \x20     place: string!\n      tags: { items: { max-length: 3 } }\n  base:\n    fields:\n      title: string!\n      tags: { type: list, items: \
                  string }\n      author: string!\n    unknown-fields: warning\n";
    assert_eq!(
        found(config, "---\ntitle: A long one\nplace: Busan\ntags: [hello, 1]\nauthro: kim\n---\n"),
        [
            "2:8: error[invalid-value] `title` is 10 characters long; the maximum is 5",
            "4:8: error[invalid-value] an item of `tags` is 5 characters long; the maximum is 3",
            "4:15: error[wrong-type] an item of `tags` should be a string, but is the number `1` [*unsafe]",
            "5:1: error[missing-field] missing field `author`; `authro` looks like a typo for it [*unsafe]",
        ]
    );
    let optional = config.replace("place: string!", "author: { required: false }");
    assert!(found(&optional, "---\ntitle: A\n---\n").is_empty());
}

#[test]
fn a_type_builds_on_a_ready_made_one() {
    let config =
        "content:\n  post:\n    extends: jekyll/post\n    fields: { title: string! }\n    unknown-fields: warning\n";
    assert_eq!(
        found(config, "---\ntitle: [A]\npermalink: /a/\nlast_modified: 2024-01-31\npublished: soon\n---\n"),
        [
            "2:8: error[wrong-type] `title` should be a string, but is a list [*unsafe]",
            "4:1: warning[unknown-field] unknown field `last_modified`",
            "5:12: error[wrong-type] `published` should be a boolean, but is the string `soon`",
        ]
    );
    let skill = "content:\n  skill: { extends: agent-skill/skill, files: '**/*.md' }\n";
    assert_eq!(
        found(skill, "---\nname: My Skill\n---\n"),
        [
            "1:1: error[missing-field] missing field `description`",
            "2:7: error[invalid-value] `name` does not match the required pattern"
        ]
    );
    // Hugo takes `linkTitle` and `linktitle` for one field, so what is said of one is said of both.
    let hugo = "generator: hugo\ncontent:\n  page:\n    extends: hugo/page\n    files: '**/*.md'\n    fields: { linkTitle: { max-length: 3 } }\n    unknown-fields: warning\n";
    assert_eq!(
        found(hugo, "---\nlinktitle: Home\n---\n"),
        ["2:12: error[invalid-value] `linkTitle` is 4 characters long; the maximum is 3"]
    );
}

#[test]
fn a_type_may_build_on_that_of_its_name_below() {
    let dir = project(&[
        ("base.yaml", "content:\n  post:\n    files: '**/*.md'\n    fields: { title: string! }\n"),
        (
            "matterlint.yaml",
            "extends: [base.yaml]\ncontent:\n  post:\n    extends: post\n    files: 'b*.md'\n    fields: { tags: list! }\n",
        ),
        ("a.md", "---\n{}\n---\n"),
        ("b.md", "---\n{}\n---\n"),
    ]);
    let (_, text) = says(dir.path(), &["."]);
    let fields: Vec<&str> =
        text.lines().map(|line| line.split(" error[missing-field] ").last().unwrap_or(line)).collect();
    assert_eq!(fields, ["missing field `title`", "missing field `tags`", "missing field `title`"], "{text}");
}

#[test]
fn conditions_ask_values_presence_and_paths() {
    let with = |condition: &str| {
        format!("content:\n  post:\n    files: '**/*.md'\n    fields:\n      x: {{ required-when: {condition} }}\n")
    };
    for (condition, page, holds) in [
        ("{ layout: event }", "layout: event", true),
        ("{ layout: event }", "layout: post", false),
        ("{ layout: event }", "a: b", false),
        ("{ layout: [event, talk] }", "layout: talk", true),
        ("{ tags: talk }", "tags: [aws, talk]", true),
        ("{ draft: false }", "draft: false", true),
        ("{ draft: false }", "a: b", false),
        ("{ draft: { not: true } }", "a: b", true),
        ("{ draft: { not: true } }", "draft: true", false),
        ("{ series: { set: true } }", "series: a", true),
        ("{ series: { set: true } }", "series: ", false),
        ("{ series: { set: false } }", "a: b", true),
        ("{ files: '_posts/**' }", "a: b", true),
        ("{ files: ['docs/**'] }", "a: b", false),
        ("{ files: '_posts/**', layout: event }", "a: b", false),
        ("{ version: 2 }", "version: 2", true),
        ("{ extra.kind: a }", "extra: { kind: a }", true),
    ] {
        let found = found(&with(condition), &format!("---\n{page}\n---\n"));
        assert_eq!(!found.is_empty(), holds, "{condition} on {page}: {found:?}");
    }
}

#[test]
fn vocabularies_come_from_files_of_the_repository() {
    let files = [
        ("_data/authors.yml", "kim:\n  name: Kim\nlee:\n  name: Lee\n"),
        ("blog/tags.yml", "- aws\n- meetup\n"),
        (
            "mkdocs.yml",
            "site_name: x\nplugins:\n  - search\n  - tags:\n      tags_allowed: [aws, meetup]\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\nextra: { key: !ENV [KEY, 'x'] }\n",
        ),
        ("src/tags.json", "[{\"slug\": \"aws\"}, {\"slug\": \"meetup\"}]"),
        ("data/tags.toml", "[[tag]]\nid = \"aws\"\n[[tag]]\nid = \"meetup\"\n"),
        ("people/kim.md", "a\n"),
        ("people/lee.md", "a\n"),
        ("team/kim/index.md", "a\n"),
    ];
    for (origin, right, wrong) in [
        ("{ from: _data/authors.yml }", "kim", "Kim"),
        ("{ from: _data/authors.yml, key: '*.name' }", "Kim", "kim"),
        ("{ from: blog/tags.yml }", "aws", "awss"),
        ("{ from: mkdocs.yml, key: plugins.tags.tags_allowed }", "meetup", "search"),
        ("{ from: src/tags.json, key: slug }", "aws", "slug"),
        ("{ from: data/tags.toml, key: tag.id }", "meetup", "id"),
        ("{ from: people/*.md }", "lee", "kim.md"),
        ("{ from: team/*/ }", "kim", "lee"),
        ("{ from: '*.yml' }", "mkdocs", "authors"),
    ] {
        for (value, is_known) in [(right, true), (wrong, false)] {
            let config = format!("content:\n  post:\n    files: 'a.md'\n    fields: {{ x: {{ one-of: {origin} }} }}\n");
            let page = format!("---\nx: {value}\n---\n");
            let dir = project(&[&files[..], &[("matterlint.yaml", &config), ("a.md", &page)]].concat());
            let (status, text) = says(dir.path(), &["a.md"]);
            assert_eq!(status, if is_known { 0 } else { 1 }, "{origin}, {value}: {text}");
        }
    }
    for (origin, message) in [
        ("{ from: _data/author.yml }", "no such file: `_data/author.yml`"),
        ("{ from: mkdocs.yml, key: plugin.tags }", "`mkdocs.yml` has no key `plugin`"),
        ("{ from: mkdocs.yml, key: plugins.tags.allowed }", "`mkdocs.yml` has no key `allowed`"),
        ("{ from: 'p*/a.md' }", "unsupported glob `p*/a.md`"),
        ("{ from: people/*.txt }", "no file matches `people/*.txt`"),
        ("{ from: ../*.md }", "is outside the project"),
    ] {
        let config = format!("content:\n  post:\n    files: 'a.md'\n    fields: {{ x: {{ one-of: {origin} }} }}\n");
        let dir = project(&[&files[..], &[("matterlint.yaml", &config), ("a.md", "a\n")]].concat());
        let (status, text) = says(dir.path(), &["a.md"]);
        assert!(status == 2 && text.contains(message), "{origin}: {text}");
    }
}

#[test]
fn a_vocabulary_has_a_name_and_serves_lists_and_single_values() {
    let config = "vocabularies:\n  topics: { one-of: [aws, meetup], aliases: { AWS: aws } }\ncontent:\n  post:\n    files: '**/*.md'\n    fields:\n\
                  \x20     tags: { type: list, one-of: topics }\n      topic: { type: string|list, one-of: topics, aliases: { Treffen: meetup } }\n      any: { one-of: topics }\n";
    assert_eq!(
        found(config, "---\ntags: [AWS, meetup, other]\ntopic: Treffen\nany: [aws, x]\n---\n"),
        [
            "2:8: error[unknown-tag] unknown tag `AWS`; use `aws` [*]",
            "2:21: error[unknown-tag] unknown tag `other`",
            "3:8: error[unknown-tag] invalid value `Treffen` for `topic`; use `meetup` [*]",
            "4:12: error[unknown-tag] invalid value `x` for `any`",
        ]
    );
}

#[test]
fn a_file_beside_the_page_is_found_from_any_folder() {
    let config = "content:\n  post:\n    files: 'site/**/*.md'\n    fields: { cover: { type: path, must-exist: true, relative-to: file } }\n";
    let page = |cover: &str| format!("---\ncover: {cover}\n---\n");
    let dir = project(&[
        ("matterlint.yaml", config),
        ("site/a/there.md", &page("a.png")),
        ("site/a/gone.md", &page("b.png")),
        ("site/a/a.png", ""),
        ("b.png", ""),
        ("site/b.png", ""),
    ]);
    for (from, named) in [
        ("", "."),
        ("site", "."),
        ("site", "a/gone.md"),
        ("site/a", "gone.md"),
        ("site/a", "../.."),
        ("site/a", "../a/gone.md"),
    ] {
        let (status, text) = says(&dir.path().join(from), &[named]);
        assert_eq!((status, text.lines().count()), (1, 1), "{named} in {from:?}: {text}");
        assert!(text.contains("gone.md:2:8: error[missing-asset] file `b.png` does not exist"), "{text}");
    }
    let input = Command::new(env!("CARGO_BIN_EXE_matterlint"))
        .args(["check", "--quiet", "--stdin-filename", "a/there.md", "-"])
        .current_dir(dir.path().join("site"))
        .stdin(std::fs::File::open(dir.path().join("site/a/there.md")).expect("it is there"))
        .output()
        .expect("the program runs");
    assert!(input.status.success(), "{}", String::from_utf8_lossy(&input.stdout));
}

#[test]
fn the_page_shows_the_config_that_it_runs() {
    let page = std::fs::read_to_string("docs/content-types.md").expect("the page can be read");
    let config = std::fs::read_to_string("docs/content-types.in/matterlint.yaml").expect("the config can be read");
    assert!(page.contains(&format!("```yaml\n{config}```\n")), "docs/content-types.md shows another config");
    let schema = std::fs::read_to_string("matterlint.schema.json").expect("the schema can be read");
    for name in schema.split('"').filter(|name| name.contains('/') && name.matches('/').count() == 1) {
        let is_type =
            name.split('/').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        assert!(!is_type || page.contains(&format!("`{name}`")), "docs/content-types.md doesn't name {name}");
    }
}
