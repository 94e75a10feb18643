//! `checkstyle`: the XML of Checkstyle 4.3, which many a CI plugin reads.

use crate::report::columns::Columns;
use crate::report::model::Report;
use crate::report::xml::xml;
use std::io::{self, Write};

/// Writes an element a file and one a finding in it.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="utf-8"?>"#)?;
    writeln!(out, r#"<checkstyle version="4.3">"#)?;
    for file in report.files.iter().filter(|file| !file.diagnostics.is_empty()) {
        writeln!(out, r#"  <file name="{}">"#, xml(&file.source.name()))?;
        let mut columns = Columns::new(&file.source);
        for diagnostic in file.diagnostics.iter().chain(&file.rest()) {
            let point = columns.point(diagnostic.span.start);
            let (severity, rule) = (diagnostic.level.as_str(), xml(&diagnostic.rule));
            write!(out, r#"    <error line="{}" column="{}" severity="{severity}""#, point.line, point.column)?;
            writeln!(out, r#" message="{}" source="matterlint.{rule}"/>"#, xml(&diagnostic.message))?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
