//! The walls of the house: which room may import which, no cycle between the files of a room, one door for each outside
//! crate, one door to the disk, and files and functions of a readable size.
//!
//! `src/` is read with `syn`, so that a path counts wherever it occurs in code, and nowhere else. Unit tests are left
//! out: `#[cfg(test)]` items and files named `…tests.rs`.

#[path = "walls/checks.rs"]
mod checks;
#[path = "walls/file.rs"]
mod file;
#[path = "walls/parse.rs"]
mod parse;
#[path = "walls/resolve.rs"]
mod resolve;
#[path = "walls/self_tests.rs"]
mod self_tests;

use checks::Imports::{self, AllAboveBut, Only};
use resolve::House;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// What each room may import of the others, from the lowest room to the highest. A room is a file or folder of `src/`.
const ROOMS: &[(&str, Imports)] = &[
    ("source", Only(&[])),
    ("diagnostic", Only(&["source"])),
    ("fs", Only(&["source"])),
    ("text", Only(&["source"])),
    ("date", Only(&["text", "source"])),
    ("url", Only(&["text", "source"])),
    ("data", AllAboveBut(&["fs"])),
    ("generator", AllAboveBut(&["fs"])),
    ("schema", AllAboveBut(&["fs"])),
    // Of `fs`, the globs.
    ("content", AllAboveBut(&[])),
    ("document", AllAboveBut(&["fs"])),
    ("site", AllAboveBut(&[])),
    ("checks", AllAboveBut(&["fs"])),
    ("rule", AllAboveBut(&["fs"])),
    ("config", AllAboveBut(&[])),
    ("linter", AllAboveBut(&[])),
    ("fix", AllAboveBut(&[])),
    // Of `fs`, nothing but paths.
    ("navigation", AllAboveBut(&["config", "linter"])),
    ("workspace", AllAboveBut(&[])),
    ("lsp", AllAboveBut(&[])),
    ("report", Only(&["diagnostic", "source", "text"])),
    ("cli", AllAboveBut(&[])),
    // What the benchmarks measure.
    ("internals", AllAboveBut(&["fs", "cli", "lsp"])),
    ("main", Only(&["cli"])),
    ("lib", AllAboveBut(&[])),
];

/// The only file that may import each crate, or the only room or module with a `/` at its end: `src/fs/` is that folder
/// and `src/fs.rs`.
const DOORS: &[(&str, &str)] = &[
    ("aho_corasick", "src/text/"),
    ("chardetng", "src/source.rs"),
    ("clap", "src/cli/args.rs"),
    ("clap_complete", "src/cli/"),
    ("clap_mangen", "src/cli/manual.rs"),
    ("encoding_rs", "src/text/"),
    ("etcetera", "src/cli/workspace.rs"),
    ("fancy_regex", "src/schema/"),
    ("globset", "src/fs/globs.rs"),
    ("granit_parser", "src/data/yaml_parser.rs"),
    ("ignore", "src/fs/ignore_files.rs"),
    ("jsonc_parser", "src/data/json.rs"),
    ("lsp_server", "src/lsp/"),
    ("lsp_types", "src/lsp/"),
    ("markdown", "src/document/markup/syntax/mdx_grammar.rs"),
    ("miette", "src/report/full.rs"),
    ("miniz_oxide", "src/checks/"),
    ("notify", "src/cli/watch.rs"),
    ("percent_encoding", "src/text/percent.rs"),
    ("postcard", "src/workspace/facts_cache.rs"),
    ("pulldown_cmark", "src/document/body/"),
    ("rayon", "src/workspace/parallel.rs"),
    ("regex", "src/text/"),
    ("rustix", "src/fs/"),
    // The width of the terminal.
    ("rustix", "src/cli/io.rs"),
    ("serde_path_to_error", "src/data/typed.rs"),
    ("serde_yaml", "src/data/typed.rs"),
    ("signal_hook", "src/cli/interrupt.rs"),
    ("simdutf8", "src/source.rs"),
    ("similar", "src/report/diff.rs"),
    ("strsim", "src/text/"),
    ("tempfile", "src/fs/"),
    ("terminal_size", "src/cli/"),
    ("textwrap", "src/report/full.rs"),
    ("toml", "src/data/toml.rs"),
    ("unicode_normalization", "src/text/"),
    ("unicode_width", "src/report/"),
];

/// Crates that any room may import: they hold no decision of ours.
const ANYWHERE: &[&str] = &["memchr", "serde", "serde_json", "thiserror"];

/// The only places for `std::fs` and `std::env`.
const WORLD: &[&str] = &["src/fs/", "src/cli/", "src/main.rs"];

/// The only places for `println!` and its like.
const PRINT: &[&str] = &["src/cli/", "src/main.rs"];

/// Path → text of each source file.
static SOURCES: LazyLock<BTreeMap<String, String>> = LazyLock::new(sources);

static HOUSE: LazyLock<House> =
    LazyLock::new(|| House::new(SOURCES.iter().map(|(path, text)| (path.as_str(), text.as_str()))));

#[test]
fn rooms_import_only_what_they_may() {
    refuse(checks::rooms(&HOUSE, ROOMS));
}

#[test]
fn files_of_a_room_form_no_cycle() {
    refuse(checks::cycles(&HOUSE));
}

#[test]
fn every_outside_crate_has_one_door() {
    refuse(checks::doors(&HOUSE, DOORS));
}

#[test]
fn every_dependency_has_a_door_that_exists() {
    let manifest = toml::Value::Table(read(Path::new("Cargo.toml")).parse().expect("Cargo.toml is TOML"));
    let targets = manifest["target"].as_table().expect("a table").values();
    let tables = targets.chain([&manifest]).filter_map(|table| table.get("dependencies"));
    let names = tables.flat_map(|table| table.as_table().expect("a table").keys());
    let dependencies: BTreeSet<String> = names.map(|name| name.replace('-', "_")).collect();
    let known = DOORS.iter().map(|(name, _)| name).chain(ANYWHERE).map(|&name| name.to_owned());
    assert_eq!(known.collect::<BTreeSet<_>>(), dependencies, "DOORS and ANYWHERE, against Cargo.toml");
    let exists =
        |door: &str| Path::new(door).exists() || Path::new(&format!("{}.rs", door.trim_end_matches('/'))).exists();
    let missing = DOORS.iter().filter(|(_, door)| !exists(door));
    refuse(missing.map(|(name, door)| format!("the door of crate `{name}` is {door}, which doesn't exist")).collect());
}

#[test]
fn only_the_doors_touch_the_world_outside() {
    refuse(checks::world(&HOUSE, WORLD, PRINT));
}

#[test]
fn the_workspace_alone_runs_the_engine() {
    refuse(checks::engine(&HOUSE));
}

#[test]
fn every_file_says_what_it_holds_and_is_small() {
    refuse(checks::sizes(&HOUSE, |path| SOURCES[path].clone()));
}

/// Fails with all faults.
fn refuse(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}\n", faults.len(), faults.join("\n"));
}

fn sources() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("src/ can be read") {
            match entry.expect("an entry of src/").path() {
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|extension| extension == "rs") => {
                    files.insert(path.to_string_lossy().replace('\\', "/"), read(&path));
                }
                _ => {}
            }
        }
    }
    assert!(files.len() > 20, "src/ was found");
    files
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
