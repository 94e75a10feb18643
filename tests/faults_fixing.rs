//! Faults of fixing: rows 46 to 52, 61 to 63 and 80 of the list of what must not happen. The program itself, on folders of its own.
#![cfg(unix)]

use matterlint::workspace::{FileSystem, Os};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

const BAD: &str = "---\r\ntitle: Rust: the book\r\ntags: [a]\n---\n\nText 안녕  \r\n";
const MENDED: &str = "---\r\ntitle: \"Rust: the book\"\r\ntags: [a]\n---\n\nText 안녕  \r\n";

#[test]
fn row_46_killed_at_any_moment_every_file_is_old_or_new() {
    let dir = tempfile::tempdir().expect("a folder");
    let paths: Vec<PathBuf> = (0..40).map(|index| dir.path().join(format!("{index}.md"))).collect();
    for round in 0..50u64 {
        paths.iter().for_each(|path| fs::write(path, BAD).expect("written"));
        let mut child = start(dir.path(), &["check", "--fix", "--isolated", "."]);
        std::thread::sleep(Duration::from_micros(round * round * 40));
        let polite = round % 2 == 0;
        signal(&child, if polite { "-INT" } else { "-KILL" });
        child.wait().expect("it ends");
        let texts: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).expect("text")).collect();
        assert!(texts.iter().all(|text| text == BAD || text == MENDED), "round {round}");
        let left = names(dir.path()).into_iter().filter(|name| !name.ends_with(".md")).collect::<Vec<_>>();
        assert!(!polite || left.is_empty(), "round {round} leaves {left:?}");
        assert!(left.iter().all(|name| name.starts_with(".matterlint-")), "round {round} leaves {left:?}");
        left.iter().for_each(|name| fs::remove_file(dir.path().join(name)).expect("removed"));
    }
}

#[test]
fn row_47_a_file_that_may_not_be_written_is_not() {
    let (dir, post) = post(BAD);
    fs::set_permissions(&post, fs::Permissions::from_mode(0o444)).expect("mode");
    let out = run(dir.path(), &["check", "--fix", "--isolated", "a.md"]);
    assert_refused(&out, &post, "cannot write: permission denied");
}

#[test]
fn row_48_without_room_the_file_stays_and_nothing_is_left() {
    let (dir, post) = post(BAD);
    // Nobody but root writes into such a folder, and for root the row above checks the file's own mode.
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).expect("mode");
    let may_write = fs::write(dir.path().join("probe"), "").is_ok();
    if !may_write {
        let out = run(dir.path(), &["check", "--fix", "--isolated", "a.md"]);
        assert_refused(&out, &post, "it can't be written");
    }
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).expect("mode");
    let _ = fs::remove_file(dir.path().join("probe"));

    // A limit on the size of files simulates a full disk.
    let large = format!("{BAD}{}", "x\n".repeat(4096));
    fs::write(&post, &large).expect("written");
    let shell = format!("ulimit -f 1; trap '' XFSZ; exec '{BIN}' check --fix --isolated a.md");
    let out = Command::new("bash").args(["-c", &shell]).current_dir(dir.path()).output().expect("bash runs");
    assert_eq!(out.status.code(), Some(2), "{}", text(&out.stderr));
    assert_eq!(fs::read_to_string(&post).expect("text"), large);
    assert_eq!(names(dir.path()), ["a.md"]);
}

