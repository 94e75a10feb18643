//! `matterlint test`: the examples of custom rules, run.

use crate::cli::args::TestArgs;
use crate::cli::workspace::{self, report_config_errors};
use crate::cli::{CLEAN, FAILED, FINDINGS, Streams};
use crate::fs;
use crate::report;
use crate::source::display_path;
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
                "matterlint: name the folder with your rule pages, or set `rule-dirs` in matterlint.yaml"
            )?;
            return Ok(FAILED);
        }
        Err(errors) => {
            report_config_errors(errors, io, false)?;
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
            "matterlint: there are no rule pages in {}; `rule-dirs` in matterlint.yaml names their folders",
            display_path(&place)
        )?;
        return Ok(FAILED);
    }
    if !outcome.failures.is_empty() {
        return Ok(FINDINGS);
    }
    let rules = if outcome.rules == 1 { "1 rule".to_owned() } else { format!("{} rules", outcome.rules) };
    writeln!(io.stdout, "The examples of {rules} hold.")?;
    Ok(CLEAN)
}
