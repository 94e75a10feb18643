//! A table that fits on the terminal.

use crate::report::page::words::{Links, words, wrap};
use crate::report::sanitise::text;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// The cells between two columns.
const GAP: usize = 2;

/// A column narrower than this is hard to read.
const MIN_WIDTH: usize = 12;

/// Writes a table whose first row is its header: in columns, or if they would be too narrow, each row as a list.
pub(super) fn write_table(out: &mut dyn Write, rows: &[Vec<String>], width: usize) -> io::Result<()> {
    let Some((header, rows)) = rows.split_first() else { return Ok(()) };
    match column_widths(header, rows, width) {
        Some(widths) => {
            write_row(out, header, &widths)?;
            write_row(out, &widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>(), &widths)?;
            rows.iter().try_for_each(|row| write_row(out, row, &widths))
        }
        None => write_list(out, header, rows, width),
    }
}

/// The widths with which the columns fit into `width`; none if the columns can't be narrow enough.
fn column_widths(header: &[String], rows: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let column = |index: usize| {
        std::iter::once(header).chain(rows.iter().map(Vec::as_slice)).filter_map(move |row| row.get(index))
    };
    let natural: Vec<usize> =
        (0..header.len()).map(|index| column(index).map(|cell| cell.width()).max().unwrap_or(0)).collect();
    let longest_word = |index: usize| {
        let words = column(index).flat_map(|cell| words(cell, MIN_WIDTH * 2));
        words.map(|word| word.width()).max().unwrap_or(0)
    };
    let least: Vec<usize> = (0..header.len()).map(longest_word).collect();
    let gaps = GAP * header.len().saturating_sub(1);
    (MIN_WIDTH..=width).rev().find_map(|limit| {
        let widths: Vec<usize> =
            natural.iter().zip(&least).map(|(natural, least)| (*natural).min(limit.max(*least))).collect();
        (widths.iter().sum::<usize>() + gaps <= width).then_some(widths)
    })
}

fn write_row(out: &mut dyn Write, row: &[String], widths: &[usize]) -> io::Result<()> {
    let cells: Vec<Vec<String>> =
        row.iter().zip(widths).map(|(cell, width)| wrap(cell, *width, Links::InProse)).collect();
    for number in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
        let mut line = String::new();
        let mut start = 0;
        for (cell, width) in cells.iter().zip(widths) {
            let part = cell.get(number).map_or("", String::as_str);
            line.push_str(&" ".repeat(start - line.width().min(start)));
            line.push_str(part);
            start += width + GAP;
        }
        writeln!(out, "{}", text(line.trim_end()))?;
    }
    Ok(())
}

/// Writes each row as its first cell, with the others indented below it.
fn write_list(out: &mut dyn Write, header: &[String], rows: &[Vec<String>], width: usize) -> io::Result<()> {
    for row in rows {
        for (index, (cell, name)) in row.iter().zip(header).enumerate().filter(|(_, (cell, _))| !cell.is_empty()) {
            let (prose, indent) = if index == 0 { (cell.clone(), 0) } else { (format!("{name}: {cell}"), 4) };
            for line in wrap(&prose, width.saturating_sub(indent), Links::InProse) {
                writeln!(out, "{:indent$}{}", "", text(&line))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(width: usize) -> String {
        let rows =
            [["name", "meaning"], ["`words`", "Words that are never repeated"], ["`x`", "가나다 라마바 사아자차"]];
        let rows: Vec<Vec<String>> = rows.map(|row| row.map(str::to_owned).to_vec()).to_vec();
        let mut out = Vec::new();
        write_table(&mut out, &rows, width).expect("a vector can be written to");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_table_is_as_wide_as_it_may_be() {
        assert_eq!(
            shown(80),
            "name     meaning\n-------  -----------------------------\n`words`  Words that are never repeated\n\
             `x`      가나다 라마바 사아자차\n"
        );
        assert_eq!(
            shown(24),
            "name     meaning\n-------  ---------------\n`words`  Words that are\n         never repeated\n`x`      가나다 라마바\n         사아자차\n"
        );
        assert_eq!(shown(20).lines().nth(1), Some("    meaning: Words"));
    }
}