#[test]
fn row_49_mode_and_attributes_are_kept_links_are_written_through_and_hard_links_refused() {
    let (dir, post) = post(BAD);
    fs::set_permissions(&post, fs::Permissions::from_mode(0o640)).expect("mode");
    let out = run(dir.path(), &["check", "--fix", "--isolated", "a.md"]);
    assert_eq!((out.status.code(), read(&post).as_str()), (Some(0), MENDED), "{}", text(&out.stderr));
    assert_eq!(fs::metadata(&post).expect("there").permissions().mode() & 0o777, 0o640);

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{XattrFlags, getxattr, setxattr};
        fs::write(&post, BAD).expect("written");
        // Not every file system has them.
        if setxattr(&post, "user.matterlint", b"kept", XattrFlags::empty()).is_ok() {
            run(dir.path(), &["check", "--fix", "--isolated", "a.md"]);
            let mut value = [0; 8];
            let length = getxattr(&post, "user.matterlint", &mut value);
            assert_eq!((read(&post).as_str(), length, &value[..4]), (MENDED, Ok(4), &b"kept"[..]));
        }
    }

    fs::write(&post, BAD).expect("written");
    symlink("a.md", dir.path().join("link.md")).expect("a link");
    run(dir.path(), &["check", "--fix", "--isolated", "link.md"]);
    assert_eq!(read(&post), MENDED);
    assert!(fs::symlink_metadata(dir.path().join("link.md")).expect("there").is_symlink());

    fs::write(&post, BAD).expect("written");
    fs::hard_link(&post, dir.path().join("twin.txt")).expect("a link");
    let out = run(dir.path(), &["check", "--fix", "--isolated", "a.md"]);
    assert_refused(&out, &post, "hard links");
}

#[test]
fn row_24_a_link_out_of_the_project_is_not_followed() {
    let (outside, target) = post(BAD);
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir(dir.path().join(".git")).expect("made");
    symlink(&target, dir.path().join("a.md")).expect("a link");
    symlink(outside.path(), dir.path().join("posts")).expect("a link");
    for name in ["a.md", "posts/a.md"] {
        let out = run(dir.path(), &["check", "--fix", "--isolated", name]);
        assert_eq!((out.status.code(), read(&target).as_str()), (Some(2), BAD), "{name}");
    }
}

#[test]
fn row_50_a_file_changed_meanwhile_is_left_alone() {
    let (dir, post) = post(BAD);
    let refused = FileSystem::replace(&Os, &post, b"what was read before", MENDED.as_bytes());
    assert_eq!(refused.expect_err("it was changed").to_string(), "changed on disk since it was read; not written");
    assert_eq!((read(&post).as_str(), names(dir.path())), (BAD, vec!["a.md".to_owned()]));
}

#[test]
fn row_51_fixing_twice_is_fixing_once_and_nothing_else_changes() {
    for entry in bad_fixtures() {
        let (dir, post) = post("");
        let before = fs::read(&entry).expect("a fixture");
        fs::write(&post, &before).expect("written");
        if let Some(config) = entry.parent().map(|dir| dir.join("matterlint.yaml")).filter(|config| config.exists()) {
            fs::copy(config, dir.path().join("matterlint.yaml")).expect("copied");
        }
        let diff = run(dir.path(), &["check", "--diff", "--unsafe-fixes", "a.md"]);
        let first = run(dir.path(), &["check", "--fix", "--unsafe-fixes", "a.md"]);
        assert!(first.status.code() < Some(2), "{}: {}", entry.display(), text(&first.stderr));
        let once = fs::read(&post).expect("text");
        assert_eq!(diff.status.code() == Some(1), once != before, "{}", entry.display());
        assert_eq!(patched(&before, &diff.stdout), once, "{}: the diff is what is done", entry.display());
        let second = run(dir.path(), &["check", "--fix", "--unsafe-fixes", "a.md"]);
        assert_eq!(fs::read(&post).expect("text"), once, "{}", entry.display());
        assert!(!text(&second.stdout).contains("Fixed"), "{}", entry.display());
    }
}

/// What `--fix --unsafe-fixes` makes of a page; and that it ends well, and a second run changes nothing.
fn fixed(page: &str) -> String {
    let (dir, post) = post(page);
    let mut texts = (0..2).map(|_| {
        let out = run(dir.path(), &["check", "--fix", "--unsafe-fixes", "--isolated", "."]);
        assert!(
            out.status.code() < Some(2) && !text(&out.stdout).contains("internal"),
            "{page:?}: {}",
            text(&out.stdout)
        );
        read(&post)
    });
    let once = texts.next().expect("a text");
    assert_eq!(texts.next().expect("a text"), once, "{page:?}");
    once
}

