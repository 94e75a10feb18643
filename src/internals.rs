//! What the benchmarks measure of the inside. Not part of the public interface: it may change with any version.

use crate::config::Config;
use crate::content::ContentType;
use crate::data::node::Value;
use crate::document::Document;
use crate::linter::{self, LintContext};
use crate::rule::{Example, RuleSet};
use crate::site::Site;
use crate::source::Source;
use serde_json::{Value as Json, json};
use std::sync::{Arc, LazyLock};

/// Reads a page. Gives a number that depends on all of it.
pub fn parse(source: &Source) -> usize {
    Document::parse(source).body.inlines.len()
}

/// Lints a page with the built-in rules at their default levels, on its own. Gives how many findings there are.
pub fn lint(source: &Source) -> usize {
    static BUILT_IN: LazyLock<(Arc<RuleSet>, ContentType, Site)> = LazyLock::new(|| {
        let config = Config::built_in().unwrap_or_default();
        (config.rules_for("post.md"), ContentType::default(), Site::alone())
    });
    let (rules, content, site) = &*BUILT_IN;
    linter::lint(&Document::parse(source), LintContext { rules, content, site, use_suppressions: true }).len()
}

/// The Bad examples of the built-in rules that need neither a config nor a place of their own, each with its rule.
pub fn bad_examples() -> Vec<(String, Vec<u8>)> {
    let config = Config::built_in().unwrap_or_default();
    let usable = |example: &Example| {
        !example.good && !example.is_context && example.config.is_none() && example.path == "example.md"
    };
    let of_page = |page: &Arc<crate::rule::RuleDoc>| {
        let id = page.id.to_string();
        page.examples().into_iter().filter(usable).map(move |example| (id.clone(), example.bytes))
    };
    config.pages().flat_map(of_page).collect()
}

/// The values of the front matter of a page; none if there is none.
pub fn front_matter(source: &Source) -> Option<Json> {
    let doc = Document::parse(source);
    let front = doc.front_matter.as_ref()?;
    Some(json!({
        "syntax": front.format.name(),
        "inner": [front.content_span.start, front.content_span.end],
        "problems": front.problems.iter().map(|problem| format!("{:?}", problem.kind)).collect::<Vec<_>>(),
        "tree": front.tree.root().map(|root| dump(root)),
    }))
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
