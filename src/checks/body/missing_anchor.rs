//! A link to a place of the same page that isn't there.

use crate::checks::support::address::percent_decoded;
use crate::checks::support::fragment;
use crate::checks::{Check, Context, Found};
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::{Block, BlockKind, Body, DirectiveKind, Link, PieceKind};
use crate::generator::slug::Slugs;
use crate::source::Span;
use crate::text::words;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// A page with more wrong anchors times places than this is no post: nobody is told what was meant on it.
const MOST_COMPARED: usize = 100_000;

/// No place that a writer named is called so at length.
const LONGEST: usize = 200;

/// Options: places that the theme makes.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct MissingAnchor {
    /// Places that are on every page.
    known: Vec<String>,
}

impl Check for MissingAnchor {
    fn check(&self, cx: &Context, found: &mut Found) {
        let links = &cx.doc.body.links;
        let is_anchor = |link: &&Link| !link.image && link.dest.len() > 1 && link.dest.starts_with('#');
        if !links.iter().any(|link| is_anchor(&link)) || is_partial(cx.doc) {
            return;
        }
        let slugs = cx.site.profile().slugs;
        // Nearly all lead to a heading that has the same letters, which is told without taking accents apart.
        let headings: HashMap<String, &Block> =
            headings(&cx.doc.body).map(|block| (letters(cx.doc.slice(block.span)), block)).collect();
        let is_heading = |link: &&Link| {
            let anchor = percent_decoded(&link.dest[1..]);
            let heading = headings.get(&letters(&anchor));
            heading.is_some_and(|block| !slugs.is_known() || is_named(cx.doc, block, slugs, &anchor))
        };
        let anchors: Vec<&Link> = links.iter().filter(is_anchor).filter(|link| !is_heading(link)).collect();
        if anchors.is_empty() || is_filled_in(cx.doc) || fragment::is_part_of_a_page(cx.doc) {
            return;
        }
        let places = Places::of(cx.doc, slugs);
        let elsewhere = Elsewhere::of(cx.doc);
        let compared = places.keys.len();
        let compared = if anchors.len().saturating_mul(compared) > MOST_COMPARED { 0 } else { compared };
        for link in anchors {
            let anchor = percent_decoded(&link.dest[1..]);
            // A route, a text to look for, a block of a note, a footnote, a line of code: none is made by a heading.
            let is_place =
                !anchor.starts_with(['/', '!', ':', '?', '_', '.', '$', '^']) && !anchor.contains(['=', '{', '<', '(']);
            let key = fold(&anchor);
            let is_known = self.known.contains(&anchor) || key.starts_with("fn") || key.is_empty();
            if !is_place || is_known || elsewhere.makes(&anchor, &key) {
                continue;
            }
            match places.meant(&anchor, &key) {
                Some(Meant { name: None, .. }) => {}
                Some(Meant { heading, name: Some(name) }) => {
                    let finding = found.at(link.span, format!("nothing on this page is called `#{anchor}`"));
                    let generator = &cx.site.profile().name;
                    finding.label(heading, "the heading").help(format!("write `#{name}`: so {generator} calls it"));
                    if let Some(span) = anchor_span(cx.doc, link) {
                        finding.unsafe_fix(format!("write `#{name}`"), vec![Edit::replace(span, format!("#{name}"))]);
                    }
                }
                None => {
                    let finding = found.at(link.span, format!("nothing on this page is called `#{anchor}`"));
                    match words::nearest(&key, places.keys.keys().map(String::as_str).take(compared)) {
                        Some(near) => finding.help(format!("did you mean the place `{near}`?")),
                        None => finding.help("name a heading of this page, or give the place an id"),
                    };
                }
            }
        }
    }
}

/// Whether the file is part of other pages, as its name says: the place may be on these.
fn is_partial(doc: &Document<'_>) -> bool {
    let stem = doc.source.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    stem.starts_with('_') && stem != "_index"
}

/// Where the anchor stands in the file, if the link itself has it.
fn anchor_span(doc: &Document<'_>, link: &Link) -> Option<Span> {
    let at = doc.slice(link.span).rfind(&format!("({}", link.dest))? + 1;
    let start = link.span.start + at;
    Some(Span::new(start, start + link.dest.len()))
}

/// Whether the heading gets this name as the first of its text.
fn is_named(doc: &Document<'_>, block: &Block, slugs: Slugs, anchor: &str) -> bool {
    let names = plain_text(doc, block).and_then(|text| slugs.of(&text));
    names.is_some_and(|names| names.contains(&slugs.sought(anchor)))
}

