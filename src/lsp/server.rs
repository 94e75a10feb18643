//! The loop of the server: messages in, answers and findings out.

use crate::lsp::messages::{Cancelled, Changed, Closed, Opened};
use crate::lsp::session::Session;
use crate::lsp::uri::uri_of;
use crate::lsp::workspace_pull::WorkspacePull;
use crate::lsp::{actions, completion, diagnostics, hover, navigation, rename};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The message for an internal error, which costs nothing but this answer.
const INTERNAL_ERROR: &str =
    concat!("internal error in matterlint ", env!("CARGO_PKG_VERSION"), "; please report this bug");

/// The files of which notifications are asked for: other pages, configs, and files that a config or a page may name.
const WATCHED: &str =
    "**/*.{yaml,yml,json,toml,csv,md,markdown,mdown,mkd,mdx,qmd,rmd,Rmd,png,jpg,jpeg,gif,svg,webp,avif}";

/// A server for one editor.
pub(super) struct Server {
    connection: Connection,
    session: Session,
    /// URIs of the configs whose faults the editor shows.
    faulty: BTreeSet<String>,
    /// Those of them that may have been fixed, because they will be read again.
    fixed_configs: BTreeSet<String>,
    /// The errors of configs that were last shown as a message; empty if they are fixed.
    said: String,
    /// Whether files may have changed since the editor was last notified to ask again.
    is_stale: bool,
    pull: WorkspacePull,
    /// The number of requests to the editor.
    asked: i32,
    /// Whether the editor has said goodbye: nothing is answered then.
    is_shut_down: bool,
}

/// Why a request isn't answered.
type Refusal = (ErrorCode, String);

