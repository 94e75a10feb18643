//! Where a place leads, and what leads there: links, definitions, references, headings, and pages by title.

use crate::lsp::messages::{Place, Query, WholeDocument};
use crate::lsp::session::Session;
use crate::source::Source;
use crate::workspace::{HeadingSymbol, Place as FoundPlace};
use serde_json::{Value, json};
use std::sync::Arc;

/// What the protocol calls a string, which is how editors show a heading.
const STRING: u8 = 15;
/// What it calls a file.
const FILE: u8 = 1;

/// The links of a page to files.
pub(super) fn links(session: &Session, params: &WholeDocument) -> Value {
    let Some(text) = session.documents.get(&params.text_document.uri) else { return Value::Null };
    let links = session.workspace.links(&text.path, &text.source).into_iter();
    let shown = links.map(|link| {
        json!({
            "range": session.units.range(&text.source, link.span),
            "target": session.documents.uri_of(&link.target),
        })
    });
    shown.collect()
}

/// Where a place leads.
pub(super) fn definitions(session: &Session, params: &Place) -> Value {
    let Some(text) = session.documents.get(&params.text_document.uri) else { return Value::Null };
    let at = session.units.offset(&text.source, params.position);
    locations(session, session.workspace.definitions(&text.path, &text.source, at))
}

/// What leads to a place.
pub(super) fn references(session: &Session, params: &Place) -> Value {
    let Some(text) = session.documents.get(&params.text_document.uri) else { return Value::Null };
    let at = session.units.offset(&text.source, params.position);
    locations(session, session.workspace.references(&text.path, &text.source, at))
}

fn locations(session: &Session, places: Vec<FoundPlace>) -> Value {
    places.iter().map(|place| location(session, place)).collect()
}

fn location(session: &Session, place: &FoundPlace) -> Value {
    json!({
        "uri": session.documents.uri_of(&place.path),
        "range": session.units.range(&place.source, place.span),
    })
}

/// The headings of a page, each with those below it.
pub(super) fn headings(session: &Session, params: &WholeDocument) -> Value {
    let Some(text) = session.documents.get(&params.text_document.uri) else { return Value::Null };
    let headings = session.workspace.headings(&text.source);
    json!(nested(session, &text.source, &headings))
}

/// Headings as a tree: what a heading holds ends where the next of its level or above begins.
fn nested(session: &Session, source: &Arc<Source>, headings: &[HeadingSymbol]) -> Vec<Value> {
    let mut symbols = Vec::new();
    let mut rest = headings;
    while let Some((heading, others)) = rest.split_first() {
        let below = others.iter().take_while(|other| other.level > heading.level).count();
        let (children, next) = others.split_at(below);
        let name = if heading.name.is_empty() { "#" } else { &heading.name };
        let end = children.last().map_or(heading.span, |last| heading.span.join(last.span));
        symbols.push(json!({
            "name": name,
            "kind": STRING,
            "range": session.units.range(source, end),
            "selectionRange": session.units.range(source, heading.name_span),
            "children": nested(session, source, children),
        }));
        rest = next;
    }
    symbols
}

/// The pages of the workspace whose title is like a query.
pub(super) fn pages(session: &Session, params: &Query) -> Value {
    let pages = session.workspace.pages_by_title(&session.folder, &params.query).into_iter();
    let shown = pages.map(|page| {
        json!({
            "name": page.title,
            "kind": FILE,
            "location": location(session, &page.place),
            "containerName": page.place.source.name(),
        })
    });
    shown.collect()
}