#[test]
fn row_61_no_value_grows_with_each_run() {
    for page in [
        "---\ntags:\n- rust\n title : My post\n---\n",
        "---\ntitle: Rust: \"one\n two: three\n---\n",
        "---\ntitle: 'a' : b\n tags: [x\n---\n",
    ] {
        let after = fixed(page);
        assert!(after.len() <= page.len() + 4, "{page:?} became {after:?}");
    }
}

#[test]
fn row_62_front_matter_that_parses_parses_afterwards() {
    for (page, after) in [
        ("---\ntitle: x\n\u{a0}draft: true\n---\n", None),
        ("---\n\u{3000}title: x\nlang: ko\n---\n", None),
        ("---\nname:\n\u{a0}\u{a0}first: x\n---\n", Some("---\nname:\n  first: x\n---\n")),
        ("---\r\ntitle: x\u{2028}\r\n---\r\n\r\na\u{2028}b\r\n", Some("---\r\ntitle: x\r\n---\r\n\r\na\r\nb\r\n")),
    ] {
        assert_eq!(fixed(page), after.unwrap_or(page));
    }
}

#[test]
fn row_63_a_list_a_comment_or_a_second_field_does_not_become_a_string() {
    for page in [
        "labels: ['a', 'b'];",
        "labels: {a: b};",
        "labels: (a, b)",
        "labels: [a, b)",
        "labels: 'a', 'b'",
        "labels:\n  * a",
        "labels: - a",
        "title: 'Queues'\u{200b}# at night",
        "title: Queues\u{8}# at night",
        "title: \"Queues”",
        "title: Queues at night  layout: post",
        "title: \"Queues\", layout: post",
        "draft: truelayout: post",
        "title: Queues\nat 3:30 they: start",
        "title: Queues ---",
    ] {
        let page = format!("---\n{page}\n---\n\nText.\n");
        assert_eq!(fixed(&page), page);
    }
    let page = "---\ntitle: Queues ---\n\nText.\n";
    assert_eq!(fixed(page), page, "the end of the block isn't known");
}

#[test]
fn row_80_no_fix_is_offered_that_is_refused() {
    for page in ["---\ntitle: a\u{a0}#b\n---\n", "---\na:\u{a0}b\n---\n", "\u{feff}---\n\u{a0}- \"\ni\n---\n"] {
        fixed(page);
    }
}

#[test]
fn row_52_what_needs_no_fix_is_not_touched() {
    let (dir, post) = post(MENDED);
    let before = fs::metadata(&post).expect("there");
    run(dir.path(), &["check", "--fix", "--isolated", "."]);
    let after = fs::metadata(&post).expect("there");
    assert_eq!((before.ino(), before.mtime_nsec()), (after.ino(), after.mtime_nsec()));
}

#[test]
fn rows_1_and_2_what_is_not_utf_8_is_never_fixed() {
    for bytes in [b"---\ntitle: a: b\n---\n\xff\n".to_vec(), b"\xff\xfe-\0-\0-\0".to_vec()] {
        let (dir, post) = post("");
        fs::write(&post, &bytes).expect("written");
        let out = run(dir.path(), &["check", "--fix", "--unsafe-fixes", "--isolated", "a.md"]);
        assert_eq!((out.status.code(), fs::read(&post).expect("bytes")), (Some(1), bytes.clone()));
        let out = with_stdin(dir.path(), &["check", "--fix", "--isolated", "-"], &bytes);
        assert_eq!(out.stdout, bytes, "standard input comes back as it was");
    }
}

