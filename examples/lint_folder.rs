//! Lints a folder on disk, and prints a line for each finding: `cargo run --example lint_folder -- FOLDER`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints")]

use matterlint::workspace::{Options, Os, RunOptions, Workspace};
use std::path::PathBuf;
use std::sync::Arc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let workspace = Workspace::new(Arc::new(Os), Options::new(std::env::current_dir()?));
    let outcome = workspace.run(&[folder], RunOptions::default())?;
    let errors = workspace.take_config_errors();
    if !errors.is_empty() {
        return Err(errors.into());
    }
    for error in &outcome.errors {
        eprintln!("{error}");
    }
    for file in &outcome.files {
        for diagnostic in &file.diagnostics {
            let at = file.source.point(diagnostic.span.start);
            let (level, rule) = (diagnostic.level.as_str(), &diagnostic.rule);
            println!("{}:{}:{}: {level}[{rule}]: {}", file.source.name(), at.line, at.column, diagnostic.message);
        }
    }
    println!("{} files checked", outcome.checked);
    Ok(())
}
