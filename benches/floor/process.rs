//! Programs as processes: their CPU time by the kernel's accounts, their instructions by `valgrind`.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

/// A program with its arguments.
pub(crate) type Line = Vec<OsString>;

/// In a second there are so many of the kernel's ticks.
const TICKS: f64 = 100.0;

/// A time shorter than this can't be told from another in ticks: a fast program runs several times in a row.
const SHORT: f64 = 0.4;

/// The program over `folder`, as people call it.
pub(crate) fn program(threads: usize, folder: &Path) -> Line {
    let words = ["check", "--no-progress", "--exit-zero", "--threads"].map(OsString::from);
    let mut line: Line = std::iter::once(env!("CARGO_BIN_EXE_matterlint").into()).chain(words).collect();
    line.extend([threads.to_string().into(), folder.into()]);
    line
}

/// This benchmark as the floor over `folder`.
pub(crate) fn floor(threads: usize, folder: &Path) -> Line {
    let own = std::env::current_exe().expect("it runs from a file");
    vec![own.into(), "--floor".into(), threads.to_string().into(), folder.into()]
}

/// The CPU seconds of each line over `rounds` rounds, for one run of it. The lines take turns.
pub(crate) fn cpu_seconds(lines: &[Line], rounds: usize) -> Vec<f64> {
    // The first run warms the file cache.
    let repeats: Vec<usize> = lines.iter().map(|line| (SHORT / seconds_of(line, 1)).ceil().max(1.0) as usize).collect();
    let mut sums = vec![0.0; lines.len()];
    for _ in 0..rounds {
        for ((sum, line), repeats) in sums.iter_mut().zip(lines).zip(&repeats) {
            *sum += seconds_of(line, *repeats) / *repeats as f64;
        }
    }
    sums.into_iter().map(|sum| sum / rounds as f64).collect()
}

fn seconds_of(line: &Line, repeats: usize) -> f64 {
    let before = children_seconds();
    for _ in 0..repeats {
        let status = command(line).stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(status.is_ok_and(|status| status.success()), "{line:?} failed");
    }
    (children_seconds() - before).max(1.0 / TICKS)
}

/// CPU time of the processes that this one started and that have ended.
fn children_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name, in parentheses, may contain spaces.
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    fields.skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// The instructions of a line in millions; none without `valgrind`.
pub(crate) fn million_instructions(line: &Line) -> Option<f64> {
    let mut words: Line = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
        .map(OsString::from)
        .into();
    words.extend(line.iter().cloned());
    let output = command(&words).output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.lines().rev().find_map(|line| line.split_once("I refs:").or(line.split_once("I   refs:")))?.1;
    Some(count.trim().replace(',', "").parse::<f64>().ok()? / 1e6)
}

fn command(line: &Line) -> Command {
    let mut command = Command::new(&line[0]);
    command.args(&line[1..]);
    command
}
