//! `html`: one file to look at in a browser, for people who want the state of a site and not a log.
//!
//! The file needs no network, and a content security policy allows nothing but the script and the styles in it, by their
//! hashes. Everything from a page is escaped text; none is in the script, in a style, or in a URL.

mod charts;
mod findings;
mod health;
mod markup;

use crate::report::model::Report;
use crate::report::summary::Summary;
use crate::text::plural::thousands;
use charts::Tallies;
use markup::escape;
use std::io::{self, Write};

/// Filters the list. Without it, all findings are shown.
const SCRIPT: &str = include_str!("report.js");

/// The base64 of the SHA-256 hash of [`SCRIPT`]; a test computes it.
const SCRIPT_HASH: &str = "BUjwO+rA+D0O/R4v80DBi9HJq4tjBdW12pPZqonjwtg=";

const STYLE: &str = include_str!("report.css");

/// The base64 of the SHA-256 hash of [`STYLE`]; a test computes it.
const STYLE_HASH: &str = "EgXmnC+hjB6tFnm0EG5A44H4AyY+ltEMdXB++dh3VQw=";

/// Writes the page.
pub(super) fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let summary = Summary::of(report);
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-{SCRIPT_HASH}'; \
         style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; form-action 'none'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"color-scheme\" content=\"light dark\">\n<title>matterlint report</title>")?;
    writeln!(out, "<style>{STYLE}</style>\n</head>\n<body>")?;
    header(out, report, &summary)?;
    writeln!(out, "<main>")?;
    not_checked(out, report)?;
    let tallies = Tallies::of(report);
    if !tallies.is_empty() {
        tallies.write(out, report)?;
    }
    if let Some(health) = &report.health {
        health::write(out, health)?;
    }
    findings::write(out, report, &tallies)?;
    writeln!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>")
}

fn header(out: &mut dyn Write, report: &Report, summary: &Summary) -> io::Result<()> {
    writeln!(out, "<header>\n<h1>matterlint report</h1>\n<p>{}.</p>", escape(&summary.sentence()))?;
    writeln!(out, "<ul class=\"totals\">")?;
    let files = report.files.iter().filter(|file| !file.diagnostics.is_empty()).count();
    let totals = [
        ("error", summary.errors, "errors"),
        ("warning", summary.warnings, "warnings"),
        ("info", summary.infos, "info"),
        ("plain", summary.fixable, "fixable"),
        ("plain", files, "files with findings"),
        ("plain", report.checked, "files checked"),
    ];
    for (class, count, label) in totals {
        writeln!(out, "<li class=\"{class}\"><strong>{}</strong> {label}</li>", thousands(count))?;
    }
    writeln!(out, "</ul>\n</header>")
}

/// What could not be read.
fn not_checked(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    if report.errors.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>Not checked</h2>\n<ul>")?;
    for error in &report.errors {
        writeln!(out, "<li>{}</li>", escape(error))?;
    }
    writeln!(out, "</ul>\n</section>")
}

#[cfg(test)]
mod tests;
