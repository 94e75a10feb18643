//! What must not happen in output: nothing that is printed drives a terminal or a CI runner. Each row's number is that of
//! the project's list of faults.

mod common;

use common::{matterlint, project};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// A text in which a terminal, GitHub, Azure Pipelines and `TeamCity` would find something to do.
const LIVE: &str = "\u{1b}]0;x\u{7} \u{9b}31m \u{202e} ##[error]x ##vso[task.setvariable variable=x]y ##teamcity[z]";

/// The program in a separate process, outside of any CI.
fn outside_ci(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_matterlint"));
    command.env_clear().args(args).current_dir(dir);
    command
}

/// The variables that identify a CI system, from the source.
fn ci_variables() -> Vec<String> {
    let source = std::fs::read_to_string("src/cli/io.rs").expect("the source");
    let list = source.split("const VARIABLES").nth(1).and_then(|rest| rest.split("];").next()).expect("the list");
    let names: Vec<String> = list.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(names.len() > 10 && names.contains(&"GITHUB_ACTIONS".to_owned()), "{names:?}");
    names
}

/// What was printed on both streams.
fn printed(command: &mut Command) -> String {
    let output = command.output().expect("it runs");
    String::from_utf8([output.stdout, output.stderr].concat()).expect("text")
}

/// What in a text would drive a terminal or a runner.
fn live(text: &str) -> Option<String> {
    let control = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.lines()
        .find(|line| {
            let small = line.to_ascii_lowercase();
            line.chars().any(control)
                || ["##[", "##vso[", "##teamcity["].iter().any(|command| small.contains(command))
                || line.trim_start().starts_with("::")
        })
        .map(str::to_owned)
}

/// A text without the colors that the program itself writes.
fn without_colors(text: &str) -> String {
    let pattern = regex::Regex::new("\u{1b}\\[[0-9;]*m").expect("a pattern");
    pattern.replace_all(text, "").into_owned()
}

#[test]
fn row_36_37_and_73_no_text_that_is_printed_has_an_effect() {
    let post = format!(
        "---\ntitle: a: {LIVE}\ntags: [\"{0}\", \"{0}s\"]\n\"{0}\": 1\n---\n\nTODO: {LIVE}\n\n::error::x TODO: write\n\n{LIVE} TODO: x\n",
        "\\e]0;x \\u009b31m \\u202e ##[error]x ##vso[y]"
    );
    let rule = format!(
        "---\nsummary: {0}\nlevel: warning\ncheck: pattern\noptions:\n  pattern: zzz\n  message: m\n---\n\n{LIVE}\n\n::error::x\n\n- ::error::y\n\n## Bad\n\n```md\nq\n::debug::{LIVE}\n```\n\n## Good\n\n```md\nq\n```\n",
        "'##[error] ##vso[x] ::y'"
    );
    let name = format!("{}.md", LIVE.replace('/', "").replace('\u{1b}', "\u{1b}\n::error::"));
    let dir = project(&[("a.md", post.as_str()), ("own/own-rule.md", rule.as_str())]);
    std::fs::write(dir.path().join(&name), &post).expect("a file");
    let bad = format!("\u{9b}31m{LIVE}\n::error::x");
    for args in [
        &["check"][..],
        &["check", "--format", "full"],
        &["check", "--format", "full", "--color", "always"],
        &["check", "--format", "concise", "--color", "always"],
        &["check", "--statistics"],
        &["check", "--show-settings", &name],
        &["check", "no\u{9b}such::file\n::error::x.md"],
        &["check", "--config", "rules={\u{9b}: 1}"],
        &["check", "--config", &bad],
        &["check", "--select", &bad],
        &["check", &format!("--{bad}")],
        &["check", "--level", &bad],
        &["explain", &bad],
        &["explain", "leftover-placeholder"],
        &["init", "--stdout"],
        &["rules"],
        &["tags"],
        &["tags", "--format", "json"],
        &["test", "own"],
        &["test", &bad],
    ] {
        let text = printed(&mut outside_ci(dir.path(), args));
        assert_eq!(live(&without_colors(&text)), None, "{args:?}: {text}");
        assert!(args.contains(&"always") || !text.contains('\u{1b}'), "{args:?}");
    }
    std::fs::write(dir.path().join("matterlint.yaml"), "rule-dirs: [own]\n").expect("a file");
    for args in [&["explain", "own-rule"][..], &["explain", "own-rule", "--format", "json"], &["check"], &["test"]] {
        let text = printed(&mut outside_ci(dir.path(), args));
        assert_eq!(live(&text), None, "{args:?}: {text}");
    }
    std::fs::write(dir.path().join("matterlint.yaml"), format!("rules: {{ \"{LIVE}\": off }}\n")).expect("a file");
    let text = printed(&mut outside_ci(dir.path(), &["check"]));
    assert!(text.contains("broken-config") && live(&text).is_none(), "{text}");
}

#[test]
fn row_72_a_difference_is_disarmed_in_every_ci() {
    let text =
        "---\ntitle: a: b\nx: y\n---\n##vso[task.setvariable variable=PATH]/evil\n ::error::x\n\u{1b}]0;title\u{7}\n";
    let dir = project(&[("a.md", text)]);
    let args = ["check", "--isolated", "--diff", "."];
    for name in ci_variables() {
        let text = printed(outside_ci(dir.path(), &args).env(&name, "1"));
        assert!(text.contains("+title: \"a: b\""), "{name}: {text}");
        assert_eq!(live(&text), None, "{name}: {text}");
    }
    // Into a file or a pipe goes what `patch` takes.
    let exact = printed(&mut outside_ci(dir.path(), &args));
    assert!(exact.contains("\n ##vso[task.setvariable variable=PATH]/evil\n"), "{exact}");
}

