//! Broken YAML: each mistake is found, named and mended in a patched text until the rest can be read.
//!
//! The reader reports one error and often blames the line after the mistake. So its error only says where to look:
//! [`mistakes`] looks at the lines before it as a writer would, and says what is wrong and what was meant. The tree is
//! then that of the mended text, with every span led back to the text as it was written: what a fix would give is
//! just what the other rules already see.

pub mod mistakes;
pub mod oddities;
pub mod patch;
pub mod quote;
pub mod scan;
pub mod value;

use crate::data::node::Tree;
use crate::data::problem::{Cause, Problem};
use crate::data::recovery::mistakes::Mistake;
use crate::data::recovery::patch::Patch;
use crate::data::yaml::{Stumble, Trouble, build};
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::lines::lines;

/// How many bytes are read in all for one block, repairs included: what bounds the time for hostile ones.
const FUEL: usize = 2 << 20;
/// How many mistakes are told apart in one block.
const MAX_REPAIRS: usize = 200;

/// Reads a text that may hold mistakes. Never fails; each mistake is told once, in no order.
pub(crate) fn read(text: &str) -> (Tree, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut patch = Patch::new(text);
    let fuel = (FUEL / (text.len() + 64)).clamp(4, MAX_REPAIRS);
    for _ in 0..fuel {
        match build(patch.text()) {
            Err(stumble) => mend(&mut patch, &stumble, &mut problems),
            Ok(tree) => match mistakes::glued_root(patch.text(), &tree).filter(|found| is_new(&patch, found)) {
                Some(mistake) => take(&mut patch, mistake, &mut problems),
                None => return finish(patch, tree, problems),
            },
        }
    }
    let mut tree = match build(patch.text()) {
        Ok(tree) => tree,
        // What stands before the entry that can't be read was read before.
        Err(stumble) => build(&patch.text()[..entries(patch.text(), stumble.at).1.start]).unwrap_or_default(),
    };
    tree.map_spans(|span| patch.origin(span));
    (tree, problems)
}

/// Names and mends what made the reader stumble.
fn mend(patch: &mut Patch<'_>, stumble: &Stumble, problems: &mut Vec<Problem>) {
    if let Some(mistake) = mistakes::find(patch.text(), stumble).filter(|found| is_new(patch, found)) {
        return take(patch, mistake, problems);
    }
    if stumble.trouble == Trouble::QuotedAtMargin {
        // Not a mistake: nearly all readers of sites take it, so it is indented for ours without a word.
        let line = patch.text()[..stumble.at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let indent = Edit::replace(patch.origin(Span::empty(line)), " ");
        if line > 0 && !patch.touches(indent.span) {
            return patch.apply([indent]);
        }
    }
    leave_out(patch, stumble, problems);
}

/// The last resort: takes out the entry that the reader stumbled at, or the one before, whichever leaves more.
fn leave_out(patch: &mut Patch<'_>, stumble: &Stumble, problems: &mut Vec<Problem>) {
    let text = patch.text();
    let (previous, current) = entries(text, stumble.at);
    let without = |entry: Span| {
        let mut smaller = patch.clone();
        smaller.apply([Edit::replace(patch.origin(entry), "")]);
        let gain = match build(smaller.text()) {
            Ok(tree) => (true, tree.root().map_or(0, |root| root.entries().count())),
            Err(next) => (false, usize::MAX - (smaller.text().len() - next.at)),
        };
        (gain, smaller)
    };
    let mut best = without(current);
    if let Some(previous) = previous {
        let other = without(previous);
        if other.0 > best.0 {
            best = other;
        }
    }
    if best.1.text().len() == text.len() {
        best.1.apply([Edit::replace(patch.origin(Span::new(0, text.len())), "")]);
    }
    let line_end = text[stumble.at..].find(['\n', '\r']).map_or(text.len(), |length| stumble.at + length);
    let rest = Span::new(stumble.at, stumble.at + text[stumble.at..line_end].trim_end().len());
    let span = if rest.is_empty() { line_before(text, stumble.at) } else { rest };
    let span = patch.origin(span);
    *patch = best.1;
    problems.push(Problem { cause: Cause::Other, span, other: None, detail: stumble.words.clone(), fix: None });
}

/// Tells a mistake and makes its repair.
fn take(patch: &mut Patch<'_>, mistake: Mistake, problems: &mut Vec<Problem>) {
    let (problem, repairs) = told(patch, mistake);
    problems.push(problem);
    patch.apply(repairs);
}

/// A mistake in the patched text → a problem in the written text, and the edits to it that mend it.
fn told(patch: &Patch<'_>, mistake: Mistake) -> (Problem, Vec<Edit>) {
    let repairs: Vec<Edit> =
        mistake.repair.into_iter().map(|edit| Edit::replace(patch.origin(edit.span), edit.insert)).collect();
    let fix = if mistake.certain { repairs.first().cloned() } else { None };
    let span = patch.origin(mistake.span);
    let other = mistake.other.map(|span| patch.origin(span));
    (Problem { cause: mistake.cause, span, other, detail: mistake.detail, fix }, repairs)
}

/// Whether the mistake is in what was written, not in what a repair has made of it.
fn is_new(patch: &Patch<'_>, mistake: &Mistake) -> bool {
    !mistake.repair.is_empty() && !mistake.repair.iter().any(|edit| patch.touches(patch.origin(edit.span)))
}

/// Adds what can be read but isn't read as meant, and leads the spans back.
fn finish(mut patch: Patch<'_>, mut tree: Tree, mut problems: Vec<Problem>) -> (Tree, Vec<Problem>) {
    let odd: Vec<Mistake> =
        oddities::find(patch.text(), &tree).into_iter().filter(|found| is_new(&patch, found)).collect();
    if !odd.is_empty() {
        let mut repairs = Vec::new();
        for mistake in odd {
            let (problem, edits) = told(&patch, mistake);
            problems.push(problem);
            repairs.extend(edits);
        }
        let mut mended = patch.clone();
        mended.apply(repairs);
        if let Ok(better) = build(mended.text()) {
            (patch, tree) = (mended, better);
        }
    }
    tree.map_spans(|span| patch.origin(span));
    (tree, problems)
}

/// The top-level entry that byte `at` is in, and the one before it.
fn entries(text: &str, at: usize) -> (Option<Span>, Span) {
    let starts = lines(text).filter(|line| line.indent == 0 && !line.starts_with(text, &['-', '#', ']', '}']));
    let (mut previous, mut current, mut next) = (None, 0, text.len());
    for line in starts.filter(|line| line.start > 0 && !line.is_blank()) {
        if line.start > at {
            next = line.start;
            break;
        }
        previous = Some(current);
        current = line.start;
    }
    (previous.map(|start| Span::new(start, current)), Span::new(current, next))
}

/// The last line with something on it before byte `at`.
fn line_before(text: &str, at: usize) -> Span {
    let end = text[..at].trim_end().len();
    let start = text[..end].rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
    let indent = text[start..end].len() - text[start..end].trim_start().len();
    Span::new(start + indent, end)
}
