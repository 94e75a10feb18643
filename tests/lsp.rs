//! The language server, spoken to as an editor does: messages on standard input, answers on standard output.

mod common;

use common::clock::Clock;
use common::editor::{Editor, uri, workspace};
use serde_json::{Value, json};
use std::fs;

const POST: &str = "---\ntitle: 안녕 😀: the book\ntags: [a]\n---\n\nText 나중에\n";

#[test]
fn columns_count_what_was_agreed_on() {
    for (encodings, expected, agreed) in [
        (json!(["utf-8", "utf-16"]), 7 + 6 + 1 + 4, "utf-8"),
        (json!(["utf-16"]), 7 + 2 + 1 + 2, "utf-16"),
        (json!(["utf-32", "utf-8"]), 7 + 2 + 1 + 1, "utf-32"),
        (Value::Null, 7 + 2 + 1 + 2, "utf-16"),
    ] {
        let dir = workspace("");
        let mut editor = Editor::start(dir.path(), &json!({ "general": { "positionEncodings": encodings } }));
        assert_eq!(editor.capabilities["positionEncoding"], agreed);
        let found = editor.open(&uri(dir.path(), "a.md"), POST);
        let range = &found[0]["range"];
        assert_eq!((&found[0]["code"], &range["start"]["line"]), (&json!("broken-front-matter"), &json!(1)));
        assert_eq!(range["start"]["character"], expected, "{agreed}: {range}");
        editor.quit();
    }
}

#[test]
fn a_fix_is_offered_and_works() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let post = uri(dir.path(), "a.md");
    let found = editor.open(&post, POST);
    let actions = editor.actions(&post, &found[0]["range"]);
    let kinds: Vec<&str> = actions.iter().filter_map(|action| action["kind"].as_str()).collect();
    assert_eq!(kinds, ["quickfix", "quickfix", "source.fixAll.matterlint"]);
    assert_eq!(actions[0]["isPreferred"], true);
    let edit = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(
        (&edit["textDocument"]["version"], &edit["edits"][0]["newText"]),
        (&json!(1), &json!("\"안녕 😀: the book\""))
    );
    let change = json!({ "range": edit["edits"][0]["range"], "text": edit["edits"][0]["newText"] });
    assert_eq!(editor.change(&post, 2, &[change]), json!([]));
    editor.quit();
}

#[test]
fn a_suppression_is_offered_and_silences() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let post = uri(dir.path(), "a.md");
    let found = editor.open(&post, "---\ntitle: a\n---\n\n슬라이드 : ( 추후 업데이트 )\n");
    assert_eq!(found[0]["code"], "leftover-placeholder");
    let actions = editor.actions(&post, &found[0]["range"]);
    let edit = &actions.last().expect("an action")["edit"]["documentChanges"][0]["edits"][0];
    assert!(
        edit["newText"].as_str().is_some_and(|text| text.contains("disable-next-line leftover-placeholder: reason"))
    );
    let change = json!({ "range": edit["range"], "text": edit["newText"] });
    assert_eq!(editor.change(&post, 2, &[change]), json!([]));
    editor.quit();
}

#[test]
fn a_finding_shows_its_page() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let post = uri(dir.path(), "a.md");
    let found = editor.open(&post, POST);
    let at = |position: &Value| json!({ "textDocument": { "uri": post }, "position": position });
    let hover = editor.ask("textDocument/hover", at(&found[0]["range"]["start"]));
    let shown = hover["contents"]["value"].as_str().expect("Markdown");
    let url = concat!(env!("CARGO_PKG_HOMEPAGE"), "rules/broken-front-matter/");
    assert!(
        shown.starts_with("**broken-front-matter**: ") && shown.ends_with(&format!("[Documentation]({url})\n")),
        "{shown}"
    );
    assert!(!shown.contains("## "), "only what it is about is shown: {shown}");
    assert_eq!(found[0]["codeDescription"]["href"], url);
    let nothing = editor.ask("textDocument/hover", at(&json!({ "line": 5, "character": 0 })));
    assert_eq!(nothing, Value::Null);
    editor.quit();
}

