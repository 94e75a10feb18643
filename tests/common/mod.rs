//! The program, run inside the test.
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod clock;
pub(crate) mod editor;
pub(crate) mod process;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

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
    let (is_data, colour) = (width.is_none(), Some(false));
    let mut io =
        matterlint::cli::Io { stdin: &mut stdin, stdout: &mut stdout, stderr: &mut stderr, width, colour, is_data };
    let status = matterlint::cli::run(args, &mut io);
    Raw { status, stdout, stderr: String::from_utf8(stderr).expect("messages are text") }
}

/// A project with these files, in a repository of its own.
pub(crate) fn project(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(dir.path().join(".git")).expect("a folder");
    for (name, text) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    dir
}

/// The ids of all rules: the pages in `rules/`.
pub(crate) fn rule_ids() -> Vec<String> {
    let mut ids: Vec<String> = matterlint::rule::ids().map(str::to_owned).collect();
    ids.sort();
    ids
}

/// The small sites in `fixtures/`, from the package's folder.
pub(crate) fn sites() -> Vec<PathBuf> {
    let entries = std::fs::read_dir("fixtures").expect("fixtures/ can be read").flatten().map(|entry| entry.path());
    let is_site = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("site-"));
    let mut sites: Vec<PathBuf> = entries.filter(is_site).collect();
    sites.sort();
    assert!(sites.len() > 5, "the sites were found");
    sites
}

/// The Markdown files below a folder, with `/` between the parts, sorted.
pub(crate) fn pages(dir: &Path) -> Vec<String> {
    let (mut pages, mut dirs) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(dir) = dirs.pop() {
        for path in std::fs::read_dir(&dir).expect("a folder can be read").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                dirs.push(path);
            } else if matterlint::fs::is_markdown(&path) {
                pages.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    pages.sort();
    pages
}
