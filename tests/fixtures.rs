//! Every rule's fixtures: what is bad is found as the snapshot shows it, what is good is met with silence.

mod common;

use common::{matterlint, rule_ids};
use std::path::{Path, PathBuf};

#[test]
fn bad_fixtures_are_found() {
    for (rule, file) in fixtures("bad") {
        let output = check(&rule, &file, &["--select", &rule]);
        assert!(output.contains(&format!("[{rule}]")), "{} is silent:\n{output}", file.display());
        let name = file.file_stem().expect("a file has a stem").to_string_lossy();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(Path::new("..").join(file.parent().expect("in a folder")));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name.as_ref(), output));
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

fn check(rule: &str, file: &Path, more: &[&str]) -> String {
    let config = Path::new("fixtures").join(rule).join("matterlint.yaml");
    let file = file.to_string_lossy();
    let mut args = vec!["check", "--format", "full", "--quiet", &file];
    // A fixture without a config of its own is linted with what is built in.
    if !config.exists() {
        args.push("--isolated");
    }
    args.extend(more);
    let run = matterlint(&args, "");
    assert_eq!(run.stderr, "", "{file}");
    run.stdout
}
