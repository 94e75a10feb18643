//! `matterlint server`: the language server protocol on standard input and output, in one loop.
//!
//! Nothing is looked at while messages wait: a text that changes ten times in a row is looked at once, as it is in the
//! end. So no result is ever about a text that the editor no longer has.

mod actions;
mod completion;
mod markdown;
mod messages;
mod place;
mod severity;
mod stream;
mod uri;

use crate::diagnostic::{Diagnostic, Level};
use crate::fs::{Cached, Os, relative};
use crate::lsp::messages::{Actions, Changed, Closed, Initialize, Opened, Place};
use crate::lsp::place::Units;
use crate::source::Source;
use crate::workspace::{Options, Workspace};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Serves one editor until it says goodbye; `cwd` is the workspace of an editor that names none.
///
/// # Errors
/// If the editor violates the protocol, or disconnects without notice.
pub(crate) fn stdio(cwd: PathBuf) -> Result<(), String> {
    let (connection, threads) = stream::connect();
    let served = serve(connection, cwd);
    // What went wrong with the streams says more than that the editor is gone.
    threads.join(served.is_ok())?;
    served
}

/// Serves whoever is at the other end of `connection`, as [`stdio`] does.
///
/// # Errors
/// As [`stdio`]'s.
pub(crate) fn serve(connection: Connection, cwd: PathBuf) -> Result<(), String> {
    let (id, params) = connection.initialize_start().map_err(|error| error.to_string())?;
    let params: Initialize = serde_json::from_value(params).map_err(|error| error.to_string())?;
    let general = params.capabilities.general.as_ref();
    let units = Units::agree(general.and_then(|general| general.position_encodings.as_deref()).unwrap_or_default());
    let watches = params.capabilities.workspace.as_ref().and_then(|workspace| workspace.did_change_watched_files);
    let introduction = json!({
        "serverInfo": { "name": "matterlint", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": units.kind(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "codeActionProvider": { "codeActionKinds": actions::KINDS },
            "completionProvider": { "triggerCharacters": completion::TRIGGERS },
            "hoverProvider": true,
        },
    });
    connection.initialize_finish(id, introduction).map_err(|error| error.to_string())?;
    let folder = folder(&params, cwd);
    let options = Options { home: None, ..Options::new(folder.clone()) };
    let server = Server {
        connection,
        units,
        workspace: Workspace::new(Arc::new(Cached::new(Arc::new(Os))), options),
        folder,
        open: BTreeMap::new(),
        faulty: BTreeSet::new(),
        fixed_configs: BTreeSet::new(),
        is_shut_down: false,
    };
    if watches.is_some_and(|watches| watches.dynamic_registration == Some(true)) {
        server.watch();
    }
    server.run()
}

fn folder(params: &Initialize, cwd: PathBuf) -> PathBuf {
    let folder = params.workspace_folders.iter().flatten().next().map(|folder| &folder.uri);
    // Editors that know no workspace folders send only the root.
    match folder.or(params.root_uri.as_ref()) {
        Some(uri) => uri::path_of(uri, &cwd),
        None => cwd,
    }
}

struct Server {
    connection: Connection,
    units: Units,
    /// The folder that the editor has open.
    folder: PathBuf,
    workspace: Workspace,
    /// The texts that the editor has open, by URI.
    open: BTreeMap<String, Text>,
    /// URIs of the configs whose faults the editor shows.
    faulty: BTreeSet<String>,
    /// Those of them that may have been fixed, because they will be read again.
    fixed_configs: BTreeSet<String>,
    /// Whether the editor has said goodbye: nothing is answered then.
    is_shut_down: bool,
}

/// A text as an editor has it.
struct Text {
    uri: String,
    path: PathBuf,
    version: i32,
    source: Source,
    /// What was found in it; none where it has changed since.
    found: Option<Vec<Diagnostic>>,
}

impl Text {
    /// Whether it belongs among the pages of a site: what a version control or an unsaved note shows doesn't.
    fn is_file(&self) -> bool {
        self.uri.starts_with("file:")
    }
}