#[test]
fn the_config_names_what_can_come_and_is_read_again() {
    let config = |level: &str| {
        format!(
            "content:\n  post:\n    files: ['**/*.md']\n    fields:\n      layout: {{ type: string, one-of: [post, page] }}\n      \
             tags: {{ type: list, required: true, items: {{ one-of: [aws, 개발] }} }}\nrules:\n  unknown-tag: {level}\n"
        )
    };
    let dir = workspace(&config("error"));
    let mut editor = Editor::start(dir.path(), &json!({}));
    let post = uri(dir.path(), "a.md");
    let found = editor.open(&post, "---\nlayout: post\ntags: [awz]\n\n---\n");
    assert_eq!(found[0]["code"], "unknown-tag", "{found}");
    let labels = |items: &Value| -> Vec<String> {
        let items = items.as_array().into_iter().flatten();
        items.filter_map(|item| Some(item["label"].as_str()?.to_owned())).collect()
    };
    let at = |line, character| json!({ "textDocument": { "uri": post }, "position": { "line": line, "character": character } });
    assert_eq!(labels(&editor.ask("textDocument/completion", at(2, 8))), ["aws", "개발"]);
    assert_eq!(labels(&editor.ask("textDocument/completion", at(1, 9))), ["post", "page"]);
    assert_eq!(labels(&editor.ask("textDocument/completion", at(3, 0))), Vec::<String>::new());

    let path = dir.path().join("matterlint.yaml");
    let saved = json!({ "textDocument": { "uri": uri(dir.path(), "matterlint.yaml") } });
    fs::write(&path, config("off")).expect("written");
    editor.notify("textDocument/didSave", saved.clone());
    assert_eq!(editor.published(&post), json!([]));

    fs::write(&path, "rulez: {}\n").expect("written");
    editor.notify("textDocument/didSave", saved.clone());
    let faults = editor.published(&uri(dir.path(), "matterlint.yaml"));
    assert!(faults[0]["message"].as_str().is_some_and(|message| message.contains("rules")), "{faults}");

    fs::write(&path, config("error")).expect("written");
    editor.notify("textDocument/didSave", saved);
    assert_eq!(editor.published(&uri(dir.path(), "matterlint.yaml")), json!([]), "the fixed config is clean again");
    editor.quit();
}

#[test]
fn what_is_no_file_is_looked_at_too_and_closing_clears() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    for name in ["untitled:Untitled-1", "vscode-vfs://github/x/y.md", "file:///no/such/folder/%EA%B0%80.md"] {
        assert_eq!(editor.open(name, POST)[0]["code"], "broken-front-matter", "{name}");
        editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": name } }));
        assert_eq!(editor.published(name), json!([]), "{name}");
    }
    editor.quit();
}

#[test]
fn places_outside_the_text_do_no_harm() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let post = uri(dir.path(), "a.md");
    editor.open(&post, POST);
    let place = |line: i64, character: i64| json!({ "line": line, "character": character });
    // Past the end, before its own start, and through the middle of a surrogate pair.
    let changes = [
        json!({ "range": { "start": place(99, 99), "end": place(999, 9) }, "text": "x" }),
        json!({ "range": { "start": place(3, 2), "end": place(1, 1) }, "text": "" }),
        json!({ "range": { "start": place(1, 11), "end": place(1, 11) }, "text": "y" }),
    ];
    editor.change(&post, 2, &changes);
    editor.notify("textDocument/didChange", json!({ "nonsense": true }));
    editor.notify("no/such/notification", Value::Null);
    let answer = editor.answer("no/such/request", json!({}));
    assert_eq!(answer["error"]["code"], -32601);
    let answer = editor.answer("textDocument/hover", json!({}));
    assert_eq!(answer["error"]["code"], -32602);
    editor.quit();
}

#[test]
fn only_the_last_of_many_versions_is_reported() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let post = uri(dir.path(), "a.md");
    editor.open(&post, POST);
    let last = 200;
    for version in 2..=last {
        let text = format!("{POST}\n{}", "\n".repeat(version as usize * 50));
        let document = json!({ "uri": post, "version": version });
        editor.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
    }
    let mut reported = Vec::new();
    while reported.last() != Some(&last) {
        let note = editor.note("textDocument/publishDiagnostics");
        reported.push(note["params"]["version"].as_i64().expect("a version"));
    }
    assert!(reported.is_sorted(), "{reported:?}");
    editor.quit();
}

