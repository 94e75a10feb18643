//! What must not happen, row by row. Each row's number is that of the project's list of faults; rows that are shown
//! elsewhere are named in SECURITY.md.

mod common;

use common::clock::Clock;
use common::{matterlint, matterlint_bytes};
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

const NOTE: &str = "---\ntitle: 글\n---\n\n자료 : ( 추후 업데이트 )\n";

fn lint(bytes: &[u8], format: &str) -> common::Run {
    matterlint_bytes(&["check", "-", "--isolated", "--quiet", "--format", format], bytes)
}

/// Runs `work`, which must end within a bound on its CPU time that is generous by ten.
fn within<T>(seconds: f64, work: impl FnOnce() -> T) -> T {
    let clock = Clock::start();
    let result = work();
    assert!(clock.seconds() < seconds, "took {} s", clock.seconds());
    result
}

#[test]
fn row_01_a_byte_that_isnt_utf8() {
    let run = lint(b"---\ntitle: a\n---\n\nCaf\xe9\n\nTODO: write this\n", "concise");
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("<stdin>:5:4: error[broken-encoding]"), "{lines:?}");
    assert!(lines[1].starts_with("<stdin>:7:1: warning[leftover-placeholder]"), "{lines:?}");
}

#[test]
fn row_02_utf16_and_utf32() {
    for bytes in [&b"\xff\xfe-\0-\0-\0"[..], b"\xfe\xff\0-\0-", b"\xff\xfe\0\0-\0\0\0", b"\0\0\xfe\xff\0\0\0-"] {
        let run = lint(bytes, "full");
        assert!(run.stdout.contains("not UTF-8") && run.stdout.contains("save it as UTF-8"), "{}", run.stdout);
    }
}

#[test]
fn row_03_and_36_control_characters_never_reach_the_terminal() {
    let text = "---\ntitle: a\0b\x1b[31m\n---\n\nTODO: \x1b]0;x\x07 \u{202e} \0 \u{9b}31m\n\n# \n";
    for format in ["full", "concise"] {
        let run = lint(text.as_bytes(), format);
        assert!(run.stdout.contains("leftover-placeholder"), "{}", run.stdout);
        let bad = run.stdout.chars().find(|&c| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c));
        assert_eq!(bad, None, "{format}");
    }
}

#[test]
fn row_04_a_byte_order_mark() {
    let run = lint(format!("\u{feff}{}", NOTE.replace("글", "'It's'")).as_bytes(), "concise");
    // Without a known generator, nothing is claimed about the mark itself.
    assert!(run.stdout.contains("<stdin>:2:12: error[broken-front-matter]"), "{}", run.stdout);
}

#[test]
fn row_05_and_07_line_ends_of_every_kind() {
    let columns = |run: &common::Run| run.stdout.clone();
    let lf = columns(&lint(NOTE.as_bytes(), "concise"));
    for end in ["\r\n", "\r"] {
        assert_eq!(columns(&lint(NOTE.replace('\n', end).as_bytes(), "concise")), lf, "{end:?}");
    }
    for odd in ["\u{2028}", "\u{b}", "\u{c}", "\u{85}"] {
        let run = lint(format!("a{odd}b\n\n{odd}\n\nTODO: c\n").as_bytes(), "full");
        assert!(run.stdout.contains(":5:1]"), "{odd:?}: {}", run.stdout);
    }
}

#[test]
fn row_08_files_that_end_early() {
    for text in [
        "",
        "\n",
        "---",
        "---\n",
        "---\n---",
        "---\n---\n",
        "---\ntitle: a\n---",
        "---\ntitle: a",
        "+++",
        "{",
        "{}",
        "\u{feff}",
    ] {
        for format in ["full", "json"] {
            let run = lint(text.as_bytes(), format);
            assert!(run.status < 2, "{text:?}: {}", run.stderr);
        }
    }
    let run = lint(b"---\ntitle: a\ndate: 2024-01-31\n", "concise");
    assert!(run.stdout.starts_with("<stdin>:1:1: error[unclosed-front-matter]"), "{}", run.stdout);
}

#[test]
fn row_09_a_file_that_is_too_large() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("big.md");
    std::fs::write(&path, vec![b'a'; (8 << 20) + 1]).expect("a file");
    let run = matterlint(&["check", path.to_str().expect("plain")], "");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("larger than"), "{}", run.stderr);
}

