//! `azure`: issues of Azure Pipelines by logging commands.
//!
//! <https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands>

use crate::diagnostic::Level;
use crate::report::columns::Columns;
use crate::report::model::Report;
use crate::report::sanitise::escaped;
use std::io::{self, Write};

/// Writes a line a finding. There is no type for an info, so it is a warning.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for file in &report.files {
        let mut columns = Columns::new(&file.source);
        let name = escaped(&file.source.name(), PROPERTY);
        for diagnostic in file.diagnostics.iter().chain(&file.rest()) {
            let point = columns.point(diagnostic.span.start);
            let kind = if diagnostic.level == Level::Error { "error" } else { "warning" };
            let (rule, message) = (escaped(&diagnostic.rule, PROPERTY), escaped(&diagnostic.message, DATA));
            write!(out, "##vso[task.logissue type={kind};sourcepath={name};linenumber={};", point.line)?;
            writeln!(out, "columnnumber={};code={rule};]{message}", point.column)?;
        }
    }
    for error in &report.errors {
        writeln!(out, "##vso[task.logissue type=error;]{}", escaped(error, DATA))?;
    }
    Ok(())
}

/// As the agent reads the text of a command back.
const DATA: &[(char, &str)] = &[('%', "%AZP25"), ('\r', "%0D"), ('\n', "%0A")];

/// As the agent reads a property of a command back.
const PROPERTY: &[(char, &str)] = &[('%', "%AZP25"), ('\r', "%0D"), ('\n', "%0A"), (';', "%3B"), (']', "%5D")];
