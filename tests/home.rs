//! `Cargo.toml` names the home of the project; whatever else links there has to agree.

use std::path::{Path, PathBuf};

/// Folders that hold nothing of ours.
const SKIPPED: &[&str] = &["target", ".git", "node_modules", "dist", "site", "fuzz/target"];

/// Files with text that may name the home.
const ENDINGS: &[&str] = &[
    "md", "toml", "yml", "yaml", "json", "rs", "py", "sh", "rb", "nix", "mjs", "js", "ts", "css", "html", "plist", "",
];

#[test]
fn every_mention_of_the_home_is_the_one_in_the_manifest() {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let (owner, name) = repository
        .strip_prefix("https://github.com/")
        .and_then(|rest| rest.split_once('/'))
        .expect("a repository on GitHub");
    assert_eq!(env!("CARGO_PKG_HOMEPAGE"), format!("https://{owner}.github.io/{name}/"), "homepage, in Cargo.toml");
    let mut wrong = Vec::new();
    let files = files(Path::new("."));
    assert!(files.len() > 200, "the files were found");
    for (path, text) in files {
        for (number, line) in (1..).zip(text.lines()) {
            for place in mentions(line, name) {
                if place != format!("{owner}/{name}") {
                    wrong.push(format!("{}:{number}: {place}", path.display()));
                }
            }
            if line.contains(concat!("OWN", "ER/")) || line.contains(concat!("<OWN", "ER>")) {
                wrong.push(format!("{}:{number}: {line}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "not {repository}:\n{}", wrong.join("\n"));
}

/// The repositories of this name that a line names: on GitHub, its pages, and in `uses:` of a workflow.
fn mentions(line: &str, name: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut found = Vec::new();
    let hosts = ["github.com/", "raw.githubusercontent.com/", "github:", "uses: "];
    for host in hosts {
        for (at, _) in line.match_indices(host) {
            let mut parts = line[at + host.len()..].splitn(3, |c| !is_part(c));
            if let (Some(owner), Some(repository)) = (parts.next(), parts.next())
                && repository == name
                && !owner.is_empty()
            {
                found.push(format!("{owner}/{repository}"));
            }
        }
    }
    for (at, _) in line.match_indices(&format!(".github.io/{name}")) {
        let owner = line[..at].rsplit(|c| !is_part(c)).next().unwrap_or_default();
        found.push(format!("{owner}/{name}"));
    }
    found
}

/// The text files of the project.
fn files(dir: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for path in std::fs::read_dir(dir).expect("a folder can be read").flatten().map(|entry| entry.path()) {
        let inside = path.strip_prefix(".").unwrap_or(&path);
        if path.is_dir() {
            if !SKIPPED.iter().any(|skipped| inside.ends_with(skipped)) {
                found.extend(files(&path));
            }
        } else if ENDINGS.contains(&path.extension().map_or("", |end| end.to_str().unwrap_or("?"))) {
            found.extend(std::fs::read_to_string(&path).ok().map(|text| (inside.to_owned(), text)));
        }
    }
    found
}

#[test]
fn mentions_are_found() {
    let line = "see https://github.com/someone/tool/issues, https://other.github.io/tool/, uses: x/tool@v1";
    assert_eq!(mentions(line, "tool"), ["someone/tool", "x/tool", "other/tool"]);
    assert_eq!(mentions("https://github.com/x/tool-action and github:x/tool", "tool"), ["x/tool"]);
}
