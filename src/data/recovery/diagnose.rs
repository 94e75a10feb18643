//! Finds the error that made the YAML parser fail, line by line, as an author would look for it.

use crate::data::node::Tree;
use crate::data::problem::SyntaxErrorKind;
use crate::data::recovery::error::RepairableError;
use crate::data::recovery::line_syntax::missing_space_after_colon;
use crate::data::recovery::scanner::IndentationScanner;
use crate::data::recovery::tab_indentation::tab_indentation;
use crate::data::yaml_parser::{ParseError, ParseErrorKind};
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::lines::{Line, lines};

/// The error that made the parser fail, if it is of a known kind.
pub(crate) fn diagnose(text: &str, failure: &ParseError) -> Option<RepairableError> {
    let lines: Vec<Line> = lines(text).collect();
    let failed = lines.partition_point(|line| line.start <= failure.offset).saturating_sub(1);
    if let Some(error) = merge_conflict(text, &lines) {
        return Some(error);
    }
    if failure.kind == ParseErrorKind::Tab
        && let Some(error) = tab_indentation(text, &lines, failed)
    {
        return Some(error);
    }
    // The entry before the one where the parser failed may be the cause; everything before that was parsed.
    let mut tops = lines[..=failed]
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, line)| is_top_level_key(text, line))
        .map(|(index, _)| index);
    let _ = tops.next();
    let from = tops.next().unwrap_or(0);
    let mut scan = IndentationScanner::new(text, &lines, failure.kind);
    let mut at = 0;
    while at <= failed {
        match scan.line(at) {
            Ok(next) => at = next,
            Err(error) if at >= from || error.span.start >= lines[from].start => return Some(error),
            Err(_) => at += 1,
        }
    }
    // A parser that takes a tab for the end of the list blames the line before it.
    let near =
        (failed..lines.len()).take(2).find(|&index| text[lines[index].start..lines[index].first()].contains('\t'))?;
    tab_indentation(text, &lines, near)
}

/// For a tree that isn't a mapping: the line that would be an entry if there were a space after its colon.
pub(crate) fn root_without_space_after_colon(text: &str, tree: &Tree) -> Option<RepairableError> {
    let root = tree.root()?;
    if root.is_map() || root.text().is_none_or(str::is_empty) {
        return None;
    }
    lines(text)
        .filter(|line| line.indent == 0)
        .find_map(|line| missing_space_after_colon(text, Span::new(line.first(), line.end)))
}

fn is_top_level_key(text: &str, line: &Line) -> bool {
    line.indent == 0 && !line.is_blank() && !line.starts_with(text, &['#', '-', ']', '}'])
}

/// `<<<<<<<` and what belongs to it: the other side is left out.
fn merge_conflict(text: &str, lines: &[Line]) -> Option<RepairableError> {
    let is = |line: &Line, mark: &str| {
        line.indent == 0
            && line.content(text).strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let index = lines.iter().position(|line| is(line, "<<<<<<<") || is(line, ">>>>>>>") || is(line, "======="))?;
    let mark = lines[index];
    let after = |index: usize| lines.get(index + 1).map_or(text.len(), |line| line.start);
    let whole = |index: usize| Edit::replace(Span::new(lines[index].start, after(index)), "");
    let mut repair = vec![whole(index)];
    let mut other = None;
    if is(&mark, "<<<<<<<") {
        let rest = || lines.iter().enumerate().skip(index + 1);
        let middle = rest().find(|(_, line)| is(line, "|||||||") || is(line, "=======")).map(|(middle, _)| middle);
        let end = rest().find(|(_, line)| is(line, ">>>>>>>")).map(|(end, _)| end);
        match (middle, end) {
            (Some(middle), Some(end)) if middle < end => {
                repair.push(Edit::replace(Span::new(lines[middle].start, after(end)), ""));
                other = Some(Span::new(lines[end].first(), lines[end].end));
            }
            (Some(one), None) | (None, Some(one)) => repair.push(whole(one)),
            _ => {}
        }
    }
    let span = Span::new(mark.first(), mark.end);
    let detail = text[span.range()].chars().take(7).collect();
    let kind = SyntaxErrorKind::MergeConflictMarker;
    Some(RepairableError { kind, span, other, detail, repair, is_safe: false, has_alternatives: false })
}
