//! What must not happen: a page, a config or a rule page that takes more time or memory than its size explains. Each row's number
//! is that of the project's list of faults. Bounds are in CPU time and memory of the process, generous by ten.

mod common;
#[path = "common/usage.rs"]
mod usage;

use common::project;
use usage::usage;

/// An unoptimized build gets a tenth of the work.
const SCALE: usize = if cfg!(debug_assertions) { 10 } else { 1 };

fn megabyte(line: impl Fn(usize) -> String) -> String {
    let size = (1 << 20) / SCALE;
    let mut text = String::with_capacity(size + 64);
    for n in 0.. {
        if text.len() > size {
            break;
        }
        text.push_str(&line(n));
    }
    text
}

#[test]
fn row_75_a_difference_of_many_lines() {
    let text: String = (0..200_000 / SCALE).map(|n| format!("a{n}\u{200b}b text\n\n")).collect();
    let dir = project(&[("a.md", &text)]);
    let used = usage(dir.path(), &["check", "--isolated", "-q", "--diff", "--unsafe-fixes", "a.md"]);
    assert_eq!(used.status, 1, "{}", used.stderr);
    assert!(used.seconds < 20.0, "{} s", used.seconds);
    assert!(used.megabytes < 300, "{} MiB", used.megabytes);
    let out = std::fs::read_to_string(dir.path().join("out")).expect("text");
    assert_eq!(out.lines().filter(|line| line.starts_with("+a")).count(), 200_000 / SCALE);
}

#[test]
fn row_76_misspelt_commands() {
    for line in [
        (|n| format!("aws s{n}x cp\n")) as fn(usize) -> String,
        |n| format!("aws s3 c{n}\n"),
        |n| format!("git commit --mesage{n}\n"),
        |n| format!("docker run --nam{n} x\n"),
        |n| format!("aws configure set default.s3.max_concurrent_request{n} 1\n"),
        |n| format!("aws s3 \u{2013}regio{n} x\n"),
        |n| format!("kubeclt{n} get pods\n"),
    ] {
        let dir = project(&[("a.md", &format!("```sh\n{}```\n", megabyte(line)))]);
        let used = usage(dir.path(), &["check", "--isolated", "-q", "a.md"]);
        assert!(used.status < 2, "{}", used.stderr);
        assert!(used.seconds < 20.0, "{}: {} s", line(0), used.seconds);
    }
}

#[test]
fn row_77_misspelt_words_in_a_paragraph() {
    for line in [
        (|_| "git comit -m x\n".to_owned()) as fn(usize) -> String,
        |_| "the Comit is what you recieve and Recieve\n".to_owned(),
        |_| "a `recieve` and recieve\n".to_owned(),
    ] {
        let dir = project(&[("a.md", &megabyte(line))]);
        let used = usage(dir.path(), &["check", "--isolated", "-q", "--select", "misspelling", "a.md"]);
        assert!(used.status < 2, "{}", used.stderr);
        assert!(used.seconds < 20.0, "{}: {} s", line(0), used.seconds);
    }
}

/// A rule page of a project.
fn rule(pattern: &str, bad: &str) -> String {
    format!(
        "---\nsummary: x y z.\nlevel: warning\ncheck: pattern\noptions:\n  pattern: '{pattern}'\n  message: m\n---\n\nWhy.\n\n## Bad\n\n```md\n{bad}\n```\n\n## Good\n\n```md\nq\n```\n"
    )
}

