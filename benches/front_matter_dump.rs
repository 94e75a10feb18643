//! Prints what every front matter below a folder is read as, one JSON line a file, for `compare_readers.py`.
#![allow(clippy::print_stdout, reason = "a program that prints")]

use matterlint::data::node::Value;
use matterlint::document::Document;
use matterlint::source::Source;
use serde_json::{Value as Json, json};

fn main() {
    // `cargo bench` adds options of its own.
    let folders: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    for entry in
        folders.iter().flat_map(|folder| ignore::WalkBuilder::new(folder).standard_filters(false).build().flatten())
    {
        let path = entry.path();
        let is_page =
            path.extension().is_some_and(|end| ["md", "markdown", "mdx", "qmd"].iter().any(|known| end == *known));
        let Some(bytes) = is_page.then(|| std::fs::read(path).ok()).flatten() else { continue };
        let source = Source::new(path, bytes);
        let doc = Document::parse(&source);
        let Some(front) = &doc.front_matter else { continue };
        let line = json!({
            "path": path,
            "syntax": front.format.name(),
            "inner": [front.content_span.start, front.content_span.end],
            "problems": front.problems.iter().map(|problem| format!("{:?}", problem.kind)).collect::<Vec<_>>(),
            "tree": front.tree.root().map(|root| dump(root)),
        });
        println!("{line}");
    }
}

/// A scalar is `{"value", "kind", "style", "span"}`, a list `{"items"}`, a map `{"entries": [[key, value], …]}`.
fn dump(value: Value<'_>) -> Json {
    let span = [value.span().start, value.span().end];
    if let Some(scalar) = value.scalar() {
        let (kind, style) = (format!("{:?}", scalar.kind), format!("{:?}", scalar.style));
        return json!({ "value": scalar.value, "kind": kind, "style": style, "span": span, "alias": value.is_alias() });
    }
    if let Some(items) = value.items() {
        return json!({ "items": items.map(|item| dump(item)).collect::<Vec<_>>(), "span": span });
    }
    let entries: Vec<Json> = value.entries().map(|entry| json!([dump(entry.key), dump(entry.value)])).collect();
    json!({ "entries": entries, "span": span })
}
