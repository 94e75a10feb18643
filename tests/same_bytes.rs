//! The same input gives the same bytes: for any number of threads, any order of arguments, every time.

use matterlint::report::Format;
use std::path::PathBuf;
use std::process::Command;

#[test]
fn threads_and_order_change_nothing() {
    let mut paths = fixtures();
    assert_eq!(paths.len(), 60);
    let check = |paths: &[PathBuf], threads: &str, format: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_matterlint"));
        let command = command.args(["check", "--isolated", "--no-exclude", "--threads", threads, "--format", format]);
        let out = command.args(paths).output().expect("the program runs");
        (out.status.code(), out.stdout, out.stderr)
    };
    for (format, _) in Format::WORDS {
        let first = check(&paths, "1", format);
        assert!(!first.1.is_empty(), "{format}");
        let (times, threads) = if *format == "concise" { (20, &["1", "2", "8"][..]) } else { (1, &["8"][..]) };
        for round in 0..times {
            // A fixed way of shuffling: every path moves.
            let by = 7 + 2 * round;
            paths.rotate_left(by % 50);
            paths.swap(0, by);
            paths.reverse();
            for threads in threads {
                assert!(check(&paths, threads, format) == first, "{format}, {threads} threads, round {round}");
            }
        }
    }
}

fn fixtures() -> Vec<PathBuf> {
    let rules = std::fs::read_dir("fixtures").expect("fixtures/").flatten().map(|entry| entry.path());
    let files =
        rules.filter(|path| path.is_dir()).flat_map(|rule| std::fs::read_dir(rule).expect("a folder").flatten());
    let is_post = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
    let mut files: Vec<PathBuf> = files.map(|entry| entry.path()).filter(is_post).collect();
    files.sort();
    files.truncate(60);
    files
}
