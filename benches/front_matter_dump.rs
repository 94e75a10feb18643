//! Prints what every front matter below a folder is read as, one JSON line a file, for `compare_readers.py`.
#![allow(clippy::print_stdout, reason = "a program that prints")]

use matterlint::internals;
use matterlint::source::Source;
use serde_json::json;

fn main() {
    // `cargo bench` adds options of its own.
    let folders: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    for entry in
        folders.iter().flat_map(|folder| ignore::WalkBuilder::new(folder).standard_filters(false).build().flatten())
    {
        let path = entry.path();
        let is_page =
            path.extension().is_some_and(|end| ["md", "markdown", "mdx", "qmd"].iter().any(|known| end == *known));
        let Some(bytes) = is_page.then(|| std::fs::read(path).ok()).flatten() else { continue };
        let source = Source::new(path, bytes);
        let Some(mut line) = internals::front_matter(&source) else { continue };
        line["path"] = json!(path);
        println!("{line}");
    }
}
