//! Duplicate keys of a mapping: some parsers take the last value, others reject the page.

use crate::data::node::Tree;
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::source::Span;
use std::collections::HashMap;

/// Up to this many keys are compared pairwise; more are worth a hash table.
const MAX_LINEAR_KEYS: usize = 16;

/// Every duplicate key of every mapping, each with the first key of the same name.
pub(crate) fn duplicate_keys(tree: &Tree) -> Vec<SyntaxProblem> {
    let mut problems = Vec::new();
    let mut keys: Vec<(&str, Span)> = Vec::new();
    for map in tree.values().filter(|value| value.is_map() && !value.is_alias()) {
        keys.clear();
        // `<<` merges; readers that know it take several.
        let named = map.entries().filter_map(|entry| Some((entry.key.text()?, entry.key.span())));
        keys.extend(named.filter(|(name, _)| *name != "<<"));
        let mut repeat = |name: &str, span: Span, first: Span| {
            let (other, detail) = (Some(first), name.to_owned());
            problems.push(SyntaxProblem { other, ..SyntaxProblem::new(SyntaxErrorKind::DuplicateKey, span, detail) });
        };
        if keys.len() <= MAX_LINEAR_KEYS {
            for (index, &(name, span)) in keys.iter().enumerate() {
                if let Some(&(_, first)) = keys[..index].iter().find(|(known, _)| *known == name) {
                    repeat(name, span, first);
                }
            }
            continue;
        }
        let mut seen: HashMap<&str, Span> = HashMap::with_capacity(keys.len());
        for &(name, span) in &keys {
            let first = *seen.entry(name).or_insert(span);
            if first != span {
                repeat(name, span, first);
            }
        }
    }
    problems
}
