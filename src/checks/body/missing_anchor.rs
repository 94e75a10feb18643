//! A link to an anchor that doesn't exist on the same page.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::anchor_keys::{fold, letters, without_entities};
use crate::checks::support::{includes, transliteration};
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::{DirectiveKind, InlineKind, LeafBlock, Link};
use crate::document::headings;
use crate::generator::slug::SlugAlgorithm;
use crate::source::Span;
use crate::text::percent;
use crate::text::similarity;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// The maximum number of missing anchors times existing ones for which suggestions are computed. A page with more is
/// generated.
const MAX_COMPARISONS: usize = 100_000;

/// The maximum length of an anchor that an author wrote, in bytes.
const MAX_ANCHOR_LEN: usize = 200;

/// Options: anchors that the theme adds.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct MissingAnchor {
    /// Anchors that exist on every page.
    ignore: Vec<String>,
}

impl Check for MissingAnchor {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let links = &cx.doc.body.links;
        let is_anchor = |link: &&Link| !link.image && link.dest.len() > 1 && link.dest.starts_with('#');
        if !links.iter().any(|link| is_anchor(&link)) || is_partial_by_name(cx.doc) {
            return;
        }
        let slugs = cx.profile.slug_algorithm;
        // Nearly all links match a heading by its letters, which needs no stripping of accents.
        let by_letters: HashMap<String, &LeafBlock> =
            headings::blocks(&cx.doc.body).map(|block| (letters(cx.doc.slice(block.span)), block)).collect();
        let is_heading = |link: &&Link| {
            let anchor = percent::decode(&link.dest[1..]);
            let heading = by_letters.get(&letters(&anchor));
            heading.is_some_and(|block| !slugs.is_known() || is_named(cx.doc, block, slugs, &anchor))
        };
        let anchors: Vec<&Link> = links.iter().filter(is_anchor).filter(|link| !is_heading(link)).collect();
        if anchors.is_empty() || has_dynamic_content(cx.doc) || includes::is_partial(cx.doc) {
            return;
        }
        let page_anchors = Anchors::collect(cx.doc, slugs);
        let other_anchors = OtherAnchors::collect(cx.doc);
        let compared = page_anchors.keys.len();
        let compared = if anchors.len().saturating_mul(compared) > MAX_COMPARISONS { 0 } else { compared };
        let foreign = foreign_headings(cx.doc, slugs, anchors.len());
        for link in anchors {
            let anchor = percent::decode(&link.dest[1..]);
            let key = fold(&anchor);
            let is_known = self.ignore.contains(&anchor) || other_anchors.contains(&anchor, &key);
            if is_known || !may_name_heading(&anchor, &key) || may_transliterate(foreign.as_deref(), slugs, &anchor) {
                continue;
            }
            report(cx, link, &page_anchors, compared, found);
        }
    }
}

/// Reports a link whose anchor doesn't exist, unless some generator may create it.
fn report(cx: &Context, link: &Link, page_anchors: &Anchors, compared: usize, found: &mut Findings) {
    let anchor = percent::decode(&link.dest[1..]);
    let key = fold(&anchor);
    let message = format!("no anchor `#{anchor}` on this page");
    match page_anchors.nearest(&anchor, &key) {
        Some(NearAnchor { name: None, .. }) => {}
        Some(NearAnchor { heading, name: Some(name) }) => {
            let finding = found.at(link.span, format!("{message}; did you mean `#{name}`?"));
            let generator = &cx.profile.name;
            finding.label(heading, "heading").help(format!("use the ID that {generator} generates: `#{name}`"));
            // `#setup-2` may be a heading that is gone.
            let is_numbered = |anchor: &str| anchor.ends_with(|c: char| c.is_ascii_digit());
            if let Some(span) = anchor_span(cx.doc, link).filter(|_| is_numbered(&anchor) == is_numbered(&name)) {
                let edits = vec![Edit::replace(span, format!("#{name}"))];
                finding.unsafe_fix(format!("Replace with `#{name}`"), edits);
            }
        }
        None => {
            let message = match page_anchors.similar(&key, compared) {
                Some(name) => format!("{message}; did you mean `#{name}`?"),
                None => message,
            };
            found.at(link.span, message).help("link to an existing heading, or add an `id`");
        }
    }
}

