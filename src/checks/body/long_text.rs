//! A long text without structure: no headings, or no paragraph breaks.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::Document;
use crate::document::body::{BlockKind, InlineKind, LeafBlock};
use crate::source::Span;
use serde::Deserialize;

/// Options: which structure is missing, and from which length on it is needed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LongText {
    missing: MissingStructure,
    /// Minimum number of words, in scripts with spaces between words.
    min_words: usize,
    /// Minimum number of characters, in Korean, Japanese and Chinese.
    min_characters: usize,
}

/// The structure that is missing.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MissingStructure {
    /// Headings.
    Headings,
    /// Any block other than paragraphs, in paragraphs of many uneven lines.
    Blocks,
}

/// The maximum number of heading candidates in a help.
const MAX_SHOWN: usize = 8;

/// The minimum number of lines that look like headings. A long text with fewer is an essay or a story, which needs no
/// headings: 12 of 30 such pages of public blogs were.
const MIN_CANDIDATES: usize = 4;

/// A page with more directives gets its structure from them.
const MAX_DIRECTIVES: usize = 8;

/// The maximum length of a heading, in characters.
const MAX_HEADING_LEN: usize = 60;

/// The minimum average number of lines per paragraph in a text that has lost its structure.
const MIN_LINES: usize = 5;

impl Check for LongText {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        // The cheapest test comes first.
        let is_missing = match self.missing {
            // A text without paragraph breaks is reported by `lost-formatting`.
            MissingStructure::Headings => !has_headings(cx.doc) && !has_lost_structure(cx.doc),
            MissingStructure::Blocks => has_lost_structure(cx.doc) && !has_headings(cx.doc),
        };
        if !is_missing || !self.is_long(cx.doc) {
            return;
        }
        let first = body.blocks.iter().find_map(|block| body.lines_of(block).next()?.span());
        let Some(first) = first else { return };
        let candidates = candidates(cx.doc);
        match self.missing {
            MissingStructure::Headings if candidates.len() < MIN_CANDIDATES => {}
            MissingStructure::Headings => {
                let finding = found.at(first, "long page without headings");
                finding.help(help("add headings", &candidates));
            }
            MissingStructure::Blocks => {
                let lines: usize = body.blocks.iter().map(|block| body.lines_of(block).count()).sum();
                let finding = found.at(first, format!("no headings or paragraph breaks: {lines} lines run together"));
                finding
                    .help(help("separate paragraphs with blank lines, and mark headings and list items", &candidates));
            }
        }
    }
}

impl LongText {
    fn is_long(&self, doc: &Document<'_>) -> bool {
        let text = || doc.body.inlines.iter().filter(|piece| piece.kind == InlineKind::Text);
        let bytes: usize = text().map(|piece| piece.span.len()).sum();
        // A word takes at least two bytes with its space, a wide character three: most pages are too short for either
        // limit.
        if bytes / 2 < self.min_words && bytes / 3 < self.min_characters {
            return false;
        }
        let (mut wide, mut words) = (0, 0);
        for piece in text() {
            for word in doc.slice(piece.span).split_whitespace() {
                let letters = word.chars().filter(|&c| c >= '\u{1100}').count();
                wide += letters;
                words += usize::from(letters == 0);
            }
        }
        // Each is a share of its limit.
        wide * self.min_words + words * self.min_characters >= self.min_words * self.min_characters
    }
}

/// Whether there are headings of any kind: Markdown, HTML, a template's, or a bold line.
fn has_headings(doc: &Document<'_>) -> bool {
    let body = &doc.body;
    let is_html = |span: &Span| {
        let bytes = doc.slice(*span).as_bytes();
        bytes.windows(3).any(|tag| tag[0] == b'<' && matches!(tag[1], b'h' | b'H') && tag[2].is_ascii_digit())
    };
    let is_bold = |line: &str| {
        let line = line.trim();
        line.len() > 4 && ["**", "__"].iter().any(|mark| line.starts_with(mark) && line.ends_with(mark))
    };
    let has_bold = |block: &LeafBlock| doc.slice(block.span).lines().any(is_bold);
    body.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)) || has_bold(block))
        || body.html.iter().any(is_html)
        || body.directives.len() > MAX_DIRECTIVES
}

/// Whether there are only paragraphs, each of many lines, some short and some long.
fn has_lost_structure(doc: &Document<'_>) -> bool {
    let body = &doc.body;
    let plain = body.code.is_empty() && body.tables.is_empty() && body.directives.is_empty() && body.html.is_empty();
    let paragraphs = body.blocks.len();
    if !plain || body.blocks.iter().any(|block| block.kind != BlockKind::Paragraph || block.in_item) {
        return false;
    }
    let lengths: Vec<usize> = lines(doc).map(|(_, text)| text.chars().count()).collect();
    // Hard-wrapped lines share a maximum length; the lines of a poem are all short.
    let short = lengths.iter().filter(|&&length| length <= MAX_HEADING_LEN / 2).count();
    let long = lengths.iter().filter(|&&length| length > 2 * MAX_HEADING_LEN).count();
    lengths.len() >= MIN_LINES * paragraphs && short >= MIN_LINES && long >= MIN_LINES
}

/// Short lines before longer ones that neither start within a sentence nor end like one or like a quotation.
fn candidates<'a>(doc: &Document<'a>) -> Vec<&'a str> {
    let all: Vec<(Span, &str)> = lines(doc).collect();
    let is_one = |pair: &&[(Span, &'a str)]| {
        let (length, next) = (pair[0].1.chars().count(), pair[1].1.chars().count());
        let starts = pair[0].1.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
        (2..=MAX_HEADING_LEN).contains(&length)
            && next > 2 * length
            && starts
            && pair[0].1.ends_with(char::is_alphanumeric)
    };
    all.windows(2).filter(is_one).map(|pair| pair[0].1).collect()
}

/// The lines of all paragraphs, with their text.
fn lines<'a>(doc: &Document<'a>) -> impl Iterator<Item = (Span, &'a str)> {
    let body = &doc.body;
    let paragraphs = body.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    paragraphs
        .flat_map(|block| body.lines_of(block))
        .filter_map(|line| line.span())
        .map(|span| (span, doc.slice(span).trim()))
}

fn help(what: &str, candidates: &[&str]) -> String {
    if candidates.is_empty() {
        return what.to_owned();
    }
    let displayed: Vec<String> = candidates.iter().take(MAX_SHOWN).map(|line| format!("`{line}`")).collect();
    let more = if candidates.len() > MAX_SHOWN {
        format!(" and {} more", candidates.len() - MAX_SHOWN)
    } else {
        String::new()
    };
    format!("{what}; these lines look like headings: {}{more}", displayed.join(", "))
}