/// The text of a heading, where every generator reads it in the same way: no markup but code and emphasis, nothing that
/// stands for a character, no dashes that become one.
fn plain_text(doc: &Document<'_>, block: &Block) -> Option<String> {
    let pieces = doc.body.pieces_of(block);
    let is_plain = |kind| matches!(kind, PieceKind::Text | PieceKind::Code);
    if pieces.iter().any(|piece| !is_plain(piece.kind) || piece.in_link) {
        return None;
    }
    let text: String = pieces.iter().map(|piece| doc.slice(piece.span).trim_matches('`')).collect();
    let is_emphasised = !text.contains('_') && doc.slice(block.span).contains('_');
    let may_differ = text.contains(['&', '\\', '<', '{', '$', '^', '~', '\n'])
        || text.contains("--")
        || text.contains("  ")
        || text.matches(':').count() > 1
        || text.starts_with(' ');
    (!is_emphasised && !may_differ).then_some(text)
}

fn headings(body: &Body) -> impl Iterator<Item = &Block> {
    body.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)))
}

/// Whether a template, a component or an include may bring places along that the page doesn't show.
fn is_filled_in(doc: &Document<'_>) -> bool {
    let fills = |kind| !matches!(kind, DirectiveKind::Attribute | DirectiveKind::Math);
    let body = &doc.body;
    body.directives.iter().any(|mark| fills(mark.kind))
        || doc.source.path().extension().is_some_and(|extension| extension == "mdx")
        || doc.slice(body.span).contains("--8<--")
}

/// What makes a place besides headings: an id in a notation of the site's own (`## Format [#format]`), or a line that a fence
/// out of step takes for code, which is told of the fence. Read once for all links of a page.
struct Elsewhere<'a> {
    marks: HashSet<&'a str>,
    lines: HashSet<String>,
}

/// A name between `[#` and `]` is no longer than this, in bytes.
const LONGEST_MARK: usize = 400;

impl<'a> Elsewhere<'a> {
    fn of(doc: &Document<'a>) -> Self {
        let text = doc.slice(doc.body.span);
        let mark = |(at, _): (usize, &str)| {
            let rest = &text[at + 2..text.floor_char_boundary(at + 2 + LONGEST_MARK)];
            rest.split_once(']').map(|(mark, _)| mark)
        };
        let lines = doc.body.code.iter().flat_map(|code| &code.lines).map(|line| doc.slice(*line).trim_start());
        Self {
            marks: text.match_indices("[#").filter_map(mark).collect(),
            lines: lines.filter(|line| line.starts_with('#')).map(fold).collect(),
        }
    }

    /// Whether it makes the place, or a reader's comment does (`#2884`, `#comment-12`).
    fn makes(&self, anchor: &str, key: &str) -> bool {
        let is_comment = anchor.strip_prefix("comment").unwrap_or(anchor).trim_start_matches('-');
        is_comment.bytes().all(|byte| byte.is_ascii_digit()) || self.marks.contains(anchor) || self.lines.contains(key)
    }
}

/// What can be linked to.
struct Places {
    slugs: Slugs,
    /// In the form in which places are compared: every generator makes other ids of a heading, and all of them keep its
    /// letters and digits, some without those that aren't ASCII, some without a number at its start. Each with the heading
    /// that alone makes it, where that heading's names are known exactly.
    keys: HashMap<String, Option<Exact>>,
    /// Those of headings that hold signs, which some generators spell out.
    signed: HashSet<String>,
    /// The names of all headings, where they are known exactly.
    names: HashSet<String>,
}

/// A heading whose names are known.
#[derive(Clone)]
struct Exact {
    heading: Span,
    name: String,
}

/// A place that has nearly the name that a link has; without a name where it may well have that one.
struct Meant {
    heading: Span,
    name: Option<String>,
}

impl Places {
    fn of(doc: &Document<'_>, slugs: Slugs) -> Self {
        let body = &doc.body;
        let keys = HashMap::from([("top".to_owned(), None)]);
        let mut places = Self { slugs, keys, signed: HashSet::new(), names: HashSet::new() };
        let texts: Vec<(&Block, Option<String>)> =
            headings(body).map(|block| (block, plain_text(doc, block))).collect();
        let plain: Vec<Option<&str>> = texts.iter().map(|(_, text)| text.as_deref()).collect();
        places.names = slugs.of_page(&plain);
        for (block, plain) in &texts {
            places.add_heading(doc, block, plain.as_deref());
        }
        places.keys.remove("");
        let html = body
            .html
            .iter()
            .copied()
            .chain(body.pieces.iter().filter(|piece| piece.kind == PieceKind::Html).map(|piece| piece.span));
        for tag in html {
            places.add(ids(doc.slice(tag)), None);
        }
        // `{ #name }`, as Python's attribute lists have it, is text to the Markdown reader.
        let text = doc.slice(body.span);
        let lists = text.match_indices("{ #").filter_map(|(at, open)| text[at + open.len()..].split([' ', '}']).next());
        places.add(lists.map(fold), None);
        // `## Install {/*install*/}`: sites whose pages are compiled as MDX name headings so, in `.md` files too.
        let comments = text.split("{/*").skip(1).filter_map(|rest| start_of(rest).split_once("*/}"));
        places.add(comments.map(|(name, _)| fold(name)), None);
        for mark in body.directives.iter().filter(|mark| mark.kind == DirectiveKind::Attribute) {
            let inside = doc.slice(mark.span).trim_matches(['{', '}', ':', ' ']);
            places.add(inside.split_whitespace().filter_map(|word| word.strip_prefix('#')).map(fold), None);
        }
        places
    }