/// What `work` makes of the parameters of a request.
fn with<P: DeserializeOwned, R>(params: Value, work: impl FnOnce(P) -> R) -> Result<R, Refusal> {
    serde_json::from_value(params).map(work).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

/// The answer to a request that nobody waits for any more.
fn cancelled(id: RequestId) -> Response {
    Response::new_err(id, ErrorCode::RequestCanceled as i32, "cancelled".to_owned())
}

impl Server {
    pub(super) fn new(connection: Connection, session: Session) -> Self {
        let (faulty, fixed_configs, said) = Default::default();
        let pull = WorkspacePull::new();
        Self { connection, session, faulty, fixed_configs, said, is_stale: false, pull, asked: 0, is_shut_down: false }
    }

    /// Serves until the editor says goodbye.
    ///
    /// # Errors
    /// If the editor violates the protocol, or disconnects without notice.
    pub(super) fn run(mut self) -> Result<(), String> {
        if self.session.client.watches {
            self.watch();
        }
        loop {
            let message = match self.connection.receiver.try_recv() {
                Ok(message) => message,
                Err(_) => {
                    self.look_at_changes();
                    if self.pull.has_work() {
                        self.pull_workspace();
                        continue;
                    }
                    let Ok(message) = self.connection.receiver.recv() else {
                        return Err("the client disconnected".to_owned());
                    };
                    message
                }
            };
            match message {
                Message::Request(request) if request.method == "workspace/diagnostic" && !self.is_shut_down => {
                    self.ask_workspace(request);
                }
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
                Message::Notification(note) => {
                    // An error of our own in it is written to standard error; there is nobody to answer.
                    let _ = catch_unwind(AssertUnwindSafe(|| self.handle_notification(note)));
                }
                Message::Response(_) => {}
            }
        }
    }

    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let refuse = |code: ErrorCode, message: String| Response::new_err(id.clone(), code as i32, message);
        if self.is_shut_down {
            let message = "the server is shut down; `exit` is all that can follow".to_owned();
            return refuse(ErrorCode::InvalidRequest, message);
        }
        match method.as_str() {
            "shutdown" => {
                self.is_shut_down = true;
                self.cancel(None);
                return Response::new_ok(id, Value::Null);
            }
            "initialize" => {
                return refuse(ErrorCode::InvalidRequest, "the server is initialized already".to_owned());
            }
            _ => {}
        }
        match catch_unwind(AssertUnwindSafe(|| self.result_of(&method, params))) {
            Ok(Some(Ok(value))) => Response::new_ok(id, value),
            Ok(Some(Err((code, message)))) => refuse(code, message),
            Ok(None) => refuse(ErrorCode::MethodNotFound, format!("unknown method `{method}`")),
            Err(_) => refuse(ErrorCode::InternalError, INTERNAL_ERROR.to_owned()),
        }
    }

    /// The result of a request; none for a method that isn't known.
    fn result_of(&mut self, method: &str, params: Value) -> Option<Result<Value, Refusal>> {
        // Whatever is asked of a site is asked of the texts as they are now.
        self.look_at_changes();
        let session = &self.session;
        Some(match method {
            "textDocument/codeAction" => with(params, |params| json!(actions::all(session, &params))),
            "textDocument/completion" => with(params, |params| completion::all(session, &params)),
            "textDocument/definition" => with(params, |params| navigation::definitions(session, &params)),
            "textDocument/diagnostic" => with(params, |params| diagnostics::pulled(session, &params)),
            "textDocument/documentLink" => with(params, |params| navigation::links(session, &params)),
            "textDocument/documentSymbol" => with(params, |params| navigation::headings(session, &params)),
            "textDocument/hover" => with(params, |params| hover::hover(session, &params)),
            "textDocument/prepareRename" => with(params, |params| rename::prepare(session, &params)),
            "textDocument/references" => with(params, |params| navigation::references(session, &params)),
            "textDocument/rename" => match with(params, |params| rename::rename(session, &params)) {
                Ok(Ok(edit)) => Ok(edit),
                Ok(Err(reason)) => Err((ErrorCode::RequestFailed, reason)),
                Err(refusal) => Err(refusal),
            },
            "workspace/symbol" => with(params, |params| navigation::pages(session, &params)),
            "workspace/willRenameFiles" => with(params, |params| rename::files(session, &params)),
            _ => return None,
        })
    }

    /// A notification that isn't understood is left alone: there is nobody to answer.
    fn handle_notification(&mut self, note: Notification) {
        let Notification { method, params } = note;
        match method.as_str() {
            "textDocument/didOpen" => {
                serde_json::from_value::<Opened>(params).map(|params| self.session.documents.open(params.text_document))
            }
            "textDocument/didChange" => serde_json::from_value::<Changed>(params).map(|params| {
                let Changed { text_document, content_changes } = params;
                self.session.documents.change(&text_document, content_changes, self.session.units);
            }),
            "textDocument/didClose" => serde_json::from_value(params).map(|params| self.closed(&params)),
            // What was saved, or changed on disk, may be a config or what a config names.
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => {
                self.session.workspace.invalidate();
                self.is_stale = true;
                self.pull.invalidate();
                self.fixed_configs = self.faulty.clone();
                self.session.documents.all_mut().for_each(|text| text.found = None);
                Ok(())
            }
            "$/cancelRequest" => {
                serde_json::from_value::<Cancelled>(params).map(|params| self.cancel(Some(&params.id)))
            }
            _ => Ok(()),
        }
        .unwrap_or_default();
    }

    /// Takes a request for the findings of all pages in.
    fn ask_workspace(&mut self, request: Request) {
        let Request { id, params, .. } = request;
        match with(params, |params| self.pull.ask(id.clone(), params)) {
            Ok(None) => {}
            Ok(Some(old)) => self.send(Message::Response(cancelled(old))),
            Err((code, message)) => self.send(Message::Response(Response::new_err(id, code as i32, message))),
        }
    }

    /// Goes on with the findings of all pages.
    fn pull_workspace(&mut self) {
        let Self { pull, session, .. } = self;
        match catch_unwind(AssertUnwindSafe(|| pull.work(session))) {
            Ok(None) => {}
            Ok(Some((id, answer))) => self.send(Message::Response(Response::new_ok(id, answer))),
            Err(_) => self.cancel(None),
        }
    }

    /// Answers the request for the findings of all pages that waits, if it is meant, with nothing.
    fn cancel(&mut self, id: Option<&RequestId>) {
        if let Some(id) = self.pull.cancel(id) {
            self.send(Message::Response(cancelled(id)));
        }
    }

    fn closed(&mut self, params: &Closed) {
        if let Some(text) = self.session.documents.close(&params.text_document.uri) {
            if text.is_file() {
                self.session.workspace.close_page(&text.path);
                self.pull.invalidate();
            }
            if !self.session.client.pulls {
                self.publish(&text.uri, None, vec![]);
            }
        }
    }

    /// Lints every text that has changed, and tells the editor what was found.
    fn look_at_changes(&mut self) {
        let Ok(linted) = catch_unwind(AssertUnwindSafe(|| diagnostics::lint_changed(&mut self.session))) else {
            // What fails once would fail again.
            self.session.documents.all_mut().for_each(|text| _ = text.found.get_or_insert_default());
            return;
        };
        let session = &self.session;
        if session.client.pulls {
            if linted.others || self.is_stale {
                self.refresh();
            }
            self.is_stale = false;
        } else {
            for uri in &linted.uris {
                let Some(text) = session.documents.get(uri) else { continue };
                self.publish(uri, Some(text.version), diagnostics::shown_of(session, text));
            }
        }
        self.report_config_errors(!linted.uris.is_empty());
    }

    /// Shows what is wrong with configs: at its place, and as a message, because nobody may have the config open.
    fn report_config_errors(&mut self, linted: bool) {
        let errors = self.session.workspace.take_config_errors();
        if !errors.is_empty() {
            let message = errors.to_string();
            if message != self.said {
                let params = json!({ "type": 1, "message": format!("matterlint: {message}") });
                self.send(Message::Notification(Notification::new("window/showMessage".to_owned(), params)));
                self.said = message;
            }
        }
        for faults in errors.diagnostics {
            let uri = uri_of(&self.session.folder.join(faults.source.path()));
            let shown = |fault| diagnostics::shown(&self.session, fault, &faults.source, &uri);
            self.publish(&uri, None, faults.diagnostics.iter().map(shown).collect());
            self.fixed_configs.remove(&uri);
            self.faulty.insert(uri);
        }
        if linted {
            for uri in std::mem::take(&mut self.fixed_configs) {
                self.faulty.remove(&uri);
                self.publish(&uri, None, vec![]);
            }
            if self.faulty.is_empty() {
                self.said.clear();
            }
        }
    }

    fn publish(&self, uri: &str, version: Option<i32>, diagnostics: Vec<Value>) {
        let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
        if let Some(version) = version {
            params["version"] = json!(version);
        }
        let method = "textDocument/publishDiagnostics".to_owned();
        self.send(Message::Notification(Notification::new(method, params)));
    }

    /// Tells an editor that asks for findings to ask for them again.
    fn refresh(&mut self) {
        if self.session.client.refreshes {
            self.asked += 1;
            let request = Request::new(self.asked.into(), "workspace/diagnostic/refresh".to_owned(), Value::Null);
            self.send(Message::Request(request));
        }
    }

    /// Asks for notifications about files.
    fn watch(&self) {
        let registration = json!({ "registrations": [{
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": [{ "globPattern": WATCHED }] },
        }] });
        let method = "client/registerCapability".to_owned();
        self.send(Message::Request(Request::new("files".to_owned().into(), method, registration)));
    }

    fn send(&self, message: Message) {
        // The receiver reports that an editor no longer listens.
        let _ = self.connection.sender.send(message);
    }
}
