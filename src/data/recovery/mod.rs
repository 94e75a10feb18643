//! Broken YAML: each error is found, classified and repaired in a patched text until the rest can be parsed.
//!
//! The parser reports one error and often blames the line after it. So its error only says where to look: [`diagnose`]
//! examines the lines before it as an author would, and determines what is wrong and what was intended. The tree is
//! then that of the repaired text, with every span mapped back to the original text: other rules already see what a fix
//! would give.

pub(crate) mod diagnose;
pub(crate) mod error;
mod flow;
pub(crate) mod line_syntax;
pub(crate) mod misread;
mod misread_list;
pub(crate) mod patch;
pub(crate) mod quote;
pub(crate) mod scanner;
mod tab_indentation;
pub(crate) mod value;

use crate::data::node::Tree;
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::data::recovery::error::RepairableError;
use crate::data::recovery::patch::PatchedText;
use crate::data::yaml_parser::{ParseError, ParseErrorKind, parse_strict};
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::lines::lines;

/// The number of bytes parsed in total for one block, including repairs; bounds the time for malicious ones.
const MAX_PARSED_BYTES: usize = 2 << 20;
/// The maximum number of separate errors in one block.
const MAX_REPAIRS: usize = 200;

/// Parses a text that may have errors. Never fails; each error is reported once, in no order.
pub(crate) fn parse_with_recovery(text: &str) -> (Tree, Vec<SyntaxProblem>) {
    let mut problems = Vec::new();
    let mut patch = PatchedText::new(text);
    let fuel = (MAX_PARSED_BYTES / (text.len() + 64)).clamp(4, MAX_REPAIRS);
    for _ in 0..fuel {
        match parse_strict(patch.text()) {
            Err(failure) => repair(&mut patch, &failure, &mut problems),
            Ok(tree) => match diagnose::root_without_space_after_colon(patch.text(), &tree)
                .filter(|found| is_in_original(&patch, found))
            {
                Some(error) => record_and_apply(&mut patch, error, &mut problems),
                None => return finish(patch, tree, problems),
            },
        }
    }
    let mut tree = match parse_strict(patch.text()) {
        Ok(tree) => tree,
        // What is before the entry that cannot be parsed was parsed before.
        Err(failure) => {
            parse_strict(&patch.text()[..entries_around(patch.text(), failure.offset).1.start]).unwrap_or_default()
        }
    };
    tree.map_spans(|span| patch.original_span(span));
    (tree, problems)
}

/// Classifies and repairs what made the parser fail.
fn repair(patch: &mut PatchedText<'_>, failure: &ParseError, problems: &mut Vec<SyntaxProblem>) {
    if failure.kind == ParseErrorKind::Tab
        && let Some(line) = blank_line_in_quotes(patch.text())
    {
        // Not an error either: libyaml's readers skip the tabs of a blank line in a quoted string.
        let edit = Edit::replace(patch.original_span(line), "");
        if !patch.overlaps_edit(edit.span) {
            return patch.apply([edit]);
        }
    }
    if let Some(error) = diagnose::diagnose(patch.text(), failure).filter(|found| is_in_original(patch, found)) {
        return record_and_apply(patch, error, problems);
    }
    if failure.kind == ParseErrorKind::QuotedAtMargin {
        // Not an error: almost all parsers of site generators accept it, so it is silently indented for ours.
        let line = patch.text()[..failure.offset].rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let indent = Edit::replace(patch.original_span(Span::empty(line)), " ");
        if line > 0 && !patch.overlaps_edit(indent.span) {
            return patch.apply([indent]);
        }
    }
    remove_entry(patch, failure, problems);
}

/// The tabs and spaces of the first blank line inside a quoted string.
fn blank_line_in_quotes(text: &str) -> Option<Span> {
    let is_open = |line: &str| {
        let value = line.split_once(": ").map_or(line, |(_, value)| value).trim();
        ['"', '\''].into_iter().any(|quote| value.starts_with(quote) && value.matches(quote).count() == 1)
    };
    let mut opened = false;
    for line in lines(text) {
        let indentation = Span::new(line.start, line.first());
        if opened && line.is_blank() && text[indentation.range()].contains('\t') {
            return Some(indentation);
        }
        let content = line.content(text);
        if !line.is_blank() && (is_open(content) || !opened || content.trim_end().ends_with(['"', '\''])) {
            opened = is_open(content);
        }
    }
    None
}

