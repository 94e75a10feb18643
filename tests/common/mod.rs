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
pub fn matterlint_bytes(args: &[&str], stdin: &[u8]) -> Run {
    let Raw { status, stdout, stderr } = matterlint_raw(args, stdin);
    Run { status, stdout: String::from_utf8(stdout).expect("output is text"), stderr }
}

/// What a run gave, with whatever bytes it printed.
pub struct Raw {
    pub status: u8,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

/// As [`matterlint`], with any bytes on standard input and standard output.
pub fn matterlint_raw(args: &[&str], mut stdin: &[u8]) -> Raw {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let args = std::iter::once("matterlint").chain(args.iter().copied()).map(OsString::from);
    let mut io =
        matterlint::cli::Io { stdin: &mut stdin, stdout: &mut stdout, stderr: &mut stderr, width: None, colour: None };
    let status = matterlint::cli::run(args, &mut io);
    Raw { status, stdout, stderr: String::from_utf8(stderr).expect("messages are text") }
}

/// The ids of all rules: the pages in `rules/`.
pub fn rule_ids() -> Vec<String> {
    let mut ids: Vec<String> = matterlint::rule::ids().map(str::to_owned).collect();
    ids.sort();
    ids
}
