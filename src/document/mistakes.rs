//! The mistakes that stop a YAML reader, found line by line as a writer would look for them.
//!
//! Over 400 lines: one scan over lines with one piece of state, whose parts mean little apart from each other.

use super::front_matter::Cause;
use super::lines::{Line, lines};
use super::node::Tree;
use super::value::{self, Place, State};
use super::yaml::{Stumble, Trouble};
use crate::diagnostic::Edit;
use crate::source::Span;

/// One mistake: where, why, and what to do so that the reader gets past it. Spans are bytes of the text looked at.
#[derive(Debug)]
pub(super) struct Mistake {
    /// Why.
    pub(super) cause: Cause,
    /// The thing itself.
    pub(super) span: Span,
    /// A second place.
    pub(super) other: Option<Span>,
    /// The key, character or text it is about.
    pub(super) detail: String,
    /// What mends it; never empty for a mistake that stops the reader.
    pub(super) repair: Vec<Edit>,
    /// Whether the repair, then a single edit, can't change what was meant.
    pub(super) certain: bool,
}

impl Mistake {
    /// A mistake whose repair is sure to be what was meant.
    pub(super) fn new(cause: Cause, span: Span, detail: impl Into<String>, repair: Edit) -> Self {
        Self { cause, span, other: None, detail: detail.into(), repair: vec![repair], certain: true }
    }

    /// The same, with a repair that is good enough to read on, but a guess.
    pub(super) fn guessed(self, guess: bool) -> Self {
        Self { certain: self.certain && !guess, ..self }
    }

    /// The same, with a second place.
    pub(super) fn with(self, other: Span) -> Self {
        Self { other: Some(other), ..self }
    }
}

/// The mistake behind the reader's stumble, if it is one with a name.
pub(super) fn find(text: &str, stumble: &Stumble) -> Option<Mistake> {
    let lines: Vec<Line> = lines(text).collect();
    let failed = lines.partition_point(|line| line.start <= stumble.at).saturating_sub(1);
    if let Some(mistake) = conflict(text, &lines) {
        return Some(mistake);
    }
    if stumble.trouble == Trouble::Tab
        && let Some(mistake) = tabs(text, &lines, failed)
    {
        return Some(mistake);
    }
    // The entry before the one with the stumble may be the culprit; what stands before that was read.
    let mut tops =
        lines[..=failed].iter().enumerate().rev().filter(|(_, line)| is_top(text, line)).map(|(index, _)| index);
    let _ = tops.next();
    let from = tops.next().unwrap_or(0);
    let mut scan =
        Scan { text, lines: &lines, levels: Vec::new(), last: State::Empty, owner: None, trouble: stumble.trouble };
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
pub(super) fn glued_root(text: &str, tree: &Tree) -> Option<Mistake> {
    let root = tree.root()?;
    if root.is_map() || root.text().is_none_or(str::is_empty) {
        return None;
    }
    lines(text).filter(|line| line.indent == 0).find_map(|line| glued(text, Span::new(line.first(), line.end)))
}

fn is_top(text: &str, line: &Line) -> bool {
    line.indent == 0 && !line.is_blank() && !line.starts_with(text, &['#', '-', ']', '}'])
}

/// `<<<<<<<` and what belongs to it: the other side is left out.
fn conflict(text: &str, lines: &[Line]) -> Option<Mistake> {
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
    Some(Mistake { cause: Cause::ConflictMark, span, other, detail, repair, certain: false })
}

/// A run of lines that are indented with tabs, up to the one that the reader stumbled at.
fn tabs(text: &str, lines: &[Line], failed: usize) -> Option<Mistake> {
    let has_tab = |line: &Line| !line.is_blank() && text[line.start..line.first()].contains('\t');
    let last = lines[..=failed].iter().rposition(has_tab)?;
    let first = last - lines[..last].iter().rev().take_while(|line| has_tab(line)).count();
    let end =
        lines[first..].iter().take_while(|line| has_tab(line) || line.is_blank()).filter(|line| has_tab(line)).last();
    let region = Span::new(lines[first].start, end.map_or(lines[last].first(), Line::first));
    let tab = lines[first].start + text[lines[first].start..].find('\t')?;
    let run = text[tab..].bytes().take_while(|&byte| byte == b'\t').count();
    let mut mended = String::with_capacity(region.len() + 32);
    for line in lines[first..].iter().take_while(|line| line.start < region.end) {
        mended.push_str(&text[line.start..line.first()].replace('\t', "  "));
        if line.first() < region.end {
            let next = lines.partition_point(|other| other.start <= line.start);
            mended.push_str(&text[line.first()..lines.get(next).map_or(text.len(), |line| line.start).min(region.end)]);
        }
    }
    let edit = Edit::replace(region, mended);
    Some(Mistake::new(Cause::TabIndent, Span::new(tab, tab + run), "", edit))
}

/// `title:Hello`, `title:<NBSP>Hello`, `title：Hello`: an entry but for the blank.
fn glued(text: &str, span: Span) -> Option<Mistake> {
    let line = &text[span.range()];
    let key_len =
        line.find(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | '-' | '.'))).filter(|&len| len > 0)?;
    let key = &line[..key_len];
    let rest = &line[key_len..];
    let at = span.start + key_len;
    if let Some(value) = rest.strip_prefix('：') {
        let wide = Span::new(at, at + '：'.len_utf8());
        let blank = if value.starts_with(char::is_whitespace) || value.is_empty() { ":" } else { ": " };
        return Some(Mistake::new(Cause::NoSpaceAfterColon, wide, key, Edit::replace(wide, blank)));
    }
    let value = rest.strip_prefix(':')?;
    let invisible = value.len() - value.trim_start_matches(is_invisible_blank).len();
    if invisible > 0 {
        let blanks = Span::new(at + 1, at + 1 + invisible);
        return Some(Mistake::new(
            Cause::NoSpaceAfterColon,
            Span::new(at, blanks.end),
            key,
            Edit::replace(blanks, " "),
        ));
    }
    // `https://…` is no entry.
    if value.is_empty() || value.starts_with("//") || value.starts_with([' ', '\t', ':']) {
        return None;
    }
    Some(Mistake::new(Cause::NoSpaceAfterColon, Span::new(at, at + 1), key, Edit::replace(Span::empty(at + 1), " ")))
}