#[test]
fn a_keystroke_is_answered_before_the_next() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let post = uri(dir.path(), "a.md");
    let paragraph =
        "이 글은 aws s3 cp 명령과 [링크](https://example.com)를 다룹니다. A line of prose, with `code`.\n\n";
    let text = format!("---\ntitle: 안녕\n---\n\n{}", paragraph.repeat(30 * 1024 / paragraph.len()));
    editor.open(&post, &text);
    let clock = Clock::of_process(editor.child.id());
    for version in 2..60 {
        let place = json!({ "line": 40, "character": 3 });
        editor.change(&post, version, &[json!({ "range": { "start": place, "end": place }, "text": "x" })]);
    }
    // 5 ms is the promise for release builds; this may be an unoptimized build.
    let (mean, bound) = (clock.seconds() / 58.0, if cfg!(debug_assertions) { 0.25 } else { 0.025 });
    assert!(mean < bound, "{mean} s");
    editor.quit();
}

#[test]
fn variants_of_a_uri_are_one_document() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let path = dir.path().display();
    let sent = format!("file://{path}/my%20post%5B1%5D.md");
    assert_eq!(editor.open(&sent, POST)[0]["code"], "broken-front-matter");
    for (version, variant) in
        [(2, format!("file:{path}/my post[1].md")), (3, format!("FILE://localhost{path}/my%20post%5b1%5d.md"))]
    {
        let document = json!({ "uri": variant, "version": version });
        let changes = [json!({ "text": "---\ntitle: a\n---\n\nTODO: write\n" })];
        editor.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        assert_eq!(editor.published(&sent)[0]["code"], "leftover-placeholder", "{variant}");
    }
    editor.quit();
}

#[test]
fn an_editor_that_asks_for_findings_gets_them_once() {
    let dir = workspace("");
    fs::create_dir(dir.path().join("_posts")).expect("made");
    fs::write(dir.path().join("_config.yml"), "title: a site\n").expect("written");
    let can =
        json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let mut editor = Editor::start(dir.path(), &can);
    assert_eq!(editor.capabilities["diagnosticProvider"]["interFileDependencies"], true);
    let (a, b) = (uri(dir.path(), "a.md"), uri(dir.path(), "b.md"));
    let page = |permalink: &str| format!("---\nlayout: post\ntitle: t\npermalink: {permalink}\n---\n\nText.\n");
    let open = |editor: &mut Editor, uri: &str, text: &str| {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    };
    let pull = |editor: &mut Editor, uri: &str, previous: &Value| {
        let params = json!({ "textDocument": { "uri": uri }, "previousResultId": previous });
        editor.ask("textDocument/diagnostic", params)
    };
    open(&mut editor, &b, &page("/one/"));
    let first = pull(&mut editor, &b, &Value::Null);
    assert_eq!((&first["kind"], &first["items"]), (&json!("full"), &json!([])));
    assert_eq!(pull(&mut editor, &b, &first["resultId"])["kind"], "unchanged");
    // Another page takes the same URL: the editor is notified to ask again.
    open(&mut editor, &a, &page("/one/"));
    editor.note("workspace/diagnostic/refresh");
    let second = pull(&mut editor, &b, &first["resultId"]);
    assert_eq!((&second["kind"], &second["items"][0]["code"]), (&json!("full"), &json!("url-collision")));
    editor.quit();
}

