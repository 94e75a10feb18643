//! The project's own Markdown pages, and what a reader sees of them; for the tests of the documentation.
#![allow(dead_code, reason = "each test file uses its own part")]

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The pages in the root of the repository.
pub(crate) const ROOT_PAGES: [&str; 4] = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];

/// The Markdown files directly in `dir`, sorted.
pub(crate) fn pages_in(dir: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap_or_else(|error| panic!("{dir}: {error}"));
    let mut pages: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages
}

/// The text of a file.
pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the built program prints to standard output.
pub(crate) fn printed_by(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_matterlint")).args(args).output().expect("the program runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

/// The Markdown of `text` as events with their byte ranges.
pub(crate) fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    Parser::new_ext(text, options).into_offset_iter()
}

/// `text` with code, HTML comments, link destinations, and metadata masked, so that every offset stays valid.
pub(crate) fn prose(text: &str) -> String {
    let mut masked = text.as_bytes().to_vec();
    let mut mask = |range: Range<usize>| {
        for byte in &mut masked[range] {
            if *byte != b'\n' {
                *byte = b'x';
            }
        }
    };
    for (event, range) in events(text) {
        match event {
            Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => mask(range),
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_)) => mask(range),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                if let Some(at) = text[range.clone()].rfind("](") {
                    mask(range.start + at + 1..range.end);
                }
            }
            _ => {}
        }
    }
    String::from_utf8(masked).expect("whole characters are masked")
}

/// The destinations of all links and images in `text`, with their byte offsets.
pub(crate) fn links(text: &str) -> Vec<(usize, String)> {
    let destination = |(event, range): (Event<'_>, Range<usize>)| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some((range.start, dest_url.into_string()))
        }
        _ => None,
    };
    events(text).filter_map(destination).collect()
}

/// The anchors of the headings in `text`, as GitHub generates them.
pub(crate) fn anchors(text: &str) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    let mut heading: Option<String> = None;
    for (event, _) in events(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(part) | Event::Code(part) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&part);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let base = slug(&heading.take().unwrap_or_default());
                let numbered = (1..).map(|number| format!("{base}-{number}"));
                let anchor = std::iter::once(base.clone()).chain(numbered).find(|anchor| !anchors.contains(anchor));
                anchors.extend(anchor);
            }
            _ => {}
        }
    }
    anchors
}

fn slug(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The line of byte `at`, from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}
