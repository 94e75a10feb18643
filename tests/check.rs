//! `matterlint check` on small projects made for the test: configs, exit status, switches, paths.

mod common;

use common::{Run, matterlint, matterlint_bytes, project, relative};
use std::path::Path;
use tempfile::TempDir;

fn check(dir: &TempDir, more: &[&str]) -> Run {
    let root = dir.path().to_str().expect("a plain path");
    let mut args = vec!["check", root];
    args.extend(more);
    let mut run = matterlint(&args, "");
    // Paths are shown from where the run began; what matters is the part inside the project.
    let shown = relative(dir.path());
    run.stdout = run.stdout.replace(&format!("{shown}/"), "");
    run.stderr = run.stderr.replace(&format!("{shown}/"), "");
    run
}

const NOTE: &str = "---\ntitle: 글\n---\n\n자료 : ( 추후 업데이트 )\n";

#[test]
fn the_status_says_how_it_went() {
    let clean = project(&[("a.md", "---\ntitle: 글\n---\n\n본문입니다.\n")]);
    assert_eq!((check(&clean, &[]).status, check(&clean, &[]).stdout.as_str()), (0, "No problems in 1 file.\n"));
    let found = project(&[("a.md", NOTE)]);
    assert_eq!(check(&found, &[]).status, 1);
    assert_eq!(check(&found, &["--fail-on", "error"]).status, 0);
    assert_eq!(check(&found, &["--fail-on", "error", "--max-warnings", "0"]).status, 1);
    assert_eq!(check(&found, &["--fail-on", "never"]).status, 0);
    assert_eq!(check(&found, &["--exit-zero"]).status, 0);
    assert_eq!(check(&found, &["--level", "leftover-placeholder=error", "--fail-on", "error"]).status, 1);
    let empty = project(&[]);
    assert_eq!((check(&empty, &[]).status, check(&empty, &[]).stdout.as_str()), (0, "No files checked.\n"));
    assert_eq!(check(&empty, &["--error-on-empty"]).status, 2);
    assert_eq!(matterlint(&["check", "--no-such-option"], "").status, 2);
    assert_eq!(matterlint(&["--version"], "").status, 0);
}

#[test]
fn an_incomplete_run_never_exits_zero_and_says_what_it_could() {
    let dir = project(&[("a.md", NOTE)]);
    let missing = dir.path().join("no.md");
    let run = check(&dir, &[missing.to_str().expect("plain")]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("no.md: no such file or directory"), "{}", run.stderr);
    assert!(run.stdout.contains("a.md:5:6: warning[leftover-placeholder]"), "{}", run.stdout);
}

#[test]
fn a_mistake_in_the_config_is_shown_at_its_place() {
    for (config, at, message) in [
        (
            "rules:\n  leftover-placehodler: error\n",
            "2:3",
            "unknown rule or group `leftover-placehodler`; did you mean `leftover-placeholder`?",
        ),
        ("rules:\n  leftover-placeholder: eror\n", "2:25", "unknown level `eror`; did you mean `error`?"),
        ("rules:\n  leftover-placeholder: { levle: error }\n", "2:27", "unknown key `levle`"),
        ("extend: [recommended]\n", "1:1", "unknown key `extend`; did you mean `extends`?"),
        ("extends: [jekill]\n", "1:11", "unknown pack `jekill`; did you mean `jekyll`?"),
        ("exclude: [\"a[\"]\n", "1:11", "invalid glob `a[`"),
        ("rules: {}\nrules: {}\n", "2:1", "duplicate key `rules`"),
        (
            "content:\n  post:\n    files: x\n    fields: { title: { type: sting } }\n",
            "4:30",
            "unknown value `sting`; did you mean `string`?",
        ),
        (
            "content:\n  post:\n    files: x\n    fields: { a: { one-of: [x], aliases: { y: z } } }\n",
            "4:47",
            "`z` is not listed in `one-of`",
        ),
        ("content:\n  post:\n    files: x\n    fields: { a: { pattern: '(' } }\n", "4:29", "unclosed group"),
        (
            "content:\n  post:\n    files: x\n    fields: { a: { one-of: { from: ../../x.yml } } }\n",
            "4:36",
            "`../../x.yml` is outside the project",
        ),
        ("title: Rust: the book\n", "1:12", "unquoted `: ` in the value of `title`"),
        ("rules: [a]\n", "1:8", "`rules` takes a mapping, such as `{ key: value }`"),
    ] {
        let dir = project(&[("matterlint.yaml", config), ("a.md", NOTE)]);
        let run = check(&dir, &[]);
        assert_eq!(run.status, 2, "{config}");
        assert_eq!(run.stdout, "", "{config}");
        let expected = format!("matterlint.yaml:{at}: error[broken-config] {message}");
        assert!(run.stderr.starts_with(&expected), "{config}\n{}\nnot\n{expected}", run.stderr);
    }
}

