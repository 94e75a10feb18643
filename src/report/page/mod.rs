//! A Markdown page for a terminal: headings, wrapped paragraphs, lists and tables, and labeled code blocks.

mod table;
mod words;

use crate::report::sanitise::text;
use std::io::{self, Write};
use table::write_table;
use words::{Links, wrap};

/// The maximum width of prose, in cells, however wide the terminal is.
const MAX_WIDTH: usize = 100;

/// The sections of a rule's documentation whose code blocks are examples.
const EXAMPLE_SECTIONS: [&str; 2] = ["Bad", "Good"];

/// A block of a page.
enum Block<'a> {
    Heading(&'a str),
    Paragraph(String),
    /// A list item without its marker, and the indentation of its text.
    Item(&'a str, usize, String),
    /// A code block: the info string and the lines.
    Code(&'a str, Vec<&'a str>),
    /// The rows of a table; the first one is its header.
    Table(Vec<Vec<String>>),
}

/// Writes `page`, wrapped to `width` cells.
///
/// # Errors
/// If `out` can't be written to.
pub(crate) fn write(out: &mut dyn Write, page: &str, width: usize, color: bool) -> io::Result<()> {
    let width = width.clamp(30, MAX_WIDTH);
    let (bold, faint, plain) = if color { ("\x1b[1m", "\x1b[2m", "\x1b[0m") } else { ("", "", "") };
    let blocks = parse(page);
    let labels = code_labels(&blocks);
    for (index, block) in blocks.iter().enumerate() {
        let is_list =
            matches!(block, Block::Item(..)) && matches!(blocks.get(index.wrapping_sub(1)), Some(Block::Item(..)));
        if index > 0 && !is_list {
            writeln!(out)?;
        }
        match block {
            Block::Heading(title) => writeln!(out, "{bold}{}{plain}", text(title))?,
            Block::Paragraph(paragraph) => {
                for line in wrap(paragraph, width, Links::InProse) {
                    writeln!(out, "{}", text(&line))?;
                }
            }
            Block::Item(marker, indent, item) => {
                let before = indent.saturating_sub(marker.len() + 1);
                for (number, line) in wrap(item, width.saturating_sub(*indent), Links::AtStart).iter().enumerate() {
                    match number {
                        0 => writeln!(out, "{:before$}{marker} {}", "", text(line))?,
                        _ => writeln!(out, "{:indent$}{}", "", text(line))?,
                    }
                }
            }
            Block::Code(_, lines) => {
                if let Some(label) = &labels[index] {
                    writeln!(out, "{}:", text(label))?;
                }
                for line in lines {
                    writeln!(out, "{}", format!("{faint}    {}{plain}", text(line)).trim_end())?;
                }
            }
            Block::Table(rows) => write_table(out, rows, width)?,
        }
    }
    Ok(())
}

/// `start` and a sentence after it, wrapped to `width` cells if there is a limit. Where `start` leaves too little room, the
/// sentence is on the lines below.
pub(crate) fn wrapped_after(start: &str, sentence: &str, width: Option<usize>) -> String {
    const MIN_ROOM: usize = 30;
    let Some(width) = width else { return format!("{start}{sentence}") };
    let indent = if start.len() + MIN_ROOM > width { 6 } else { start.len() };
    let lines = wrap(sentence, width.saturating_sub(indent).max(MIN_ROOM), Links::InProse);
    let first = if indent == start.len() { start.to_owned() } else { format!("{}\n{:indent$}", start.trim_end(), "") };
    first + &lines.join(&format!("\n{:indent$}", ""))
}

/// The label of each block that is a code block and needs one: the number of an example if its section has several, and the
/// name of a file.
fn code_labels(blocks: &[Block]) -> Vec<Option<String>> {
    let mut labels = vec![None; blocks.len()];
    let is_heading = |index: &usize| matches!(blocks.get(*index), Some(Block::Heading(_)) | None);
    let starts: Vec<usize> = std::iter::once(0).chain((1..=blocks.len()).filter(is_heading)).collect();
    for section in starts.windows(2) {
        let is_example_section =
            matches!(blocks[section[0]], Block::Heading(title) if EXAMPLE_SECTIONS.contains(&title));
        let codes = (section[0]..section[1]).filter_map(|index| match &blocks[index] {
            Block::Code(info, _) => Some((index, info.split_whitespace().nth(1))),
            _ => None,
        });
        let codes: Vec<(usize, Option<&str>)> = codes.collect();
        let has_several = codes.iter().filter(|(_, name)| *name != Some(CONFIG)).count() > 1;
        let mut number = 0;
        for (index, name) in codes {
            labels[index] = match name {
                Some(CONFIG) if is_example_section => Some(format!("With this {CONFIG}")),
                _ if is_example_section && has_several => {
                    number += 1;
                    Some(name.map_or(format!("Example {number}"), |name| format!("Example {number}, {name}")))
                }
                name => name.map(str::to_owned),
            };
        }
    }
    labels
}

/// The name of the config file.
const CONFIG: &str = "matterlint.yaml";

/// The blocks of a page, without its HTML comments.
fn parse(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    // The line before continues a paragraph or list item.
    let mut is_open = false;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let indented = line.trim_start();
        if let Some(fence) = fence(indented) {
            let is_end =
                |line: &&str| line.trim().starts_with(fence) && line.trim().chars().all(|c| fence.starts_with(c));
            let code = lines.by_ref().take_while(|line| !is_end(line)).collect();
            blocks.push(Block::Code(indented[fence.len()..].trim(), code));
            is_open = false;
        } else if indented.starts_with("<!--") {
            let mut rest = Some(line);
            while rest.is_some_and(|line| !line.contains("-->")) {
                rest = lines.next();
            }
        } else if indented.is_empty() {
            is_open = false;
        } else if line.starts_with('#') {
            blocks.push(Block::Heading(line.trim_matches(['#', ' '])));
            is_open = false;
        } else if line.starts_with('|') {
            let row = cells(line);
            let is_delimiter = row.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':')));
            match blocks.last_mut() {
                Some(Block::Table(_)) if is_delimiter => {}
                Some(Block::Table(rows)) => rows.push(row),
                _ => blocks.push(Block::Table(vec![row])),
            }
            is_open = false;
        } else if let Some(marker) = list_marker(indented) {
            let indent = line.len() - indented.len() + marker.len() + 1;
            blocks.push(Block::Item(marker, indent, indented[marker.len()..].trim().to_owned()));
            is_open = true;
        } else {
            match blocks.last_mut() {
                Some(Block::Paragraph(text) | Block::Item(_, _, text)) if is_open => {
                    text.push(' ');
                    text.push_str(indented.trim_end());
                }
                _ => blocks.push(Block::Paragraph(indented.trim_end().to_owned())),
            }
            is_open = true;
        }
    }
    blocks
}

