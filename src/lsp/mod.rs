//! `matterlint server`: the language server protocol on standard input and output, in one loop.
//!
//! Nothing is looked at while messages wait: a text that changes ten times in a row is looked at once, as it is in the
//! end. So no result is ever about a text that the editor no longer has.

mod actions;
mod client;
mod completion;
mod diagnostics;
mod documents;
mod hover;
mod markdown;
mod messages;
mod navigation;
mod place;
mod rename;
mod server;
mod session;
mod severity;
mod stream;
mod uri;
mod workspace_pull;

use crate::fs::{Cached, Os};
use crate::lsp::client::Client;
use crate::lsp::documents::Documents;
use crate::lsp::messages::Initialize;
use crate::lsp::place::Units;
use crate::lsp::server::Server;
use crate::lsp::session::Session;
use crate::workspace::{Options, Workspace};
use lsp_server::Connection;
use serde_json::{Value, json};
use std::path::PathBuf;
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
    let client = Client::of(&params.capabilities);
    let offered = params.capabilities.pointer("/general/positionEncodings").cloned().unwrap_or_default();
    let units = Units::agree(&serde_json::from_value::<Vec<_>>(offered).unwrap_or_default());
    let introduction = json!({
        "serverInfo": { "name": "matterlint", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": capabilities(client, units),
    });
    connection.initialize_finish(id, introduction).map_err(|error| error.to_string())?;
    let folder = folder(&params, cwd);
    let options = Options { home: None, ..Options::new(folder.clone()) };
    let workspace = Workspace::new(Arc::new(Cached::new(Arc::new(Os))), options);
    let documents = Documents::new(folder.clone());
    Server::new(connection, Session { units, client, folder, workspace, documents }).run()
}

/// What the server can do for this editor.
fn capabilities(client: Client, units: Units) -> Value {
    let mut capabilities = json!({
        "positionEncoding": units.kind(),
        "textDocumentSync": { "openClose": true, "change": 2, "save": true },
        "codeActionProvider": { "codeActionKinds": actions::KINDS },
        "completionProvider": { "triggerCharacters": completion::TRIGGERS },
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "documentLinkProvider": { "resolveProvider": false },
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "renameProvider": { "prepareProvider": true },
    });
    if client.renames_files {
        let filters = json!([{ "scheme": "file", "pattern": { "glob": "**/*" } }]);
        capabilities["workspace"] = json!({ "fileOperations": { "willRename": { "filters": filters } } });
    }
    if client.pulls {
        capabilities["diagnosticProvider"] =
            json!({ "identifier": "matterlint", "interFileDependencies": true, "workspaceDiagnostics": true });
    }
    capabilities
}

fn folder(params: &Initialize, cwd: PathBuf) -> PathBuf {
    let folder = params.workspace_folders.iter().flatten().next().map(|folder| &folder.uri);
    // Editors that know no workspace folders send only the root.
    match folder.or(params.root_uri.as_ref()) {
        Some(uri) => uri::path_of(uri, &cwd),
        None => cwd,
    }
}