#[test]
fn nothing_is_written_under_a_broken_config() {
    let (dir, post) = post(BAD);
    fs::write(dir.path().join("matterlint.yaml"), "rulez: {}\n").expect("written");
    let out = run(dir.path(), &["check", "--fix", "."]);
    assert_eq!((out.status.code(), read(&post).as_str()), (Some(2), BAD));
    let out = with_stdin(dir.path(), &["check", "--fix", "--stdin-filename", "a.md"], BAD.as_bytes());
    assert_eq!((out.status.code(), text(&out.stdout).as_str()), (Some(2), ""));
}

#[test]
fn standard_input_gives_the_text_and_says_the_rest_aside() {
    let (dir, _) = post(BAD);
    let out = with_stdin(dir.path(), &["check", "--fix", "--isolated", "--stdin-filename", "b.md"], BAD.as_bytes());
    assert_eq!((out.status.code(), text(&out.stdout).as_str()), (Some(0), MENDED));
    assert!(text(&out.stderr).contains("Fixed 1 problem in 1 file"), "{}", text(&out.stderr));
}

const BIN: &str = env!("CARGO_BIN_EXE_matterlint");

fn post(text: &str) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("a.md");
    fs::write(&path, text).expect("written");
    (dir, path)
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(BIN);
    command.args(args).current_dir(dir).env_remove("CI").env_remove("MATTERLINT_FORMAT");
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    command(dir, args).stdin(Stdio::null()).output().expect("the program runs")
}

fn start(dir: &Path, args: &[&str]) -> Child {
    command(dir, args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
}

fn with_stdin(dir: &Path, args: &[&str], stdin: &[u8]) -> Output {
    use std::io::Write;
    let mut command = command(dir, args);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(stdin).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    let _ = Command::new("kill").args([name, &id]).stderr(Stdio::null()).status();
}

fn assert_refused(out: &Output, post: &Path, reason: &str) {
    let said = text(&out.stderr);
    assert_eq!((out.status.code(), read(post).as_str()), (Some(2), BAD), "{said}");
    assert!(said.contains(reason), "{said}");
    let left = names(post.parent().expect("a folder"));
    assert!(left.iter().all(|name| !name.starts_with(".matterlint-")), "{left:?}");
}

fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).expect("a folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("text")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn bad_fixtures() -> Vec<PathBuf> {
    let rules = fs::read_dir("fixtures").expect("fixtures/").flatten().filter(|entry| entry.path().is_dir());
    let files = rules.flat_map(|rule| fs::read_dir(rule.path()).expect("a folder").flatten());
    let is_bad =
        |path: &PathBuf| path.to_string_lossy().contains("/bad") && path.extension().is_some_and(|e| e == "md");
    files.map(|entry| entry.path()).filter(is_bad).collect()
}

/// A text after a unified diff, applied by its line numbers alone.
fn patched(old: &[u8], diff: &[u8]) -> Vec<u8> {
    let old: Vec<&[u8]> = old.split_inclusive(|byte| *byte == b'\n').collect();
    let (mut out, mut at) = (Vec::new(), 0);
    let mut lines = diff.split_inclusive(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let no_end = lines.peek().is_some_and(|next| next.starts_with(b"\\"));
        let body = if no_end { line[1..].strip_suffix(b"\n").unwrap_or(&line[1..]) } else { &line[1..] };
        match line[0] {
            b'@' => {
                let numbers = text(line);
                let first: usize =
                    numbers[4..].split([',', ' ']).next().and_then(|n| n.parse().ok()).expect("a number");
                let start = first.max(1) - 1;
                old[at..start].iter().for_each(|line| out.extend_from_slice(line));
                at = start;
            }
            b' ' => {
                assert_eq!(body, old[at]);
                out.extend_from_slice(body);
                at += 1;
            }
            b'-' if !line.starts_with(b"--- ") => {
                assert_eq!(body, old[at]);
                at += 1;
            }
            b'+' if !line.starts_with(b"+++ ") => out.extend_from_slice(body),
            _ => {}
        }
    }
    old[at..].iter().for_each(|line| out.extend_from_slice(line));
    out
}
