//! Prints each misspelled word in the dictionary of the typos project with its corrections, one per line, sorted.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let mut lines: Vec<String> = typos_dict::WORD
        .map
        .entries()
        .map(|(wrong, meant)| format!("{}>{}\n", wrong.into_inner(), meant.join(",")))
        .collect();
    lines.sort();
    let mut out = io::stdout().lock();
    writeln!(out, "# English misspellings, each with its corrections: the words of typos-dict 0.14.0 (MIT OR Apache-2.0),")?;
    writeln!(out, "# https://github.com/crate-ci/typos. Written by packaging/misspelling.")?;
    out.write_all(lines.concat().as_bytes())
}
