//! What a run found, and the formats it can be told in: one file a format.

mod azure;
mod checkstyle;
mod columns;
mod concise;
mod crop;
pub(crate) mod diff;
mod excerpt;
pub(crate) mod fingerprint;
mod full;
mod github;
mod gitlab;
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

pub use model::{FileReport, Format, Report, RuleNote, Style, UnknownFormat};
pub use sanitise::sanitise;

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
    }
}
