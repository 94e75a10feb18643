//! Lints a text that is in no file: `cargo run --example lint_string`.
#![allow(clippy::print_stdout, reason = "a program that prints")]

use matterlint::report::{self, FileReport, Format, Report, Style};
use matterlint::workspace::{Memory, Options, RunOptions, Text, Workspace};
use std::path::Path;
use std::sync::Arc;

const POST: &str = "---\ntitle: Rust: the book\ndate: 2024-01-31\n---\n\nTODO: write this\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // No file of this machine is looked at.
    let workspace = Workspace::new(Arc::new(Memory::default()), Options::new("/site"));
    let text = Text { path: Some(Path::new("/site/post.md")), bytes: POST.into() };
    let (outcome, _) = workspace.run_text(text, RunOptions::default())?;
    let files = outcome.files.into_iter();
    let files = files
        .map(|file| FileReport { source: file.source, diagnostics: file.diagnostics, omitted: file.omitted })
        .collect();
    let report = Report { files, checked: outcome.checked, ..Report::default() };
    report::write(Format::Full, &mut std::io::stdout().lock(), &report, &Style::default())?;
    Ok(())
}
