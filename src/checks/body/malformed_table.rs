//! A table that isn't rendered as one, or loses cells.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::table_row::{cells, is_delimiter_row};
use crate::diagnostic::{Edit, FixEffect};
use crate::document::body::{BlockKind, LeafBlock};
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MalformedTable {}

impl Check for MalformedTable {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        if !cx.profile.markdown.is_commonmark() || memchr::memchr(b'|', &text.as_bytes()[body.span.range()]).is_none() {
            return;
        }
        for table in &body.tables {
            check_rows(cx, *table, found);
        }
        let paragraphs = body.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
        for block in paragraphs {
            let Some(bar) = memchr::memchr(b'|', &text.as_bytes()[block.span.range()]) else { continue };
            // The first row is above the delimiter row.
            let lines = lines(text, block.span);
            let has_rows =
                lines.len() > 1 && lines[..lines.len() - 1].iter().any(|line| line.end > block.span.start + bar);
            if has_rows
                && !has_template(cx, block.span)
                && !check_delimiter_row(cx, &lines, found)
                && !check_other_marks(cx, &lines, found)
            {
                check_missing_delimiter_row(cx, block, &lines, found);
            }
        }
    }
}

/// The lines of `span`, without their endings.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let mut start = span.start;
    text[span.range()]
        .split_inclusive('\n')
        .map(|line| {
            let at = start;
            start += line.len();
            Span::new(at, at + line.trim_end().len())
        })
        .collect()
}

fn has_template(cx: &Context, span: Span) -> bool {
    let directives = &cx.doc.body.directives;
    let next = directives.partition_point(|directive| directive.span.end <= span.start);
    directives.get(next).is_some_and(|directive| directive.span.start < span.end)
}

/// Reports the rows of a table that have more cells than its header: the others aren't rendered.
fn check_rows(cx: &Context, table: Span, found: &mut Findings) {
    let text = cx.doc.source.text();
    let lines = lines(text, table);
    let Some((header, rows)) = lines.split_first() else { return };
    let columns = cells(text, *header).len();
    // Most rows have no more bars than cells fit between.
    let has_more = |row: &&Span| {
        let line = text[row.range()].trim();
        let bars = memchr::memchr_iter(b'|', line.as_bytes()).count();
        bars >= columns && !(line.starts_with('|') && line.ends_with('|') && bars <= columns + 1)
    };
    let is_plain = |row: &&Span| !text[row.range()].contains(r"\\|") && !has_template(cx, **row);
    for row in rows.iter().skip(1).filter(has_more).filter(is_plain) {
        let cells = cells(text, *row);
        let Some(dropped) = cells.get(columns..).and_then(|rest| rest.iter().find(|cell| !cell.is_empty())) else {
            continue;
        };
        let Some(last) = cells.last() else { continue };
        found
            .at(dropped.join(*last), format!("table row has {} cells, but the header has {columns}", cells.len()))
            .label_primary("not rendered")
            .label(*header, "the header")
            .help(r"add columns to the header and the delimiter row, or write `\|` for a `|` within a cell");
    }
}

/// Reports a delimiter row with another number of cells than the header, which isn't a table then. Returns whether there
/// is a delimiter row.
fn check_delimiter_row(cx: &Context, lines: &[Span], found: &mut Findings) -> bool {
    let text = cx.doc.source.text();
    let Some(index) = lines.iter().skip(1).position(|line| is_delimiter_row(&text[line.range()])) else {
        return lines.first().is_some_and(|line| is_delimiter_row(&text[line.range()]));
    };
    let (header, delimiters) = (lines[index], lines[index + 1]);
    let (columns, count) = (cells(text, header).len(), cells(text, delimiters).len());
    // A line drawn below a matrix.
    let is_drawn = count == 1 && text[delimiters.range()].trim().trim_start_matches('|').starts_with("------------");
    if columns < 2 || columns == count || is_drawn || !text[header.range()].contains('|') {
        return true;
    }
    let finding = found.at(
        delimiters,
        format!("table is not rendered: {count} delimiter{} for {columns} columns", if count == 1 { "" } else { "s" }),
    );
    finding.label(header, "the header").help("write one `---` for each cell of the header");
    let row = text[delimiters.range()].trim_end();
    if count < columns && row.ends_with('|') {
        let missing = "---|".repeat(columns - count);
        finding
            .unsafe_fix("Add the missing delimiters", vec![Edit::replace(Span::empty(delimiters.end), missing)])
            .fix_effect(FixEffect::Structure);
    }
    true
}