#[test]
fn row_10_a_line_of_a_megabyte() {
    let text = format!("{}\n\nTODO: x\n", "추후 업데이트 ( a:b ) ".repeat(1 << 15));
    let run = within(20.0, || lint(text.as_bytes(), "full"));
    assert!(run.stdout.contains("TODO: x"), "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.len() < 1000));
}

#[test]
fn row_18_patterns_that_would_take_forever() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let page = std::fs::read_to_string("tests/own-rules/sponsor-template.md").expect("the page");
    std::fs::create_dir(dir.path().join("lint")).expect("a folder");
    std::fs::write(dir.path().join("matterlint.yaml"), "rule-dirs: [lint]\n").expect("a file");
    let long = "a".repeat(50_000);
    std::fs::write(dir.path().join("post.md"), format!("{long}!\n\n{}\n", "A".repeat(50_000))).expect("a file");
    for pattern in ["(a+)+$|SPONSOR", ".*[^A-Z]|[A-Z]", "(x|a)*b|SPONSOR NAME"] {
        // What the pattern finds in the examples doesn't matter here.
        let page = page.replace(r"\[SPONSOR (NAME|LOGO)\]", &format!("'{pattern}'")).replace("Bakery.", "Bakery");
        let page = page.replace("This issue is sponsored by the Harbour Bakery", "1");
        std::fs::write(dir.path().join("lint/sponsor-template.md"), page).expect("a file");
        within(30.0, || matterlint(&["check", dir.path().to_str().expect("plain")], ""));
    }
}

#[test]
fn row_19_a_pattern_that_is_too_large() {
    let config = "content:\n  post:\n    files: x\n    fields: { a: { pattern: '\\w{100000}' } }\n";
    let dir = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(dir.path().join("matterlint.yaml"), config).expect("a file");
    let run = within(10.0, || matterlint(&["check", dir.path().to_str().expect("plain")], ""));
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("matterlint.yaml:4:29: error[broken-config]"), "{}", run.stderr);
}

#[test]
fn row_20_ten_thousand_findings() {
    let text: String =
        (0..10_000).map(|n| format!("문장 {n} 번째 줄입니다, 조금 길게 적어 둡니다.\n\nTODO: {n} 번째\n\n")).collect();
    let args = ["check", "-", "--isolated", "--quiet", "--format", "full", "--max-findings", "0"];
    let run = within(10.0, || matterlint(&args, &text));
    assert_eq!(run.stdout.matches("warning[leftover-placeholder]").count(), 10_000);
}

#[cfg(unix)]
#[test]
fn row_28_and_29_what_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (file, folder) = (dir.path().join("a.md"), dir.path().join("folder"));
    std::fs::write(&file, NOTE).expect("a file");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(dir.path().join("b.md"), NOTE).expect("a file");
    for path in [&file, &folder] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o0)).expect("permissions");
    }
    // Root may read everything, so there is nothing to see for it.
    let is_root = std::fs::read(&file).is_ok();
    let run = matterlint(&["check", dir.path().to_str().expect("plain")], "");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).expect("permissions");
    if !is_root {
        assert_eq!(run.status, 2);
        assert!(
            run.stderr.contains("a.md: permission denied") && run.stderr.contains("folder: permission denied"),
            "{}",
            run.stderr
        );
    }
    assert!(run.stdout.contains("b.md:5:6"), "{}", run.stdout);
}

#[test]
fn row_32_names_that_would_drive_a_runner() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for name in ["a%b,c:d.md", "q\"'.md", "e\x1b[31m.md", "##[error]x.md"] {
        std::fs::write(dir.path().join(name), NOTE).expect("a file");
    }
    for format in ["full", "concise", "github", "azure"] {
        let run = matterlint(&["check", dir.path().to_str().expect("plain"), "--format", format], "");
        assert!(!run.stdout.contains('\x1b') && !run.stdout.contains("##[error]"), "{format}: {}", run.stdout);
    }
}

#[test]
fn row_33_names_that_look_like_options() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for name in ["-q.md", "@x.md"] {
        std::fs::write(dir.path().join(name), NOTE).expect("a file");
    }
    let status =
        program(&["check", "--quiet", "--", "-q.md", "@x.md"]).current_dir(dir.path()).output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&status.stdout).lines().count(), 2);
}

