//! Lines indented with tabs, and what they are meant to belong to.

use crate::data::node::{Tree, Value};
use crate::data::problem::SyntaxErrorKind;
use crate::data::recovery::error::RepairableError;
use crate::data::yaml_parser::parse_strict;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::lines::Line;

/// How many spaces a tab may stand for. The first is what a repair writes if the text can be parsed with it. With none,
/// the tabs are a mistake before a line that belongs further to the left.
const WIDTHS: [usize; 4] = [2, 0, 4, 8];

/// A run of lines indented with tabs, around the line where the parser failed.
pub(super) fn tab_indentation(text: &str, lines: &[Line], failed: usize) -> Option<RepairableError> {
    let has_tab = |line: &Line| !line.is_blank() && text[line.start..line.first()].contains('\t');
    let found = lines[..=failed].iter().rposition(has_tab)?;
    let first = found - lines[..found].iter().rev().take_while(|line| has_tab(line)).count();
    let after = lines[found..].iter().take_while(|line| line.is_blank() || has_tab(line)).count();
    let last = found + lines[found..found + after].iter().rposition(has_tab)?;
    let with_width = |width: usize| {
        let spaces = " ".repeat(width);
        let mut repaired = String::new();
        for line in &lines[first..last] {
            repaired.push_str(&text[line.start..line.first()].replace('\t', &spaces));
            repaired.push_str(&text[line.first()..line.next]);
        }
        repaired + &text[lines[last].start..lines[last].first()].replace('\t', &spaces)
    };
    let (top, end) = (lines[first].start, lines[last].first());
    let tab = top + text[top..end].find('\t')?;
    let run = text[tab..end].bytes().take_while(|&byte| byte == b'\t').count();
    // The entry around the lines: what else is wrong with the front matter doesn't matter here.
    let is_top = |line: &&Line| line.indent == 0 && !line.is_blank() && !line.starts_with(text, &['#', '-', ']', '}']);
    let entry_start = lines[..first].iter().rfind(is_top).map_or(0, |line| line.start);
    let entry_end = lines[last..].iter().skip(1).find(is_top).map_or(text.len(), |line| line.start);
    let parsed = WIDTHS.map(|width| {
        let entry = [&text[entry_start..top], &with_width(width), &text[end..entry_end]].concat();
        parse_strict(&entry).ok()
    });
    let width = WIDTHS.iter().zip(&parsed).find(|(_, tree)| tree.is_some()).map_or(WIDTHS[0], |(width, _)| *width);
    let mut readings = parsed.iter().flatten();
    let only = readings.next().filter(|_| width == WIDTHS[0]);
    let has_alternatives = !only.is_some_and(|only| readings.all(|other| is_same_data(only, other)));
    let edit = Edit::replace(Span::new(top, end), with_width(width));
    let error = RepairableError::new(SyntaxErrorKind::TabIndentation, Span::new(tab, tab + run), "", edit);
    Some(RepairableError { has_alternatives, ..error })
}

/// Whether two trees hold the same data.
fn is_same_data(one: &Tree, other: &Tree) -> bool {
    let mut pairs: Vec<(Option<Value>, Option<Value>)> = vec![(one.root(), other.root())];
    while let Some(pair) = pairs.pop() {
        let (one, other) = match pair {
            (None, None) => continue,
            (Some(one), Some(other)) => (one, other),
            _ => return false,
        };
        let children = |value: Value<'_>| value.items().map_or(0, |items| items.len()) + value.entries().count();
        let is_same_kind = one.is_map() == other.is_map() && one.items().is_some() == other.items().is_some();
        if !is_same_kind || one.text() != other.text() || children(one) != children(other) {
            return false;
        }
        let items = one.items().into_iter().flatten().zip(other.items().into_iter().flatten());
        pairs.extend(items.map(|(one, other)| (Some(one), Some(other))));
        for (one, other) in one.entries().zip(other.entries()) {
            if one.key.text() != other.key.text() {
                return false;
            }
            pairs.push((Some(one.value), Some(other.value)));
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lines::lines;

    /// The text after the repair, and whether others are possible.
    fn repaired(text: &str) -> (String, bool) {
        let lines: Vec<Line> = lines(text).collect();
        let failed =
            lines.iter().position(|line| text[line.start..line.first()].contains('\t')).expect("there is a tab");
        let error = tab_indentation(text, &lines, failed).expect("there is a tab");
        let edit = &error.repair[0];
        let after = [&text[..edit.span.start], &edit.insert, &text[edit.span.end..]].concat();
        (after, error.has_alternatives)
    }

    #[test]
    fn a_list_and_a_string_over_two_lines_are_certain() {
        assert_eq!(repaired("tags:\n\t- a\n\t- b\n"), ("tags:\n  - a\n  - b\n".into(), false));
        assert_eq!(repaired("title: one\n\ttwo\nx: 1\n"), ("title: one\n  two\nx: 1\n".into(), false));
    }

    #[test]
    fn a_key_may_belong_to_the_one_above_or_not() {
        assert_eq!(repaired("cover:\n\tweight: 37\n"), ("cover:\n  weight: 37\n".into(), true));
        assert_eq!(repaired("a:\n  b:\n\tc: 2\n"), ("a:\n  b:\n  c: 2\n".into(), true));
        assert_eq!(repaired("a:\n- b: 1\n\tc: 2\n"), ("a:\n- b: 1\n  c: 2\n".into(), true));
    }

    #[test]
    fn a_key_below_a_value_is_moved_to_the_left() {
        assert_eq!(repaired("title: x\n\tweight: 37\n"), ("title: x\nweight: 37\n".into(), true));
        let both_wrong = "teaser: *image: x\n\tweight: 37\n";
        assert_eq!(repaired(both_wrong), ("teaser: *image: x\n  weight: 37\n".into(), true));
    }
}
