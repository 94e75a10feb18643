//! One pass over the lines of broken YAML: which mappings and lists are open, and which line fits none of them.

use crate::data::problem::SyntaxErrorKind;
use crate::data::recovery::error::RepairableError;
use crate::data::recovery::line_syntax::{
    key_and_value, looks_like_key, missing_colon, missing_space_after_colon, non_breaking_indentation,
    starts_with_indicator,
};
use crate::data::recovery::quote::quote;
use crate::data::recovery::value;
use crate::data::recovery::value::{ValueContext, ValueEnd};
use crate::data::yaml_parser::ParseErrorKind;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::lines::Line;

/// What a level of indentation contains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Level {
    Map(usize),
    List(usize),
}

impl Level {
    fn column(self) -> usize {
        match self {
            Level::Map(column) | Level::List(column) => column,
        }
    }
}

/// Where the scan is.
pub(crate) struct IndentationScanner<'t> {
    text: &'t str,
    lines: &'t [Line],
    /// The open mappings and lists, outermost first.
    levels: Vec<Level>,
    /// How the last entry's value ended.
    last: ValueEnd,
    /// The last entry's column and key.
    owner: Option<(usize, Span)>,
    error_kind: ParseErrorKind,
}

impl<'t> IndentationScanner<'t> {
    /// Before the first line.
    pub(crate) fn new(text: &'t str, lines: &'t [Line], trouble: ParseErrorKind) -> Self {
        Self { text, lines, levels: Vec::new(), last: ValueEnd::Empty, owner: None, error_kind: trouble }
    }

    /// Examines line `index` (from 0) and returns the next line to examine.
    pub(crate) fn line(&mut self, index: usize) -> Result<usize, RepairableError> {
        let line = self.lines[index];
        let content = line.content(self.text);
        if line.is_blank() || content.starts_with('#') || (line.indent == 0 && content.starts_with('%')) {
            return Ok(index + 1);
        }
        if let ValueEnd::Block(owner) = self.last
            && line.indent > owner
        {
            return Ok(index + 1);
        }
        if let Some((span, spaces)) = non_breaking_indentation(content) {
            let span = span.shift(line.first());
            return Err(RepairableError::new(
                SyntaxErrorKind::NonBreakingIndentation,
                span,
                "",
                Edit::replace(span, spaces),
            ));
        }
        let mut at = line.first();
        let mut is_item = false;
        loop {
            let rest = &self.text[at..line.end];
            let dash = rest == "-" || rest.starts_with("- ") || rest.starts_with("-\t");
            if !dash || (!is_item && self.continues(&line)) {
                break;
            }
            self.level(&line, at - line.start, true, is_item)?;
            is_item = true;
            at += 1 + rest[1..].len() - rest[1..].trim_start_matches([' ', '\t']).len();
        }
        let column = at - line.start;
        let rest = Span::new(at, line.end);
        let Some((key, value)) = key_and_value(self.text, rest) else {
            return self.line_without_key(index, rest, is_item);
        };
        if !is_item && self.continues(&line) && !looks_like_key(&self.text[at..line.end]) {
            // Text that continues and happens to contain a colon.
            let (owner, key) = self.owner.unwrap_or((0, key));
            return Err(self.colon_in_text(index, owner, key));
        }
        self.level(&line, column, false, is_item)?;
        self.owner = Some((column, key));
        self.value(index, value, column, Some(key))
    }

    /// A line without a key: an item, a value on its own line, text that continues, or an error.
    fn line_without_key(&mut self, index: usize, rest: Span, is_item: bool) -> Result<usize, RepairableError> {
        let line = self.lines[index];
        if is_item {
            let column = self.levels.last().map_or(0, |level| level.column());
            self.owner = None;
            return self.value(index, rest, column, None);
        }
        let inside = self.owner.map_or(self.levels.is_empty(), |(column, _)| line.indent > column);
        if inside && self.last == ValueEnd::Empty {
            let (column, key) = self.owner.map_or((0, None), |(column, key)| (column, Some(key)));
            if self.owner.is_some() {
                return self.value(index, rest, column, key);
            }
        }
        if self.continues(&line) {
            return Ok(index + 1);
        }
        if let Some(error) = missing_space_after_colon(self.text, rest) {
            return Err(error);
        }
        Err(self.missing_key(index, rest))
    }

    fn missing_key(&self, index: usize, rest: Span) -> RepairableError {
        let line = self.lines[index];
        if let Some(error) = missing_colon(self.text, rest) {
            return error;
        }
        // A paragraph is one error, however many lines it has.
        let is_text = |line: &&Line| {
            !line.is_blank()
                && key_and_value(self.text, Span::new(line.first(), line.end)).is_none()
                && !starts_with_indicator(self.text, line)
        };
        let next = self.lines[index + 1..].iter().take_while(is_text).last().unwrap_or(&line).next;
        let gone = Edit::replace(Span::new(line.start, next), "");
        RepairableError::new(SyntaxErrorKind::MissingKey, rest, &self.text[rest.range()], gone)
            .with_uncertain_repair(true)
    }