/// A project with `count` rule pages.
fn with_rules(count: usize, page: impl Fn(usize) -> String) -> tempfile::TempDir {
    let pages: Vec<(String, String)> = (0..count).map(|n| (format!("r/r{n}.md"), page(n))).collect();
    let mut files = vec![("matterlint.yaml", "rule-dirs: [r]\n"), ("a.md", "x\n")];
    files.extend(pages.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    project(&files)
}

#[test]
fn row_78_many_rule_pages() {
    let dir = with_rules(500, |n| rule(&format!("q{n}z \\w+"), &format!("q{n}z ab")));
    let used = usage(dir.path(), &["check", "a.md"]);
    assert_eq!(used.status, 0, "{}", used.stderr);
    assert!(used.seconds < 60.0 && used.megabytes < 300, "{} s, {} MiB", used.seconds, used.megabytes);

    let dir = with_rules(1001, |_| String::new());
    let used = usage(dir.path(), &["check", "a.md"]);
    assert_eq!(used.status, 2);
    assert!(used.stderr.contains("too many rule pages: 1001; the limit is 1000"), "{}", used.stderr);

    // As much as each may take alone is too much together.
    let dir = with_rules(80, |n| rule(&format!("q{n}\\w{{20}}"), &format!("q{n}{}", "a".repeat(20))));
    let used = usage(dir.path(), &["check", "a.md"]);
    assert_eq!(used.status, 2);
    assert!(used.stderr.contains("all patterns of the project take more than 64 MiB"), "{}", used.stderr);
    assert!(used.megabytes < 300, "{} MiB", used.megabytes);
}

#[test]
fn row_78_many_configs() {
    let names: Vec<[String; 2]> = (0..2000).map(|n| [format!("d{n}/matterlint.yaml"), format!("d{n}/a.md")]).collect();
    let config = "rules: { leftover-placeholder: error }\n";
    let files = names.iter().flat_map(|[own, page]| [(own.as_str(), config), (page.as_str(), "x\n")]);
    let files: Vec<(&str, &str)> = files.collect();
    let dir = project(&files);
    let used = usage(dir.path(), &["check", "."]);
    assert_eq!(used.status, 0, "{}", used.stderr);
    assert!(used.seconds < 60.0 && used.megabytes < 300, "{} s, {} MiB", used.seconds, used.megabytes);
}

#[test]
fn row_78_a_large_spec() {
    let spec = |count: usize| {
        let names: Vec<String> = (0..count).map(|n| format!("c{n:x}")).collect();
        format!("name: fleet\nx-lint: {{ names: {} }}\n", names.join(" "))
    };
    let config = "rules: { malformed-command: { specs: [fleet.yaml] } }\n";
    let lines: String = (0..20_000 / SCALE).map(|n| format!("fleet c{n:x}z\n")).collect();
    let page = format!("```sh\n{lines}```\n");
    let dir = project(&[("matterlint.yaml", config), ("fleet.yaml", &spec(8000)), ("a.md", &page)]);
    let used = usage(dir.path(), &["check", "-q", "a.md"]);
    assert!(used.status < 2, "{}", used.stderr);
    assert!(used.seconds < 20.0 && used.megabytes < 300, "{} s, {} MiB", used.seconds, used.megabytes);

    let dir = project(&[("matterlint.yaml", config), ("fleet.yaml", &spec(10_000)), ("a.md", "x\n")]);
    let used = usage(dir.path(), &["check", "-q", "a.md"]);
    assert_eq!(used.status, 2);
    assert!(used.stderr.contains("too many names: a spec has at most 10000"), "{}", used.stderr);
}

#[test]
fn row_79_many_findings() {
    let count = 200_000 / SCALE;
    let text: String = (0..count).map(|n| format!("TODO: write {n}\n\n")).collect();
    let dir = project(&[("a.md", &text)]);
    let formats = [
        "concise",
        "full",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "azure",
        "html",
    ];
    for format in formats {
        for max in ["1000", "0"] {
            if max == "0" && cfg!(debug_assertions) && !matches!(format, "sarif" | "json") {
                continue;
            }
            let args = ["check", "--isolated", "a.md", "--format", format, "--max-findings", max];
            let used = usage(dir.path(), &args);
            assert_eq!(used.status, 1, "{}", used.stderr);
            assert!(used.megabytes < 300, "{format}, {max}: {} MiB", used.megabytes);
            assert!(used.seconds < 60.0, "{format}, {max}: {} s", used.seconds);
        }
    }
}
