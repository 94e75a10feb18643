//! The program, run inside the test.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::ffi::OsString;

/// What a run gave.
pub(crate) struct Run {
    pub(crate) status: u8,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `matterlint ARGS…` in the package's folder with `stdin`, at 80 columns, without colours.
pub(crate) fn matterlint(args: &[&str], stdin: &str) -> Run {
    matterlint_bytes(args, stdin.as_bytes())
}

/// As [`matterlint`], with any bytes on standard input.
pub(crate) fn matterlint_bytes(args: &[&str], stdin: &[u8]) -> Run {
    run(args, stdin, None)
}

/// As [`matterlint`], on a terminal of this width.
pub(crate) fn matterlint_on_terminal(args: &[&str], width: usize) -> Run {
    run(args, b"", Some(width))
}

fn run(args: &[&str], mut stdin: &[u8], width: Option<usize>) -> Run {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let args = std::iter::once("matterlint").chain(args.iter().copied()).map(OsString::from);
    let mut io =
        matterlint::cli::Io { stdin: &mut stdin, stdout: &mut stdout, stderr: &mut stderr, width, colour: Some(false) };
    let status = matterlint::cli::run(args, &mut io);
    let text = |bytes| String::from_utf8(bytes).expect("output is text");
    Run { status, stdout: text(stdout), stderr: text(stderr) }
}

/// The ids of all rules: the pages in `rules/`.
pub(crate) fn rule_ids() -> Vec<String> {
    let mut ids: Vec<String> = matterlint::rule::ids().map(str::to_owned).collect();
    ids.sort();
    ids
}
