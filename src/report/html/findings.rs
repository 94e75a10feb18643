//! The list of findings, each with an excerpt in which its place is marked.

use crate::diagnostic::Diagnostic;
use crate::report::columns::Columns;
use crate::report::excerpt::{Excerpt, Mark};
use crate::report::html::charts::{Tallies, folder_of};
use crate::report::html::markup::escape;
use crate::report::model::{FileReport, Report};
use crate::text::plural::{plural, thousands};
use std::io::{self, Write};
use std::ops::Range;

/// The maximum width of an excerpt, in cells.
const WIDTH: usize = 110;

/// Writes the section: the filter, then the files.
pub(super) fn write(out: &mut dyn Write, report: &Report, tallies: &Tallies) -> io::Result<()> {
    writeln!(out, "<section id=\"findings\">\n<h2>Findings</h2>")?;
    if tallies.is_empty() {
        return writeln!(out, "<p>No findings.</p>\n</section>");
    }
    filter(out, tallies)?;
    for file in report.files.iter().filter(|file| !file.diagnostics.is_empty()) {
        of_file(out, file)?;
    }
    writeln!(out, "</section>")
}

fn filter(out: &mut dyn Write, tallies: &Tallies) -> io::Result<()> {
    writeln!(out, "<form id=\"filter\" hidden>")?;
    writeln!(out, "<label>Search <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>")?;
    writeln!(out, "<label>Rule <select name=\"rule\">\n<option value=\"\">all</option>")?;
    for rule in tallies.rules().map(escape) {
        writeln!(out, "<option value=\"{rule}\">{rule}</option>")?;
    }
    writeln!(out, "</select></label>\n<fieldset>\n<legend>Level</legend>")?;
    for level in ["error", "warning", "info"] {
        writeln!(out, "<label><input type=\"checkbox\" name=\"level\" value=\"{level}\" checked> {level}</label>")?;
    }
    writeln!(out, "</fieldset>\n<label><input type=\"checkbox\" name=\"fixable\"> fixable only</label>")?;
    writeln!(
        out,
        "<button type=\"submit\">Filter</button>\n<button type=\"reset\">Reset</button>\n<output name=\"shown\"></output>\n</form>"
    )
}

fn of_file(out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
    let name = file.source.name();
    let (path, folder) = (escape(&name), escape(folder_of(&name)));
    writeln!(out, "<article data-folder=\"{folder}\">\n<h3><bdi>{path}</bdi></h3>\n<ol>")?;
    let mut columns = Columns::new(&file.source);
    for diagnostic in &file.diagnostics {
        finding(out, file, diagnostic, &mut columns)?;
    }
    writeln!(out, "</ol>")?;
    if let Some(rest) = file.rest_message() {
        writeln!(out, "<p>{rest}</p>")?;
    }
    writeln!(out, "</article>")
}

fn finding(out: &mut dyn Write, file: &FileReport, diagnostic: &Diagnostic, columns: &mut Columns) -> io::Result<()> {
    let (level, rule) = (diagnostic.level.as_str(), escape(&diagnostic.rule));
    let point = columns.point(diagnostic.span.start);
    let fix = diagnostic.fix.as_ref();
    let fixable = match fix {
        Some(_) => " data-fixable",
        None => "",
    };
    writeln!(out, "<li class=\"{level}\" data-rule=\"{rule}\" data-level=\"{level}\"{fixable}>")?;
    writeln!(
        out,
        "<p><span class=\"level\">{level}</span> {} <span class=\"place\">{}:{}</span> <span class=\"rule\">{rule}</span></p>",
        message(&diagnostic.message),
        point.line,
        point.column
    )?;
    excerpt(out, &Excerpt::new(&file.source, diagnostic, WIDTH, "…"))?;
    if let Some(pages) = diagnostic.pages {
        writeln!(out, "<p class=\"help\">on {} of the site</p>", plural_pages(pages))?;
    }
    if let Some(help) = &diagnostic.help {
        writeln!(out, "<p class=\"help\">help: {}</p>", message(help))?;
    }
    if let Some(fix) = fix {
        let flags = if fix.safe { "--fix" } else { "--fix --unsafe-fixes" };
        writeln!(out, "<p class=\"help\">fix: {} <code>{flags}</code></p>", message(&fix.title))?;
    }
    writeln!(out, "</li>")
}

fn plural_pages(pages: usize) -> String {
    if pages == 1 { plural(pages, "page") } else { format!("{} pages", thousands(pages)) }
}

/// A sentence in which what is in backticks is code.
fn message(text: &str) -> String {
    let mut parts: Vec<&str> = text.split('`').collect();
    // A backtick without a partner stays.
    let unpaired = if parts.len().is_multiple_of(2) { parts.pop() } else { None };
    let mut out = String::new();
    for (index, part) in parts.into_iter().enumerate() {
        let part = escape(part);
        out += &if index % 2 == 1 { format!("<code>{part}</code>") } else { part };
    }
    unpaired.map_or(out.clone(), |rest| out + "&#96;" + &escape(rest))
}

/// The lines, with a number each; what is marked is underlined with carets by the styles.
fn excerpt(out: &mut dyn Write, excerpt: &Excerpt) -> io::Result<()> {
    write!(out, "<pre>")?;
    for line in &excerpt.lines {
        let marks = non_overlapping(excerpt, &line.range);
        let class = if marks.is_empty() { "line" } else { "line marked" };
        write!(out, "<span class=\"{class}\"><span class=\"number\">{}</span>", line.number)?;
        let end = line.range.end - 1;
        let mut at = line.range.start;
        for (index, mark) in &marks {
            let class = if *index == 0 { "" } else { " class=\"other\"" };
            write!(out, "{}", escape(&excerpt.text[at..mark.range.start]))?;
            write!(out, "<mark{class}>{}</mark>", escape(&excerpt.text[mark.range.clone()]))?;
            at = mark.range.end;
        }
        write!(out, "{}", escape(&excerpt.text[at..end]))?;
        for label in marks.iter().filter_map(|(_, mark)| mark.label.as_deref()) {
            write!(out, "<span class=\"label\">{}</span>", escape(&label.replace('\n', " ")))?;
        }
        writeln!(out, "</span>")?;
    }
    writeln!(out, "</pre>")
}

/// The marks in a line of the excerpt, in order, without those that overlap an earlier one.
fn non_overlapping<'a>(excerpt: &'a Excerpt, line: &Range<usize>) -> Vec<(usize, &'a Mark)> {
    let is_on_line = |mark: &Mark| mark.range.start >= line.start && mark.range.end < line.end;
    let mut marks: Vec<(usize, &Mark)> =
        excerpt.marks.iter().enumerate().filter(|(_, mark)| is_on_line(mark)).collect();
    marks.sort_by_key(|(index, mark)| (mark.range.start, *index));
    let mut end = line.start;
    marks.retain(|(_, mark)| {
        let is_free = mark.range.start >= end;
        if is_free {
            end = mark.range.end;
        }
        is_free
    });
    marks
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn code_in_messages() {
        assert_eq!(message("unknown tag `<b>`; use `b`"), "unknown tag <code>&lt;b&gt;</code>; use <code>b</code>");
        assert_eq!(message("one ` alone"), "one &#96; alone");
        assert_eq!(message("`a` and ` alone"), "<code>a</code> and &#96; alone");
    }
}
