//! What a run found, and the formats of reports: one file per format.
//!
//! ```
//! use matterlint::diagnostic::{Diagnostic, Level, Omitted};
//! use matterlint::report::{FileReport, Format, Report, Style, write};
//! use matterlint::source::{Source, Span};
//!
//! let diagnostic = Diagnostic {
//!     rule: "leftover-placeholder".into(),
//!     level: Level::Warning,
//!     message: "placeholder text `TODO`".to_owned(),
//!     span: Span::new(0, 4),
//!     label: None,
//!     also_at: vec![],
//!     pages: None,
//!     labels: vec![],
//!     help: None,
//!     fix: None,
//! };
//! let source = Source::new("post.md", b"TODO: write this\n".to_vec());
//! let files = vec![FileReport { source, diagnostics: vec![diagnostic], omitted: Omitted::default() }];
//! let report = Report { files, checked: 1, ..Report::default() };
//! let mut out = Vec::new();
//! write("concise".parse::<Format>()?, &mut out, &report, &Style::default())?;
//! assert!(out.starts_with(b"post.md:1:1"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod azure;
mod checkstyle;
mod columns;
mod concise;
mod crop;
pub(crate) mod diff;
mod excerpt;
mod full;
mod github;
mod gitlab;
mod health;
mod html;
mod json;
mod junit;
mod model;
pub(crate) mod page;
mod rdjson;
mod sanitise;
mod sarif;
mod summary;
mod xml;

use std::io::{self, Write};

pub use health::{FieldCount, FieldCoverage, SiteHealth, TermCounts};
use model::MAX_FINDINGS;
pub use model::{FileReport, Format, Report, RuleNote, Style, UnknownFormat};
pub use sanitise::{Sanitized, sanitise};

/// What is to be said where findings are left out, for formats that don't say so themselves.
pub fn omitted(report: &Report) -> Option<String> {
    let total: usize = report.files.iter().map(|file| file.omitted.total()).sum();
    let findings = crate::text::plural::plural(total, "more finding");
    (total > 0).then(|| format!("{findings} not listed; `{MAX_FINDINGS}` sets how many are listed per file"))
}

/// Writes any value as indented JSON in which nothing drives a terminal or a CI runner.
pub fn write_json(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    json::pretty(out, value)
}

/// What `--diff` has to say besides the difference: `Would fix 3 problems in 2 files`.
pub fn would_fix(report: &Report) -> String {
    summary::Summary::of(report).would()
}

/// Writes the report in one format. `style` only matters to formats for people.
///
/// # Errors
/// Where `out` takes no more.
pub fn write(format: Format, out: &mut dyn Write, report: &Report, style: &Style) -> io::Result<()> {
    match format {
        Format::Full => full::write(out, report, style),
        Format::Concise => concise::write(out, report, style),
        Format::Json => json::write(out, report),
        Format::Jsonl => json::write_lines(out, report),
        Format::Sarif => sarif::write(out, report),
        Format::Github => github::write(out, report),
        Format::Gitlab => gitlab::write(out, report),
        Format::Junit => junit::write(out, report),
        Format::Checkstyle => checkstyle::write(out, report),
        Format::Rdjson => rdjson::write(out, report),
        Format::Azure => azure::write(out, report),
        Format::Html => html::write(out, report),
    }
}
