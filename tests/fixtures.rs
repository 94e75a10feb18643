//! Every rule's fixtures: what is bad is found as the snapshot shows it, what is good is met with silence.

mod common;

use common::{matterlint, matterlint_on_terminal, matterlint_raw, rule_ids};
use serde_json::Value;
use std::path::{Path, PathBuf};

#[test]
fn bad_fixtures_are_found() {
    for (rule, file) in fixtures("bad") {
        let output = check(&rule, &file, &["--select", &rule]);
        assert!(output.contains(&format!("[{rule}]")), "{} is silent:\n{output}", file.display());
        let name = file.file_stem().expect("a file has a stem").to_string_lossy();
        snapshot(file.parent().expect("in a folder"), &name, &output);
    }
}

#[test]
fn good_fixtures_are_met_with_silence() {
    for (rule, file) in fixtures("good") {
        for more in [vec![], vec!["--select", rule.as_str()]] {
            let output = check(&rule, &file, &more);
            assert_eq!(output, "", "{} isn't silent", file.display());
        }
    }
}

#[test]
fn fixes_are_as_shown() {
    for (rule, file) in fixtures("bad") {
        let bad = std::fs::read(&file).expect("a fixture can be read");
        let (safe, fixed) = (fix(&rule, &file, &bad, false), fix(&rule, &file, &bad, true));
        let name = file.file_name().expect("a file has a name").to_string_lossy().replacen("bad", "fixed", 1);
        let shown = file.with_file_name(name);
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") && fixed != bad {
            std::fs::write(&shown, &fixed).expect("a fixture can be written");
        }
        let expected = std::fs::read(&shown).unwrap_or_else(|_| bad.clone());
        let text = String::from_utf8_lossy(&fixed);
        let hint = "run `INSTA_UPDATE=always cargo test` and look at what has changed";
        assert!(fixed == expected, "{} is after its fixes:\n{text}\n{hint}", file.display());
        assert_eq!(fix(&rule, &file, &fixed, true), fixed, "{}: a second run changes more", file.display());
        let promised = promised_fix(&rule);
        assert!(promised == "safe" || safe == bad, "rules/{rule}.md doesn't say `fix: safe`");
        assert!(promised != "none" || fixed == bad, "rules/{rule}.md doesn't say `fix: unsafe`");
    }
}

#[test]
fn a_page_that_promises_a_fix_has_a_fixture_that_shows_it() {
    for rule in rule_ids() {
        let shows = |unsafe_too| {
            let bad = fixtures("bad").into_iter().filter(|(of, _)| *of == rule);
            bad.map(|(_, file)| (std::fs::read(&file).expect("a fixture can be read"), file))
                .any(|(bad, file)| fix(&rule, &file, &bad, unsafe_too) != bad)
        };
        match promised_fix(&rule).as_str() {
            "unsafe" => assert!(shows(true), "no fixtures/{rule}/bad*.md has a fix"),
            "safe" => assert!(shows(false), "no fixtures/{rule}/bad*.md has a safe fix"),
            _ => {}
        }
    }
}

#[test]
fn whole_posts_are_marked_as_an_editor_would() {
    for width in [60, 80] {
        let run = matterlint_on_terminal(&["check", "fixtures/seeds"], width);
        assert_eq!((run.status, run.stderr.as_str()), (1, ""));
        snapshot(Path::new("fixtures/seeds"), &format!("seen-at-{width}"), &run.stdout);
    }
}

#[test]
fn every_rule_has_both() {
    for rule in rule_ids() {
        for name in ["bad", "good"] {
            let found = fixtures(name).iter().any(|(of, _)| *of == rule);
            assert!(found, "fixtures/{rule}/{name}.md is missing");
        }
    }
}

#[test]
fn every_folder_belongs_to_a_rule() {
    for entry in std::fs::read_dir("fixtures").expect("fixtures/ can be read").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = name == "seeds" || name.starts_with("site-") || rule_ids().contains(&name);
        assert!(known, "fixtures/{name} belongs to no rule");
    }
}

/// Holds `text` against the snapshot `name` in `folder`.
fn snapshot(folder: &Path, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new("..").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// All files below a folder.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}

/// The fixtures called `kind.md` or `kind-….md`, or in a folder called `kind` where a rule is about the path, each with
/// its rule.
fn fixtures(kind: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for rule in rule_ids() {
        let folder = Path::new("fixtures").join(&rule);
        let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let posts = files_in(&folder).into_iter().filter(|path| {
            let name = stem(path);
            path.extension().is_some_and(|ext| ext == "md" || ext == "mdx")
                && (name == kind || name.starts_with(&format!("{kind}-")) || path.starts_with(folder.join(kind)))
        });
        found.extend(posts.map(|path| (rule.clone(), path)));
    }
    found.sort();
    found
}

/// The text of a fixture after the fixes of its rule.
fn fix(rule: &str, file: &Path, text: &[u8], unsafe_too: bool) -> Vec<u8> {
    let name = file.to_string_lossy();
    let mut args = vec!["check", "--fix", "--quiet", "--select", rule, "--no-exclude", "--stdin-filename", &name];
    if !Path::new("fixtures").join(rule).join("matterlint.yaml").exists() {
        args.push("--isolated");
    }
    if unsafe_too {
        args.push("--unsafe-fixes");
    }
    let run = matterlint_raw(&args, text);
    assert!(run.status < 2, "{name}: {}", run.stderr);
    run.stdout
}

/// Which fixes the page of a rule promises: `none`, `unsafe` or `safe`.
fn promised_fix(rule: &str) -> String {
    let rules: Value =
        serde_json::from_str(&matterlint(&["rules", "--format", "json"], "").stdout).expect("it is JSON");
    let row = rules.as_array().expect("a list").iter().find(|row| row["id"] == rule).expect("the rule is built in");
    row["fix"].as_str().expect("a word").to_owned()
}

fn check(rule: &str, file: &Path, more: &[&str]) -> String {
    let config = Path::new("fixtures").join(rule).join("matterlint.yaml");
    let file = file.to_string_lossy();
    // A day that stays: what is said of a date ahead counts the days.
    let mut args = vec!["check", "--format", "full", "--quiet", "--now", "2024-07-01", &file];
    // A fixture without a config of its own is linted with what is built in.
    if !config.exists() {
        args.push("--isolated");
    }
    args.extend(more);
    let run = matterlint(&args, "");
    assert_eq!(run.stderr, "", "{file}");
    run.stdout
}
