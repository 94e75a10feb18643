//! `matterlint server`: the language server protocol on standard input and output, in one loop.
//!
//! Nothing is looked at while messages wait: a text that changes ten times in a row is looked at once, as it is in the
//! end. So no result is ever about a text that the editor no longer has.

pub mod actions;
pub mod complete;
pub mod place;
pub mod sites;
pub mod uri;

use crate::diagnostic::{Diagnostic, Level};
use crate::document::Document;
use crate::fs;
use crate::fs::MAX_FILE_SIZE;
use crate::linter::RuleSubset;
use crate::lsp::place::Units;
use crate::lsp::sites::Sites;
use crate::rule::RuleDoc;
use crate::source::Source;
use crate::workspace::Ground;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::{
    CodeActionParams, CompletionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, HoverParams, InitializeParams, PublishDiagnosticsParams, Uri,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// Serves one editor until it says goodbye.
///
/// # Errors
/// Where the editor doesn't speak the protocol, or leaves without a word.
pub fn stdio() -> Result<(), String> {
    let (connection, threads) = Connection::stdio();
    serve(connection)?;
    threads.join().map_err(|error| error.to_string())
}

/// Serves whoever is at the other end of `connection`, as [`stdio`] does.
///
/// # Errors
/// As [`stdio`]'s.
pub fn serve(connection: Connection) -> Result<(), String> {
    let (id, params) = connection.initialize_start().map_err(|error| error.to_string())?;
    let params: InitializeParams = serde_json::from_value(params).map_err(|error| error.to_string())?;
    let general = params.capabilities.general.as_ref();
    let units = Units::agree(general.and_then(|general| general.position_encodings.as_deref()).unwrap_or_default());
    let watches = params.capabilities.workspace.as_ref().and_then(|workspace| workspace.did_change_watched_files);
    let introduction = json!({
        "serverInfo": { "name": "matterlint", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": units.kind(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "codeActionProvider": { "codeActionKinds": actions::KINDS },
            "completionProvider": { "triggerCharacters": complete::TRIGGERS },
            "hoverProvider": true,
        },
    });
    connection.initialize_finish(id, introduction).map_err(|error| error.to_string())?;
    let workspace = workspace(&params);
    let server = Server {
        connection,
        units,
        sites: Sites::new(workspace.clone()),
        workspace,
        open: BTreeMap::new(),
        faulty: BTreeSet::new(),
        mended: BTreeSet::new(),
    };
    if watches.is_some_and(|watches| watches.dynamic_registration == Some(true)) {
        server.watch();
    }
    server.run()
}

#[expect(deprecated, reason = "editors that know no workspace folders send only the root")]
fn workspace(params: &InitializeParams) -> PathBuf {
    let here = || std::env::current_dir().unwrap_or_default();
    let folder = params.workspace_folders.iter().flatten().next().map(|folder| &folder.uri);
    folder.or(params.root_uri.as_ref()).map_or_else(here, |uri| uri::path_of(uri.as_str(), &here()))
}

struct Server {
    connection: Connection,
    units: Units,
    /// The folder that the editor has open.
    workspace: PathBuf,
    /// What is known of the sites there.
    sites: Sites,
    /// The texts that the editor has open, by URI.
    open: BTreeMap<String, Text>,
    /// URIs of the configs whose faults the editor shows.
    faulty: BTreeSet<String>,
    /// Those of them that may be mended, as they will be read anew.
    mended: BTreeSet<String>,
}

/// A text as an editor has it.
struct Text {
    uri: Uri,
    path: PathBuf,
    version: i32,
    source: Source,
    /// What was found in it; none where it has changed since.
    found: Option<Vec<Diagnostic>>,
}

impl Text {
    /// Whether it belongs among the pages of a site: what a version control or an unsaved note shows doesn't.
    fn is_file(&self) -> bool {
        self.uri.as_str().starts_with("file:")
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
                        return Err("the editor is gone".to_owned());
                    };
                    message
                }
            };
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request).map_err(|error| error.to_string())? {
                        return Ok(());
                    }
                    let response = self.answer(request);
                    self.send(Message::Response(response));
                }
                Message::Notification(note) if note.method == "exit" => {
                    return Err("the editor left without a shutdown".to_owned());
                }
                Message::Notification(note) => self.heed(note),
                Message::Response(_) => {}
            }
        }
    }

    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let result = match method.as_str() {
            "textDocument/codeAction" => serde_json::from_value(params).map(|params| self.code_actions(&params)),
            "textDocument/completion" => serde_json::from_value(params).map(|params| self.complete(&params)),
            "textDocument/hover" => serde_json::from_value(params).map(|params| self.hover(&params)),
            _ => return Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("no method `{method}`")),
        };
        match result {
            Ok(value) => Response::new_ok(id, value),
            Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        }
    }

    /// A notification that isn't understood is left alone: there is nobody to answer.
    fn heed(&mut self, note: Notification) {
        let Notification { method, params } = note;
        match method.as_str() {
            "textDocument/didOpen" => serde_json::from_value(params).map(|params| self.opened(params)),
            "textDocument/didChange" => serde_json::from_value(params).map(|params| self.changed(params)),
            "textDocument/didClose" => serde_json::from_value(params).map(|params| self.closed(&params)),
            // What was saved, or changed on disk, may be a config or what a config names.
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => {
                self.sites.renew();
                self.mended = self.faulty.clone();
                self.open.values_mut().for_each(|text| text.found = None);
                Ok(())
            }
            _ => Ok(()),
        }
        .unwrap_or_default();
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let path = uri::path_of(document.uri.as_str(), &self.workspace);
        // Named as `matterlint check` would name it, run in the workspace.
        let source = Source::new(fs::relative(&path, &self.workspace), document.text.into_bytes());
        let key = document.uri.as_str().to_owned();
        let text = Text { uri: document.uri, path, version: document.version, source, found: None };
        self.open.insert(key, text);
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let Some(text) = self.open.get_mut(params.text_document.uri.as_str()) else { return };
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

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        if let Some(text) = self.open.remove(params.text_document.uri.as_str()) {
            self.sites.forget(&text.path);
            self.publish(text.uri, None, vec![]);
        }
    }

    /// Tells the sites what has changed. What they then tell of other texts has these looked at again.
    fn compare_pages(&mut self) {
        for text in self.open.values().filter(|text| text.found.is_none() && text.is_file()) {
            self.sites.note(&text.path, &text.source);
        }
        let changes = self.sites.compare();
        for text in self.open.values_mut() {
            let path = text.source.path();
            if changes.iter().any(|(before, now)| before.site.remarks(path) != now.site.remarks(path)) {
                text.found = None;
            }
        }
    }

    /// Looks at every text that has changed since it was last looked at.
    fn look_at_changes(&mut self) {
        self.compare_pages();
        let mut news = Vec::new();
        for text in self.open.values_mut().filter(|text| text.found.is_none()) {
            let ground = self.sites.of(&text.path);
            let found = text.found.insert(lint(&ground, text));
            let shown = found.iter().map(|diagnostic| actions::shown(diagnostic, &text.source, self.units, &text.uri));
            news.push((text.uri.clone(), Some(text.version), shown.collect::<Vec<_>>()));
        }
        let looked = !news.is_empty();
        for faults in self.sites.take_broken().faults {
            let path = self.workspace.join(faults.source.path());
            let Ok(uri) = uri::uri_of(&path).parse::<Uri>() else { continue };
            let shown = faults.diagnostics.iter().map(|fault| actions::shown(fault, &faults.source, self.units, &uri));
            news.push((uri.clone(), None, shown.collect()));
            self.mended.remove(uri.as_str());
            self.faulty.insert(uri.as_str().to_owned());
        }
        if looked {
            for uri in std::mem::take(&mut self.mended) {
                self.faulty.remove(&uri);
                news.extend(uri.parse().ok().map(|uri| (uri, None, vec![])));
            }
        }
        for (uri, version, diagnostics) in news {
            self.publish(uri, version, diagnostics);
        }
    }

    fn code_actions(&mut self, params: &CodeActionParams) -> Value {
        self.look_at_changes();
        let text = self.open.get(params.text_document.uri.as_str());
        let actions = text.map(|text| {
            actions::all(text.found.as_deref().unwrap_or_default(), &text.source, self.units, params, text.version)
        });
        json!(actions.unwrap_or_default())
    }

    fn complete(&mut self, params: &CompletionParams) -> Value {
        let place = &params.text_document_position;
        let Some(text) = self.open.get(place.text_document.uri.as_str()) else { return Value::Null };
        let scope = &self.sites.of(&text.path).scope;
        let content = scope.config.content_for(&scope.inside(&text.path));
        let at = self.units.offset(&text.source, place.position);
        json!(complete::items(&Document::parse(&text.source), &content, at, self.units))
    }

    /// The page of the rule that speaks at a place.
    fn hover(&mut self, params: &HoverParams) -> Value {
        self.look_at_changes();
        let place = &params.text_document_position_params;
        let Some(text) = self.open.get(place.text_document.uri.as_str()) else { return Value::Null };
        let at = self.units.offset(&text.source, place.position);
        let mut found = text.found.iter().flatten();
        let Some(here) = found.find(|found| found.span.contains(at) || found.span.start == at) else {
            return Value::Null;
        };
        let scope = &self.sites.of(&text.path).scope;
        let Ok(page) = scope.config.page(&here.rule) else { return Value::Null };
        json!({
            "contents": { "kind": "markdown", "value": words(page) },
            "range": self.units.range(&text.source, here.span),
        })
    }

    fn publish(&self, uri: Uri, version: Option<i32>, diagnostics: Vec<lsp_types::Diagnostic>) {
        let params = PublishDiagnosticsParams { uri, diagnostics, version };
        let method = "textDocument/publishDiagnostics".to_owned();
        self.send(Message::Notification(Notification::new(method, params)));
    }

    /// Asks to be told of other pages, and of files that a config may be, or that a config or a page may name.
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
        // An editor that no longer listens is told of by the receiver.
        let _ = self.connection.sender.send(message);
    }
}

fn lint(ground: &Ground, text: &Text) -> Vec<Diagnostic> {
    let scope = &ground.scope;
    if scope.config.excludes(&scope.inside(&text.path)) || text.source.text().len() as u64 > MAX_FILE_SIZE {
        return Vec::new();
    }
    // A fault of our own takes this text's findings, not the server.
    let look = || ground.look(&text.path, &Document::parse(&text.source), RuleSubset::Whole, true);
    catch_unwind(AssertUnwindSafe(look)).unwrap_or_default()
}

/// A rule's page as an editor shows it.
fn words(page: &RuleDoc) -> String {
    format!("**{}**: {}\n\n{}", page.id, page.metadata.summary, page.documentation())
}

/// How much a finding matters, in the protocol's words.
fn severity(level: Level) -> lsp_types::DiagnosticSeverity {
    match level {
        Level::Error => lsp_types::DiagnosticSeverity::ERROR,
        Level::Warning => lsp_types::DiagnosticSeverity::WARNING,
        Level::Info => lsp_types::DiagnosticSeverity::INFORMATION,
    }
}
