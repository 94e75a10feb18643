//! The anchors of a page, in the form in which those of links are compared with them.

use crate::checks::support::anchor_keys::{fold, without_entities};
use crate::checks::support::includes;
use crate::document::Document;
use crate::document::body::{DirectiveKind, InlineKind, LeafBlock};
use crate::document::headings;
use crate::generator::slug::SlugAlgorithm;
use crate::source::Span;
use crate::text::similarity;
use std::collections::{HashMap, HashSet};

/// The maximum length of an anchor that an author wrote, in bytes.
const MAX_ANCHOR_LEN: usize = 200;

/// The anchors of a page that aren't headings': those in a site's own syntax (`## Format [#format]`), and those of lines
/// inside a code block whose fence is reported itself. Collected once for all links of a page.
pub(in crate::checks::body) struct OtherAnchors<'a> {
    marks: HashSet<&'a str>,
    lines: HashSet<String>,
}

/// The maximum length of a name between `[#` and `]`, in bytes.
const MAX_MARK_LEN: usize = 400;

impl<'a> OtherAnchors<'a> {
    pub(in crate::checks::body) fn collect(doc: &Document<'a>) -> Self {
        let text = doc.slice(doc.body.span);
        let mark = |(at, _): (usize, &str)| {
            let rest = &text[at + 2..text.floor_char_boundary(at + 2 + MAX_MARK_LEN)];
            rest.split_once(']').map(|(mark, _)| mark)
        };
        let lines = doc.body.code.iter().flat_map(|code| &code.lines).map(|line| doc.slice(*line).trim_start());
        Self {
            marks: text.match_indices("[#").filter_map(mark).collect(),
            lines: lines.filter(|line| line.starts_with('#')).map(fold).collect(),
        }
    }

    /// Whether the anchor is one of these, or a comment's (`#2884`, `#comment-12`).
    pub(in crate::checks::body) fn contains(&self, anchor: &str, key: &str) -> bool {
        let is_comment = anchor.strip_prefix("comment").unwrap_or(anchor).trim_start_matches('-');
        is_comment.bytes().all(|byte| byte.is_ascii_digit()) || self.marks.contains(anchor) || self.lines.contains(key)
    }
}

/// The anchors of a page.
pub(in crate::checks::body) struct Anchors {
    slugs: SlugAlgorithm,
    /// Anchors in the form in which they are compared. Generators derive different ids from a heading, but all keep its
    /// letters and digits, some without non-ASCII ones, some without a leading number. Each with the heading it belongs
    /// to, if it is the only one and its anchors are known exactly.
    keys: HashMap<String, Option<Exact>>,
    /// The same keys, each with the anchor to suggest for it.
    suggestions: HashMap<String, String>,
    /// The keys of headings with symbols, which some generators spell out.
    signed: HashSet<String>,
    /// The anchors of all headings, where they are known exactly.
    names: HashSet<String>,
}

/// A heading whose anchor is known exactly.
#[derive(Clone)]
struct Exact {
    heading: Span,
    name: String,
}

/// An anchor that is nearly the one a link has; without a name where it may well be the same.
pub(in crate::checks::body) struct NearAnchor {
    pub(in crate::checks::body) heading: Span,
    pub(in crate::checks::body) name: Option<String>,
}

impl Anchors {
    /// How many they are.
    pub(in crate::checks::body) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(in crate::checks::body) fn collect(doc: &Document<'_>, slugs: SlugAlgorithm) -> Self {
        let body = &doc.body;
        let mut page_anchors = Self {
            slugs,
            keys: HashMap::new(),
            suggestions: HashMap::new(),
            signed: HashSet::new(),
            names: HashSet::new(),
        };
        page_anchors.add_names(["top".to_owned()]);
        let texts: Vec<(&LeafBlock, Option<String>)> =
            headings::blocks(body).map(|block| (block, headings::plain_text(doc, block))).collect();
        let plain: Vec<Option<&str>> = texts.iter().map(|(_, text)| text.as_deref()).collect();
        page_anchors.names = slugs.heading_ids(&plain);
        for (block, plain) in &texts {
            page_anchors.add_heading(doc, block, plain.as_deref());
        }
        page_anchors.keys.remove("");
        for tag in includes::html_of(body) {
            page_anchors.add_names(ids(doc.slice(tag)));
        }
        // `{ #name }`, the syntax of Python's attribute lists, is text to the Markdown parser.
        let text = doc.slice(body.span);
        for key in defined_terms(text).flat_map(term_keys) {
            page_anchors.add(key, None, None);
        }
        let lists = text.match_indices("{ #").filter_map(|(at, open)| text[at + open.len()..].split([' ', '}']).next());
        page_anchors.add_names(lists.map(str::to_owned));
        // `## Install {/*install*/}`: sites that compile their pages as MDX name headings in this way, in `.md` files
        // too.
        let comments = text.split("{/*").skip(1).filter_map(|rest| anchor_prefix(rest).split_once("*/}"));
        page_anchors.add_names(comments.map(|(name, _)| name.to_owned()));
        for mark in body.directives.iter().filter(|mark| mark.kind == DirectiveKind::Attribute) {
            let inside = doc.slice(mark.span).trim_matches(['{', '}', ':', ' ']);
            let names = inside.split_whitespace().filter_map(|word| word.strip_prefix('#'));
            page_anchors.add_names(names.map(str::to_owned));
        }
        page_anchors
    }

