//! The data of front matter as a list of its leaves, by which two readings of one page are compared.

use crate::data::node::{ScalarType, Value};
use crate::document::Document;
use crate::document::front_matter::FrontMatter;
use crate::source::Span;

/// A scalar of front matter, or a collection without anything in it.
#[derive(Debug)]
pub(super) struct Leaf {
    /// The keys on the way, with `[]` for an item of a list.
    pub(super) path: Vec<String>,
    /// Where the keys are.
    pub(super) keys: Vec<Span>,
    /// Its type and tag, as text.
    pub(super) kind: String,
    /// Whether it is a string.
    pub(super) is_string: bool,
    pub(super) text: String,
    pub(super) span: Span,
}

impl Leaf {
    /// What it holds, wherever it is.
    pub(super) fn data(&self) -> (&[String], &str, &str) {
        (&self.path, &self.kind, &self.text)
    }

    /// What it holds, whatever its keys are.
    pub(super) fn value(&self) -> (usize, &str, &str) {
        (self.path.len(), &self.kind, &self.text)
    }
}

/// The leaves of the data, in file order.
pub(super) fn leaves(front: &FrontMatter) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut open: Vec<(Value, Vec<String>, Vec<Span>)> =
        front.root().map(|root| (root, Vec::new(), Vec::new())).into_iter().collect();
    while let Some((value, path, keys)) = open.pop() {
        let below = |name: &str, span: Option<Span>| {
            let path = path.iter().cloned().chain([name.to_owned()]).collect();
            (path, keys.iter().copied().chain(span).collect())
        };
        let mut children: Vec<(Value, Vec<String>, Vec<Span>)> = Vec::new();
        // What an alias stands for is compared where it stands.
        if !value.is_alias() {
            for item in value.items().into_iter().flatten() {
                let (path, keys) = below("[]", None);
                children.push((item, path, keys));
            }
            for entry in value.entries() {
                let (path, keys) = below(entry.key.text().unwrap_or_default(), Some(entry.key.span()));
                children.push((entry.value, path, keys));
            }
        }
        if children.is_empty() {
            let kind = match value.scalar() {
                Some(scalar) => format!("{:?} {:?}", scalar.kind, scalar.tag),
                None if value.is_map() => "mapping".to_owned(),
                None => "list".to_owned(),
            };
            let is_string = value.scalar().is_some_and(|scalar| scalar.kind == ScalarType::String);
            let text = value.text().unwrap_or_default().to_owned();
            leaves.push(Leaf { path, keys, kind, is_string, text, span: value.span() });
        }
        open.extend(children.into_iter().rev());
    }
    leaves
}

/// Whether two front matters hold the same, in whatever order.
pub(super) fn is_same_data(old: &[Leaf], new: &[Leaf]) -> bool {
    let (mut old, mut new): (Vec<_>, Vec<_>) =
        (old.iter().map(Leaf::data).collect(), new.iter().map(Leaf::data).collect());
    old.sort();
    new.sort();
    old == new
}

/// How many letters and digits of the front matter are in no key, no value and no comment.
pub(super) fn uncovered(front: &FrontMatter, doc: &Document) -> usize {
    let mut covered: Vec<Span> = Vec::new();
    for leaf in leaves(front) {
        covered.push(leaf.span);
        covered.extend(leaf.keys);
    }
    covered.sort();
    let mut count = 0;
    let mut at = front.content_span.start;
    let mut gap = |start: usize, end: usize| {
        let text = doc.source.text().get(start..end).unwrap_or_default();
        for line in text.split('\n') {
            let line = line.split_once('#').map_or(line, |(line, _)| line);
            count += line.chars().filter(|c| c.is_alphanumeric()).count();
        }
    };
    for span in covered {
        if span.start > at {
            gap(at, span.start);
        }
        at = at.max(span.end);
    }
    gap(at, front.content_span.end.max(at));
    count
}
