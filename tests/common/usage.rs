//! What a run of the program takes: CPU time and memory, as the system counts them for its process.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// What a run took. On systems that don't say, nothing.
pub(crate) struct Usage {
    pub(crate) status: i32,
    /// CPU seconds of all threads.
    pub(crate) seconds: f64,
    /// The most memory that it held at once, in MiB.
    pub(crate) megabytes: usize,
    pub(crate) stderr: String,
}

/// Runs `matterlint ARGS…` in `dir`, its output into the file `out` there.
pub(crate) fn usage(dir: &Path, args: &[impl AsRef<OsStr>]) -> Usage {
    let out = std::fs::File::create(dir.join("out")).expect("a file");
    let errors = std::fs::File::create(dir.join("errors")).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_matterlint"));
    let command = command.args(args).current_dir(dir).stdin(Stdio::null()).stdout(out).stderr(errors);
    let mut child = command.spawn().expect("it starts");
    let (mut megabytes, mut seconds) = (0, 0.0);
    let proc = Path::new("/proc").join(child.id().to_string());
    // Not waited for before it is counted: with that, its counts are gone.
    while let Ok(stat) = std::fs::read_to_string(proc.join("stat")) {
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |field: usize| fields.get(field).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or_default();
        seconds = (ticks(11) + ticks(12)) / 100.0;
        let status = std::fs::read_to_string(proc.join("status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse().ok());
        megabytes = peak.map_or(megabytes, |kilobytes: usize| kilobytes / 1024);
        if matches!(fields.first(), Some(&"Z")) {
            break;
        }
        std::thread::sleep(Duration::from_millis(3));
    }
    let status = child.wait().expect("it ends").code().expect("an exit status");
    Usage { status, seconds, megabytes, stderr: std::fs::read_to_string(dir.join("errors")).expect("text") }
}