/// The last resort: removes the entry where the parser failed, or the one before, whichever leaves more.
fn remove_entry(patch: &mut PatchedText<'_>, failure: &ParseError, problems: &mut Vec<SyntaxProblem>) {
    let text = patch.text();
    let (previous, current) = entries_around(text, failure.offset);
    let without = |entry: Span| {
        let mut smaller = patch.clone();
        smaller.apply([Edit::replace(patch.original_span(entry), "")]);
        let gain = match parse_strict(smaller.text()) {
            Ok(tree) => (true, tree.root().map_or(0, |root| root.entries().count())),
            Err(next) => (false, usize::MAX - (smaller.text().len() - next.offset)),
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
        best.1.apply([Edit::replace(patch.original_span(Span::new(0, text.len())), "")]);
    }
    let line_end = text[failure.offset..].find(['\n', '\r']).map_or(text.len(), |length| failure.offset + length);
    let rest = Span::new(failure.offset, failure.offset + text[failure.offset..line_end].trim_end().len());
    let span = if rest.is_empty() { line_before(text, failure.offset) } else { rest };
    let span = patch.original_span(span);
    *patch = best.1;
    problems.push(SyntaxProblem::new(SyntaxErrorKind::Other, span, failure.message.clone()));
}

/// Reports an error and applies its repair.
fn record_and_apply(patch: &mut PatchedText<'_>, error: RepairableError, problems: &mut Vec<SyntaxProblem>) {
    let (problem, repairs) = into_problem(patch, error);
    problems.push(problem);
    patch.apply(repairs);
}

/// An error in the patched text → a problem in the original text, and the edits to it that repair it.
fn into_problem(patch: &PatchedText<'_>, error: RepairableError) -> (SyntaxProblem, Vec<Edit>) {
    let repairs: Vec<Edit> =
        error.repair.into_iter().map(|edit| Edit::replace(patch.original_span(edit.span), edit.insert)).collect();
    let fix = if error.is_safe { repairs.first().cloned() } else { None };
    let span = patch.original_span(error.span);
    let other = error.other.map(|span| patch.original_span(span));
    let problem = SyntaxProblem::new(error.kind, span, error.detail);
    (SyntaxProblem { other, fix, has_alternatives: error.has_alternatives, ..problem }, repairs)
}

/// Whether the error is in the original text, not in the result of a repair.
fn is_in_original(patch: &PatchedText<'_>, error: &RepairableError) -> bool {
    !error.repair.is_empty() && !error.repair.iter().any(|edit| patch.overlaps_edit(patch.original_span(edit.span)))
}

/// Adds values that are parsed but not as intended, and maps the spans back.
fn finish(mut patch: PatchedText<'_>, mut tree: Tree, mut problems: Vec<SyntaxProblem>) -> (Tree, Vec<SyntaxProblem>) {
    let suspicious: Vec<RepairableError> = misread::find_misread_values(patch.text(), &tree)
        .into_iter()
        .filter(|found| is_in_original(&patch, found))
        .collect();
    if !suspicious.is_empty() {
        let mut repairs = Vec::new();
        for error in suspicious {
            let (problem, edits) = into_problem(&patch, error);
            problems.push(problem);
            repairs.extend(edits);
        }
        let mut repaired = patch.clone();
        repaired.apply(repairs);
        if let Ok(better) = parse_strict(repaired.text()) {
            (patch, tree) = (repaired, better);
        }
    }
    tree.map_spans(|span| patch.original_span(span));
    (tree, problems)
}

/// The top-level entry that contains byte `at`, and the one before it.
fn entries_around(text: &str, at: usize) -> (Option<Span>, Span) {
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

/// The last non-blank line before byte `at`.
fn line_before(text: &str, at: usize) -> Span {
    let end = text[..at].trim_end().len();
    let start = text[..end].rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
    let indent = text[start..end].len() - text[start..end].trim_start().len();
    Span::new(start + indent, end)
}
