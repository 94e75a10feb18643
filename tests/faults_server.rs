//! What must not happen to an editor's user. Each row's number is that of the project's list of faults.

mod common;

use common::editor::{Editor, uri, workspace};
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

const POST: &str = "---\ntitle: a: b\n---\n\nTODO: write this\n";

#[test]
fn row_82_a_uri_is_taken_and_given_back_as_it_was_sent() {
    let parent = workspace("");
    let dir = parent.path().join("내 글 [draft] {x}");
    fs::create_dir_all(dir.join(".git")).expect("a folder");
    fs::write(dir.join("matterlint.yaml"), "rules: { leftover-placeholder: off }\n").expect("a file");
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let raw = format!("file://{}", dir.display());
    let escaped = format!("file://{}/{}", parent.path().display(), encoded("내 글 [draft] {x}"));
    for root in [&raw, &escaped] {
        for params in [
            json!({ "rootUri": root, "capabilities": {} }),
            json!({ "rootUri": null, "capabilities": {}, "workspaceFolders": [{ "uri": root, "name": "x" }] }),
        ] {
            let mut editor = Editor::begin(&[], parent.path(), params);
            for name in ["a.md", "b c[1].md", "글.md", "%EA%B8%80.md", "a|b^c`d.md"] {
                let post = format!("{root}/{name}");
                let found = editor.open(&post, POST);
                // The config of the root counts: it was found.
                assert_eq!(found.as_array().map(Vec::len), Some(1), "{post}: {found}");
                let actions = editor.actions(&post, &found[0]["range"]);
                assert_eq!(actions[0]["edit"]["documentChanges"][0]["textDocument"]["uri"], post.as_str());
                editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": post } }));
                assert_eq!(editor.published(&post), json!([]));
            }
            editor.quit();
        }
    }
}

#[test]
fn row_83_arguments_that_editors_add_are_accepted() {
    let dir = workspace("");
    for args in [&["--stdio"][..], &["--clientProcessId=4711"], &["--stdio", "--clientProcessId", "1"]] {
        let mut editor = Editor::begin(args, dir.path(), json!({ "rootUri": uri(dir.path(), ""), "capabilities": {} }));
        let post = uri(dir.path(), "a.md");
        assert_eq!(editor.open(&post, POST)[0]["code"], "broken-front-matter");
        editor.quit();
    }
}

#[test]
fn row_83_a_huge_message_is_refused() {
    let dir = workspace("");
    for length in ["99999999999", "18446744073709551615", "99999999999999999999999"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_matterlint"));
        let command = command.arg("server").current_dir(dir.path()).stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.stdout(Stdio::null()).spawn().expect("the server starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        write!(stdin, "Content-Length: {length}\r\n\r\n{{").expect("the server listens");
        let mut said = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
        assert_eq!(child.wait().expect("it ends").code(), Some(2), "{said}");
        assert!(said.contains("the limit is 64 MiB"), "{said}");
        drop(stdin);
    }
}

#[test]
fn what_is_no_message_is_left_out() {
    let dir = workspace("");
    let mut editor = Editor::begin(&[], dir.path(), json!({ "rootUri": null, "capabilities": {} }));
    let stdin = editor.stdin.as_mut().expect("the server listens");
    write!(stdin, "Content-Length: 7\r\n\r\n{{\"a\":1}}Content-Length: 2\r\n\r\n[,").expect("the server listens");
    assert_eq!(editor.open("untitled:x", POST)[0]["code"], "broken-front-matter");
    editor.quit();
}

#[test]
fn row_84_only_text_code_and_links_to_https_are_shown() {
    let page = "---\nsummary: <b>x</b> [y](command:z).\nlevel: warning\ncheck: pattern\noptions:\n  pattern: qqq\n  message: m\n---\n\n\
        [run](command:workbench.action.terminal.new) ![i](https://example.com/i.png) <img src=\"https://example.com\">\n\n\
        [ok](https://example.com/x) and `<code>`, <https://example.com>, [ref]\n\n[ref]: command:evil\n\n\
        ## Bad\n\n```md\nqqq <b>\n```\n\n## Good\n\n```md\nq\n```\n";
    let dir = workspace("rule-dirs: [r]\n");
    fs::create_dir(dir.path().join("r")).expect("a folder");
    fs::write(dir.path().join("r/own.md"), page).expect("a file");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let post = uri(dir.path(), "a.md");
    let found = editor.open(&post, "a qqq\n");
    assert_eq!(found[0]["code"], "own", "{found}");
    let at = json!({ "textDocument": { "uri": post }, "position": found[0]["range"]["start"] });
    let hover = editor.ask("textDocument/hover", at);
    let shown = hover["contents"]["value"].as_str().expect("Markdown").to_owned();
    editor.quit();
    for expected in ["[ok](https://example.com/x)", "`<code>`", "\\[run\\](command&#58;", "&lt;b&gt;x"] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    let outside = shown.replace("`<code>`", "");
    assert!(
        !outside.contains('<') && !outside.contains("command:") && !outside.replace("\\!", "").contains("!["),
        "{shown}"
    );
}

#[test]
fn a_request_after_the_goodbye_is_answered_with_an_error() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    for method in ["textDocument/hover", "shutdown", "no/such"] {
        assert_eq!(editor.answer(method, json!({}))["error"]["code"], -32600, "{method}");
    }
    editor.notify("textDocument/didOpen", json!({}));
    editor.notify("exit", Value::Null);
    assert!(editor.child.wait().expect("it ends").success());
}

#[test]
fn a_broken_config_leaves_the_findings_of_a_page() {
    let dir = workspace("rules: { leftover-placeholder: error }\n");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let (post, config) = (uri(dir.path(), "a.md"), uri(dir.path(), "matterlint.yaml"));
    assert_eq!(editor.open(&post, POST).as_array().map(Vec::len), Some(2));
    fs::write(dir.path().join("matterlint.yaml"), "rulez: {}\n").expect("a file");
    editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": config } }));
    // No findings are reported for the page, neither then nor when it changes.
    let mut note = editor.note("textDocument/publishDiagnostics");
    assert_eq!(note["params"]["uri"].take(), config.as_str(), "{note}");
    let document = json!({ "uri": post, "version": 2 });
    editor.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [{ "text": "x\n" }] }));
    assert_eq!(
        editor.actions(&post, &json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 1 } })),
        Vec::<Value>::new()
    );
    fs::write(dir.path().join("matterlint.yaml"), "rules: { leftover-placeholder: off }\n").expect("a file");
    editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": config } }));
    let mut reported =
        vec![editor.note("textDocument/publishDiagnostics"), editor.note("textDocument/publishDiagnostics")];
    reported.sort_by_key(|note| note["params"]["uri"].to_string());
    assert!(reported.iter().all(|note| note["params"]["diagnostics"] == json!([])), "{reported:?}");
    assert_eq!((&reported[0]["params"]["uri"], &reported[1]["params"]["uri"]), (&json!(post), &json!(config)));
    editor.quit();
}

#[test]
fn row_79_an_editor_shows_how_many_findings_are_omitted() {
    let dir = workspace("max-findings: 10\n");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let text: String = (0..25).map(|n| format!("TODO: write {n}\n\n")).collect();
    let found = editor.open(&uri(dir.path(), "a.md"), &text);
    assert_eq!(found.as_array().map(Vec::len), Some(11));
    assert_eq!(found[10]["message"], "and 15 more findings in this file");
    editor.quit();
}
