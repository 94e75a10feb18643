//! What several test files need: the program, run inside the test or as a process, projects and sites.
#![allow(dead_code, unused_imports, reason = "each test file uses its own part")]

pub(crate) mod clock;
pub(crate) mod editor;
pub(crate) mod process;
mod program;

pub(crate) use program::{Raw, Run, matterlint, matterlint_bytes, matterlint_on_terminal, matterlint_raw, rule_ids};
use std::path::{Component, Path, PathBuf};
use tempfile::TempDir;

/// A project with these files, in a repository of its own.
pub(crate) fn project(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(dir.path().join(".git")).expect("a folder");
    for (name, text) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    dir
}

/// `path` (absolute) as the program shows it: relative to the package's folder.
pub(crate) fn relative(path: &Path) -> String {
    let here = std::env::current_dir().expect("a working directory");
    let shared = here.components().zip(path.components()).take_while(|(one, other)| one == other).count();
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    let relative: PathBuf = up.chain(path.components().skip(shared)).collect();
    relative.to_string_lossy().into_owned()
}

/// The small sites in `fixtures/`, from the package's folder.
pub(crate) fn sites() -> Vec<PathBuf> {
    let entries = std::fs::read_dir("fixtures").expect("fixtures/ can be read").flatten().map(|entry| entry.path());
    let is_site = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("site-"));
    let mut sites: Vec<PathBuf> = entries.filter(is_site).collect();
    sites.sort();
    assert!(sites.len() > 5, "the sites were found");
    sites
}

/// The Markdown files below a folder, with `/` between the parts, sorted.
pub(crate) fn pages(dir: &Path) -> Vec<String> {
    let (mut pages, mut dirs) = (Vec::new(), vec![dir.to_owned()]);
    while let Some(dir) = dirs.pop() {
        for path in std::fs::read_dir(&dir).expect("a folder can be read").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                dirs.push(path);
            } else if path.extension().is_some_and(|end| ["md", "mdx", "qmd"].iter().any(|known| end == *known)) {
                pages.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    pages.sort();
    pages
}
