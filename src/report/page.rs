//! A Markdown page for a terminal: headings, wrapped paragraphs and lists, code as it stands.

use crate::report::sanitise::text;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Lines of prose are no longer than this, in cells, however wide the terminal is.
const MEASURE: usize = 100;

/// Writes `page`, wrapped to `width` cells.
///
/// # Errors
/// Where `out` can't be written to.
pub(crate) fn write(out: &mut dyn Write, page: &str, width: usize, colour: bool) -> io::Result<()> {
    let width = width.clamp(30, MEASURE);
    let (bold, faint, plain) = if colour { ("\x1b[1m", "\x1b[2m", "\x1b[0m") } else { ("", "", "") };
    let mut fence: Option<&str> = None;
    let mut paragraph = String::new();
    let mut blank = true;
    for line in page.lines().chain([""]) {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        let opens = ticks.len() >= 3;
        let starts_block =
            line.is_empty() || line.starts_with('#') || opens || line.starts_with("- ") || line.starts_with('|');
        if fence.is_none() && (starts_block || paragraph.is_empty()) && !paragraph.is_empty() {
            wrap(out, &paragraph, width)?;
            (paragraph, blank) = (String::new(), false);
        }
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => {
                writeln!(out, "{}", format!("{faint}    {}{plain}", text(line)).trim_end())?;
                blank = false;
            }
            None if opens => fence = Some(ticks),
            None if line.is_empty() => {
                if !blank {
                    writeln!(out)?;
                }
                blank = true;
            }
            None if line.starts_with('#') => {
                writeln!(out, "{bold}{}{plain}", text(line.trim_start_matches('#').trim()))?;
                blank = false;
            }
            None if line.starts_with('|') => {
                writeln!(out, "{}", text(line))?;
                blank = false;
            }
            None => {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(line.trim());
            }
        }
    }
    Ok(())
}

/// Writes a paragraph or list item in lines of at most `width` cells; a longer word stands alone.
fn wrap(out: &mut dyn Write, paragraph: &str, width: usize) -> io::Result<()> {
    let indent = if paragraph.starts_with("- ") { "  " } else { "" };
    let mut line = String::new();
    for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            writeln!(out, "{}", text(&line))?;
            line = indent.to_owned();
        } else if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    writeln!(out, "{}", text(&line))
}
