//! The findings of all pages of the workspace, for an editor that asks for them: a few pages at a time, while there is
//! nothing else to do. A request is answered when something has changed since the last answer.

use crate::lsp::diagnostics;
use crate::lsp::documents::Found;
use crate::lsp::messages::PullWorkspace;
use crate::lsp::session::Session;
use lsp_server::RequestId;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::PathBuf;

/// How many pages are linted before messages are looked for again.
const AT_ONCE: usize = 16;

/// The state of these requests.
pub(super) struct WorkspacePull {
    /// The request that waits for its answer.
    waiting: Option<Waiting>,
    /// Whether anything may have changed since the last answer.
    is_stale: bool,
}

/// A request that waits for its answer.
struct Waiting {
    id: RequestId,
    /// What the editor has, by URI.
    previous: HashMap<String, String>,
    /// The pages that are left to lint, the last first; none before the pages are known.
    left: Option<Vec<PathBuf>>,
    reports: Vec<Value>,
    has_changes: bool,
}

impl WorkspacePull {
    pub(super) fn new() -> Self {
        Self { waiting: None, is_stale: true }
    }

    /// From here on any file may have changed.
    pub(super) fn invalidate(&mut self) {
        self.is_stale = true;
        if let Some(waiting) = &mut self.waiting {
            (waiting.left, waiting.has_changes) = (None, false);
            waiting.reports.clear();
        }
    }

    /// Takes a request in. Gives the one that waited until now, which no longer is of interest.
    pub(super) fn ask(&mut self, id: RequestId, params: PullWorkspace) -> Option<RequestId> {
        let previous = params.previous_result_ids.into_iter().map(|known| (known.uri, known.value)).collect();
        let waiting = Waiting { id, previous, left: None, reports: Vec::new(), has_changes: false };
        self.waiting.replace(waiting).map(|waiting| waiting.id)
    }

    /// Forgets the request with this id, or any; gives it if it is there.
    pub(super) fn cancel(&mut self, id: Option<&RequestId>) -> Option<RequestId> {
        let is_meant = |waiting: &mut Waiting| id.is_none_or(|id| waiting.id == *id);
        self.waiting.take_if(is_meant).map(|waiting| waiting.id)
    }

    /// Whether there is something to lint.
    pub(super) fn has_work(&self) -> bool {
        self.is_stale && self.waiting.is_some()
    }

    /// Lints a few more pages. Gives the answer once it is complete.
    pub(super) fn work(&mut self, session: &mut Session) -> Option<(RequestId, Value)> {
        let waiting = self.waiting.as_mut()?;
        if waiting.left.is_none() {
            let mut pages = session.workspace.pages();
            pages.reverse();
            waiting.left = Some(pages);
        }
        let left = waiting.left.get_or_insert_default();
        for path in left.split_off(left.len().saturating_sub(AT_ONCE)).into_iter().rev() {
            // The editor asks for those that it has open one by one.
            if session.documents.of_path(&path).is_none() {
                waiting.reports.extend(report(session, path, &waiting.previous, &mut waiting.has_changes));
            }
        }
        if !left.is_empty() {
            return None;
        }
        self.is_stale = false;
        // One that has nothing new would only be asked again.
        let waiting = self.waiting.take_if(|waiting| waiting.has_changes || waiting.previous.is_empty())?;
        Some((waiting.id, json!({ "items": waiting.reports })))
    }
}

/// The report on a page; none where there is nothing to report, and was nothing before.
fn report(
    session: &mut Session,
    path: PathBuf,
    previous: &HashMap<String, String>,
    has_changes: &mut bool,
) -> Option<Value> {
    let uri = session.documents.uri_of(&path);
    let (source, diagnostics, omitted) = session.workspace.lint_file(&path)?;
    let found = Found { diagnostics, omitted: omitted.total() };
    let items = diagnostics::of_page(session, &source, &found, &uri);
    let before = previous.get(&uri);
    if items.is_empty() && before.is_none() {
        return None;
    }
    let mut report = diagnostics::report(items, before.map(String::as_str));
    *has_changes |= report["kind"] == "full";
    report["uri"] = json!(uri);
    report["version"] = Value::Null;
    Some(report)
}
