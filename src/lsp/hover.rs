//! What a finding is about, in short, with a link to the rule's page.

use crate::lsp::markdown;
use crate::lsp::messages::Place;
use crate::lsp::session::Session;
use crate::lsp::uri::uri_of;
use crate::workspace::RulePage;
use serde_json::{Value, json};

/// The documentation of the rule of the finding at a place: its summary, and its text up to the first heading.
pub(super) fn hover(session: &Session, params: &Place) -> Value {
    let Some(text) = session.documents.get(&params.text_document.uri) else { return Value::Null };
    let at = session.units.offset(&text.source, params.position);
    let mut found = text.diagnostics().iter();
    let Some(here) = found.find(|found| found.span.contains(at) || found.span.start == at) else {
        return Value::Null;
    };
    let Some(doc) = session.workspace.rule_doc(&here.rule) else { return Value::Null };
    let description = doc.documentation.split("\n## ").next().unwrap_or_default().trim_end();
    let mut shown = markdown::harmless(&format!("**{}**: {}\n\n{description}\n", doc.id, doc.summary));
    match session.workspace.rule_page(&here.rule) {
        Some(RulePage::Web(url)) => shown.push_str(&format!("\n[Documentation]({url})\n")),
        Some(RulePage::File(path)) => shown.push_str(&format!("\n[Rule page]({})\n", uri_of(&path))),
        None => {}
    }
    json!({
        "contents": { "kind": "markdown", "value": shown },
        "range": session.units.range(&text.source, here.span),
    })
}
