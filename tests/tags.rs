//! `matterlint tags`: lists terms, and renames one on all pages.

mod common;

use common::process::{program, text};
use std::fs;
use std::path::Path;
use std::process::Output;

const PAGES: [(&str, &str); 7] = [
    ("_config.yml", "title: a site\n"),
    ("_posts/2024-01-01-a.md", "---\ntitle: \"JS: a tour\"\ntags: [js, 'web dev'] # two\n---\n\nAbout js and #js.\n"),
    ("_posts/2024-01-02-b.md", "---\r\ntags:\r\n  - \"js\"\r\n  - ts\r\n---\r\n"),
    ("_posts/2024-01-03-c.md", "---\ntags: js css\n---\n"),
    ("_posts/2024-01-04-d.md", "---\ncategories: [js]\ntags: [javascript, js]\n---\n"),
    ("_posts/2024-01-05-e.md", "---\ntitle: a: b\ntags: [js]\n---\n"),
    ("notes/n.md", "---\ntags: [jsx]\n---\n"),
];

fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir(dir.path().join(".git")).expect("made");
    for (name, text) in PAGES {
        common::process::write(dir.path(), name, text);
    }
    dir
}

fn run(dir: &Path, args: &[&str]) -> Output {
    program(dir, &[&["tags"], args].concat()).output().expect("it runs")
}

#[test]
fn terms_of_the_named_paths_are_counted() {
    let dir = site();
    let all = text(&run(dir.path(), &[]).stdout);
    assert!(all.contains("tags: 6 distinct values on 6 pages") && all.contains("      5  js\n"), "{all}");
    let notes = text(&run(dir.path(), &["notes"]).stdout);
    assert!(notes.contains("tags: 1 distinct value on 1 page") && notes.contains("jsx"), "{notes}");
    let missing = run(dir.path(), &["no-such-folder"]);
    assert_eq!(missing.status.code(), Some(2), "{}", text(&missing.stderr));
}

#[test]
fn a_rename_changes_nothing_else() {
    let dir = site();
    let shown = run(dir.path(), &["--rename", "js=javascript", "--diff"]);
    let diff = text(&shown.stdout);
    assert_eq!(shown.status.code(), Some(1));
    assert!(diff.contains("-tags: [js, 'web dev'] # two\n+tags: [javascript, 'web dev'] # two\n"), "{diff}");
    for (name, text) in PAGES {
        assert_eq!(fs::read_to_string(dir.path().join(name)).expect("a page"), text, "a diff changes nothing");
    }
    let done = run(dir.path(), &["--rename", "js=javascript"]);
    let said = text(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "one page is left as it was: {said}");
    assert!(said.contains("not renamed: _posts/2024-01-05-e.md: its front matter has errors\n"), "{said}");
    assert!(said.contains("renamed `js` to `javascript` on 4 pages\n"), "{said}");
    for (index, expected) in [
        (1, "---\ntitle: \"JS: a tour\"\ntags: [javascript, 'web dev'] # two\n---\n\nAbout js and #js.\n"),
        (2, "---\r\ntags:\r\n  - \"javascript\"\r\n  - ts\r\n---\r\n"),
        (3, "---\ntags: javascript css\n---\n"),
        (4, "---\ncategories: [js]\ntags: [javascript]\n---\n"),
        (5, PAGES[5].1),
        (6, PAGES[6].1),
    ] {
        assert_eq!(fs::read_to_string(dir.path().join(PAGES[index].0)).expect("a page"), expected);
    }
}

#[test]
fn a_rename_is_of_the_named_taxonomy_and_of_a_term_that_is_there() {
    let dir = site();
    let done = run(dir.path(), &["--rename", "js=javascript", "--field", "categories", "--quiet-not-known"]);
    assert_eq!(done.status.code(), Some(2));
    let done = run(dir.path(), &["--rename", "js=javascript", "--field", "categories"]);
    assert_eq!((done.status.code(), &*text(&done.stderr)), (Some(0), "renamed `js` to `javascript` on 1 page\n"));
    let none = run(dir.path(), &["--rename", "javascrip=x"]);
    let said = "matterlint: no page has `javascrip` in `tags`; did you mean `javascript`?\n";
    assert_eq!((none.status.code(), &*text(&none.stderr)), (Some(1), said));
    for malformed in ["js", "js=", "=js", "js=js"] {
        assert_eq!(run(dir.path(), &["--rename", malformed]).status.code(), Some(2), "{malformed}");
    }
}