/// Reports a delimiter row of other marks than hyphens, as word processors make them: `|—|—|`. Returns whether there is one.
fn check_other_marks(cx: &Context, lines: &[Span], found: &mut Findings) -> bool {
    let text = cx.doc.source.text();
    let [header, row, ..] = lines else { return false };
    let is_dash = |c: char| matches!(c, '—' | '–' | '−' | '―' | '=');
    let is_cell = |cell: &Span| {
        let marks = text[cell.range()].trim().trim_matches(':');
        !marks.is_empty() && marks.chars().all(|c| is_dash(c) || c == '-') && marks.contains(is_dash)
    };
    let (columns, marks) = (cells(text, *header), cells(text, *row));
    let is_row = text[row.range()].starts_with('|') && text[header.range()].starts_with('|');
    if !is_row || columns.len() < 2 || columns.len() != marks.len() || !marks.iter().all(is_cell) {
        return false;
    }
    let edits = marks.iter().map(|cell| {
        let written = text[cell.range()].trim();
        let start = cell.start + text[cell.range()].len() - text[cell.range()].trim_start().len();
        let colon = |has: bool| if has { ":" } else { "" };
        let fixed = format!("{}---{}", colon(written.starts_with(':')), colon(written.ends_with(':')));
        Edit::replace(Span::new(start, start + written.len()), fixed)
    });
    found
        .at(*row, "table is not rendered: no hyphens in its delimiter row")
        .label(*header, "the header")
        .help("write one `---` for each cell of the header")
        .unsafe_fix("Use hyphens", edits.collect())
        .fix_effect(FixEffect::Structure);
    true
}

/// Reports rows without a delimiter row.
fn check_missing_delimiter_row(cx: &Context, block: &LeafBlock, lines: &[Span], found: &mut Findings) {
    let text = cx.doc.source.text();
    let columns = |line: &Span| {
        let row = text[line.range()].trim().trim_start_matches(['>', ' ']);
        let is_row =
            row.starts_with('|') && row.ends_with('|') && !row.contains("||") && row.contains(char::is_alphanumeric);
        let cells = is_row.then(|| cells(text, *line)).filter(|cells| cells.len() > 1)?;
        Some(cells.len())
    };
    let is_drawn = |line: &Span| text[line.range()].trim_start().starts_with(['+', '-', '=']);
    let Some(first) =
        lines.windows(2).position(|pair| columns(&pair[0]).is_some() && columns(&pair[0]) == columns(&pair[1]))
    else {
        return;
    };
    let rest = &lines[first..];
    if lines.iter().any(is_drawn) || rest.iter().any(|line| columns(line).is_none()) {
        return;
    }
    let header = lines[first];
    let finding = found.at(header, "table is not rendered: no delimiter row below its header");
    finding.label_primary("the header").help("add a row such as `|---|---|` below it");
    if !block.in_quote && !block.in_item {
        let cells = "---|".repeat(columns(&header).unwrap_or_default());
        let row = format!("{}|{cells}", cx.doc.source.line_end());
        finding
            .unsafe_fix("Insert a delimiter row", vec![Edit::replace(Span::empty(header.end), row)])
            .fix_effect(FixEffect::Structure);
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::run;
    use crate::content::ContentType;

    fn messages(text: &str) -> Vec<(String, String)> {
        let findings = run("malformed-table", &ContentType::default(), text);
        findings.into_iter().map(|finding| (finding.marked, finding.message)).collect()
    }

    #[test]
    fn delimiter_rows_must_fit_the_header() {
        let text = "| a | b | c |\n|---|---|\n| 1 | 2 | 3 |\n";
        let findings = run("malformed-table", &ContentType::default(), text);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].marked, "|---|---|");
        assert_eq!(findings[0].unsafely(), "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n");
        let text = "Text\n\n| a | b |\n| 1 | 2 |\n";
        let findings = run("malformed-table", &ContentType::default(), text);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].unsafely(), "Text\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
    }

    #[test]
    fn cells_without_a_column_are_found() {
        let text = "| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 | |\n";
        let message = "table row has 3 cells, but the header has 2".to_owned();
        assert_eq!(messages(text), [("3".to_owned(), message)]);
    }

    #[test]
    fn other_bars_are_not_reported() {
        for text in [
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            "| a | b |\n|---|---|\n| 1 |\n",
            "a | b\nc | d\n",
            "|a|\n|b|\n",
            "+---+---+\n| a | b |\n+---+---+\n",
            "```\n| a | b |\n| 1 | 2 |\n```\n",
            "||a||b||\n|1|2|\n",
            "Title\n---\n",
            "| a \\| b | c |\n|---|---|\n| 1 \\| 2 | 3 |\n",
        ] {
            assert_eq!(messages(text), [], "{text}");
        }
    }
}
