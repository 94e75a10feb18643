//! A text changed in an editor: what the server says of it in the end is what it says of the same text opened anew.

use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};

/// Text put in the place of a range; lines and columns from 0, in the negotiated units.
#[derive(Debug)]
pub struct Change {
    pub start: (u32, u32),
    pub end: (u32, u32),
    pub text: String,
}

/// Makes the changes in a server, one by one, and to a text of our own.
pub fn of_edits(units: &str, text: &str, changes: &[Change]) {
    let (server, editor) = Connection::memory();
    let server = std::thread::spawn(move || crate::lsp::serve(server, "/".into()));
    let send = |message: Message| editor.sender.send(message).expect("the server listens");
    let notify = |method: &str, params: Value| send(Notification::new(method.to_owned(), params).into());
    let ask = |id: i32, method: &str, params: Value| send(Request::new(id.into(), method.to_owned(), params).into());
    let capabilities = json!({ "general": { "positionEncodings": [units] } });
    ask(
        1,
        "initialize",
        json!({ "processId": null, "rootUri": "file:///no/such/folder", "capabilities": capabilities }),
    );
    notify("initialized", json!({}));
    let uri = |name: &str| format!("file:///no/such/folder/{name}");
    let open = |name: &str, text: &str| {
        let document = json!({ "uri": uri(name), "languageId": "markdown", "version": 0, "text": text });
        notify("textDocument/didOpen", json!({ "textDocument": document }));
    };
    open("a.md", text);
    let mut now = text.to_owned();
    for (version, change) in (1..).zip(changes) {
        let (start, end) = (offset(units, &now, change.start), offset(units, &now, change.end));
        now.replace_range(start..end.max(start), &change.text);
        let place = |(line, character)| json!({ "line": line, "character": character });
        let range = json!({ "start": place(change.start), "end": place(change.end) });
        let document = json!({ "uri": uri("a.md"), "version": version });
        let changes = json!([{ "range": range, "text": change.text }]);
        notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }
    open("b.md", &now);
    // An answer about the last text can't come before both were looked at.
    let place = json!({ "textDocument": { "uri": uri("b.md") }, "position": { "line": 0, "character": 0 } });
    ask(2, "textDocument/hover", place);
    ask(3, "shutdown", Value::Null);
    notify("exit", Value::Null);
    let mut reported = [Value::Null, Value::Null];
    for message in &editor.receiver {
        if let Message::Notification(note) = message {
            let name = ["a.md", "b.md"].iter().position(|name| note.params["uri"] == uri(name).as_str());
            let found = note.params["diagnostics"].to_string().replace("/a.md", "/b.md");
            reported[name.expect("one of the two")] = Value::String(found);
        }
    }
    server.join().expect("the server ends").expect("with a goodbye");
    assert_ne!(reported[1], Value::Null);
    assert_eq!(reported[0], reported[1], "{now:?} after {changes:?} in {text:?}");
}

/// The byte at a position: the nearest there is.
fn offset(units: &str, text: &str, (line, column): (u32, u32)) -> usize {
    let (mut at, mut lines) = (0, 0);
    while lines < line {
        let Some(end) = text[at..].find(['\r', '\n']) else { return text.len() };
        at += end + if text[at + end..].starts_with("\r\n") { 2 } else { 1 };
        lines += 1;
    }
    let mut left = column as usize;
    for c in text[at..].chars().take_while(|c| !matches!(c, '\r' | '\n')) {
        let width = match units {
            "utf-8" => c.len_utf8(),
            "utf-16" => c.len_utf16(),
            _ => 1,
        };
        if left < width {
            break;
        }
        left -= width;
        at += c.len_utf8();
    }
    at
}