#[test]
fn a_deep_config_ends_at_once() {
    let dir = project(&[("matterlint.yaml", &"[".repeat(60_000)), ("a.md", NOTE)]);
    assert_eq!(check(&dir, &[]).status, 2);
}

#[test]
fn the_nearest_config_rules_up_to_the_repositorys_top() {
    let dir = project(&[
        ("matterlint.yaml", "rules: { leftover-placeholder: error }\n"),
        ("a.md", NOTE),
        ("blog/.matterlint.yml", "rules: { leftover-placeholder: off }\n"),
        ("blog/deep/b.md", NOTE),
        ("other/.git/HEAD", ""),
        ("other/c.md", NOTE),
    ]);
    let run = check(&dir, &["--quiet"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("a.md:5:6: error"), "{lines:?}");
    assert!(lines[1].starts_with("other/c.md:5:6: warning"), "{lines:?}");
    assert_eq!(check(&dir, &["--isolated", "--quiet"]).stdout.lines().count(), 3);
}

#[test]
fn overrides_excludes_packs_and_the_command_line_have_their_order() {
    let dir = project(&[
        (
            "matterlint.yaml",
            "extends: lint/base.yaml\nexclude: [old/**, '*.tmp.md']\noverrides:\n  - files: notes/**\n    rules: { placeholders: off }\n",
        ),
        ("lint/base.yaml", "rules: { leftover-placeholder: { level: error, drafts: warning } }\n"),
        ("a.md", NOTE),
        ("old/b.md", NOTE),
        ("deep/x.tmp.md", NOTE),
        ("vendor/c.md", NOTE),
        ("notes/d.md", NOTE),
        ("_drafts/e.md", NOTE),
    ]);
    let quiet = check(&dir, &["--quiet"]).stdout;
    let shown: Vec<&str> = quiet.lines().map(|line| line.split(']').next().unwrap_or_default()).collect();
    assert_eq!(
        shown,
        ["_drafts/e.md:5:6: warning[leftover-placeholder", "a.md:5:6: error[leftover-placeholder"],
        "{quiet}"
    );
    assert_eq!(check(&dir, &["--quiet", "--no-exclude"]).stdout.lines().count(), 5);
    assert_eq!(check(&dir, &["--ignore", "placeholders"]).status, 0);
    assert_eq!(check(&dir, &["--select", "repeated-title"]).status, 0);
    assert_eq!(check(&dir, &["--select", "repeated-titel"]).status, 2);
    assert_eq!(check(&dir, &["--config", "rules.leftover-placeholder=off"]).status, 0);
    let named = dir.path().join("old/b.md");
    let named = named.to_str().expect("plain");
    assert_eq!(matterlint(&["check", named], "").status, 1, "a named file is linted");
    assert_eq!(matterlint(&["check", "--force-exclude", named], "").status, 0);
}

#[test]
fn a_rule_of_ones_own_is_a_page_in_a_folder() {
    let page = std::fs::read_to_string("tests/own-rules/price-missing.md").expect("the page");
    let dir = project(&[
        ("matterlint.yaml", "rule-dirs: [lint]\nrules: { price-missing: error }\n"),
        ("lint/price-missing.md", &page),
        ("shop.md", "---\ntitle: Shop\n---\n\n- Tea: (price on request)\n"),
    ]);
    let run = check(&dir, &["--quiet"]);
    assert_eq!(run.stdout, "shop.md:5:8: error[price-missing] placeholder text `(price on request)`\n");
    let lies = page.replace("Price: from 20 €", "Price: to be negotiated");
    std::fs::write(dir.path().join("lint/price-missing.md"), lies).expect("a file");
    let run = check(&dir, &[]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("price-missing.md:19:1: error[broken-config] Good example: expected no finding"),
        "{}",
        run.stderr
    );
    let broken = page.replace("phrases: [", "phrasse: [");
    std::fs::write(dir.path().join("lint/price-missing.md"), broken).expect("a file");
    let run = check(&dir, &[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("unknown key `phrasse`"), "{}", run.stderr);
}

#[test]
fn examples_on_ones_own_pages_are_tested() {
    let page = std::fs::read_to_string("tests/own-rules/price-missing.md").expect("the page");
    let lies = page.replace("Price: from 20 €", "Price: to be negotiated");
    let dir = project(&[("lint/price-missing.md", &lies)]);
    let run = matterlint(&["test", dir.path().join("lint").to_str().expect("plain")], "");
    assert_eq!(run.status, 1, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("Good example: expected no finding"), "{}", run.stdout);
}

#[test]
fn standard_input_is_linted_as_the_file_it_is_named() {
    let dir = project(&[(
        "matterlint.yaml",
        "overrides:\n  - files: quiet/**\n    rules: { placeholders: off }\nexclude: [out]\n",
    )]);
    let lint = |name: &str, more: &[&str]| {
        let path = dir.path().join(name);
        let mut args = vec!["check", "--stdin-filename", path.to_str().expect("plain"), "--quiet"];
        args.extend(more);
        args.push("-");
        matterlint(&args, NOTE)
    };
    assert!(lint("new/a.md", &[]).stdout.contains("new/a.md:5:6: warning[leftover-placeholder]"));
    assert_eq!(lint("quiet/a.md", &[]).stdout, "");
    assert_eq!(lint("out/a.md", &[]).stdout, "");
    assert_eq!(lint("out/a.md", &["--no-exclude"]).status, 1);
    let alone = matterlint(&["check", "-", "--isolated"], NOTE);
    assert!(alone.stdout.starts_with("<stdin>:5:6: warning"), "{}", alone.stdout);
    assert_eq!(matterlint(&["check", "-", "x.md"], NOTE).status, 2);
}

#[test]
fn what_an_editor_calls_its_buffers() {
    // One without a name is a page without a name.
    for args in [vec!["--stdin-filename", "", "-"], vec!["--stdin-filename", ""], vec!["--stdin-filename="]] {
        let run = matterlint(&[vec!["check", "--isolated"], args].concat(), NOTE);
        assert!(run.stdout.starts_with("<stdin>:5:6: warning"), "{}{}", run.stdout, run.stderr);
    }
    // A view of the editor's own is no page.
    for name in ["health://", "fugitive:///w/.git//0/a.md", "git:/w/a.md?{}", "git:a.md", "diffview:///panels/1"] {
        let run = matterlint(&["check", "--isolated", "--quiet", "--stdin-filename", name], NOTE);
        assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""), "{name}");
        let run = matterlint(&["check", "--isolated", "--quiet", "--fix", "--stdin-filename", name], NOTE);
        assert_eq!((run.status, run.stdout.as_str()), (0, NOTE), "{name}");
    }
    for name in ["untitled:Untitled-1", "2024: plans.md", "c:x.md"] {
        let run = matterlint(&["check", "--isolated", "--stdin-filename", name], NOTE);
        assert_eq!(run.status, 1, "{name}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn any_number_of_threads_is_taken() {
    for threads in ["0", "1", "3", "100000"] {
        let run = matterlint(&["check", "fixtures/seeds", "--threads", threads, "--quiet"], "");
        assert!(run.status < 2 && run.stderr.is_empty(), "{threads}: {}", run.stderr);
    }
}

#[test]
fn paths_can_come_from_a_list() {
    let dir = project(&[("a.md", NOTE), ("b c.md", NOTE)]);
    let path = |name: &str| dir.path().join(name).to_str().expect("plain").to_owned();
    let lines = format!("{}\r\n{}\n", path("a.md"), path("b c.md"));
    let nuls = format!("{}\0{}\0", path("a.md"), path("b c.md"));
    for list in [lines, nuls] {
        let run = matterlint_bytes(&["check", "--files-from", "-", "--quiet"], list.as_bytes());
        assert_eq!((run.status, run.stdout.lines().count()), (1, 2), "{}", run.stdout);
    }
}

#[test]
fn a_list_may_have_names_as_git_quotes_them() {
    let dir = project(&[("가 나.md", NOTE), ("plain.md", NOTE)]);
    let quoted = r#""\352\260\200 \353\202\230.md""#;
    let list = format!("{quoted}\nplain.md\n");
    let out = program(&["check", "--files-from", "-", "--quiet"], dir.path(), &list);
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(out.contains("가 나.md:5:6") && out.contains("plain.md:5:6"), "{out}");
}

#[test]
fn a_run_says_where_its_config_comes_from() {
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path().canonicalize().expect("it is there");
    let site = home.join("blog/posts");
    std::fs::create_dir_all(&site).expect("a folder");
    std::fs::write(site.join("a.md"), NOTE).expect("a file");
    // A file in the home folder itself isn't the config of a site.
    std::fs::write(home.join("matterlint.yaml"), "rules: { leftover-placeholder: off }\n").expect("a file");
    let run = |args: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_matterlint"));
        let program = program.args(args).current_dir(&site).env("HOME", &home).env("USERPROFILE", &home);
        let out = program.stdin(std::process::Stdio::null()).output().expect("it runs");
        (out.status.code(), String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr))
    };
    let none = format!("config: none found up to {} (directly in the home directory)", home.join("blog").display());
    let (status, said) = run(&["check", "-v"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains(&none), "{said}");
    assert!(said.contains("matterlint: generator: not detected\n"), "{said}");
    assert!(said.contains("matterlint: 1 file checked\n"), "{said}");
    assert!(run(&["check", "--show-settings"]).1.contains("none found up to"));
    assert!(run(&["check", "-v", "--isolated"]).1.contains("config: none (--isolated)"));

    std::fs::write(home.join("blog/matterlint.yaml"), "generator: hugo\n").expect("a file");
    let (_, said) = run(&["check", "-v"]);
    assert!(said.contains("config: ../matterlint.yaml (found by searching upward)"), "{said}");
    assert!(said.contains("generator: hugo (set in the config)"), "{said}");
    let named = run(&["check", "-v", "--config", "../matterlint.yaml"]).1;
    assert!(named.contains("config: ../matterlint.yaml (set with --config)"), "{named}");
    std::fs::create_dir(site.join(".git")).expect("a folder");
    let (_, said) = run(&["check", "--show-settings"]);
    assert!(said.contains(&format!("none found up to {} (the repository root)", site.display())), "{said}");
}

/// What the program prints in a folder, with `stdin`.
fn program(args: &[&str], dir: &Path, stdin: &str) -> String {
    let out = common::process::run(dir, args, stdin);
    String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr)
}

