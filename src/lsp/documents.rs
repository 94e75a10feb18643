//! The texts that an editor has open. An editor may write the URI of one in several ways; the path it names counts.

use crate::diagnostic::Diagnostic;
use crate::fs::relative;
use crate::lsp::messages::{ChangedDocument, ContentChange, OpenedDocument};
use crate::lsp::place::Units;
use crate::lsp::uri;
use crate::source::Source;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A text as an editor has it.
pub(super) struct Document {
    /// As it was sent when the text was opened.
    pub(super) uri: String,
    pub(super) path: PathBuf,
    pub(super) version: i32,
    pub(super) source: Arc<Source>,
    /// What was found in it; none where it has changed since.
    pub(super) found: Option<Found>,
}

/// What was found in a text.
#[derive(Default)]
pub(super) struct Found {
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many more findings there are.
    pub(super) omitted: usize,
}

impl Document {
    /// Whether it belongs among the pages of a site: what a version control or an unsaved note shows doesn't.
    pub(super) fn is_file(&self) -> bool {
        uri::is_file(&self.uri)
    }

    /// What was found in it, as far as it is known.
    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        self.found.as_ref().map_or(&[], |found| &found.diagnostics)
    }
}

/// The open texts.
pub(super) struct Documents {
    /// The folder that the editor has open.
    folder: PathBuf,
    /// By the path of a file, or the URI of what is none.
    open: BTreeMap<String, Document>,
}

impl Documents {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, open: BTreeMap::new() }
    }

    fn key(&self, uri: &str) -> String {
        match uri::is_file(uri) {
            true => format!("file:{}", uri::path_of(uri, &self.folder).to_string_lossy()),
            false => uri.to_owned(),
        }
    }

    pub(super) fn open(&mut self, document: OpenedDocument) {
        let path = uri::path_of(&document.uri, &self.folder);
        // Named as `matterlint check` would name it, run in the workspace.
        let source = Arc::new(Source::new(relative(&path, &self.folder), document.text.into_bytes()));
        let key = self.key(&document.uri);
        let text = Document { uri: document.uri, path, version: document.version, source, found: None };
        self.open.insert(key, text);
    }

    pub(super) fn change(&mut self, document: &ChangedDocument, changes: Vec<ContentChange>, units: Units) {
        let key = self.key(&document.uri);
        let Some(text) = self.open.get_mut(&key) else { return };
        for change in changes {
            let now = match change.range {
                None => change.text,
                Some(range) => {
                    let span = units.span(&text.source, range);
                    let was = text.source.text();
                    [&was[..span.start], &change.text, &was[span.end..]].concat()
                }
            };
            text.source = Arc::new(Source::new(text.source.path(), now.into_bytes()));
        }
        (text.version, text.found) = (document.version, None);
    }

    pub(super) fn close(&mut self, uri: &str) -> Option<Document> {
        self.open.remove(&self.key(uri))
    }

    pub(super) fn get(&self, uri: &str) -> Option<&Document> {
        self.open.get(&self.key(uri))
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Document> {
        self.open.values()
    }

    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.open.values_mut()
    }

    /// The open text of the file at `path` (absolute).
    pub(super) fn of_path(&self, path: &Path) -> Option<&Document> {
        self.open.get(&format!("file:{}", path.to_string_lossy()))
    }

    /// The URI of the file at `path` (absolute): as it was sent if the file is open.
    pub(super) fn uri_of(&self, path: &Path) -> String {
        self.of_path(path).map_or_else(|| uri::uri_of(path), |document| document.uri.clone())
    }
}
