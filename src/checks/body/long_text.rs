//! A long text without the structure that lets a reader find the way: no headings, or all lines run together.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::Document;
use crate::document::body::{Block, BlockKind, PieceKind};
use crate::source::Span;
use serde::Deserialize;

/// Options: which fault a page is about, and how long a text may be without it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LongText {
    missing: MissingStructure,
    /// From so many words on, in scripts with blanks between words.
    words: usize,
    /// From so many characters on, in Korean, Japanese and Chinese.
    characters: usize,
}

/// What a text can lack.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MissingStructure {
    /// Headings.
    Headings,
    /// Any block but paragraphs, in paragraphs of many uneven lines.
    Blocks,
}

/// How many candidates for headings are listed.
const MAX_SHOWN: usize = 8;

/// A long text with fewer lines that look like headings is an essay or a story, which needs none: of thirty such pages of
/// public blogs that had no heading, twelve were.
const MIN_CANDIDATES: usize = 4;

/// A page with more template marks is laid out by them.
const MAX_DIRECTIVES: usize = 8;

/// A heading has at most so many characters.
const MAX_HEADING_LEN: usize = 60;

/// A text has collapsed if its paragraphs have so many lines on average, or more.
const MIN_LINES: usize = 5;

impl Check for LongText {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        // What is told most quickly comes first.
        let is_missing = match self.missing {
            // Where all lines run together, lost headings are the least of it, and `collapsed-structure` speaks.
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
                let finding = found.at(first, "this long text has no heading");
                finding.help(help("give its parts headings", &candidates));
            }
            MissingStructure::Blocks => {
                let finding = found.at(first, "this text has lost its structure: its lines run together");
                finding
                    .help(help("put blank lines between paragraphs, and marks before headings and items", &candidates));
            }
        }
    }
}

impl LongText {
    fn is_long(&self, doc: &Document<'_>) -> bool {
        let text = || doc.body.pieces.iter().filter(|piece| piece.kind == PieceKind::Text);
        let bytes: usize = text().map(|piece| piece.span.len()).sum();
        // A word takes two bytes or more with its blank, a wide character three: most pages are too short for either.
        if bytes / 2 < self.words && bytes / 3 < self.characters {
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
        // Each is a share of what is too much.
        wide * self.words + words * self.characters >= self.words * self.characters
    }
}

/// Headings in any form: Markdown's, HTML's, a template's, or a line that is bold as a whole.
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
    let has_bold = |block: &Block| doc.slice(block.span).lines().any(is_bold);
    body.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)) || has_bold(block))
        || body.html.iter().any(is_html)
        || body.directives.len() > MAX_DIRECTIVES
}

/// Whether there is nothing but paragraphs, each of many lines, some of them short and some long.
fn has_lost_structure(doc: &Document<'_>) -> bool {
    let body = &doc.body;
    let plain = body.code.is_empty() && body.tables.is_empty() && body.directives.is_empty() && body.html.is_empty();
    let paragraphs = body.blocks.len();
    if !plain || body.blocks.iter().any(|block| block.kind != BlockKind::Paragraph || block.in_item) {
        return false;
    }
    let lengths: Vec<usize> = lines(doc).map(|(_, text)| text.chars().count()).collect();
    // Lines that an editor broke have one greatest length; those of a poem are all short.
    let short = lengths.iter().filter(|&&length| length <= MAX_HEADING_LEN / 2).count();
    let long = lengths.iter().filter(|&&length| length > 2 * MAX_HEADING_LEN).count();
    lengths.len() >= MIN_LINES * paragraphs && short >= MIN_LINES && long >= MIN_LINES
}

/// Short lines before longer ones, which don't start within a sentence nor end as one does, or as speech.
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