    fn add_heading(&mut self, doc: &Document<'_>, block: &Block, plain: Option<&str>) {
        let pieces = doc.body.pieces_of(block).iter();
        let shown = pieces.filter(|piece| !matches!(piece.kind, PieceKind::Html | PieceKind::Directive));
        let text: String = shown.map(|piece| doc.slice(piece.span)).collect();
        let ascii: String = without_entities(&text).chars().filter(char::is_ascii).collect();
        let ascii = fold(&ascii);
        let name = plain.and_then(|text| self.slugs.of(text)?.into_iter().next());
        let exact = name.map(|name| Exact { heading: block.span, name });
        let mut keys = vec![fold(&text), fold(doc.slice(block.span))];
        if !text.is_ascii() || text.contains('&') {
            keys.push(ascii.clone());
        }
        if !text.starts_with(char::is_alphabetic) {
            keys.push(fold(text.trim_start_matches(|c: char| !c.is_alphabetic())));
        }
        self.add(keys, exact);
        if text.chars().any(|c| !c.is_ascii() && !c.is_alphanumeric()) {
            self.signed.insert(fold(&text));
        }
        if ascii.is_empty() {
            self.add(["section".to_owned()], None);
        }
    }

    /// Adds what one thing on the page makes. A key that two things make is known exactly only where both are.
    fn add(&mut self, keys: impl IntoIterator<Item = String>, exact: Option<Exact>) {
        for key in keys {
            let known = self.keys.entry(key).or_insert_with(|| exact.clone());
            if exact.is_none() {
                *known = None;
            }
        }
    }

    /// The place that a link to `anchor` is for; none where there is nothing like it.
    fn meant(&self, anchor: &str, key: &str) -> Option<Meant> {
        let ascii: String = anchor.chars().filter(char::is_ascii).collect();
        let exact = self.keys.get(key).or_else(|| self.keys.get(&fold(&ascii))).or_else(|| self.lengthened(key))?;
        let wrong = exact.as_ref().filter(|_| !self.names.contains(&self.slugs.sought(anchor)));
        Some(Meant {
            heading: wrong.map_or_else(Span::default, |exact| exact.heading),
            name: wrong.map(|exact| exact.name.clone()),
        })
    }

    /// `setup1` is the second heading of the same name; Zola spells out signs, `Setup 🦀` as `setup-crab`.
    fn lengthened(&self, key: &str) -> Option<&Option<Exact>> {
        let base = key.trim_end_matches(|c: char| c.is_ascii_digit());
        let numbered = if base.len() < key.len() { self.keys.get(base) } else { None };
        let starts = key.char_indices().skip(1).map(|(at, _)| &key[..at]).take(LONGEST);
        let spelt_out = || starts.into_iter().any(|start| self.signed.contains(start)).then_some(&None);
        if self.signed.is_empty() { numbered } else { numbered.or_else(spelt_out) }
    }
}

/// `l&eacute;quipe` as `lquipe`.
fn without_entities(text: &str) -> String {
    let mut parts = text.split('&');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |whole, part| {
        let is_name = |name: &str| {
            !name.is_empty() && name.len() < 10 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        };
        let rest = part.split_once(';').filter(|(name, _)| is_name(name)).map_or(part, |(_, rest)| rest);
        whole + rest
    })
}

/// The values of `id` and `name` in HTML, and the text of its headings.
fn ids(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for mark in ["id=", "name=", "ID=", "NAME="] {
        for (at, _) in html.match_indices(mark) {
            let value = html[at + mark.len()..].trim_start_matches(['"', '\'']);
            let value = start_of(value);
            found.push(fold(&value[..value.find(['"', '\'', '>', ' ']).unwrap_or(value.len())]));
        }
    }
    for (at, _) in html.match_indices("<h").chain(html.match_indices("<H")) {
        let text = start_of(&html[at..]).split_once('>').map_or("", |(_, rest)| rest);
        found.push(fold(&text[..text.find("</h").unwrap_or(text.len())]));
    }
    found
}

/// As much of a text as may be a place's name.
fn start_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

/// Letters and digits alone, without accents, in small letters. What has no accents isn't taken apart for them.
fn fold(text: &str) -> String {
    let has_none =
        |c: char| c.is_ascii() || matches!(c, '\u{3000}'..='\u{3096}' | '\u{30a1}'..='\u{9fff}' | '가'..='힣');
    if text.chars().all(has_none) { letters(text) } else { letters(&words::without_accents(text)) }
}

/// Letters and digits alone, in small letters.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' | 'a'..='z' | '가'..='힣' | '\u{4e00}'..='\u{9fff}' => letters.push(c),
            'A'..='Z' => letters.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() => letters.extend(c.to_lowercase()),
            _ => {}
        }
    }
    letters
}