#[test]
fn row_73_keys_of_pages_are_escaped_in_a_config() {
    let pages: Vec<(String, String)> = (0..9)
        .map(|n| {
            let text = format!("---\ntitle: x{n}\n\"k\\u009b31m \\u202e##vso[task.setvariable variable=x] \\U000e0041\\n\": y{n}\n---\n\nx\n");
            (format!("{n}.md"), text)
        })
        .collect();
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let dir = project(&pages);
    let text = printed(&mut outside_ci(dir.path(), &["init", "--stdout"]));
    assert!(text.contains(r#""k\u009b31m \u202e#\u0023vso[task.setvariable variable=x] \U000e0041\n""#), "{text}");
    assert_eq!(live(&text), None, "{text}");
    // What it says is what the pages have.
    std::fs::write(
        dir.path().join("matterlint.yaml"),
        text.replace("content:", "rules: { unknown-field: error }\ncontent:"),
    )
    .expect("a file");
    let run = outside_ci(dir.path(), &["check", "--select", "unknown-field"]).output().expect("it runs");
    assert_eq!(run.status.code(), Some(0), "{run:?}");
}

/// A page with more findings than are kept.
fn many() -> String {
    (0..1234).map(|n| format!("TODO: write {n}\n\n")).collect()
}

#[test]
fn row_79_every_format_says_how_many_findings_are_left_out() {
    let dir = project(&[("a.md", many().as_str())]);
    let run = |args: &[&str]| {
        let output = outside_ci(dir.path(), &[&["check", "a.md"], args].concat()).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (text(output.stdout), text(output.stderr))
    };
    for format in ["concise", "full", "github", "azure", "gitlab", "junit", "checkstyle", "rdjson", "sarif", "html"] {
        let (text, _) = run(&["--format", format]);
        assert!(text.contains("and 234 more findings in this file"), "{format}");
        let (text, _) = run(&["--format", format, "--max-findings", "0"]);
        assert!(!text.contains("more finding"), "{format}");
    }
    for format in ["concise", "full"] {
        let (text, _) = run(&["--format", format, "--max-findings", "1233"]);
        assert!(text.contains("a.md: and 1 more finding in this file"), "{format}");
        assert!(text.contains("Found 1234 problems (1234 warnings) in 1 of 1 file"), "{format}");
    }
    let (text, said) = run(&["--format", "json"]);
    let json: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&json["summary"]["warnings"], &json["summary"]["omitted"]), (&1234.into(), &234.into()));
    assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(1000));
    assert!(said.contains("234 more findings not listed"), "{said}");
    let (text, _) = run(&["--format", "json", "--max-findings", "0"]);
    let json: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["summary"].get("omitted"), None);
    let (text, said) = run(&["--format", "jsonl"]);
    assert_eq!(text.lines().count(), 1000);
    assert!(said.contains("234 more findings not listed"), "{said}");
    assert_eq!(run(&["--statistics"]).0, "  1234  leftover-placeholder\n");
    assert!(run(&["--config", "max-findings=7"]).0.contains("and 1227 more"));
}

#[test]
fn row_79_what_is_left_out_still_counts() {
    // The error comes after all that is listed.
    let dir = project(&[("a.md", format!("{}\n[x]()\n", many()).as_str())]);
    let status = |args: &[&str]| {
        let output = outside_ci(dir.path(), &[&["check", "a.md", "--quiet"], args].concat()).output().expect("it runs");
        output.status.code()
    };
    let levels = ["--level", "leftover-placeholder=info", "--level", "empty-link=error"];
    assert_eq!(status(&levels), Some(1));
    assert_eq!(status(&[&levels[..], &["--ignore", "empty-link"]].concat()), Some(0));
    assert_eq!(status(&["--max-warnings", "1234", "--fail-on", "error", "--ignore", "empty-link"]), Some(0));
    assert_eq!(status(&["--max-warnings", "1233", "--fail-on", "error", "--ignore", "empty-link"]), Some(1));
    // A baseline knows all, and fixes reach all.
    assert_eq!(status(&["--write-baseline"]), Some(0));
    assert_eq!(status(&["--baseline", "matterlint-baseline.json"]), Some(0));
    let glued: String = (0..1234).map(|n| format!("git commit-m x{n}\n")).collect();
    std::fs::write(dir.path().join("b.md"), format!("```sh\n{glued}```\n")).expect("a file");
    let run = outside_ci(dir.path(), &["check", "--fix", "--unsafe-fixes", "b.md"]).output().expect("it runs");
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    assert!(String::from_utf8_lossy(&run.stdout).contains("Fixed 1234 problems in 1 file"), "{run:?}");
}

#[test]
fn formats_to_files_are_as_on_the_screen() {
    let dir = project(&[("a.md", "TODO: x\n")]);
    for format in ["json", "sarif", "junit", "concise"] {
        let out = dir.path().join("out");
        let out = out.to_str().expect("plain");
        let post = dir.path().join("a.md");
        let run = matterlint(
            &[
                "check",
                "--isolated",
                post.to_str().expect("plain"),
                "--format",
                format,
                "--output",
                &format!("{format}={out}"),
            ],
            "",
        );
        assert_eq!(std::fs::read_to_string(out).expect("written"), run.stdout, "{format}");
    }
}
