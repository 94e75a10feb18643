//! The program, run as a process of its own in a folder of its own.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A run may wait so long for something that never comes.
const LONGEST: Duration = Duration::from_secs(30);

/// The program in a folder, without what the environment says of colors, formats and CI.
pub(crate) fn program(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_matterlint"));
    command.args(args).current_dir(dir).stdin(Stdio::null());
    command.env_remove("CI").env_remove("MATTERLINT_FORMAT");
    command
}

/// Runs the program with `stdin`. One that doesn't end is stopped, and the test fails.
pub(crate) fn run(dir: &Path, args: &[&str], stdin: &str) -> Output {
    let mut command = program(dir, args);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    // Where it reads nothing, the pipe is closed.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin.as_bytes());
    let start = Instant::now();
    // What these runs print fits into a pipe.
    while child.try_wait().expect("it can be asked").is_none() {
        if start.elapsed() > LONGEST {
            child.kill().expect("it can be stopped");
            panic!("`matterlint {}` hangs", args.join(" "));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().expect("it ended")
}

/// Runs the program under `strace`, where that is there, and fails where it looked at anything below `outside`.
pub(crate) fn assert_no_lookup(dir: &Path, args: &[&str], outside: &Path) {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-s", "4096", "-e", "trace=%file,getdents64"]).arg(env!("CARGO_BIN_EXE_matterlint"));
    let Ok(out) = strace.args(args).current_dir(dir).stdin(Stdio::null()).output() else { return };
    let calls = text(&out.stderr);
    if !calls.contains("execve(") {
        // It may not trace here.
        return;
    }
    let outside = outside.to_str().expect("plain");
    // A link says where it leads without a look at the place.
    let looked = calls.lines().find(|line| line.contains(outside) && !line.contains("readlink"));
    assert_eq!(looked, None, "`matterlint {}` looks outside", args.join(" "));
}

/// Writes a file and its folders.
pub(crate) fn write(dir: &Path, name: &str, text: &str) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