impl Server {
    fn run(mut self) -> Result<(), String> {
        loop {
            let message = match self.connection.receiver.try_recv() {
                Ok(message) => message,
                Err(_) => {
                    self.look_at_changes();
                    let Ok(message) = self.connection.receiver.recv() else {
                        return Err("the client disconnected".to_owned());
                    };
                    message
                }
            };
            match message {
                Message::Request(request) => {
                    let response = self.answer(request);
                    self.send(Message::Response(response));
                }
                Message::Notification(note) if note.method == "exit" => {
                    let is_polite = self.is_shut_down;
                    return is_polite
                        .then_some(())
                        .ok_or_else(|| "the client exited without a shutdown request".to_owned());
                }
                Message::Notification(_) if self.is_shut_down => {}
                Message::Notification(note) => self.handle_notification(note),
                Message::Response(_) => {}
            }
        }
    }

    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        if self.is_shut_down {
            let message = "the server is shut down; `exit` is all that can follow".to_owned();
            return Response::new_err(id, ErrorCode::InvalidRequest as i32, message);
        }
        let result = match method.as_str() {
            "shutdown" => {
                self.is_shut_down = true;
                Ok(Value::Null)
            }
            "initialize" => {
                let message = "the server is initialized already".to_owned();
                return Response::new_err(id, ErrorCode::InvalidRequest as i32, message);
            }
            "textDocument/codeAction" => serde_json::from_value(params).map(|params| self.code_actions(&params)),
            "textDocument/completion" => serde_json::from_value(params).map(|params| self.complete(&params)),
            "textDocument/hover" => serde_json::from_value(params).map(|params| self.hover(&params)),
            _ => return Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("unknown method `{method}`")),
        };
        match result {
            Ok(value) => Response::new_ok(id, value),
            Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        }
    }

    /// A notification that isn't understood is left alone: there is nobody to answer.
    fn handle_notification(&mut self, note: Notification) {
        let Notification { method, params } = note;
        match method.as_str() {
            "textDocument/didOpen" => serde_json::from_value(params).map(|params| self.opened(params)),
            "textDocument/didChange" => serde_json::from_value(params).map(|params| self.changed(params)),
            "textDocument/didClose" => serde_json::from_value(params).map(|params| self.closed(&params)),
            // What was saved, or changed on disk, may be a config or what a config names.
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => {
                self.workspace.invalidate();
                self.fixed_configs = self.faulty.clone();
                self.open.values_mut().for_each(|text| text.found = None);
                Ok(())
            }
            _ => Ok(()),
        }
        .unwrap_or_default();
    }

    fn opened(&mut self, params: Opened) {
        let document = params.text_document;
        let path = uri::path_of(&document.uri, &self.folder);
        // Named as `matterlint check` would name it, run in the workspace.
        let source = Source::new(relative(&path, &self.folder), document.text.into_bytes());
        let key = document.uri.clone();
        let text = Text { uri: document.uri, path, version: document.version, source, found: None };
        self.open.insert(key, text);
    }

    fn changed(&mut self, params: Changed) {
        let Some(text) = self.open.get_mut(&params.text_document.uri) else { return };
        for change in params.content_changes {
            let now = match change.range {
                None => change.text,
                Some(range) => {
                    let span = self.units.span(&text.source, range);
                    let was = text.source.text();
                    [&was[..span.start], &change.text, &was[span.end..]].concat()
                }
            };
            text.source = Source::new(text.source.path(), now.into_bytes());
        }
        (text.version, text.found) = (params.text_document.version, None);
    }

    fn closed(&mut self, params: &Closed) {
        if let Some(text) = self.open.remove(&params.text_document.uri) {
            self.workspace.close_page(&text.path);
            self.publish(&text.uri, None, vec![]);
        }
    }

    /// Tells the workspace what has changed. Texts of which other pages then tell something else are linted again.
    fn compare_pages(&mut self) {
        for text in self.open.values().filter(|text| text.found.is_none() && text.is_file()) {
            self.workspace.update_page(&text.path, &text.source);
        }
        let open = self.open.values().map(|text| text.source.path());
        let changed: BTreeSet<PathBuf> = self.workspace.refresh(open).into_iter().map(Path::to_owned).collect();
        for text in self.open.values_mut().filter(|text| changed.contains(text.source.path())) {
            text.found = None;
        }
    }

    /// Looks at every text that has changed since it was last looked at. Where its config has errors, what was published of it
    /// stays: the errors are published instead.
    fn look_at_changes(&mut self) {
        self.compare_pages();
        let mut news = Vec::new();
        let mut looked = false;
        for text in self.open.values_mut().filter(|text| text.found.is_none()) {
            looked = true;
            let Some((found, omitted)) = self.workspace.lint_page(&text.path, &text.source) else {
                text.found = Some(Vec::new());
                continue;
            };
            let shown = found.iter().map(|diagnostic| actions::shown(diagnostic, &text.source, self.units, &text.uri));
            let mut shown: Vec<Value> = shown.collect();
            if !omitted.is_empty() {
                shown.push(rest(omitted.total(), &shown));
            }
            text.found = Some(found);
            news.push((text.uri.clone(), Some(text.version), shown));
        }
        for faults in self.workspace.take_config_errors().diagnostics {
            let uri = uri::uri_of(&self.folder.join(faults.source.path()));
            let shown = faults.diagnostics.iter().map(|fault| actions::shown(fault, &faults.source, self.units, &uri));
            news.push((uri.clone(), None, shown.collect()));
            self.fixed_configs.remove(&uri);
            self.faulty.insert(uri);
        }
        if looked {
            for uri in std::mem::take(&mut self.fixed_configs) {
                self.faulty.remove(&uri);
                news.push((uri, None, vec![]));
            }
        }
        for (uri, version, diagnostics) in news {
            self.publish(&uri, version, diagnostics);
        }
    }

    fn code_actions(&mut self, params: &Actions) -> Value {
        self.look_at_changes();
        let text = self.open.get(&params.text_document.uri);
        let actions = text.map(|text| {
            let found = text.found.as_deref().unwrap_or_default();
            actions::all(&self.workspace, found, &text.source, self.units, params, text.version)
        });
        json!(actions.unwrap_or_default())
    }

    fn complete(&mut self, params: &Place) -> Value {
        let place = params;
        let Some(text) = self.open.get(&place.text_document.uri) else { return Value::Null };
        let at = self.units.offset(&text.source, place.position);
        let all = self.workspace.completions(&text.path, &text.source, at);
        json!(all.into_iter().map(|one| completion::item(one, &text.source, self.units)).collect::<Vec<_>>())
    }

    /// The documentation of the rule of the finding at a place.
    fn hover(&mut self, params: &Place) -> Value {
        self.look_at_changes();
        let place = params;
        let Some(text) = self.open.get(&place.text_document.uri) else { return Value::Null };
        let at = self.units.offset(&text.source, place.position);
        let mut found = text.found.iter().flatten();
        let Some(here) = found.find(|found| found.span.contains(at) || found.span.start == at) else {
            return Value::Null;
        };
        let Some(doc) = self.workspace.rule_doc(&here.rule) else { return Value::Null };
        let text_of_rule = markdown::harmless(&format!("**{}**: {}\n\n{}", doc.id, doc.summary, doc.documentation));
        json!({
            "contents": { "kind": "markdown", "value": text_of_rule },
            "range": self.units.range(&text.source, here.span),
        })
    }

    fn publish(&self, uri: &str, version: Option<i32>, diagnostics: Vec<Value>) {
        let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
        if let Some(version) = version {
            params["version"] = json!(version);
        }
        let method = "textDocument/publishDiagnostics".to_owned();
        self.send(Message::Notification(Notification::new(method, params)));
    }

    /// Asks for notifications about other pages, configs, and files that a config or a page may name.
    fn watch(&self) {
        let watchers = json!([{ "globPattern": "**/*.{yaml,yml,json,toml,csv,md,markdown,mdown,mkd,mdx,qmd,rmd,Rmd,png,jpg,jpeg,gif,svg,webp,avif}" }]);
        let registration = json!({ "registrations": [{
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        }] });
        let method = "client/registerCapability".to_owned();
        self.send(Message::Request(Request::new("files".to_owned().into(), method, registration)));
    }

    fn send(&self, message: Message) {
        // The receiver reports that an editor no longer listens.
        let _ = self.connection.sender.send(message);
    }
}

/// How many findings of a page are left out, where the last that is listed is.
fn rest(count: usize, listed: &[Value]) -> Value {
    let range = listed.last().map_or(Value::Null, |last| last["range"].clone());
    json!({
        "range": range,
        "severity": severity::severity(Level::Info),
        "code": "max-findings",
        "source": "matterlint",
        "message": format!("and {count} more finding{} in this file", if count == 1 { "" } else { "s" }),
    })
}
