//! Lists `rules/` into the binary: every page, pack and data file by its path, the heads of pages and the phrases in JSON
//! too, which is read much faster than YAML, and the command specs packed.

#[allow(dead_code, unreachable_pub, missing_docs, reason = "what the program itself needs of it isn't needed here")]
#[path = "src/checks/commands/encode.rs"]
mod encode;
#[allow(dead_code, unreachable_pub, missing_docs, reason = "as above")]
#[path = "src/checks/commands/spec.rs"]
mod spec;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/checks/commands/encode.rs");
    println!("cargo::rerun-if-changed=src/checks/commands/spec.rs");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("rules");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    list(&root, &mut files);
    files.sort();
    let (specs, files): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(|file| is_spec(&root, file));
    let (mut texts, mut ready) = (String::from("&[\n"), String::from("&[\n"));
    for file in files {
        let name = file.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
        writeln!(texts, "    ({name:?}, include_str!({file:?})),").expect("a string can be written to");
        if let Some(json) = in_json(&name, &file) {
            writeln!(ready, "    ({name:?}, {json:?}),").expect("a string can be written to");
        }
    }
    write(&out.join("rules.rs"), (texts + "]").as_bytes());
    write(&out.join("ready.rs"), (ready + "]").as_bytes());
    let words = std::fs::read(root.join("misspelling.txt")).expect("rules/misspelling.txt can be read");
    write(&out.join("misspellings.packed"), &miniz_oxide::deflate::compress_to_vec(&words, 10));
    write(&out.join("commands.rs"), pack_all(&specs, &out).as_bytes());
}

fn list(dir: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", dir.display());
    for entry in std::fs::read_dir(dir).expect("rules/ can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|ext| ext == "md" || ext == "yaml") {
            files.push(path);
        }
    }
}

fn is_spec(root: &Path, file: &Path) -> bool {
    file.starts_with(root.join("commands")) && file.extension().is_some_and(|ext| ext == "yaml")
}

/// What a run needs of a file at its start. None for one that can't be read: the program says what is wrong with it.
fn in_json(name: &str, file: &Path) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let yaml = match name.strip_suffix(".md") {
        Some(id) if !id.contains('/') => text.strip_prefix("---\n")?.split_once("\n---\n")?.0,
        None if name.starts_with("phrases/") => &text,
        _ => return None,
    };
    serde_json::to_string(&serde_yaml::from_str::<serde_yaml::Value>(yaml).ok()?).ok()
}

/// The table of `src/checks/commands/programs.rs`: each program's names and its packed grammar.
fn pack_all(specs: &[PathBuf], out: &Path) -> String {
    let mut code = String::from("&[\n");
    for path in specs {
        let text = std::fs::read_to_string(path).expect("a spec can be read");
        let spec: spec::Spec =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let packed = out.join(format!("{}.packed", spec.name));
        write(&packed, &miniz_oxide::deflate::compress_to_vec(encode::encode_spec(&spec).as_bytes(), 10));
        let names: Vec<&String> = std::iter::once(&spec.name).chain(&spec.aliases).collect();
        writeln!(code, "    (&{names:?}, include_bytes!({packed:?})),").expect("a string can be written to");
    }
    code.push(']');
    code
}

/// Leaves a file alone that is as it should be, so that nothing is built again.
fn write(path: &Path, bytes: &[u8]) {
    if std::fs::read(path).ok().as_deref() != Some(bytes) {
        std::fs::write(path, bytes).expect("OUT_DIR can be written to");
    }
}
