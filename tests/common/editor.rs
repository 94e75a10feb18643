//! A language server's other end: messages on standard input, answers on standard output.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// `matterlint server`, spoken to as an editor does.
pub(crate) struct Editor {
    pub(crate) child: Child,
    pub(crate) stdin: Option<ChildStdin>,
    /// The messages of the server, read when they arrive: an editor that writes without reading would block both.
    messages: Receiver<Value>,
    pub(crate) capabilities: Value,
    next: u64,
}

impl Editor {
    pub(crate) fn start(root: &Path, capabilities: &Value) -> Self {
        let params = json!({ "processId": null, "rootUri": uri(root, ""), "capabilities": capabilities });
        Self::begin(&[], root, params)
    }

    /// Starts `matterlint server ARGS…` in `dir` and initializes it.
    pub(crate) fn begin(args: &[&str], dir: &Path, params: Value) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_matterlint"));
        let command = command.arg("server").args(args).current_dir(dir).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().expect("the server starts");
        let stdin = child.stdin.take();
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, messages) = channel();
        std::thread::spawn(move || while read(&mut stdout).is_some_and(|message| sender.send(message).is_ok()) {});
        let mut editor = Self { child, stdin, messages, capabilities: Value::Null, next: 0 };
        editor.capabilities = editor.ask("initialize", params)["capabilities"].take();
        editor.notify("initialized", json!({}));
        editor
    }

    pub(crate) fn quit(mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.notify("exit", Value::Null);
        assert!(self.child.wait().expect("it ends").success());
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) -> Value {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        self.published(uri)
    }

    /// The findings reported for the text as it then is.
    pub(crate) fn change(&mut self, uri: &str, version: i64, changes: &[Value]) -> Value {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        loop {
            let mut note = self.note("textDocument/publishDiagnostics");
            if note["params"]["uri"] == uri && note["params"]["version"] == version {
                return note["params"]["diagnostics"].take();
            }
        }
    }

    pub(crate) fn actions(&mut self, uri: &str, range: &Value) -> Vec<Value> {
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
        serde_json::from_value(self.ask("textDocument/codeAction", params)).expect("a list")
    }

    /// The next findings reported for a text.
    pub(crate) fn published(&mut self, uri: &str) -> Value {
        loop {
            let mut note = self.note("textDocument/publishDiagnostics");
            if note["params"]["uri"] == uri {
                return note["params"]["diagnostics"].take();
            }
        }
    }

    pub(crate) fn note(&mut self, method: &str) -> Value {
        loop {
            let message = self.read();
            if message["method"] == method {
                return message;
            }
        }
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let mut answer = self.answer(method, params);
        assert_eq!(answer["error"], Value::Null, "{method}");
        answer["result"].take()
    }

    pub(crate) fn answer(&mut self, method: &str, params: Value) -> Value {
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

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The answer to the request with this id.
    pub(crate) fn said(&mut self, id: &str) -> Value {
        loop {
            let message = self.read();
            if message["id"] == id && message["method"].is_null() {
                return message;
            }
        }
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let stdin = self.stdin.as_mut().expect("the server listens");
        write!(stdin, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("the server listens");
        stdin.flush().expect("the server listens");
    }

    fn read(&mut self) -> Value {
        self.messages.recv_timeout(Duration::from_secs(60)).expect("the server answers")
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

pub(crate) fn workspace(config: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir(dir.path().join(".git")).expect("made");
    if !config.is_empty() {
        fs::write(dir.path().join("matterlint.yaml"), config).expect("written");
    }
    dir
}

/// The URI of a file whose path holds nothing that needs escaping.
pub(crate) fn uri(root: &Path, name: &str) -> String {
    format!("file://{}/{name}", root.display())
}
