//! Findings as an editor shows them: sent when they change, or when the editor asks for them.

use crate::diagnostic::{Diagnostic, Level};
use crate::lsp::documents::{Document, Found};
use crate::lsp::messages::PullDocument;
use crate::lsp::session::Session;
use crate::lsp::severity::severity;
use crate::lsp::uri::uri_of;
use crate::source::Source;
use crate::workspace::RulePage;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

/// The label of a further place of the same problem.
const ALSO_AT: &str = "also here";

/// A finding as the editor shows it.
pub(super) fn shown(session: &Session, diagnostic: &Diagnostic, source: &Source, uri: &str) -> Value {
    let units = session.units;
    let also_at = diagnostic.also_at.iter().map(|span| (*span, ALSO_AT));
    let labels = diagnostic.labels.iter().map(|label| (label.span, label.text.as_str()));
    let related = also_at.chain(labels).map(
        |(span, label)| json!({ "location": { "uri": uri, "range": units.range(source, span) }, "message": label }),
    );
    let related: Vec<Value> = related.collect();
    let help = diagnostic.help.iter().map(|help| format!("\n{help}")).collect::<String>();
    let mut shown = json!({
        "range": units.range(source, diagnostic.span),
        "severity": severity(diagnostic.level),
        "code": &*diagnostic.rule,
        "source": "matterlint",
        "message": format!("{}{help}", diagnostic.message),
    });
    match session.workspace.rule_page(&diagnostic.rule) {
        Some(RulePage::Web(url)) => shown["codeDescription"] = json!({ "href": url }),
        Some(RulePage::File(path)) => shown["codeDescription"] = json!({ "href": uri_of(&path) }),
        None => {}
    }
    if !related.is_empty() {
        shown["relatedInformation"] = json!(related);
    }
    shown
}

/// All findings of a text as the editor shows them; the last says how many more there are.
pub(super) fn of_page(session: &Session, source: &Source, found: &Found, uri: &str) -> Vec<Value> {
    let shown = found.diagnostics.iter().map(|diagnostic| shown(session, diagnostic, source, uri));
    let mut shown: Vec<Value> = shown.collect();
    if found.omitted > 0 {
        shown.push(rest(found.omitted, &shown));
    }
    shown
}

/// How many findings of a page are left out, where the last that is listed is.
fn rest(count: usize, listed: &[Value]) -> Value {
    let range = listed.last().map_or(Value::Null, |last| last["range"].clone());
    json!({
        "range": range,
        "severity": severity(Level::Info),
        "code": "max-findings",
        "source": "matterlint",
        "message": format!("and {count} more finding{} in this file", if count == 1 { "" } else { "s" }),
    })
}

/// Tells the workspace what has changed. Texts of which other pages then tell something else are linted again; gives
/// whether there are any.
fn compare_pages(session: &mut Session) -> bool {
    let Session { workspace, documents, .. } = session;
    for text in documents.all().filter(|text| text.found.is_none() && text.is_file()) {
        workspace.update_page(&text.path, &text.source);
    }
    let open: Vec<PathBuf> = documents.all().map(|text| text.source.path().to_owned()).collect();
    let changed: BTreeSet<PathBuf> =
        workspace.refresh(open.iter().map(PathBuf::as_path)).into_iter().map(Into::into).collect();
    let mut others = false;
    for text in documents.all_mut().filter(|text| changed.contains(text.source.path())) {
        others |= text.found.take().is_some();
    }
    others
}

/// What was linted.
pub(super) struct Linted {
    /// The URIs of the texts.
    pub(super) uris: Vec<String>,
    /// Whether one of them is another than those that were typed in.
    pub(super) others: bool,
}

/// Lints every text that has changed since it was last linted.
pub(super) fn lint_changed(session: &mut Session) -> Linted {
    let others = compare_pages(session);
    let Session { workspace, documents, .. } = session;
    let mut uris = Vec::new();
    for text in documents.all_mut().filter(|text| text.found.is_none()) {
        // Where its config has errors, what was shown of the page stays: the errors are shown instead.
        let Some((diagnostics, omitted)) = workspace.lint_page(&text.path, &text.source) else {
            text.found = Some(Found::default());
            continue;
        };
        text.found = Some(Found { diagnostics, omitted: omitted.total() });
        uris.push(text.uri.clone());
    }
    Linted { uris, others }
}

/// The answer to an editor that asks for the findings of a page: nothing but that they are the same where it has them.
pub(super) fn pulled(session: &Session, params: &PullDocument) -> Value {
    let Some(text) = session.documents.get(&params.text_document.uri) else {
        return report(Vec::new(), params.previous_result_id.as_deref());
    };
    report(shown_of(session, text), params.previous_result_id.as_deref())
}

/// The findings of an open text as the editor shows them.
pub(super) fn shown_of(session: &Session, text: &Document) -> Vec<Value> {
    text.found.as_ref().map_or_else(Vec::new, |found| of_page(session, &text.source, found, &text.uri))
}

/// A report with these findings, or that nothing has changed.
pub(super) fn report(items: Vec<Value>, previous: Option<&str>) -> Value {
    let id = result_id(&items);
    match previous == Some(&*id) {
        true => json!({ "kind": "unchanged", "resultId": id }),
        false => json!({ "kind": "full", "resultId": id, "items": items }),
    }
}

/// A name for a list of findings, the same for the same list.
pub(super) fn result_id(items: &[Value]) -> String {
    let mut hasher = DefaultHasher::new();
    Value::from(items).to_string().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
