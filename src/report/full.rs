//! `full`: for people at a terminal, drawn by miette over our own excerpts.
//!
//! miette's own source code type scans the file for each label and counts columns in bytes; ours hands it a few clean
//! lines and the true place.

use crate::diagnostic::{Diagnostic, Level};
use crate::report::columns::Columns;
use crate::report::excerpt::{CONTEXT, Excerpt, MARKS};
use crate::report::model::{MAX_FINDINGS, Report, Style, other_labels};
use crate::report::sanitise::{disarm, text};
use crate::report::summary::Summary;
use crate::source::{Point, Source};
use crate::text::plural::plural;
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, Severity, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use std::fmt;
use std::io::{self, Write};
use textwrap::{WordSeparator, WordSplitter};

/// Writes every finding with its lines, a blank line after each, and the summary.
pub(super) fn write(out: &mut dyn Write, report: &Report, style: &Style) -> io::Result<()> {
    let style = Style { width: style.width.clamp(NARROWEST, WIDEST), ..*style };
    for file in &report.files {
        let name = file.source.name();
        let name = text(&name);
        let mut columns = Columns::new(&file.source);
        for diagnostic in &file.diagnostics {
            let view = View::new(&file.source, &name, diagnostic, &mut columns, &style);
            let mut block = String::new();
            view.handler(&style).render_report(&mut block, &view).map_err(io::Error::other)?;
            for line in without_header_bars(&disarm(&block), style.unicode) {
                writeln!(out, "{}", line.trim_end())?;
            }
            writeln!(out)?;
        }
        if let Some(rest) = file.rest_message() {
            writeln!(out, "{}\n", disarm(&format!("{name}: {rest} (see `{MAX_FINDINGS}`)")))?;
        }
    }
    if style.summary {
        let sentence = format!("{}.", Summary::of(report).sentence());
        writeln!(out, "{}", textwrap::fill(&sentence, wrapping(style.width)))?;
    }
    Ok(())
}

/// How prose is wrapped: only at spaces, and a long URL not at all.
fn wrapping(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false)
}

/// The lines of a finding. miette draws a bar before the further lines of a long message, which looks like a part of the
/// excerpt below.
fn without_header_bars(block: &str, unicode: bool) -> impl Iterator<Item = String> {
    let (bar, corner) = if unicode { ("│", "╭") } else { ("|", ",") };
    let mut is_header = true;
    block.lines().enumerate().map(move |(number, line)| {
        is_header &= !line.contains(&format!("{corner}─[")) && !line.contains(&format!("{corner}-["));
        if is_header && number > 0 { line.replacen(bar, " ", 1) } else { line.to_owned() }
    })
}

/// Narrower than this, frames and marks leave no room for text.
const NARROWEST: usize = 40;

/// Wider than this, lines are no longer read with ease.
const WIDEST: usize = 120;

/// A finding as miette asks for it.
struct View<'a> {
    diagnostic: &'a Diagnostic,
    name: &'a str,
    excerpt: Excerpt,
    /// Where each mark truly is, as the marks are in order.
    points: Vec<Point>,
}

impl<'a> View<'a> {
    fn new(source: &Source, name: &'a str, diagnostic: &'a Diagnostic, columns: &mut Columns, style: &Style) -> Self {
        let mut points = vec![columns.point(diagnostic.span.start)];
        points.extend(other_labels(diagnostic).take(MARKS - 1).map(|(span, _)| columns.point(span.start)));
        let last = points.iter().map(|point| point.line + CONTEXT).max().unwrap_or(1);
        let gutter = last.to_string().len() + FRAME;
        let ellipsis = if style.unicode { "…" } else { "..." };
        let excerpt = Excerpt::new(source, diagnostic, style.width.saturating_sub(gutter), ellipsis);
        Self { diagnostic, name, excerpt, points }
    }

