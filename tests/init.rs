//! `matterlint init` in small sites: the config it writes, and what `check` then says.

mod common;

use common::project;
use std::process::Command;
use tempfile::TempDir;

/// The program's output in a project, whatever its status.
fn run(dir: &TempDir, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_matterlint")).args(args).current_dir(dir.path()).output();
    let output = output.expect("the program runs");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it is text")
}

/// So many posts, each with a tag and a date of its own.
fn posts(folder: &str, count: usize) -> Vec<(String, String)> {
    let tags = ["aws", "meetup", "rust"];
    let post = |index: usize| {
        let (day, tag) = (index % 28 + 1, tags[index % 3]);
        let text = format!("---\ntitle: Post {index}\ndate: 2024-01-{day:02}\ntags: [{tag}]\n---\n\nText.\n");
        (format!("{folder}/post-{index}.md"), text)
    };
    (0..count).map(post).collect()
}

fn site(own: &[(&str, &str)], posts: &[(String, String)]) -> TempDir {
    let posts = posts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let files: Vec<(&str, &str)> = own.iter().copied().chain(posts).collect();
    project(&files)
}

#[test]
fn what_pages_have_in_common_is_written_and_the_others_stand_out() {
    let dir = site(
        &[
            ("hugo.toml", "baseURL = \"https://example.org/\"\n"),
            ("content/posts/index.md", "---\ntitle: All posts\n---\n"),
            ("content/posts/template.md", "---\ntitle: Template\n---\n"),
            ("tests/page.md", "---\nkind: test\n---\n"),
            ("content/posts/late.md", "---\ntitle: Late\ndate: 2024-02-01\ntags: [AWS]\n---\n\nText.\n"),
            ("content/posts/undated.md", "---\ntitle: Undated\ntags: [aws]\n---\n\nText.\n"),
        ],
        &posts("content/posts", 70),
    );
    let config = run(&dir, &["init", "--stdout"]);
    assert_eq!(
        config,
        "\
# Written by `matterlint init` from 74 pages with front matter. It says what they have in common, with counts, so that
# `matterlint check` speaks of those that stand out. Keep what you mean, and change the rest.
generator: hugo # `hugo.toml` is there
exclude: [\"tests/**\"] # tests, which are no pages
content:
  section:
    files: [\"content/posts/index.md\"] # 1 page
  post:
    files: [\"content/posts/**\"] # 72 pages
    fields:
      title: { type: string, required: true } # 72 of 72
      date: { type: date, required: true } # 71 of 72
      tags: # 72 of 72, 4 different
        type: list
        required: true
        items:
          one-of: [aws, meetup, rust]
          aliases: { AWS: aws }
"
    );
    run(&dir, &["init"]);
    let told = run(&dir, &["check", "--quiet", "--format", "concise", "--now", "2024-07-01"]);
    assert_eq!(
        told,
        "content/posts/late.md:4:8: error[unknown-tag] `AWS` should be `aws`\n\
         content/posts/undated.md:1:1: error[missing-field] `date` is missing\n"
    );
}

#[test]
fn a_schema_that_lies_there_is_read_and_not_written_again() {
    let decap = "collections:\n  - { name: posts, folder: content/posts, fields: [{ name: title, required: true }] }\n";
    let dir = site(&[("static/admin/config.yml", decap)], &posts("content/posts", 12));
    let config = run(&dir, &["init", "--stdout"]);
    assert!(config.contains("schemas: [decap]"), "{config}");
    assert!(!config.contains("content:"), "{config}");
    run(&dir, &["init"]);
    assert!(run(&dir, &["check", "--format", "concise"]).starts_with("No problems in 12 files."));
}

#[test]
fn a_few_pages_ask_nothing_of_the_next() {
    let dir = site(&[], &posts("posts", 7));
    let config = run(&dir, &["init", "--stdout"]);
    assert!(config.contains("title: { type: string } # 7 of 7"), "{config}");
}