#[test]
fn all_pages_are_reported_to_an_editor_that_asks_and_again_when_they_change() {
    let dir = workspace("exclude: [skipped.md]\n");
    for index in 0..40 {
        let text = if index % 4 == 0 { "TODO: write\n" } else { "text\n" };
        fs::write(dir.path().join(format!("{index:02}.md")), text).expect("written");
    }
    fs::write(dir.path().join("skipped.md"), "TODO: write\n").expect("written");
    let mut editor = Editor::start(dir.path(), &json!({ "textDocument": { "diagnostic": {} } }));
    assert_eq!(editor.capabilities["diagnosticProvider"]["workspaceDiagnostics"], true);
    let first = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let items = first["items"].as_array().expect("a list");
    assert_eq!(items.len(), 10, "{first}");
    assert_eq!(
        (&items[1]["uri"], &items[1]["items"][0]["code"]),
        (&json!(uri(dir.path(), "04.md")), &json!("leftover-placeholder"))
    );
    let known: Vec<Value> = items.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let params = json!({ "previousResultIds": known });
    // Where nothing has changed there is no answer, and the editor may do something else or give up.
    editor.send(&json!({ "jsonrpc": "2.0", "id": "again", "method": "workspace/diagnostic", "params": params }));
    assert_eq!(editor.ask("workspace/symbol", json!({ "query": "no such page" })), json!([]));
    editor.notify("$/cancelRequest", json!({ "id": "again" }));
    assert_eq!(editor.said("again")["error"]["code"], -32800);
    editor.send(&json!({ "jsonrpc": "2.0", "id": "once more", "method": "workspace/diagnostic", "params": params }));
    fs::write(dir.path().join("04.md"), "done\n").expect("written");
    fs::write(dir.path().join("05.md"), "TODO: write\n").expect("written");
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let second = editor.said("once more");
    let items = second["result"]["items"].as_array().expect("a list");
    let full: Vec<(&Value, usize)> = items
        .iter()
        .filter(|item| item["kind"] == "full")
        .map(|item| (&item["uri"], item["items"].as_array().map_or(0, Vec::len)))
        .collect();
    assert_eq!(full, [(&json!(uri(dir.path(), "04.md")), 0), (&json!(uri(dir.path(), "05.md")), 1)]);
    editor.quit();
}

#[test]
fn findings_of_the_baseline_are_left_out() {
    let dir = workspace("baseline: known.json\n");
    let text = "TODO: write this\n";
    fs::write(dir.path().join("a.md"), text).expect("written");
    let run = |args: &[&str]| common::process::run(dir.path(), &[&["check"], args].concat(), "");
    assert_eq!(run(&[]).status.code(), Some(2), "the file isn't there");
    assert_eq!(run(&["--write-baseline"]).status.code(), Some(0));
    let known = fs::read(dir.path().join("known.json")).expect("a baseline");
    assert_eq!(run(&[]).status.code(), Some(0));
    let mut editor = Editor::start(dir.path(), &json!({}));
    let found = editor.open(&uri(dir.path(), "a.md"), text);
    assert_eq!(found, json!([]));
    let more = [json!({ "text": format!("{text}\nTODO: and that\n") })];
    let found = editor.change(&uri(dir.path(), "a.md"), 2, &more);
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    assert_eq!(found[0]["range"]["start"]["line"], 2);
    editor.quit();
    // Nobody but who asks for it changes the file that a config names.
    fs::write(dir.path().join("a.md"), "fixed\n").expect("written");
    assert_eq!(run(&[]).status.code(), Some(0));
    assert_eq!(fs::read(dir.path().join("known.json")).expect("a baseline"), known);
}

#[test]
fn errors_of_a_config_are_shown_as_a_message_once() {
    let dir = workspace("rulez: {}\n");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let config = uri(dir.path(), "matterlint.yaml");
    let document = json!({ "uri": uri(dir.path(), "a.md"), "languageId": "markdown", "version": 1, "text": POST });
    editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let note = editor.note("window/showMessage");
    assert_eq!(note["params"]["type"], 1);
    assert!(note["params"]["message"].as_str().is_some_and(|text| text.contains("matterlint.yaml:1: ")), "{note}");
    // The same errors aren't shown again, others are.
    for text in ["rulez: {}\n", "packz: {}\n"] {
        fs::write(dir.path().join("matterlint.yaml"), text).expect("written");
        editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": config } }));
    }
    let note = editor.note("window/showMessage");
    assert!(note["params"]["message"].as_str().is_some_and(|text| text.contains("packz")), "{note}");
    editor.quit();
}

#[test]
fn leaving_without_a_word_is_a_failure() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    editor.notify("exit", Value::Null);
    assert_eq!(editor.child.wait().expect("it ends").code(), Some(2));
    let mut editor = Editor::start(dir.path(), &json!({}));
    editor.stdin = None;
    assert_eq!(editor.child.wait().expect("it ends").code(), Some(2));
}
