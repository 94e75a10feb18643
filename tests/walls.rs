//! The walls of the house: which module may import which, and one door for each outside crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What each module may import of the others. A folder counts as its module.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("words", &[]),
    ("pattern", &[]),
    ("files", &["source"]),
    ("diagnostic", &["source"]),
    ("document", &["source", "diagnostic", "words"]),
    ("prose", &["document", "source", "words"]),
    ("site", &["document", "source", "words"]),
    ("checks", &["site", "document", "diagnostic", "source", "prose", "words", "pattern"]),
    ("rule", &["checks", "document", "diagnostic", "source", "words"]),
    ("config", &["rule", "files", "document", "diagnostic", "source", "words", "pattern"]),
    ("linter", &["rule", "checks", "site", "document", "diagnostic", "source", "words"]),
    ("examples", &["config", "linter", "rule", "site", "document", "diagnostic", "source"]),
    ("fix", &["diagnostic", "source"]),
    ("mend", &["fix", "linter", "document", "diagnostic", "source"]),
    ("report", &["diagnostic", "source"]),
    ("parallel", &[]),
    (
        "project",
        &["config", "examples", "linter", "rule", "site", "document", "diagnostic", "source", "files", "parallel"],
    ),
    ("lsp", &["project", "linter", "rule", "site", "document", "diagnostic", "source", "files", "fix", "parallel"]),
    (
        "cli",
        &[
            "examples",
            "config",
            "linter",
            "rule",
            "site",
            "document",
            "diagnostic",
            "source",
            "report",
            "files",
            "fix",
            "mend",
            "lsp",
            "project",
            "parallel",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// The only file (or folder) that may import each crate.
const DOORS: &[(&str, &str)] = &[
    ("aho_corasick", "src/pattern.rs"),
    ("clap", "src/cli/args.rs"),
    ("clap_complete", "src/cli/"),
    ("clap_mangen", "src/cli/manual.rs"),
    ("fancy_regex", "src/document/schema/pattern.rs"),
    ("globset", "src/files.rs"),
    ("granit_parser", "src/document/yaml"),
    ("ignore", "src/files.rs"),
    ("jsonc_parser", "src/document/json.rs"),
    ("miette", "src/report/full.rs"),
    ("pulldown_cmark", "src/document/body"),
    ("lsp_server", "src/lsp"),
    ("lsp_types", "src/lsp"),
    ("rayon", "src/parallel.rs"),
    ("regex", "src/pattern.rs"),
    ("rustix", "src/files/replace.rs"),
    ("serde_path_to_error", "src/document/typed.rs"),
    ("serde_yaml", "src/document/typed.rs"),
    ("signal_hook", "src/cli/fix.rs"),
    ("similar", "src/report/diff.rs"),
    ("strsim", "src/words.rs"),
    ("tempfile", "src/files"),
    ("simdutf8", "src/source.rs"),
    ("terminal_size", "src/cli/mod.rs"),
    ("textwrap", "src/report/full.rs"),
    ("unicode_normalization", "src/words.rs"),
    ("unicode_width", "src/report/"),
];

/// The only files and folders that touch the world outside.
const WORLD: &[&str] = &["src/files", "src/cli/", "src/lsp", "src/main.rs"];

#[test]
fn modules_import_only_what_they_may() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut breaches = BTreeSet::new();
    for (path, code) in sources() {
        let module = module_of(&path);
        let may = allowed.get(module.as_str()).unwrap_or_else(|| panic!("tests/walls.rs doesn't know `{module}`"));
        for other in paths_after(&code, "crate::") {
            if other != module && allowed.contains_key(other.as_str()) && !may.contains(&other.as_str()) {
                breaches.insert(format!("{}: {module} may not import {other}", path.display()));
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn every_outside_crate_has_one_door() {
    let mut breaches = BTreeSet::new();
    for (path, code) in sources() {
        let name = path.to_string_lossy().replace('\\', "/");
        for (outside, door) in DOORS {
            if !name.starts_with(door) && names(&code, &format!("{outside}::")) {
                breaches.insert(format!("{name} imports {outside}, whose door is {door}"));
            }
        }
        let touches = ["std::fs", "std::env", "println!(", "eprintln!(", "print!("];
        for what in touches.iter().filter(|what| names(&code, what)) {
            if !WORLD.iter().any(|world| name.starts_with(world)) {
                breaches.insert(format!("{name} uses {what}"));
            }
        }
        if names(&code, "std::process::Command") || names(&code, "std::net") {
            breaches.insert(format!("{name} starts a process or opens a connection"));
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn every_file_says_what_it_holds_and_is_small() {
    let mut faults = Vec::new();
    for (path, _) in sources() {
        let whole = std::fs::read_to_string(&path).expect("a source file can be read");
        if !whole.starts_with("//! ") {
            faults.push(format!("{} opens without a `//!` sentence", path.display()));
        }
        let opening: String = whole.lines().take_while(|line| line.starts_with("//!")).collect();
        if whole.lines().count() > 400 && !opening.contains("over 400 lines") {
            faults.push(format!("{} is over 400 lines and doesn't say why", path.display()));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Every source file with its code: comments and unit tests left out.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut dirs = vec![PathBuf::from("src")];
    while let Some(dir) = dirs.pop() {
        for entry in std::fs::read_dir(&dir).expect("src/ can be read").flatten() {
            match entry.path() {
                path if path.is_dir() => dirs.push(path),
                path if path.extension().is_some_and(|ext| ext == "rs") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a source file can be read");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        (path, code)
    };
    let files: Vec<_> =
        files.into_iter().filter(|path| !path.to_string_lossy().ends_with("tests.rs")).map(read).collect();
    assert!(files.len() > 20, "src/ was found");
    files
}

/// `src/checks/phrases.rs` → `checks`
fn module_of(path: &Path) -> String {
    let part = path.components().nth(1).expect("below src/").as_os_str().to_string_lossy().into_owned();
    part.trim_end_matches(".rs").to_owned()
}

/// The names right after `prefix`, also those in braces: `crate::{a::b, c}`.
fn paths_after(code: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let rest = &code[at + prefix.len()..];
        let list = rest.strip_prefix('{').and_then(|rest| rest.split('}').next()).unwrap_or(rest);
        let parts = if rest.starts_with('{') { list.split(',').collect() } else { vec![list] };
        for part in parts {
            names.push(part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

/// Whether `code` names `what` as a whole word, not as the end of another.
fn names(code: &str, what: &str) -> bool {
    code.match_indices(what).any(|(at, _)| {
        !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' && code[..at].ends_with("crate::"))
    })
}
