//! `matterlint check --watch`, as somebody uses it who writes.

mod common;

use common::process::{program, write};
use std::fs;
use std::io::{BufRead, BufReader};

#[test]
#[cfg(unix)]
fn watching_reports_anew_until_interrupted() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir(dir.path().join(".git")).expect("made");
    write(dir.path(), "posts/a.md", "TODO: write\n");
    let mut command = program(dir.path(), &["check", "--watch", "--format", "concise"]);
    let mut child =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().expect("it runs");
    let (sender, said) = std::sync::mpsc::channel();
    let errors = sender.clone();
    let (stdout, stderr) = (child.stdout.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
    std::thread::spawn(move || {
        BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
    });
    std::thread::spawn(move || {
        BufReader::new(stderr).lines().map_while(Result::ok).try_for_each(|line| errors.send(line))
    });
    // The report and the line below it are in two pipes, and may be read in any order.
    let until = |what: &str| {
        let mut awaited = vec![what, "watching for changes"];
        while !awaited.is_empty() {
            let line = said.recv_timeout(std::time::Duration::from_secs(60)).expect("a line");
            awaited.retain(|what| !line.contains(what));
        }
    };
    until("posts/a.md:1:1: ");
    // A save as editors do it: a new file in place of the old one.
    write(dir.path(), "posts/a.md.tmp", "---\ntitle: a: b\n---\n");
    fs::rename(dir.path().join("posts/a.md.tmp"), dir.path().join("posts/a.md")).expect("renamed");
    until("error[broken-front-matter]");
    write(dir.path(), "posts/new.md", "TODO: write\n");
    until("posts/new.md:1:1: ");
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("it can be stopped").success());
    let status = child.wait().expect("it ends");
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(2));
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    for args in [&["-"][..], &["--diff"], &["--stdin-filename", "a.md"], &["no-such-folder/a.md"]] {
        let out = program(dir.path(), &[&["check", "--watch"], args].concat()).output().expect("it runs");
        assert_eq!(out.status.code(), Some(2), "{args:?}");
    }
}