#[test]
fn a_switch_covers_its_lines_and_says_when_it_is_idle() {
    let text = "---\ntitle: 글\n---\n\n<!-- matterlint-disable-next-line leftover-placeholder: waits -->\n\
                자료 : ( 추후 업데이트 )\n\n영상 : ( 추후 업데이트 )\n";
    let run = matterlint(&["check", "-", "--isolated", "--quiet"], text);
    // One note in two places: the one that is left is the finding.
    assert_eq!(run.stdout, "<stdin>:8:6: warning[leftover-placeholder] placeholder text `( 추후 업데이트 )`\n");
    let run = matterlint(&["check", "-", "--isolated", "--quiet", "--no-inline-config"], text);
    assert!(run.stdout.starts_with("<stdin>:6:6:"), "{}", run.stdout);
    let front =
        "---\ntitle: a # matterlint-disable-next-line duplicate-key: both are read by the theme\ntitle: b\n---\n";
    assert_eq!(matterlint(&["check", "-", "--isolated", "--quiet"], front).stdout, "");
    let toml = "+++\ntitle = \"a\"\ntitle = \"b\" # matterlint-disable-line duplicate-key: for the theme\n+++\n";
    assert_eq!(matterlint(&["check", "-", "--isolated", "--quiet"], toml).stdout, "");
    let idle = "<!-- matterlint-disable-file duplicate-key: none here -->\n\nText.\n";
    let run = matterlint(&["check", "-", "--isolated", "--quiet"], idle);
    assert!(run.stdout.starts_with("<stdin>:1:30: warning[unused-suppression]"), "{}", run.stdout);
}