/// Blanks that YAML takes for text: U+00A0, U+3000 and their like.
pub(super) fn is_invisible_blank(char: char) -> bool {
    matches!(char, '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

/// The length of the visible indentation's invisible rest: `<NBSP><NBSP>- a`.
pub(super) fn invisible_indent(content: &str) -> Option<(Span, String)> {
    let len = content.len() - content.trim_start_matches(|char| is_invisible_blank(char) || char == ' ').len();
    let has_one = content[..len].contains(is_invisible_blank);
    has_one.then(|| (Span::new(0, len), content[..len].chars().map(|_| ' ').collect()))
}

/// What the levels of indentation hold.
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
struct Scan<'t> {
    text: &'t str,
    lines: &'t [Line],
    /// The open maps and lists, outermost first.
    levels: Vec<Level>,
    /// How the last entry's value ended.
    last: State,
    /// The last entry's column and key.
    owner: Option<(usize, Span)>,
    trouble: Trouble,
}

impl Scan<'_> {
    /// Looks at a line; gives the next line to look at.
    fn line(&mut self, index: usize) -> Result<usize, Mistake> {
        let line = self.lines[index];
        let content = line.content(self.text);
        if line.is_blank() || content.starts_with('#') || (line.indent == 0 && content.starts_with('%')) {
            return Ok(index + 1);
        }
        if let State::Block(owner) = self.last
            && line.indent > owner
        {
            return Ok(index + 1);
        }
        if let Some((span, blanks)) = invisible_indent(content) {
            let span = span.shift(line.first());
            return Err(Mistake::new(Cause::InvisibleIndent, span, "", Edit::replace(span, blanks)));
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
        let Some((key, value)) = entry(self.text, rest) else {
            return self.bare(index, rest, is_item);
        };
        if !is_item && self.continues(&line) && !looks_like_key(&self.text[at..line.end]) {
            // Text that goes on and happens to hold a colon.
            let (owner, key) = self.owner.unwrap_or((0, key));
            return Err(self.colon_in_text(index, owner, key));
        }
        self.level(&line, column, false, is_item)?;
        self.owner = Some((column, key));
        self.value(index, value, column, Some(key))
    }

    /// A line without a key: an item, a value on its own line, text that goes on, or a mistake.
    fn bare(&mut self, index: usize, rest: Span, is_item: bool) -> Result<usize, Mistake> {
        let line = self.lines[index];
        if is_item {
            let column = self.levels.last().map_or(0, |level| level.column());
            self.owner = None;
            return self.value(index, rest, column, None);
        }
        let inside = self.owner.map_or(self.levels.is_empty(), |(column, _)| line.indent > column);
        if inside && self.last == State::Empty {
            let (column, key) = self.owner.map_or((0, None), |(column, key)| (column, Some(key)));
            if self.owner.is_some() {
                return self.value(index, rest, column, key);
            }
        }
        if self.continues(&line) {
            return Ok(index + 1);
        }
        if let Some(mistake) = glued(self.text, rest) {
            return Err(mistake);
        }
        Err(self.not_an_entry(index, rest))
    }

    fn not_an_entry(&self, index: usize, rest: Span) -> Mistake {
        let line = self.lines[index];
        let next = self.lines.get(index + 1).map_or(self.text.len(), |line| line.start);
        let gone = Edit::replace(Span::new(line.start, next), "");
        Mistake::new(Cause::NotAnEntry, rest, &self.text[rest.range()], gone).guessed(true)
    }

    /// `description: some text` and, deeper, `that has: a colon`.
    fn colon_in_text(&self, index: usize, owner: usize, key: Span) -> Mistake {
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
        let quoted = Edit::replace(whole, super::quote::quote(&self.text[whole.range()]));
        Mistake::new(Cause::UnquotedColon, Span::new(colon, colon + 1), &self.text[key.range()], quoted)
    }

    /// Whether a line without a mark of its own is part of the plain text before it.
    fn continues(&self, line: &Line) -> bool {
        self.last == State::Plain
            && match self.owner {
                Some((column, _)) => line.indent > column,
                None => self.levels.last().is_some_and(|level| line.indent > level.column()),
            }
    }

    fn value(&mut self, index: usize, value: Span, column: usize, key: Option<Span>) -> Result<usize, Mistake> {
        let place = Place { text: self.text, lines: self.lines, index, value, column, key, trouble: self.trouble };
        let (state, next) = value::check(&place)?;
        self.last = state;
        Ok(next)
    }

    /// Opens, keeps or closes levels for a mark or key in `column`.
    fn level(&mut self, line: &Line, column: usize, item: bool, inline: bool) -> Result<(), Mistake> {
        let level = if item { Level::List(column) } else { Level::Map(column) };
        if inline || self.levels.is_empty() {
            self.levels.truncate(self.levels.partition_point(|open| open.column() < column));
            self.levels.push(level);
            self.last = State::Empty;
            return Ok(());
        }
        let kept = self.levels.partition_point(|open| open.column() <= column);
        let closed = self.levels.get(kept).copied();
        let may_open = self.last == State::Empty;
        let deepest = kept.checked_sub(1).map(|index| self.levels[index]);
        match deepest {
            Some(open) if open.column() == column => {
                self.levels.truncate(kept);
                match (open, level) {
                    (Level::List(_), Level::Map(_)) => {
                        self.levels.pop();
                        if !self.levels.contains(&level) {
                            return Err(self.bad_indent(line, self.levels.last().map_or(0, |level| level.column())));
                        }
                    }
                    (Level::Map(_), Level::List(_))
                        if may_open && self.owner.is_some_and(|(owner, _)| owner == column) =>
                    {
                        self.levels.push(level);
                    }
                    (Level::Map(_), Level::List(_)) => {
                        let index = self.lines.partition_point(|other| other.start < line.start);
                        return Err(self.not_an_entry(index, Span::new(line.first(), line.end)));
                    }
                    _ => {}
                }
            }
            Some(_) if closed.is_none() && may_open => self.levels.push(level),
            // Deeper than an entry that has its value, or between two levels.
            Some(open) => {
                let to = closed.filter(|closed| matches!(closed, Level::List(_)) == item).unwrap_or(open);
                return Err(self.bad_indent(line, to.column()));
            }
            None => return Err(self.bad_indent(line, closed.map_or(0, Level::column))),
        }
        self.last = State::Empty;
        Ok(())
    }

    fn bad_indent(&self, line: &Line, column: usize) -> Mistake {
        let what = entry(self.text, Span::new(line.first(), line.end))
            .map_or(Span::new(line.first(), line.end), |(key, _)| key);
        let dedent = Edit::replace(Span::new(line.start, line.first()), " ".repeat(column));
        Mistake::new(Cause::BadIndent, what, &self.text[what.range()], dedent).guessed(true)
    }
}

/// The key and the value of `key: value`, the value without the blanks around it.
pub(super) fn entry(text: &str, span: Span) -> Option<(Span, Span)> {
    let line = &text[span.range()];
    let key_end = match line.chars().next()? {
        quote @ ('"' | '\'') => {
            let close = 1 + line[1..].find(quote)?;
            let colon = line[close + 1..].trim_start_matches(' ');
            if !is_separator(colon) {
                return None;
            }
            line.len() - colon.len()
        }
        '[' | '{' | '?' | '|' | '>' | '@' | '`' => return None,
        _ => {
            let colon = line.match_indices(':').find(|(at, _)| is_separator(&line[*at..]))?.0;
            if line[..colon].contains(" #") {
                return None;
            }
            colon
        }
    };
    let value = line[key_end + 1..].trim_start_matches([' ', '\t']);
    let key = Span::new(span.start, span.start + line[..key_end].trim_end().len());
    Some((key, Span::new(span.end - value.len(), span.end)))
}

/// Whether a text starts with a colon that ends a key.
fn is_separator(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Whether a line is surely the start of another entry: `word:`, not prose with a colon in it.
pub(super) fn looks_like_key(content: &str) -> bool {
    let content = content.strip_prefix(['"', '\'']).unwrap_or(content);
    let word = content.trim_start_matches(|char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.'));
    let rest = word.strip_prefix(['"', '\'']).unwrap_or(word);
    word.len() < content.len() && is_separator(rest)
}