/// Whether an anchor can be a heading's: routes, text fragments, blocks of notes, footnotes and line numbers can't.
fn may_name_heading(anchor: &str, key: &str) -> bool {
    !anchor.starts_with(['/', '!', ':', '?', '_', '.', '$', '^'])
        && !anchor.contains(['=', '{', '<', '('])
        && !key.starts_with("fn")
        && !key.is_empty()
}

/// Whether the file name marks it as a partial; the anchor may be on the pages that include it.
fn is_partial_by_name(doc: &Document<'_>) -> bool {
    let stem = doc.source.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    stem.starts_with('_') && stem != "_index"
}

/// The span of the anchor, if it is written in the link itself.
fn anchor_span(doc: &Document<'_>, link: &Link) -> Option<Span> {
    let at = doc.slice(link.span).rfind(&format!("({}", link.dest))? + 1;
    let start = link.span.start + at;
    Some(Span::new(start, start + link.dest.len()))
}

/// Whether the heading gets this anchor if no earlier heading has the same text.
fn is_named(doc: &Document<'_>, block: &LeafBlock, slugs: SlugAlgorithm, anchor: &str) -> bool {
    let names = headings::plain_text(doc, block).and_then(|text| slugs.slugify(&text));
    names.is_some_and(|names| names.contains(&slugs.normalize_anchor(anchor)))
}

/// Whether the anchor may be a heading in Latin letters. Zola's ids are, by a table of all characters, unless its config
/// keeps the letters; a generator that isn't known may do the same.
fn may_transliterate(foreign: Option<&[&str]>, slugs: SlugAlgorithm, anchor: &str) -> bool {
    let Some(foreign) = foreign else { return true };
    match slugs {
        SlugAlgorithm::Zola => !anchor.is_ascii() || !foreign.is_empty(),
        SlugAlgorithm::Unknown => anchor.is_ascii() && foreign.iter().any(|text| transliteration::may_be(anchor, text)),
        _ => false,
    }
}

/// The headings in other than Latin letters; none if they are too many to be compared with so many anchors.
fn foreign_headings<'a>(doc: &Document<'a>, slugs: SlugAlgorithm, anchors: usize) -> Option<Vec<&'a str>> {
    let texts = headings::blocks(&doc.body).map(|block| doc.slice(block.span));
    let foreign: Vec<&str> = texts.filter(|text| !text.is_ascii()).collect();
    let is_bounded = slugs != SlugAlgorithm::Unknown || foreign.len().saturating_mul(anchors) <= MAX_COMPARISONS;
    is_bounded.then_some(foreign)
}

/// Whether a template, a component or an include may add anchors to the page.
fn has_dynamic_content(doc: &Document<'_>) -> bool {
    let fills = |kind| !matches!(kind, DirectiveKind::Attribute | DirectiveKind::Math);
    let body = &doc.body;
    body.directives.iter().any(|mark| fills(mark.kind))
        || doc.source.path().extension().is_some_and(|extension| extension == "mdx")
        || includes::html_of(body).any(|html| includes::has_component(doc.slice(html)))
        || includes::has_include(doc)
}

/// The anchors of a page that aren't headings': those in a site's own syntax (`## Format [#format]`), and those of lines
/// inside a code block whose fence is reported itself. Collected once for all links of a page.
struct OtherAnchors<'a> {
    marks: HashSet<&'a str>,
    lines: HashSet<String>,
}

/// The maximum length of a name between `[#` and `]`, in bytes.
const MAX_MARK_LEN: usize = 400;

impl<'a> OtherAnchors<'a> {
    fn collect(doc: &Document<'a>) -> Self {
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
    fn contains(&self, anchor: &str, key: &str) -> bool {
        let is_comment = anchor.strip_prefix("comment").unwrap_or(anchor).trim_start_matches('-');
        is_comment.bytes().all(|byte| byte.is_ascii_digit()) || self.marks.contains(anchor) || self.lines.contains(key)
    }
}

/// The anchors of a page.
struct Anchors {
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
struct NearAnchor {
    heading: Span,
    name: Option<String>,
}

impl Anchors {
    fn collect(doc: &Document<'_>, slugs: SlugAlgorithm) -> Self {
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
    fn similar(&self, key: &str, compared: usize) -> Option<&str> {
        let near = similarity::nearest(key, self.keys.keys().map(String::as_str).take(compared))?;
        self.suggestions.get(near).map(String::as_str)
    }

    /// The existing anchor that a link to `anchor` probably means.
    fn nearest(&self, anchor: &str, key: &str) -> Option<NearAnchor> {
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
