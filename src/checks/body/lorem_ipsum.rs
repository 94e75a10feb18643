//! Lorem ipsum text.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{Body, CodeBlock, InlineKind};
use crate::source::{Source, Span};
use memchr::memmem;
use serde::Deserialize;

/// Options: the minimum length, and which pages to check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct LoremIpsum {
    /// Minimum number of filler words in a paragraph; fewer may be a mention.
    min_words: usize,
    /// Whether to check pages without a date too: a theme's manual shows filler text on purpose.
    include_undated: bool,
}

/// Folders of test and demo posts.
const DEMO_FOLDERS: [&str; 7] = ["test", "tests", "__tests__", "__e2e__", "exampleSite", "demo", "examples"];

impl Default for LoremIpsum {
    fn default() -> Self {
        Self { min_words: 5, include_undated: false }
    }
}

/// The words that lorem ipsum starts with, and its most frequent ones.
const FILLER_WORDS: [&str; 32] = [
    "lorem",
    "ipsum",
    "dolor",
    "sit",
    "amet",
    "consectetur",
    "adipiscing",
    "adipisicing",
    "elit",
    "sed",
    "do",
    "eiusmod",
    "tempor",
    "incididunt",
    "ut",
    "labore",
    "et",
    "dolore",
    "magna",
    "aliqua",
    "enim",
    "ad",
    "minim",
    "veniam",
    "quis",
    "nostrud",
    "exercitation",
    "ullamco",
    "laboris",
    "nisi",
    "aliquip",
    "commodo",
];

impl Check for LoremIpsum {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        let text = cx.doc.slice(body.span);
        if memmem::find(text.as_bytes(), b"ipsum").is_none() || !self.include_undated && !is_post(cx) {
            return;
        }
        let mut past = 0;
        for at in memmem::find_iter(text.as_bytes(), b"ipsum").map(|at| body.span.start + at) {
            if at < past || !body.is_prose(at) {
                continue;
            }
            // A page with the same filler in code is about its appearance.
            let in_code = |code: &CodeBlock| cx.doc.slice(code.span).contains("ipsum");
            if body.code.iter().any(in_code) {
                return;
            }
            let Some(block) = body.block_at(at) else { continue };
            past = block.span.end;
            let Some((span, words)) = filler(cx.doc.source, body, block.span, at) else { continue };
            if words >= self.min_words {
                found
                    .at(span, "lorem ipsum filler text")
                    .label_primary(format!("{words} filler words"))
                    .help("replace it with the real text, or remove it");
            }
        }
    }
}

/// Whether the page has a date in its metadata or its name, and isn't a demo.
fn is_post(cx: &Context) -> bool {
    let path = cx.doc.source.path();
    let is_demo = path.components().any(|part| DEMO_FOLDERS.iter().any(|demo| part.as_os_str() == *demo));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let dated = ["date", "pubDate", "publishDate", "published_at"].iter().any(|key| cx.doc.field(key).is_some())
        || name.split('-').next().is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    dated && !is_demo
}

/// The run of filler words around byte `at` in the block `block`, and its number of words.
fn filler(source: &Source, body: &Body, block: Span, at: usize) -> Option<(Span, usize)> {
    let first = body.inlines.partition_point(|piece| piece.span.end <= block.start);
    let pieces = body.inlines[first..].iter().take_while(|piece| piece.span.start < block.end);
    let mut run: Option<(Span, usize)> = None;
    for piece in pieces.filter(|piece| piece.kind == InlineKind::Text) {
        let text = source.slice(piece.span);
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let start = piece.span.start + (word.as_ptr() as usize - text.as_ptr() as usize);
            let span = Span::new(start, start + word.len());
            if FILLER_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                run = Some(run.map_or((span, 1), |(whole, count)| (whole.join(span), count + 1)));
            } else if run.is_some_and(|(whole, _)| whole.contains(at)) {
                return run;
            } else {
                run = None;
            }
        }
    }
    run.filter(|(whole, _)| whole.contains(at))
}
