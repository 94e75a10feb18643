//! `matterlint test`: the examples of custom rules, run.

use crate::cli::args::TestArgs;
use crate::cli::workspace::{self, report_config_errors};
use crate::cli::{CLEAN, FAILED, FINDINGS, Streams};
use crate::fs;
use crate::report;
use crate::source::display_path;
use crate::text::plural::plural;
use std::io::{self, Write};

pub(super) fn run(args: &TestArgs, io: &mut Streams) -> io::Result<u8> {
    let cwd = std::env::current_dir()?;
    let named = args.dir.as_deref().map(fs::absolute).transpose()?;
    let workspace = workspace::open(workspace::options(&cwd));
    let outcome = match workspace.test_rules(named.as_deref()) {
        Ok(Some(outcome)) => outcome,
        Ok(None) => {
            writeln!(
                io.stderr,
                "matterlint: no rules to test: pass a directory, or set `rule-dirs` in matterlint.yaml"
            )?;
            return Ok(FAILED);
        }
        Err(errors) => {
            report_config_errors(errors, io, None, false)?;
            return Ok(FAILED);
        }
    };
    for (file, line, message) in &outcome.failures {
        writeln!(io.stdout, "{}", report::sanitise(&format!("{file}:{line}: {message}")))?;
    }
    if outcome.rules == 0 {
        let place = fs::relative(&outcome.folder, &cwd);
        writeln!(
            io.stderr,
            "matterlint: no rules found in {}; set `rule-dirs` in matterlint.yaml",
            display_path(&place)
        )?;
        return Ok(FAILED);
    }
    if !outcome.failures.is_empty() {
        return Ok(FINDINGS);
    }
    let (rules, examples) = (plural(outcome.rules, "rule"), plural(outcome.examples, "example"));
    writeln!(io.stdout, "{rules}, {examples}: all passed")?;
    Ok(CLEAN)
}