/// The characters that open a fenced code block.
fn fence(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let len = line.len() - line.trim_start_matches(mark).len();
    (len >= 3 && !line[len..].contains('`')).then(|| &line[..len])
}

/// The marker of a list item: `-`, `*`, or `1.`
fn list_marker(line: &str) -> Option<&str> {
    let marker = line.split(' ').next().filter(|marker| marker.len() < line.len())?;
    let is_number = marker.strip_suffix('.').is_some_and(|digits| {
        !digits.is_empty() && digits.len() < 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    (is_number || matches!(marker, "-" | "*")).then_some(marker)
}

/// The cells of a table row. `\|` is a literal bar.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let index = cells.len() - 1;
        match c {
            '\\' if chars.peek() == Some(&'|') => {
                cells[index].push('|');
                chars.next();
            }
            '|' => cells.push(String::new()),
            c => cells[index].push(c),
        }
    }
    if cells.last().is_some_and(|last| last.trim().is_empty()) {
        cells.pop();
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(page: &str, width: usize) -> String {
        let mut out = Vec::new();
        write(&mut out, page, width, false).expect("a vector can be written to");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn examples_are_numbered_and_configs_named() {
        let page = "## Bad\n```md\na\n```\n```yaml matterlint.yaml\nx: y\n```\n```md b.md\nb\n\nc\n```\n## Good\n```md\nd\n```\n\
                    ## Options\n```yaml matterlint.yaml\nx: z\n```\n";
        assert_eq!(
            shown(page, 80),
            "Bad\n\nExample 1:\n    a\n\nWith this matterlint.yaml:\n    x: y\n\nExample 2, b.md:\n    b\n\n    c\n\nGood\n\n    d\n\n\
             Options\n\nmatterlint.yaml:\n    x: z\n"
        );
    }

    #[test]
    fn comments_are_removed_but_not_from_code() {
        let page = "<!-- note -->\nText with `<!-- x -->`.\n<!-- two\nlines -->\n\n```md\n<!-- kept -->\n```\n";
        assert_eq!(shown(page, 80), "Text with `<!-- x -->`.\n\n    <!-- kept -->\n");
    }

    #[test]
    fn lists_and_links_are_wrapped() {
        let page = "- [A tool](https://example.com/a), a check\n  for links\n- see [here](../b.md) and [there](https://example.com)\n\
                    \n1. one\n";
        assert_eq!(
            shown(page, 40),
            "- A tool: https://example.com/a, a check\n  for links\n- see here and there\n  (https://example.com)\n1. one\n"
        );
    }

    #[test]
    fn a_longer_fence_contains_a_shorter_one() {
        assert_eq!(shown("````md\n```\nx\n```\n````\n\nEnd.\n", 80), "    ```\n    x\n    ```\n\nEnd.\n");
    }
}
