//! YAML text → spanned tree, whatever is broken in it.

use crate::data::limits::Limits;
use crate::data::node::Tree;
use crate::data::problem::SyntaxProblem;
use crate::data::{duplicates, limits, recovery};

/// Parses YAML. Never fails: errors are reported, and what could be parsed of the rest is in the tree. Spans are bytes
/// of `text`, shifted by `base`.
pub(crate) fn parse(text: &str, base: usize, limits: Limits) -> (Tree, Vec<SyntaxProblem>) {
    let (mut tree, mut problems) = match limits::check_size_and_depth(text, limits) {
        Some(problem) => (Tree::default(), vec![problem]),
        None => recovery::parse_with_recovery(text),
    };
    if let Some(problem) = limits::check_aliases(&tree) {
        (tree, problems) = (Tree::default(), vec![problem]);
    }
    problems.extend(duplicates::duplicate_keys(&tree));
    for problem in &mut problems {
        problem.span = problem.span.shift(base);
        problem.other = problem.other.map(|span| span.shift(base));
        if let Some(fix) = &mut problem.fix {
            fix.span = fix.span.shift(base);
        }
    }
    problems.sort_by_key(|problem| problem.span);
    tree.map_spans(|span| span.shift(base));
    (tree, problems)
}
