//! Rows of Markdown tables: their cells, by the rules of GitHub Flavored Markdown.

use crate::source::Span;

/// The spans of the cells of the row at `line`, without the spaces around them. A `|` in inline code separates cells
/// unless a backslash escapes it.
pub(crate) fn cells(text: &str, line: Span) -> Vec<Span> {
    let inner = trimmed(text, Span::new(line.start + prefix_len(&text[line.range()]), line.end));
    let bytes = &text.as_bytes()[inner.range()];
    let bars = memchr::memchr_iter(b'|', bytes).filter(|&at| at == 0 || bytes[at - 1] != b'\\');
    let mut bars: Vec<usize> = bars.map(|at| inner.start + at).collect();
    let mut from = inner.start;
    if bars.first() == Some(&inner.start) {
        bars.remove(0);
        from += 1;
    }
    let mut cells = Vec::with_capacity(bars.len() + 1);
    for bar in bars {
        cells.push(trimmed(text, Span::new(from, bar)));
        from = bar + 1;
    }
    if from < inner.end {
        cells.push(trimmed(text, Span::new(from, inner.end)));
    }
    cells
}

/// Whether a line is the delimiter row of a table: `|---|:-:|`.
pub(crate) fn is_delimiter_row(line: &str) -> bool {
    let line = line[prefix_len(line)..].trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let is_delimiter = |cell: &str| {
        let dashes = cell.trim();
        let dashes = dashes.strip_prefix(':').unwrap_or(dashes);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
    };
    line.contains('|') && inner.split('|').all(is_delimiter)
}

/// The length of the block quote markers before a row.
fn prefix_len(line: &str) -> usize {
    line.len() - line.trim_start_matches(['>', ' ', '\t']).len()
}

/// What Markdown trims from a cell; a non-breaking space keeps it open.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = &text[span.range()];
    let start = span.start + inner.len() - inner.trim_start_matches(is_space).len();
    Span::new(start, start + inner.trim_matches(is_space).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<&str> {
        cells(text, Span::new(0, text.len())).into_iter().map(|cell| &text[cell.range()]).collect()
    }

    #[test]
    fn cells_are_separated_by_bars_that_are_not_escaped() {
        assert_eq!(row("| a | b |"), ["a", "b"]);
        assert_eq!(row("a|b"), ["a", "b"]);
        assert_eq!(row("> | a | | c |  "), ["a", "", "c"]);
        assert_eq!(row(r"| a \| b | `c | d` |"), [r"a \| b", "`c", "d`"]);
        assert_eq!(row(""), [""; 0]);
    }

    #[test]
    fn delimiter_rows_consist_of_dashes_and_colons() {
        for line in ["|---|", "--|--", "| :-: | --: |", "> |-|-|"] {
            assert!(is_delimiter_row(line), "{line}");
        }
        for line in ["---", "| a |", "|  |", "| - | b |", "+---+---+"] {
            assert!(!is_delimiter_row(line), "{line}");
        }
    }
}
