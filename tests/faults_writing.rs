//! Faults of writing what isn't a page: rows 47, 49 and 71 of the list of what must not happen, for `--output`, the
//! baseline and `init`. Pages are written by the same code; `tests/faults_fixing.rs` has them.
#![cfg(unix)]

mod common;

use common::process::{program, run, text, write};
use std::fs::{self, Permissions};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What writes a file, and the file that it writes.
const WRITERS: [(&str, &[&str]); 3] = [
    ("out.json", &["check", "--isolated", "-q", "--exit-zero", "--output", "json=out.json", "a.md"]),
    ("matterlint-baseline.json", &["check", "--isolated", "-q", "--write-baseline", "a.md"]),
    ("matterlint.yaml", &["init", "--force"]),
];

fn place() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    write(dir.path(), "a.md", "---\ntitle: t\n---\n\nTODO: x\n");
    write(dir.path(), ".git/HEAD", "");
    dir
}

/// Runs a writer that must refuse, and leave what was there and nothing else.
fn refused(dir: &Path, args: &[&str], name: &str, reason: &str) {
    let out = run(dir, args, "");
    assert_eq!(out.status.code(), Some(2), "{args:?}: {}", text(&out.stderr));
    assert!(text(&out.stderr).contains(name) && text(&out.stderr).contains(reason), "{args:?}: {}", text(&out.stderr));
    no_temporary_files(dir);
}

fn no_temporary_files(dir: &Path) {
    let mut names = fs::read_dir(dir).expect("a folder").flatten().map(|entry| entry.file_name());
    assert!(names.all(|name| !name.to_string_lossy().starts_with(".matterlint-")));
}

fn with_umask(dir: &Path, umask: &str, args: &[&str]) -> Output {
    let script = format!("umask {umask}; exec '{}' \"$@\"", env!("CARGO_BIN_EXE_matterlint"));
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh"]).args(args).current_dir(dir).stdin(Stdio::null()).output().expect("it runs")
}

#[test]
fn row_71_a_new_file_has_the_mode_of_the_umask_and_an_old_one_keeps_its_own() {
    for (name, args) in WRITERS {
        for (umask, mode) in [("022", 0o644), ("027", 0o640), ("077", 0o600)] {
            let dir = place();
            let file = dir.path().join(name);
            let out = with_umask(dir.path(), umask, args);
            assert_eq!(out.status.code(), Some(0), "{name}: {}", text(&out.stderr));
            let mode_of = |file: &Path| fs::metadata(file).expect("it is there").permissions().mode() & 0o777;
            assert_eq!(mode_of(&file), mode, "{name} under {umask}");
            fs::set_permissions(&file, Permissions::from_mode(0o664)).expect("a mode");
            with_umask(dir.path(), umask, args);
            assert_eq!(mode_of(&file), 0o664, "{name} written anew under {umask}");
            no_temporary_files(dir.path());
        }
    }
}

#[test]
fn row_47_and_71_a_read_only_file_is_not_replaced() {
    for (name, args) in WRITERS {
        let dir = place();
        write(dir.path(), name, "");
        fs::set_permissions(dir.path().join(name), Permissions::from_mode(0o444)).expect("a mode");
        refused(dir.path(), args, name, "cannot write: permission denied");
        assert_eq!(fs::read(dir.path().join(name)).expect("bytes"), b"", "{name}");
    }
}

#[test]
fn row_49_and_71_links_are_not_replaced_and_not_written_through() {
    for (name, args) in WRITERS {
        let dir = place();
        let file = dir.path().join(name);
        write(dir.path(), name, "");
        fs::hard_link(&file, dir.path().join("twin")).expect("a link");
        refused(dir.path(), args, name, "hard links");
        assert_eq!(
            (fs::metadata(&file).expect("there").nlink(), fs::read(&file).expect("bytes")),
            (2, vec![]),
            "{name}"
        );
        fs::remove_file(&file).expect("removed");

        let outside = tempfile::tempdir().expect("a folder");
        write(outside.path(), "there", "kept");
        let links = [
            (dir.path().join("twin"), "is a symbolic link"),
            (dir.path().join("nothing"), "broken symbolic link"),
            (outside.path().join("there"), "points outside the project"),
            (outside.path().join("nothing"), "points outside the project"),
            ("/dev/null".into(), "points outside the project"),
        ];
        for (target, reason) in links {
            symlink(&target, &file).expect("a link");
            refused(dir.path(), args, name, reason);
            assert!(fs::symlink_metadata(&file).expect("there").is_symlink(), "{name}");
            fs::remove_file(&file).expect("removed");
        }
        assert_eq!(fs::read(outside.path().join("there")).expect("bytes"), b"kept");
        assert_eq!(fs::read_dir(outside.path()).expect("a folder").count(), 1);
    }
    // A folder on the way that is a link out of the project.
    let (dir, outside) = (place(), tempfile::tempdir().expect("a folder"));
    symlink(outside.path(), dir.path().join("reports")).expect("a link");
    refused(
        dir.path(),
        &["check", "-q", "--output", "json=reports/o.json", "a.md"],
        "reports",
        "points outside the project",
    );
    assert_eq!(fs::read_dir(outside.path()).expect("a folder").count(), 0);
}

#[test]
fn row_71_devices_and_pipes_are_written_to() {
    let dir = place();
    let check = |output: &str| {
        let output = format!("json={output}");
        let args = ["check", "--isolated", "-q", "--exit-zero", "--statistics", "--output", &output, "a.md"];
        program(dir.path(), &args).output().expect("it runs")
    };
    let out = check("/dev/null");
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(fs::metadata("/dev/null").expect("there").file_type().is_char_device());
    let out = check("/dev/stdout");
    let printed = text(&out.stdout);
    assert!(printed.starts_with('{') && printed.ends_with("leftover-placeholder\n"), "{printed}");
    // Into a file too, from which nothing is lost.
    let script = format!(
        "exec '{}' check --isolated -q --exit-zero --statistics --output json=/dev/stdout a.md > all",
        env!("CARGO_BIN_EXE_matterlint")
    );
    Command::new("sh").args(["-c", &script]).current_dir(dir.path()).status().expect("it runs");
    assert_eq!(fs::read_to_string(dir.path().join("all")).expect("text"), printed);

    // A pipe is written to, and one that nobody reads isn't waited for.
    let made = Command::new("mkfifo").arg(dir.path().join("pipe")).status().expect("mkfifo runs");
    assert!(made.success());
    let args = ["check", "--isolated", "-q", "--output", "json=pipe", "a.md"];
    refused(dir.path(), &args, "pipe", "no program reads from this pipe");
    let path = dir.path().join("pipe");
    let reader = std::thread::spawn(move || fs::read_to_string(path));
    // The reader is there at once, or a moment later.
    let written = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        run(dir.path(), &args, "").status.code() == Some(1)
    });
    assert!(written);
    assert!(reader.join().expect("it ends").expect("text").contains("leftover-placeholder"));
    assert!(fs::metadata(dir.path().join("pipe")).expect("there").file_type().is_fifo());
    fs::create_dir(dir.path().join("folder")).expect("a folder");
    refused(dir.path(), &["check", "-q", "--output", "json=folder", "a.md"], "folder", "is a directory");
}
