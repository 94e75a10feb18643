//! The program, run inside the test: with streams of our own instead of the process's.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::ffi::OsString;

/// What a run gave.
pub(crate) struct Run {
    pub(crate) status: u8,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `matterlint ARGS…` in the package's folder with `stdin`, at 80 columns, without colors.
pub(crate) fn matterlint(args: &[&str], stdin: &str) -> Run {
    matterlint_bytes(args, stdin.as_bytes())
}

/// As [`matterlint`], with any bytes on standard input.
pub(crate) fn matterlint_bytes(args: &[&str], stdin: &[u8]) -> Run {
    let Raw { status, stdout, stderr } = matterlint_raw(args, stdin);
    Run { status, stdout: String::from_utf8(stdout).expect("output is text"), stderr }
}

/// What a run gave, with whatever bytes it printed.
pub(crate) struct Raw {
    pub(crate) status: u8,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

/// As [`matterlint`], with any bytes on standard input and standard output.
pub(crate) fn matterlint_raw(args: &[&str], stdin: &[u8]) -> Raw {
    run(args, stdin, None)
}

/// As [`matterlint`], on a terminal of this width.
pub(crate) fn matterlint_on_terminal(args: &[&str], width: usize) -> Run {
    let Raw { status, stdout, stderr } = run(args, b"", Some(width));
    Run { status, stdout: String::from_utf8(stdout).expect("output is text"), stderr }
}

fn run(args: &[&str], mut stdin: &[u8], width: Option<usize>) -> Raw {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let args = std::iter::once("matterlint").chain(args.iter().copied()).map(OsString::from);
    let (is_data, color) = (width.is_none(), Some(false));
    let mut io =
        matterlint::cli::Io { stdin: &mut stdin, stdout: &mut stdout, stderr: &mut stderr, width, color, is_data };
    let status = matterlint::cli::run(args, &mut io);
    Raw { status, stdout, stderr: String::from_utf8(stderr).expect("messages are text") }
}

/// The ids of all rules: the pages in `rules/`.
pub(crate) fn rule_ids() -> Vec<String> {
    let files = std::fs::read_dir("rules").expect("rules/ can be read").flatten().map(|entry| entry.path());
    let pages = files.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let names = pages.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    let mut ids: Vec<String> = names.filter(|name| name != "README").collect();
    ids.sort();
    ids
}