#[test]
fn row_34_a_file_that_comes_and_goes_during_a_run() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for number in 0..200 {
        std::fs::write(dir.path().join(format!("{number}.md")), NOTE).expect("a file");
    }
    let ended = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let flighty = dir.path().join("flighty.md");
            while !ended.load(std::sync::atomic::Ordering::Relaxed) {
                std::fs::write(&flighty, NOTE).expect("a file");
                std::fs::remove_file(&flighty).expect("a file");
            }
        });
        for _ in 0..10 {
            let run = matterlint(&["check", "--quiet", dir.path().to_str().expect("plain")], "");
            let others = run.stdout.lines().filter(|line| !line.contains("flighty.md")).count();
            assert_eq!(others, 200, "{}", run.stderr);
            let is_named = run.stderr.lines().all(|line| line.contains("flighty.md"));
            assert!(is_named && (run.status == 1 || run.status == 2 && !run.stderr.is_empty()), "{}", run.stderr);
        }
        ended.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[cfg(unix)]
#[test]
fn row_35_the_working_directory_is_gone() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let gone = dir.path().join("gone");
    std::fs::create_dir(&gone).expect("a folder");
    let script =
        format!("cd '{0}' && rmdir '{0}' && exec '{1}' check", gone.display(), env!("CARGO_BIN_EXE_matterlint"));
    let run = Command::new("sh").args(["-c", &script]).output().expect("it runs");
    assert_eq!(run.status.code(), Some(2), "{}", String::from_utf8_lossy(&run.stderr));
}