    fn add_heading(&mut self, doc: &Document<'_>, block: &LeafBlock, plain: Option<&str>) {
        let pieces = doc.body.inlines_of(block).iter();
        let shown = pieces.filter(|piece| !matches!(piece.kind, InlineKind::Html | InlineKind::Directive));
        let text: String = shown.map(|piece| doc.slice(piece.span)).collect();
        let ascii: String = without_entities(&text).chars().filter(char::is_ascii).collect();
        let ascii = fold(&ascii);
        let name = plain.and_then(|text| self.slugs.slugify(text)?.into_iter().next());
        // Where the algorithm isn't known, GitHub's is the most common one.
        let usual = || SlugAlgorithm::Github.slugify(plain.unwrap_or(&text))?.into_iter().next();
        let suggestion = name.clone().or_else(usual);
        let exact = name.map(|name| Exact { heading: block.span, name });
        let mut keys = vec![fold(&text), fold(doc.slice(block.span))];
        if !text.is_ascii() || text.contains('&') {
            keys.push(ascii.clone());
        }
        if !text.starts_with(char::is_alphabetic) {
            keys.push(fold(text.trim_start_matches(|c: char| !c.is_alphabetic())));
        }
        for key in keys {
            self.add(key, suggestion.clone(), exact.clone());
        }
        if text.chars().any(|c| !c.is_ascii() && !c.is_alphanumeric()) {
            self.signed.insert(fold(&text));
        }
        if ascii.is_empty() {
            self.add_names(["section".to_owned()]);
        }
    }

    /// Adds anchors that are written on the page.
    fn add_names(&mut self, names: impl IntoIterator<Item = String>) {
        for name in names {
            self.add(fold(&name), Some(name), None);
        }
    }

    /// Adds an anchor. One of two elements is known exactly only if it is for both.
    fn add(&mut self, key: String, suggestion: Option<String>, exact: Option<Exact>) {
        if let Some(suggestion) = suggestion {
            self.suggestions.entry(key.clone()).or_insert(suggestion);
        }
        let known = self.keys.entry(key).or_insert_with(|| exact.clone());
        if exact.is_none() {
            *known = None;
        }
    }

    /// The anchor with a similar key, if there is only one among the first `compared`.
    pub(in crate::checks::body) fn similar(&self, key: &str, compared: usize) -> Option<&str> {
        let near = similarity::nearest(key, self.keys.keys().map(String::as_str).take(compared))?;
        self.suggestions.get(near).map(String::as_str)
    }

    /// The existing anchor that a link to `anchor` probably means.
    pub(in crate::checks::body) fn nearest(&self, anchor: &str, key: &str) -> Option<NearAnchor> {
        let ascii: String = anchor.chars().filter(char::is_ascii).collect();
        let exact = self.keys.get(key).or_else(|| self.keys.get(&fold(&ascii))).or_else(|| self.with_suffix(key))?;
        let wrong = exact.as_ref().filter(|_| !self.names.contains(&self.slugs.normalize_anchor(anchor)));
        Some(NearAnchor {
            heading: wrong.map_or_else(Span::default, |exact| exact.heading),
            name: wrong.map(|exact| exact.name.clone()),
        })
    }

    /// `setup1` is the second heading `Setup`; Zola spells out symbols, `Setup 🦀` as `setup-crab`.
    fn with_suffix(&self, key: &str) -> Option<&Option<Exact>> {
        let base = key.trim_end_matches(|c: char| c.is_ascii_digit());
        let numbered = if base.len() < key.len() { self.keys.get(base) } else { None };
        let starts = key.char_indices().skip(1).map(|(at, _)| &key[..at]).take(MAX_ANCHOR_LEN);
        let spelled_out = || starts.into_iter().any(|start| self.signed.contains(start)).then_some(&None);
        if self.signed.is_empty() { numbered } else { numbered.or_else(spelled_out) }
    }
}

/// The terms of definition lists, as written: some renderers give each an id. MDN writes the definition as a list item,
/// others as a line that starts with a colon.
///
/// ```text
/// - term
///   - : definition
/// ```
fn defined_terms(text: &str) -> impl Iterator<Item = &str> {
    let mut term = "";
    text.lines().filter_map(move |line| {
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        let is_definition = ["- :", "* :", "+ :", ": "].iter().any(|mark| line.starts_with(mark));
        let defined = if is_definition { std::mem::take(&mut term) } else { "" };
        if !is_definition {
            term = line;
        }
        (!defined.is_empty()).then_some(defined)
    })
}

/// The keys of a term: all of it, and without the badges that may follow it.
fn term_keys(term: &str) -> [String; 2] {
    let name = term.split("{{").next().unwrap_or(term);
    [fold(term), fold(name)]
}

/// The values of `id` and `name` in HTML, and the IDs that its headings usually get.
fn ids(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for mark in ["id=", "name=", "ID=", "NAME="] {
        for (at, _) in html.match_indices(mark) {
            let value = html[at + mark.len()..].trim_start_matches(['"', '\'']);
            let value = anchor_prefix(value);
            found.push(value[..value.find(['"', '\'', '>', ' ']).unwrap_or(value.len())].to_owned());
        }
    }
    for (at, _) in ["<h", "<H", "<dt", "<DT"].iter().flat_map(|tag| html.match_indices(tag)) {
        let text = anchor_prefix(&html[at..]).split_once('>').map_or("", |(_, rest)| rest);
        let text = &text[..text.find("</").unwrap_or(text.len())];
        let usual = SlugAlgorithm::Github.slugify(text).and_then(|names| names.into_iter().next());
        found.push(usual.filter(|name| fold(name) == fold(text)).unwrap_or_else(|| text.to_owned()));
    }
    found
}

/// The start of a text, as long as an anchor may be.
fn anchor_prefix(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_ANCHOR_LEN)]
}