#[test]
fn json_is_as_frozen() {
    let run = matterlint(&["check", "-", "--isolated", "--format", "json", "--stdin-filename", "a.md"], NOTE);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"], serde_json::json!({ "files": 1, "errors": 0, "warnings": 1, "fixable": 0 }));
    let finding = &report["diagnostics"][0];
    let at = NOTE.find("( 추후").expect("the note");
    assert_eq!(finding["path"], "a.md");
    assert_eq!(finding["start"], serde_json::json!({ "byte": at, "line": 5, "column": 6, "utf16": 6 }));
    let end = serde_json::json!({ "byte": at + "( 추후 업데이트 )".len(), "line": 5, "column": 17, "utf16": 17 });
    assert_eq!(finding["end"], end);
    assert!(finding.get("fix").is_none());
    assert_eq!(finding["url"], concat!(env!("CARGO_PKG_HOMEPAGE"), "rules/leftover-placeholder/"));
    assert!(finding["fingerprint"].as_str().is_some_and(|print| print.len() >= 16));
}

#[test]
fn output_is_the_same_for_any_threads_and_any_order() {
    let files: Vec<(String, String)> =
        (0..60).map(|n| (format!("d{}/p{n}.md", n % 7), NOTE.replace("글", &format!("글 {n}")))).collect();
    let dir = project(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>());
    let first = check(&dir, &[]).stdout;
    assert_eq!(first.lines().count(), 61);
    for round in 0..20 {
        let threads = ["1", "2", "8"][round % 3];
        let mut paths: Vec<String> =
            (0..7).map(|n| dir.path().join(format!("d{n}")).to_string_lossy().into_owned()).collect();
        paths.rotate_left(round % 7);
        paths.push(dir.path().join("d0/../d0/p0.md").to_string_lossy().into_owned());
        let mut args = vec!["check", "--threads", threads];
        args.extend(paths.iter().map(String::as_str));
        let run = matterlint(&args, "");
        assert_eq!(run.stdout.replace(&format!("{}/", relative(dir.path())), ""), first, "round {round}");
    }
}

