//! The language server on whole sites: an open page has the findings of `matterlint check`, also while it is edited.

mod common;

use common::editor::{Editor, uri, workspace};
use common::{matterlint, pages, sites};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn an_open_page_has_the_findings_of_the_command_line() {
    let root = std::env::current_dir().expect("a folder");
    let mut reported = 0;
    for site in sites() {
        let run = matterlint(&["check", &site.to_string_lossy(), "--format", "json"], "");
        let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let mut expected: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        // A byte-order mark stays on disk: no editor hands it over.
        let is_compared = |finding: &&Value| finding["rule"] != "byte-order-mark";
        for finding in report["diagnostics"].as_array().expect("a list").iter().filter(is_compared) {
            expected.entry(finding["path"].as_str().expect("a path")).or_default().push(as_editor(finding));
        }
        let mut editor = Editor::start(&root, &json!({}));
        let pages = pages(&site);
        // One after the other; all side by side; and each again after something else was typed.
        for page in &pages {
            let expected = expected.get(&**page).cloned().unwrap_or_default();
            let text = as_in_editor(page);
            let page = uri(&root, page);
            assert_eq!(essence(&editor.open(&page, &text)), expected, "{page}");
            editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": page } }));
            editor.published(&page);
        }
        for page in &pages {
            let text = as_in_editor(page);
            editor.open(&uri(&root, page), &text);
        }
        for page in &pages {
            let expected = expected.get(&**page).cloned().unwrap_or_default();
            let text = as_in_editor(page);
            let page = uri(&root, page);
            editor.change(&page, 2, &[json!({ "text": "---\ntitle: other\npermalink: /other/\n---\n" })]);
            assert_eq!(essence(&editor.change(&page, 3, &[json!({ "text": text })])), expected, "{page}, typed again");
            reported += expected.len();
        }
        editor.quit();
    }
    assert!(reported > 50, "{reported} findings were compared");
}

/// A page as somebody is changing it: another front matter, and text that has findings.
fn changed(text: &str) -> String {
    let text = text.replacen("title:", "titel:", 1).replacen("tags:", "tags: [unsaved, Unsaved]\nkeywords:", 1);
    format!("{text}\n\nTODO: write this\n\n[unsaved](no-such-page.md) and **bold **text.\n")
}

/// The findings that `check --stdin-filename` reports of a text, as a server would tell them.
fn of_stdin(dir: Option<&Path>, page: &str, text: &str) -> Vec<Value> {
    let args = ["check", "--format", "json", "--stdin-filename", page, "-"];
    let printed = match dir {
        None => matterlint(&args, text).stdout,
        Some(dir) => common::process::text(&common::process::run(dir, &args, text).stdout),
    };
    let report: Value = serde_json::from_str(&printed).expect("JSON");
    report["diagnostics"].as_array().expect("a list").iter().map(as_editor).collect()
}

#[test]
fn an_unsaved_text_has_the_findings_of_standard_input() {
    let root = std::env::current_dir().expect("a folder");
    let mut compared = 0;
    for site in sites() {
        let mut editor = Editor::start(&root, &json!({}));
        for page in pages(&site).iter().step_by(2) {
            let text = changed(&as_in_editor(page));
            let uri = uri(&root, page);
            let expected = of_stdin(None, page, &text);
            assert_eq!(essence(&editor.open(&uri, &text)), expected, "{page}");
            editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
            editor.published(&uri);
            compared += expected.len();
        }
        editor.quit();
    }
    assert!(compared > 100, "{compared} findings were compared");
}

#[test]
fn unsaved_texts_of_a_folder_are_one_site() {
    let (saved, unsaved) = (site(), site());
    let texts = [
        ("a.md", page("/one/")),
        ("b.md", page("/one/")),
        ("c.md", "---\nlayout: post\ntitel: t\ntags: [AWS, dev]\npermalink: /two/\n---\n".to_owned()),
        (
            "d.md",
            "---\nlayout: post\ntitle: t\ntags: [aws, dev]\nredirect_from: /two/\n---\n\nTODO: write\n".to_owned(),
        ),
        ("e.md", "---\nlayout: post\ntitle: t\ntags: [aws]\n---\n".to_owned()),
    ];
    let mut editor = Editor::start(unsaved.path(), &json!({}));
    for (name, text) in &texts {
        // On disk there is something else.
        fs::write(unsaved.path().join(name), "---\nlayout: post\ntitle: other\n---\n").expect("written");
        fs::write(saved.path().join(name), text).expect("written");
    }
    for (name, text) in &texts {
        editor.open(&uri(unsaved.path(), name), text);
    }
    let mut compared = 0;
    for (index, (name, text)) in texts.iter().enumerate() {
        let found = editor.change(&uri(unsaved.path(), name), 2 + index as i64, &[json!({ "text": text })]);
        let expected = of_stdin(Some(saved.path()), name, text);
        assert_eq!(essence(&found), expected, "{name}");
        compared += expected.len();
    }
    assert!(compared >= 3, "{compared} findings were compared");
    editor.quit();
}

