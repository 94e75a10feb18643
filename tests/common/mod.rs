//! The program, run inside the test.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::ffi::OsString;

/// What a run gave.
pub struct Run {
    pub status: u8,
    pub stdout: String,
    pub stderr: String,
}

/// Runs `matterlint ARGS…` in the package's folder with `stdin`, at 80 columns, without colours.
pub fn matterlint(args: &[&str], stdin: &str) -> Run {
    matterlint_bytes(args, stdin.as_bytes())
}

/// As [`matterlint`], with any bytes on standard input.
pub fn matterlint_bytes(args: &[&str], mut stdin: &[u8]) -> Run {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let args = std::iter::once("matterlint").chain(args.iter().copied()).map(OsString::from);
    let mut io =
        matterlint::cli::Io { stdin: &mut stdin, stdout: &mut stdout, stderr: &mut stderr, width: None, colour: None };
    let status = matterlint::cli::run(args, &mut io);
    let text = |bytes| String::from_utf8(bytes).expect("output is text");
    Run { status, stdout: text(stdout), stderr: text(stderr) }
}

/// The ids of all rules: the pages in `rules/`.
pub fn rule_ids() -> Vec<String> {
    let mut ids: Vec<String> = matterlint::rule::ids().map(str::to_owned).collect();
    ids.sort();
    ids
}