    /// `description: some text` and, deeper, `that has: a colon`.
    fn colon_in_text(&self, index: usize, owner: usize, key: Span) -> RepairableError {
        let start = self.text[key.end..]
            .find(|char: char| char != ':' && !char.is_whitespace())
            .map_or(key.end, |skip| key.end + skip);
        let last = self.lines[index..]
            .iter()
            .take_while(|line| line.is_blank() || line.indent > owner)
            .filter(|line| !line.is_blank())
            .last();
        let end = last.map_or(self.lines[index].end, |line| line.end);
        let line = self.lines[index];
        let colon = self.text[line.first()..line.end].find(": ").map_or(line.end - 1, |at| line.first() + at);
        let whole = Span::new(start, end);
        let quoted = Edit::replace(whole, quote(&self.text[whole.range()]));
        RepairableError::new(
            SyntaxErrorKind::UnquotedColon,
            Span::new(colon, colon + 1),
            &self.text[key.range()],
            quoted,
        )
    }

    /// Whether a line without an indicator is part of the plain text before it.
    fn continues(&self, line: &Line) -> bool {
        self.last == ValueEnd::Plain
            && match self.owner {
                Some((column, _)) => line.indent > column,
                None => self.levels.last().is_some_and(|level| line.indent > level.column()),
            }
    }

    fn value(&mut self, index: usize, value: Span, column: usize, key: Option<Span>) -> Result<usize, RepairableError> {
        let place =
            ValueContext { text: self.text, lines: self.lines, index, value, column, key, error_kind: self.error_kind };
        let (state, next) = value::check_value(&place)?;
        self.last = state;
        Ok(next)
    }

    /// Opens, keeps or closes levels for an indicator or key in `column`.
    fn level(&mut self, line: &Line, column: usize, item: bool, inline: bool) -> Result<(), RepairableError> {
        let level = if item { Level::List(column) } else { Level::Map(column) };
        if inline || self.levels.is_empty() {
            self.levels.truncate(self.levels.partition_point(|open| open.column() < column));
            self.levels.push(level);
            self.last = ValueEnd::Empty;
            return Ok(());
        }
        let kept = self.levels.partition_point(|open| open.column() <= column);
        let closed = self.levels.get(kept).copied();
        let may_open = self.last == ValueEnd::Empty;
        let deepest = kept.checked_sub(1).map(|index| self.levels[index]);
        match deepest {
            Some(open) if open.column() == column => {
                self.levels.truncate(kept);
                match (open, level) {
                    (Level::List(_), Level::Map(_)) => {
                        self.levels.pop();
                        if !self.levels.contains(&level) {
                            return Err(self
                                .inconsistent_indentation(line, self.levels.last().map_or(0, |level| level.column())));
                        }
                    }
                    (Level::Map(_), Level::List(_))
                        if may_open && self.owner.is_some_and(|(owner, _)| owner == column) =>
                    {
                        self.levels.push(level);
                    }
                    (Level::Map(_), Level::List(_)) => {
                        let index = self.lines.partition_point(|other| other.start < line.start);
                        return Err(self.missing_key(index, Span::new(line.first(), line.end)));
                    }
                    _ => {}
                }
            }
            Some(_) if closed.is_none() && may_open => self.levels.push(level),
            // Deeper than an entry that already has its value, or between two levels.
            Some(open) => {
                let to = closed.filter(|closed| matches!(closed, Level::List(_)) == item).unwrap_or(open);
                return Err(self.inconsistent_indentation(line, to.column()));
            }
            None => {
                // Left of everything: if only the first line is further right, that one is wrong.
                let mut written =
                    self.lines.iter().filter(|line| !line.is_blank() && !line.starts_with(self.text, &['#']));
                let (first, second) = (written.next(), written.next());
                return Err(match (first, second) {
                    (Some(first), Some(second)) if second.start == line.start => {
                        self.inconsistent_indentation(first, column)
                    }
                    _ => self.inconsistent_indentation(line, closed.map_or(0, Level::column)),
                });
            }
        }
        self.last = ValueEnd::Empty;
        Ok(())
    }

    fn inconsistent_indentation(&self, line: &Line, column: usize) -> RepairableError {
        let what = key_and_value(self.text, Span::new(line.first(), line.end))
            .map_or(Span::new(line.first(), line.end), |(key, _)| key);
        let dedent = Edit::replace(Span::new(line.start, line.first()), " ".repeat(column));
        RepairableError::new(SyntaxErrorKind::InconsistentIndentation, what, &self.text[what.range()], dedent)
            .with_uncertain_repair(true)
    }
}
