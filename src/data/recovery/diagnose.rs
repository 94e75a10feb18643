//! The mistakes that stop a YAML reader, found line by line as a writer would look for them.

use crate::data::node::Tree;
use crate::data::problem::SyntaxErrorKind;
use crate::data::recovery::scanner::IndentationScanner;
use crate::data::yaml::{ParseError, ParseErrorKind};
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::lines::{Line, lines};

/// One mistake: where, why, and what to do so that the reader gets past it. Spans are bytes of the text looked at.
#[derive(Debug)]
pub(crate) struct RepairableError {
    /// Why.
    pub(crate) kind: SyntaxErrorKind,
    /// The thing itself.
    pub(crate) span: Span,
    /// A second place.
    pub(crate) other: Option<Span>,
    /// The key, character or text it is about.
    pub(crate) detail: String,
    /// What mends it; never empty for a mistake that stops the reader.
    pub(crate) repair: Vec<Edit>,
    /// Whether the repair, then a single edit, can't change what was meant.
    pub(crate) is_safe: bool,
}

impl RepairableError {
    /// A mistake whose repair is sure to be what was meant.
    pub(crate) fn new(cause: SyntaxErrorKind, span: Span, detail: impl Into<String>, repair: Edit) -> Self {
        Self { kind: cause, span, other: None, detail: detail.into(), repair: vec![repair], is_safe: true }
    }

    /// The same, with a repair that is good enough to read on, but a guess.
    pub(crate) fn with_uncertain_repair(self, guess: bool) -> Self {
        Self { is_safe: self.is_safe && !guess, ..self }
    }

    /// The same, with a second place.
    pub(crate) fn with_related_span(self, other: Span) -> Self {
        Self { other: Some(other), ..self }
    }
}

/// The mistake behind the reader's stumble, if it is one with a name.
pub(crate) fn diagnose(text: &str, stumble: &ParseError) -> Option<RepairableError> {
    let lines: Vec<Line> = lines(text).collect();
    let failed = lines.partition_point(|line| line.start <= stumble.offset).saturating_sub(1);
    if let Some(mistake) = merge_conflict(text, &lines) {
        return Some(mistake);
    }
    if stumble.kind == ParseErrorKind::Tab
        && let Some(mistake) = tab_indentation(text, &lines, failed)
    {
        return Some(mistake);
    }
    // The entry before the one with the stumble may be the culprit; what stands before that was read.
    let mut tops = lines[..=failed]
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, line)| is_top_level_key(text, line))
        .map(|(index, _)| index);
    let _ = tops.next();
    let from = tops.next().unwrap_or(0);
    let mut scan = IndentationScanner::new(text, &lines, stumble.kind);
    let mut at = 0;
    while at <= failed {
        match scan.line(at) {
            Ok(next) => at = next,
            Err(mistake) if at >= from || mistake.span.start >= lines[from].start => return Some(mistake),
            Err(_) => at += 1,
        }
    }
    None
}

/// For a tree that isn't a map: the line that would be an entry but for a blank after its colon.
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

/// Whether a line starts with a mark that says what it is, be it a comment, an item or a bracket.
pub(crate) fn starts_with_indicator(text: &str, line: &Line) -> bool {
    line.starts_with(text, &['#', '-', '[', ']', '{', '}', '<', '=', '>', '|'])
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
    Some(RepairableError { kind: SyntaxErrorKind::MergeConflictMarker, span, other, detail, repair, is_safe: false })
}

/// A run of lines that are indented with tabs, around the one that the reader stumbled at.
fn tab_indentation(text: &str, lines: &[Line], failed: usize) -> Option<RepairableError> {
    let has_tab = |line: &Line| !line.is_blank() && text[line.start..line.first()].contains('\t');
    let found = lines[..=failed].iter().rposition(has_tab)?;
    let first = found - lines[..found].iter().rev().take_while(|line| has_tab(line)).count();
    let after = lines[found..].iter().take_while(|line| line.is_blank() || has_tab(line)).count();
    let last = found + lines[found..found + after].iter().rposition(has_tab)?;
    let mut mended = String::new();
    for line in &lines[first..last] {
        mended.push_str(&text[line.start..line.first()].replace('\t', "  "));
        mended.push_str(&text[line.first()..line.next]);
    }
    let (top, end) = (lines[first].start, lines[last].first());
    mended.push_str(&text[lines[last].start..end].replace('\t', "  "));
    let tab = top + text[top..end].find('\t')?;
    let run = text[tab..end].bytes().take_while(|&byte| byte == b'\t').count();
    Some(RepairableError::new(
        SyntaxErrorKind::TabIndentation,
        Span::new(tab, tab + run),
        "",
        Edit::replace(Span::new(top, end), mended),
    ))
}

/// `title:Hello`, `title:<NBSP>Hello`, `title：Hello`: an entry but for the blank.
pub(crate) fn missing_space_after_colon(text: &str, span: Span) -> Option<RepairableError> {
    let line = &text[span.range()];
    let key_len =
        line.find(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | '-' | '.'))).filter(|&len| len > 0)?;
    let key = &line[..key_len];
    let rest = &line[key_len..];
    let at = span.start + key_len;
    if let Some(value) = rest.strip_prefix('：') {
        let wide = Span::new(at, at + '：'.len_utf8());
        let blank = if value.starts_with(char::is_whitespace) || value.is_empty() { ":" } else { ": " };
        return Some(RepairableError::new(SyntaxErrorKind::NoSpaceAfterColon, wide, key, Edit::replace(wide, blank)));
    }
    let value = rest.strip_prefix(':')?;
    let invisible = value.len() - value.trim_start_matches(is_non_breaking_space).len();
    if invisible > 0 {
        let blanks = Span::new(at + 1, at + 1 + invisible);
        return Some(RepairableError::new(
            SyntaxErrorKind::NoSpaceAfterColon,
            Span::new(at, blanks.end),
            key,
            Edit::replace(blanks, " "),
        ));
    }
    // `https://…` is no entry.
    if value.is_empty() || value.starts_with("//") || value.starts_with([' ', '\t', ':']) {
        return None;
    }
    Some(RepairableError::new(
        SyntaxErrorKind::NoSpaceAfterColon,
        Span::new(at, at + 1),
        key,
        Edit::replace(Span::empty(at + 1), " "),
    ))
}

/// Blanks that YAML takes for text: U+00A0, U+3000 and their like.
pub(crate) fn is_non_breaking_space(char: char) -> bool {
    matches!(char, '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

/// The length of the visible indentation's invisible rest: `<NBSP><NBSP>- a`.
pub(crate) fn non_breaking_indentation(content: &str) -> Option<(Span, String)> {
    let len = content.len() - content.trim_start_matches(|char| is_non_breaking_space(char) || char == ' ').len();
    let has_one = content[..len].contains(is_non_breaking_space);
    has_one.then(|| (Span::new(0, len), content[..len].chars().map(|_| ' ').collect()))
}
