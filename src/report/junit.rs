//! `junit`: every file with findings is a test suite, every finding a test that failed; an info is one that passed and
//! said something, for it fails no run.

use crate::diagnostic::{Diagnostic, Level};
use crate::report::columns::Columns;
use crate::report::model::{FileReport, Report};
use crate::report::summary::Summary;
use crate::report::xml::xml;
use std::io::{self, Write};

/// Writes the suites; a run without findings is one test that passed, for an empty report looks like a broken one.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let rests = report.files.iter().filter(|file| !file.omitted.is_empty()).count();
    let (found, errors) = (report.diagnostics().count() + rests, report.errors.len());
    let failures = report.diagnostics().filter(|diagnostic| fails(diagnostic)).count();
    let tests = (found + errors).max(1);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="matterlint" tests="{tests}" failures="{failures}" errors="{errors}">"#)?;
    for file in report.files.iter().filter(|file| !file.diagnostics.is_empty()) {
        suite(out, file)?;
    }
    if found + errors == 0 {
        let sentence = Summary::of(report).sentence();
        writeln!(out, r#"  <testsuite name="matterlint" tests="1" failures="0" errors="0">"#)?;
        writeln!(out, r#"    <testcase name="{}" classname="matterlint"/>"#, xml(&sentence))?;
        writeln!(out, "  </testsuite>")?;
    }
    if errors > 0 {
        writeln!(out, r#"  <testsuite name="matterlint" tests="{errors}" failures="0" errors="{errors}">"#)?;
        for error in &report.errors {
            writeln!(out, r#"    <testcase name="reading" classname="matterlint">"#)?;
            writeln!(out, r#"      <error message="{}"/>"#, xml(error))?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
    let name = xml(&file.source.name());
    let rest = file.rest();
    let tests = file.diagnostics.len() + usize::from(rest.is_some());
    let failures = file.diagnostics.iter().filter(|diagnostic| fails(diagnostic)).count();
    writeln!(out, r#"  <testsuite name="{name}" tests="{tests}" failures="{failures}" errors="0">"#)?;
    let mut columns = Columns::new(&file.source);
    for diagnostic in file.diagnostics.iter().chain(&rest) {
        let point = columns.point(diagnostic.span.start);
        let (rule, message, level) = (xml(&diagnostic.rule), xml(&diagnostic.message), diagnostic.level.as_str());
        write!(out, r#"    <testcase name="{rule}" classname="{name}" "#)?;
        writeln!(out, r#"line="{}" column="{}">"#, point.line, point.column)?;
        let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!(" ({})", xml(help)));
        let said = format!("line {}, column {}: {message}{help}", point.line, point.column);
        if fails(diagnostic) {
            writeln!(out, r#"      <failure message="{message}" type="{level}">{said}</failure>"#)?;
        } else {
            writeln!(out, "      <system-out>{said}</system-out>")?;
        }
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>")
}

fn fails(diagnostic: &Diagnostic) -> bool {
    diagnostic.level > Level::Info
}
