//! The language server, spoken to as an editor does: messages on standard input, answers on standard output.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

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
fn a_fix_is_offered_and_mends() {
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
    assert!(edit["newText"].as_str().is_some_and(|text| text.contains("disable-next-line leftover-placeholder: why")));
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
    assert!(hover["contents"]["value"].as_str().is_some_and(|page| page.contains("## Good")), "{hover}");
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
    editor.tell("textDocument/didSave", saved.clone());
    assert_eq!(editor.published(&post), json!([]));

    fs::write(&path, "rulez: {}\n").expect("written");
    editor.tell("textDocument/didSave", saved.clone());
    let faults = editor.published(&uri(dir.path(), "matterlint.yaml"));
    assert!(faults[0]["message"].as_str().is_some_and(|message| message.contains("rules")), "{faults}");

    fs::write(&path, config("error")).expect("written");
    editor.tell("textDocument/didSave", saved);
    assert_eq!(editor.published(&uri(dir.path(), "matterlint.yaml")), json!([]), "the mended config is clean again");
    editor.quit();
}

#[test]
fn what_is_no_file_is_looked_at_too_and_closing_clears() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    for name in ["untitled:Untitled-1", "vscode-vfs://github/x/y.md", "file:///no/such/folder/%EA%B0%80.md"] {
        assert_eq!(editor.open(name, POST)[0]["code"], "broken-front-matter", "{name}");
        editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": name } }));
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
    editor.tell("textDocument/didChange", json!({ "nonsense": true }));
    editor.tell("no/such/notification", Value::Null);
    let answer = editor.answer("no/such/request", json!({}));
    assert_eq!(answer["error"]["code"], -32601);
    let answer = editor.answer("textDocument/hover", json!({}));
    assert_eq!(answer["error"]["code"], -32602);
    editor.quit();
}

#[test]
fn only_the_last_of_many_versions_is_told() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    let post = uri(dir.path(), "a.md");
    editor.open(&post, POST);
    let last = 200;
    for version in 2..=last {
        let text = format!("{POST}\n{}", "\n".repeat(version as usize * 50));
        let document = json!({ "uri": post, "version": version });
        editor
            .tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [{ "text": text }] }));
    }
    let mut told = Vec::new();
    while told.last() != Some(&last) {
        let note = editor.note("textDocument/publishDiagnostics");
        told.push(note["params"]["version"].as_i64().expect("a version"));
    }
    assert!(told.is_sorted(), "{told:?}");
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
    let mut times: Vec<Duration> = Vec::new();
    for version in 2..60 {
        let start = Instant::now();
        let place = json!({ "line": 40, "character": 3 });
        editor.change(&post, version, &[json!({ "range": { "start": place, "end": place }, "text": "x" })]);
        times.push(start.elapsed());
    }
    times.sort();
    let median = times[times.len() / 2];
    // 5 ms is the promise for what is shipped; this may be built without optimisation, on a busy machine.
    let bound = if cfg!(debug_assertions) { 250 } else { 25 };
    assert!(median < Duration::from_millis(bound), "{median:?}");
    editor.quit();
}

#[test]
fn leaving_without_a_word_is_a_failure() {
    let dir = workspace("");
    let mut editor = Editor::start(dir.path(), &json!({}));
    editor.tell("exit", Value::Null);
    assert_eq!(editor.child.wait().expect("it ends").code(), Some(2));
    let mut editor = Editor::start(dir.path(), &json!({}));
    editor.stdin = None;
    assert_eq!(editor.child.wait().expect("it ends").code(), Some(2));
}

struct Editor {
    child: Child,
    stdin: Option<ChildStdin>,
    /// What the server says, read as it comes: an editor that writes on without reading would stop them both.
    said: Receiver<Value>,
    capabilities: Value,
    next: u64,
}

impl Editor {
    fn start(root: &Path, capabilities: &Value) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_matterlint"));
        let command = command.arg("server").current_dir(root).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().expect("the server starts");
        let stdin = child.stdin.take();
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let (tell, said) = channel();
        std::thread::spawn(move || while read(&mut stdout).is_some_and(|message| tell.send(message).is_ok()) {});
        let mut editor = Self { child, stdin, said, capabilities: Value::Null, next: 0 };
        let params = json!({ "processId": null, "rootUri": uri(root, ""), "capabilities": capabilities });
        editor.capabilities = editor.ask("initialize", params)["capabilities"].take();
        editor.tell("initialized", json!({}));
        editor
    }

    fn quit(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        assert!(self.child.wait().expect("it ends").success());
    }

    fn open(&mut self, uri: &str, text: &str) -> Value {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        self.published(uri)
    }

    fn change(&mut self, uri: &str, version: i64, changes: &[Value]) -> Value {
        let document = json!({ "uri": uri, "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        self.published(uri)
    }

    fn actions(&mut self, uri: &str, range: &Value) -> Vec<Value> {
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
        serde_json::from_value(self.ask("textDocument/codeAction", params)).expect("a list")
    }

    /// The next findings told of a text.
    fn published(&mut self, uri: &str) -> Value {
        loop {
            let mut note = self.note("textDocument/publishDiagnostics");
            if note["params"]["uri"] == uri {
                return note["params"]["diagnostics"].take();
            }
        }
    }

    fn note(&mut self, method: &str) -> Value {
        loop {
            let message = self.read();
            if message["method"] == method {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let mut answer = self.answer(method, params);
        assert_eq!(answer["error"], Value::Null, "{method}");
        answer["result"].take()
    }

    fn answer(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message["id"] == id {
                return message;
            }
        }
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let stdin = self.stdin.as_mut().expect("the server listens");
        write!(stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server listens");
        stdin.flush().expect("the server listens");
    }

    fn read(&mut self) -> Value {
        self.said.recv_timeout(Duration::from_secs(60)).expect("the server answers")
    }
}

/// The next message; none where the server is gone.
fn read(stdout: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stdout.read_line(&mut line).expect("a header") == 0 {
            return None;
        }
        match line.trim().strip_prefix("Content-Length: ") {
            Some(number) => length = number.parse().expect("a number"),
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    stdout.read_exact(&mut body).expect("a body");
    Some(serde_json::from_slice(&body).expect("JSON"))
}

fn workspace(config: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir(dir.path().join(".git")).expect("made");
    if !config.is_empty() {
        fs::write(dir.path().join("matterlint.yaml"), config).expect("written");
    }
    dir
}

/// The URI of a file whose path holds nothing that needs escaping.
fn uri(root: &Path, name: &str) -> String {
    format!("file://{}/{name}", root.display())
}