#[test]
fn a_change_in_one_page_is_reported_in_the_others_at_once() {
    let dir = site();
    let (a, b) = (uri(dir.path(), "a.md"), uri(dir.path(), "b.md"));
    let mut editor = Editor::start(dir.path(), &json!({}));
    // Of two pages with the same URL, the later one is reported.
    assert_eq!(rules(&editor.open(&b, &page("/one/"))), NONE);
    assert_eq!(rules(&editor.open(&a, &page("/one/"))), NONE);
    assert_eq!(rules(&editor.published(&b)), ["url-collision"]);
    // The text below the front matter doesn't affect other pages: the next findings of `b` are those after the next change.
    editor.change(&a, 2, &[json!({ "text": page("/one/") + "More.\n" })]);
    assert_eq!(rules(&editor.change(&a, 3, &[json!({ "text": page("/two/") })])), NONE);
    assert_eq!(rules(&editor.published(&b)), NONE);
    // Closed without saving, a page is what lies on disk: nothing.
    editor.change(&a, 4, &[json!({ "text": page("/one/") })]);
    assert_eq!(rules(&editor.published(&b)), ["url-collision"]);
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": a } }));
    assert_eq!(rules(&editor.published(&b)), NONE);
    // What version control shows of the same page isn't another page.
    assert_eq!(rules(&editor.open("git:/a.md?HEAD", &page("/one/"))), NONE);
    assert_eq!(rules(&editor.change(&b, 2, &[json!({ "text": page("/one/") })])), NONE);
    editor.quit();
}

#[test]
fn changes_on_disk_are_seen_on_save_and_on_notification() {
    let dir = site();
    let (other, b) = (dir.path().join("a.md"), uri(dir.path(), "b.md"));
    let write = |path: &Path, text: &str| fs::write(path, text).expect("written");
    let mut editor = Editor::start(dir.path(), &json!({}));
    assert_eq!(rules(&editor.open(&b, &page("/one/"))), NONE);
    let mut saved = || {
        editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": b } }));
        rules(&editor.published(&b))
    };
    write(&other, &page("/one/"));
    assert_eq!(saved(), ["url-collision"]);
    write(&other, &page("/other/"));
    assert_eq!(saved(), NONE);
    write(&other, &page("/one/"));
    assert_eq!(saved(), ["url-collision"]);
    fs::remove_file(&other).expect("removed");
    assert_eq!(saved(), NONE);
    // Without its marker file it is no site, and nothing can be concluded from one page to the next; with a config it is one again.
    write(&other, &page("/one/"));
    fs::remove_file(dir.path().join("_config.yml")).expect("removed");
    assert_eq!(saved(), NONE);
    let config = dir.path().join("matterlint.yaml");
    write(&config, "generator: jekyll\n");
    assert_eq!(saved(), ["url-collision"]);
    write(&config, "generator: jekyll\nexclude: [a.md]\n");
    assert_eq!(saved(), NONE, "what the config excludes is no page of the site");
    write(&config, "generator: jekyll\n");
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(rules(&editor.published(&b)), ["url-collision"]);
    editor.quit();
}

const NONE: [&str; 0] = [];

/// A Jekyll site without pages.
fn site() -> tempfile::TempDir {
    let dir = workspace("");
    fs::create_dir(dir.path().join("_posts")).expect("made");
    fs::write(dir.path().join("_config.yml"), "title: a site\n").expect("written");
    dir
}

fn page(permalink: &str) -> String {
    format!("---\nlayout: post\ntitle: t\npermalink: {permalink}\n---\n\nText.\n")
}

fn rules(found: &Value) -> Vec<String> {
    let found = found.as_array().expect("a list");
    found.iter().map(|found| found["code"].as_str().expect("a rule").to_owned()).collect()
}

/// The text of a page as an editor hands it over.
fn as_in_editor(page: &str) -> String {
    let text = fs::read_to_string(page).expect("a page can be read");
    text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()
}

/// What matters of the findings that a server tells.
fn essence(found: &Value) -> Vec<Value> {
    let found = found.as_array().expect("a list").iter();
    let all = found.map(|found| {
        json!({
            "code": found["code"], "severity": found["severity"], "message": found["message"], "range": found["range"],
            "labels": found["relatedInformation"].as_array().map_or(0, Vec::len),
        })
    });
    all.collect()
}

/// A finding of the command line's as a server would tell it.
fn as_editor(found: &Value) -> Value {
    let severity = match found["level"].as_str() {
        Some("error") => 1,
        Some("warning") => 2,
        _ => 3,
    };
    let number = |value: &Value| value.as_u64().expect("a number");
    let place = |point: &Value| json!({ "line": number(&point["line"]) - 1, "character": number(&point["utf16"]) - 1 });
    // The words at the place itself come first among the labels, and no editor has a place for them.
    let labels = found["labels"].as_array().map_or(&[][..], Vec::as_slice);
    let further = labels.iter().filter(|label| (&label["start"], &label["end"]) != (&found["start"], &found["end"]));
    let message = found["message"].as_str().expect("a message");
    let help = found["help"].as_str().map(|help| format!("\n{help}")).unwrap_or_default();
    json!({
        "code": found["rule"], "severity": severity, "message": format!("{message}{help}"),
        "range": { "start": place(&found["start"]), "end": place(&found["end"]) },
        "labels": further.count(),
    })
}