#[test]
fn an_identical_outcome_for_crlf() {
    let lf = matterlint(&["check", "-", "--isolated", "--quiet"], NOTE).stdout;
    let crlf = matterlint(&["check", "-", "--isolated", "--quiet"], &NOTE.replace('\n', "\r\n")).stdout;
    assert_eq!(lf, crlf);
}

#[cfg(unix)]
#[test]
fn links_and_devices_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = project(&[("secret.md", NOTE)]);
    let dir = project(&[("a.md", NOTE)]);
    symlink(".", dir.path().join("self")).expect("a link");
    symlink(outside.path().join("secret.md"), dir.path().join("out.md")).expect("a link");
    symlink("nowhere.md", dir.path().join("dangling.md")).expect("a link");
    symlink("a.md", dir.path().join("inside.md")).expect("a link");
    std::fs::create_dir(dir.path().join("folder.md")).expect("a folder");
    let run = check(&dir, &["--quiet"]);
    assert_eq!((run.status, run.stdout.lines().count()), (1, 1), "{}", run.stdout);
    for (name, says) in [("out.md", "points outside the project"), ("dangling.md", "broken symbolic link")] {
        let path = dir.path().join(name);
        let run = matterlint(&["check", path.to_str().expect("plain")], "");
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(says), "{}", run.stderr);
    }
    let inside = dir.path().join("inside.md");
    assert_eq!(matterlint(&["check", inside.to_str().expect("plain")], "").status, 1);
    let run = matterlint(&["check", "/dev/null"], "");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("not a regular file"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn names_that_arent_text_are_linted_and_shown() {
    use std::os::unix::ffi::OsStrExt;
    let dir = project(&[]);
    std::fs::write(dir.path().join(std::ffi::OsStr::from_bytes(b"a\xff\n::error.md")), NOTE).expect("a file");
    for format in [
        "concise",
        "full",
        "github",
        "azure",
        "json",
        "jsonl",
        "sarif",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "html",
    ] {
        let run = check(&dir, &["--format", format]);
        assert_eq!(run.status, 1, "{format}");
        assert!(!run.stdout.contains("\n::error.md"), "{format}: {}", run.stdout);
    }
    assert!(check(&dir, &[]).stdout.starts_with(r"a\xFF"), "{}", check(&dir, &[]).stdout);
}

#[test]
fn a_broken_front_matter_leaves_the_body_and_the_rest_of_the_metadata_checked() {
    let dir = project(&[
        (
            "matterlint.yaml",
            "content:\n  post:\n    files: '*.md'\n    fields: { title: string!, tags: { type: list, items: { one-of: [aws] } }, date: date! }\n",
        ),
        ("a.md", "---\ntitle: 러스트: 첫걸음\ntags: [AWS]\n---\n\n자료 : ( 추후 업데이트 )\n"),
    ]);
    let run = check(&dir, &["--quiet"]);
    let rules: Vec<&str> = run.stdout.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
    assert_eq!(
        rules,
        ["missing-field", "broken-front-matter", "unknown-tag", "leftover-placeholder"],
        "{}",
        run.stdout
    );
}

#[test]
fn former_ids_of_rules_are_accepted_and_reported() {
    let page = "---\ntitle: \"x \"\n---\n<!-- matterlint-disable-next-line conflict-mark: an example -->\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\n";
    let dir = project(&[("matterlint.yaml", "rules:\n  untidy-title: error\n"), ("a.md", page)]);
    let run = check(&dir, &["--quiet"]);
    assert_eq!(
        run.stderr,
        "matterlint: warning: matterlint.yaml:2: rule `untidy-title` is now called `title-whitespace`\n"
    );
    let found: Vec<&str> =
        run.stdout.lines().filter_map(|line| line.split_once(": ")).map(|(_, found)| found).collect();
    let expected = ["error[title-whitespace]", "warning[unused-suppression] rule `conflict-mark` is now called"];
    assert_eq!(found.len(), expected.len(), "{}", run.stdout);
    assert!(found.iter().zip(expected).all(|(found, start)| found.starts_with(start)), "{}", run.stdout);
    let run = check(&dir, &["--quiet", "--select", "bool-typo"]);
    assert!(run.stderr.contains("rule `bool-typo` is now called `invalid-boolean`"), "{}", run.stderr);
}

#[test]
fn whatever_is_missing_outside_the_project_is_not_looked_up() {
    let config = "content:\n  post:\n    files: '*.md'\n    fields: { image: { type: path, must-exist: true } }\n";
    let say = |value: &str| {
        let dir = project(&[("matterlint.yaml", config), ("a.md", &format!("---\nimage: {value}\n---\n"))]);
        check(&dir, &["--quiet"]).stdout.replace(value, "X")
    };
    let exists = say("../../../../../../../../../../etc/passwd");
    let doesnt = say("../../../../../../../../../../etc/passwx");
    assert_eq!(exists, doesnt);
    assert!(exists.contains("missing-asset"), "{exists}");
}