    /// A handler that has `warning[rule]` where miette has an icon.
    fn handler(&self, style: &Style) -> GraphicalReportHandler {
        let mut characters = if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let heading = format!("{}[{}]:", self.diagnostic.level.as_str(), text(&self.diagnostic.rule));
        (characters.error, characters.warning, characters.advice) = (heading.clone(), heading.clone(), heading);
        let mut styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        if style.color {
            // One color a finding: miette's own would go by the order of the marks in the file.
            let mark = match self.diagnostic.level {
                Level::Error => styles.error,
                Level::Warning => styles.warning,
                Level::Info => styles.advice,
            };
            styles.highlights = vec![mark.bold()];
        }
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(style.width)
            .with_context_lines(CONTEXT)
            .with_word_separator(WordSeparator::AsciiSpace)
            .with_word_splitter(WordSplitter::NoHyphenation)
            .with_break_words(false)
            .without_syntax_highlighting()
            .without_cause_chain()
    }
}

/// ` 22 │ ` without the number.
const FRAME: usize = 4;

impl fmt::Display for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text(&self.diagnostic.message))
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.diagnostic, f)
    }
}

impl std::error::Error for View<'_> {}

impl miette::Diagnostic for View<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(match self.diagnostic.level {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Info => Severity::Advice,
        })
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.diagnostic.help.iter().flat_map(|help| help.lines()).map(|line| text(line).into_owned()));
        if let Some(fix) = &self.diagnostic.fix {
            // The help says what to do; where there is none, the fix's own title does.
            if lines.is_empty() {
                lines.push(lower_first(&text(&fix.title)));
            }
            let options = if fix.safe { "--fix" } else { "--fix --unsafe-fixes" };
            if let Some(last) = lines.last_mut() {
                last.push_str(&format!(" (fixable with {options})"));
            }
        }
        let left_out = (other_labels(self.diagnostic).count() + 1).saturating_sub(MARKS);
        if left_out > 0 {
            lines.push(format!("and {}", plural(left_out, "more place")));
        }
        (!lines.is_empty()).then(|| Box::new(lines.join("\n")) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.excerpt.marks.iter().enumerate().map(|(index, mark)| {
            let (at, len) = (mark.range.start, mark.range.len());
            match index {
                0 => LabeledSpan::new_primary_with_span(mark.label.clone(), (at, len)),
                _ => LabeledSpan::new_with_span(mark.label.clone(), (at, len)),
            }
        });
        Some(Box::new(labels))
    }
}

impl SourceCode for View<'_> {
    /// The lines around a mark. Refuses a span over lines that don't follow each other, which miette then shows apart.
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let lines = &self.excerpt.lines;
        let end = span.offset() + span.len().saturating_sub(1);
        let first =
            lines.iter().position(|line| line.range.contains(&span.offset())).ok_or(MietteError::OutOfBounds)?;
        let last = lines.iter().position(|line| line.range.contains(&end)).ok_or(MietteError::OutOfBounds)?;
        if lines[first].number + (last - first) != lines[last].number {
            return Err(MietteError::OutOfBounds);
        }
        let follows = |at: &usize| lines[*at].number + 1 == lines[*at + 1].number;
        let from = (0..first).rev().take(before).take_while(follows).last().unwrap_or(first);
        let to = (last..lines.len() - 1).take(after).take_while(follows).last().map_or(last, |at| at + 1);

        let range = lines[from].range.start..lines[to].range.end;
        let place = self.excerpt.marks.iter().zip(&self.points).find(|(mark, point)| {
            mark.range.start == span.offset() && point.line == lines[first].number && mark.range.len() == span.len()
        });
        let column = place.map_or(0, |(_, point)| point.column - 1);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.to_owned(),
            &self.excerpt.text.as_bytes()[range.clone()],
            (range.start, range.len()).into(),
            lines[from].number - 1,
            column,
            to - from + 1,
        )))
    }
}

/// A fix title starts with a capital, for an editor's menu; a help doesn't.
fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}