#[cfg(unix)]
#[test]
fn row_42_a_reader_that_stops_reading() {
    let mut child = program(&["check", "fixtures", "--format", "full"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdout = child.stdout.take().expect("piped");
    stdout.read_exact(&mut [0; 1]).expect("a byte");
    drop(stdout);
    let run = child.wait_with_output().expect("it ends");
    // What was still unwritten decides whether the pipe is found closed; either way nothing is complained about.
    assert!(matches!(run.status.code(), Some(1 | 141)), "{:?}", run.status);
    assert_eq!(String::from_utf8_lossy(&run.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn row_43_and_44_output_that_cant_be_written() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("the device");
    let run = program(&["check", "fixtures/seeds"]).stdout(full).output().expect("it runs");
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(said.lines().count(), 1, "{said}");
    for closed in [">&-", "2>&-", ">&- 2>&-"] {
        let script = format!("exec '{}' check fixtures/seeds {closed}", env!("CARGO_BIN_EXE_matterlint"));
        let run = Command::new("sh").args(["-c", &script]).output().expect("it runs");
        assert!(run.status.code().is_some(), "died of a signal with {closed}");
        assert_ne!(run.status.code(), Some(101), "panicked with {closed}");
    }
}

#[cfg(unix)]
#[test]
fn row_44_output_that_would_block() {
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    let wanted = program(&["check", "fixtures", "--format", "full"]).output().expect("it runs").stdout;
    let (ours, mut theirs) = UnixStream::pair().expect("a pair");
    ours.set_nonblocking(true).expect("it can be set");
    let mut child = program(&["check", "fixtures", "--format", "full"])
        .stdout(OwnedFd::from(ours))
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    // Long enough for what lies between the two ends to be full.
    std::thread::sleep(Duration::from_millis(300));
    let mut said = Vec::new();
    theirs.read_to_end(&mut said).expect("it is read");
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    assert!(said == wanted, "{} bytes of {}", said.len(), wanted.len());
}

#[test]
fn row_53_no_key_of_the_config_is_a_command_and_nothing_is_started() {
    let schema: serde_json::Value = serde_json::from_str(&matterlint(&["schema"], "").stdout).expect("it is JSON");
    let mut keys = Vec::new();
    let mut open = vec![&schema];
    while let Some(value) = open.pop() {
        if let Some(properties) = value.get("properties").and_then(|properties| properties.as_object()) {
            keys.extend(properties.keys().map(String::as_str));
        }
        open.extend(value.as_object().into_iter().flat_map(serde_json::Map::values));
        open.extend(value.as_array().into_iter().flatten());
    }
    assert!(keys.len() > 20 && keys.contains(&"rule-dirs"), "{keys:?}");
    let commands = ["command", "cmd", "exec", "run", "shell", "script", "program", "plugin", "hook", "eval", "filter"];
    let is_command = |key: &&&str| key.split('-').any(|word| commands.contains(&word.trim_end_matches('s')));
    // Rules, and a group of them, are about commands in posts.
    let rules = common::rule_ids();
    let is_rule = |key: &&str| *key == "commands" || rules.iter().any(|rule| rule == key);
    let found: Vec<_> = keys.iter().filter(is_command).filter(|key| !is_rule(key)).collect();
    assert!(found.is_empty(), "{found:?}");

    // The programs in the search path make no difference.
    let dir = common::project(&[
        ("matterlint.yaml", "rule-dirs: [lint]\nrules: { malformed-command: { specs: [shipit.yaml] } }\n"),
        ("lint/README.md", ""),
        ("post.md", "---\ntitle: t\n---\n\n```sh\nshipit relaese\nls | git add\n```\n\nTODO: x\n"),
    ]);
    std::fs::copy("tests/own-commands/shipit.yaml", dir.path().join("shipit.yaml")).expect("copied");
    let bin = dir.path().join("bin");
    std::fs::create_dir(&bin).expect("a folder");
    #[cfg(unix)]
    for name in ["shipit", "git", "ls", "sh", "asciidoctor"] {
        use std::os::unix::fs::PermissionsExt;
        let path = bin.join(name);
        std::fs::write(&path, format!("#!/bin/sh\ntouch '{}'\n", dir.path().join("started").display()))
            .expect("a file");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    }
    let run = |path: Option<&std::path::Path>| {
        let mut program = program(&["check", "."]);
        program.current_dir(dir.path());
        match path {
            Some(path) => program.env("PATH", path),
            None => program.env_remove("PATH"),
        };
        let out = program.output().expect("it runs");
        (out.status.code(), out.stdout)
    };
    let without = run(None);
    assert_eq!(without.0, Some(1), "{}", String::from_utf8_lossy(&without.1));
    assert!(String::from_utf8_lossy(&without.1).contains("relaese"), "{}", String::from_utf8_lossy(&without.1));
    assert_eq!(run(Some(&bin)), without);
    assert_eq!(run(Some(std::path::Path::new(""))), without);
    assert!(!dir.path().join("started").exists());
}

#[test]
fn row_59_a_run_shows_which_config_it_used() {
    let dir = common::project(&[("a.md", NOTE), ("matterlint.yaml", "rules: { leftover-placeholder: off }\n")]);
    let run = |args: &[&str]| {
        let out = program(args).current_dir(dir.path()).output().expect("it runs");
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    let (status, said) = run(&["check", "-v"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("matterlint: config: matterlint.yaml (found by searching upward)\n"), "{said}");
    // What a pull request brings along is left aside.
    let (status, said) = run(&["check", "-v", "--isolated"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("matterlint: config: none (--isolated)"), "{said}");
}

#[test]
fn row_81_project_files_may_be_large_and_errors_name_the_file_and_the_limit() {
    let tags: Vec<String> = (0..9000).map(|index| format!("tag-{index}")).collect();
    let json = serde_json::to_string(&tags).expect("it is text");
    let yaml: String = tags.iter().map(|tag| format!("- {tag}\n")).collect();
    let toml = format!("tags = {json}\n");
    let schema = format!("{{\"properties\": {{\"tags\": {{\"items\": {{\"enum\": {json}}}}}}}}}");
    let schema_yaml = format!("properties:\n  tags:\n    items:\n      enum: {json}\n");
    assert!([&json, &yaml, &toml].iter().all(|text| text.len() > 90_000));
    let from = |file: &str, key: &str| {
        format!("content: {{ p: {{ files: '*.md', fields: {{ tags: {{ one-of: {{ from: {file}{key} }} }} }} }} }}\n")
    };
    let by_schema = |file: &str| format!("content: {{ p: {{ files: '*.md', schema: {file} }} }}\n");
    let inline = format!("content: {{ p: {{ files: '*.md', fields: {{ tags: {{ one-of: {json} }} }} }} }}\n");
    let pages = [("good.md", "---\ntags: [tag-1, tag-8999]\n---\n"), ("bad.md", "---\ntags: [tag-10000]\n---\n")];
    for (file, text, config) in [
        ("tags.json", &json, from("tags.json", "")),
        ("tags.yaml", &yaml, from("tags.yaml", "")),
        ("tags.toml", &toml, from("tags.toml", ", key: tags")),
        ("post.json", &schema, by_schema("post.json")),
        ("post.yaml", &schema_yaml, by_schema("post.yaml")),
        ("unused.txt", &yaml, inline.clone()),
        ("base.yaml", &inline, "extends: [recommended, base.yaml]\n".to_owned()),
    ] {
        let files = [("matterlint.yaml", config.as_str()), (file, text.as_str()), pages[0], pages[1]];
        let dir = common::project(&files);
        let out = program(&["check", "."]).current_dir(dir.path()).output().expect("it runs");
        let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{file}: {said}");
        assert!(said.contains("bad.md:2:8") && !said.contains("good.md"), "{file}: {said}");
        if config.contains(file) {
            std::fs::write(dir.path().join(file), vec![b'#'; (8 << 20) + 1]).expect("a file");
            let out = program(&["check", "."]).current_dir(dir.path()).output().expect("it runs");
            let said = String::from_utf8_lossy(&out.stderr).into_owned();
            assert_eq!(out.status.code(), Some(2), "{file}: {said}");
            assert!(said.contains(file) && said.contains("larger than 8 MiB"), "{file}: {said}");
        }
    }
    // A rule page may be as large.
    let page = std::fs::read_to_string("tests/own-rules/sponsor-template.md").expect("the page");
    let page = page.replacen("---\n", &format!("---\n{}", "# a long list\n".repeat(8000)), 1);
    let config = "rule-dirs: [lint]\n";
    let files = [("matterlint.yaml", config), ("lint/sponsor-template.md", &page), ("a.md", "[SPONSOR NAME]\n")];
    let dir = common::project(&files);
    let out = program(&["check", "a.md"]).current_dir(dir.path()).output().expect("it runs");
    let said = String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr);
    assert!(said.contains("[sponsor-template]"), "{said}");

    // A stranger's front matter may not.
    let dir = common::project(&[("a.md", &format!("---\ntags:\n{yaml}---\n"))]);
    let out = program(&["check", "."]).current_dir(dir.path()).output().expect("it runs");
    assert!(String::from_utf8_lossy(&out.stdout).contains("larger than 64 KiB"));
}

#[test]
fn row_81_what_init_writes_check_reads() {
    // Many kinds of pages, each with fields of its own.
    let dir = common::project(&[]);
    for folder in 0..60 {
        for page in 0..12 {
            let fields: String =
                (0..20).map(|field| format!("a-field-with-a-long-name-{folder}-{field}: value {page}\n")).collect();
            let path = dir.path().join(format!("content/folder-{folder}"));
            std::fs::create_dir_all(&path).expect("a folder");
            std::fs::write(path.join(format!("{page}.md")), format!("---\ntitle: t{page}\n{fields}---\n"))
                .expect("a file");
        }
    }
    let out = program(&["init"]).current_dir(dir.path()).output().expect("it runs");
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let size = std::fs::metadata(dir.path().join("matterlint.yaml")).expect("it is there").len();
    assert!(size > 64 << 10, "{size} bytes");
    let out = program(&["check", "."]).current_dir(dir.path()).output().expect("it runs");
    assert!(matches!(out.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn row_55_nothing_is_kept_in_the_tree() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(dir.path().join("a.md"), NOTE).expect("a file");
    matterlint(&["check", dir.path().to_str().expect("plain")], "");
    assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 1);
}

fn program(args: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_matterlint"));
    program.args(args).stdin(Stdio::null());
    program
}

// SECURITY.md names the tests of all rows. What root may do, rows 28 and 29 can't show under root; a full disk, row 48, is a
// limit on the size of files. 59 is also a matter of how CI is set up, which docs/ci.md describes. A million files, row 21,
// take too long for a test: docs/scale.md has the figures. In November 2026, all but 36, 38, 39, 56, 57 and 60 were tried by
// hand too: as another user, on a full disk of memory, with a pipe that blocks, with system calls slowed down while a file is
// replaced (row 50), and with files taken away during a walk (row 34).
