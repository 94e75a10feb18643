//! A link to a place of the same page that isn't there.

use super::address::percent_decoded;
use super::{Check, Context, Found};
use crate::document::Document;
use crate::document::body::{Block, BlockKind, Body, DirectiveKind, Link, PieceKind};
use crate::words;
use serde::Deserialize;
use std::collections::HashSet;

/// Marks a place whose heading holds signs, which some generators spell out.
const SIGN: char = '*';

/// Options: places that the theme makes.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct MissingAnchor {
    /// Places that are on every page.
    known: Vec<String>,
}

impl Check for MissingAnchor {
    fn check(&self, cx: &Context, found: &mut Found) {
        let links = &cx.doc.body.links;
        let is_anchor = |link: &&Link| !link.image && link.dest.len() > 1 && link.dest.starts_with('#');
        if !links.iter().any(|link| is_anchor(&link)) {
            return;
        }
        // Nearly all lead to a heading that has the same letters, which is told without taking accents apart.
        let headings: HashSet<String> = headings(&cx.doc.body).map(|block| letters(cx.doc.slice(block.span))).collect();
        let is_heading = |link: &&Link| headings.contains(&letters(&percent_decoded(&link.dest[1..])));
        let anchors: Vec<&Link> = links.iter().filter(is_anchor).filter(|link| !is_heading(link)).collect();
        if anchors.is_empty() || is_filled_in(cx.doc) {
            return;
        }
        let places = places(cx.doc);
        for link in anchors {
            let anchor = percent_decoded(&link.dest[1..]);
            // A route, a text to look for, a footnote, a line of code: none is made by a heading.
            let is_place =
                !anchor.starts_with(['/', '!', ':', '?', '_', '.', '$']) && !anchor.contains(['=', '{', '<', '(']);
            let key = fold(&anchor);
            let is_known = self.known.contains(&anchor) || key.starts_with("fn") || key.is_empty();
            let plain: String = anchor.chars().filter(char::is_ascii).collect();
            let is_made = places.contains(&key) || places.contains(&fold(&plain)) || is_lengthened(&key, &places);
            if is_place && !is_known && !is_made {
                let finding = found.at(link.span, format!("nothing on this page is called `#{anchor}`"));
                match words::nearest(&key, places.iter().map(String::as_str)) {
                    Some(near) => finding.help(format!("did you mean the place `{near}`?")),
                    None => finding.help("name a heading of this page, or give the place an id"),
                };
            }
        }
    }
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

/// What can be linked to, in the form in which places are compared: every generator makes other ids of a heading, and
/// all of them keep its letters and digits, some without those that aren't ASCII, some without a number at its start.
fn places(doc: &Document<'_>) -> HashSet<String> {
    let body = &doc.body;
    let mut places: HashSet<String> = HashSet::from(["top".to_owned()]);
    for block in headings(body) {
        let pieces =
            body.pieces_of(block).iter().filter(|piece| !matches!(piece.kind, PieceKind::Html | PieceKind::Directive));
        let text: String = pieces.map(|piece| doc.slice(piece.span)).collect();
        let ascii: String = without_entities(&text).chars().filter(char::is_ascii).collect();
        let unnumbered = text.trim_start_matches(|c: char| !c.is_alphabetic());
        places.extend([fold(&text), fold(&ascii), fold(unnumbered), fold(doc.slice(block.span))]);
        if text.chars().any(|c| !c.is_ascii() && !c.is_alphanumeric()) {
            places.insert(format!("{}{SIGN}", fold(&text)));
        }
        if fold(&ascii).is_empty() {
            places.insert("section".to_owned());
        }
    }
    places.remove("");
    let html = body
        .html
        .iter()
        .copied()
        .chain(body.pieces.iter().filter(|piece| piece.kind == PieceKind::Html).map(|piece| piece.span));
    for tag in html {
        places.extend(ids(doc.slice(tag)));
    }
    // `{ #name }`, as Python's attribute lists have it, is text to the Markdown reader.
    let text = doc.slice(body.span);
    places.extend(
        text.match_indices("{ #").filter_map(|(at, open)| text[at + open.len()..].split([' ', '}']).next()).map(fold),
    );
    let marks = body.directives.iter().filter(|mark| mark.kind == DirectiveKind::Attribute);
    for mark in marks {
        let inside = doc.slice(mark.span).trim_matches(['{', '}', ':', ' ']);
        places.extend(inside.split_whitespace().filter_map(|word| word.strip_prefix('#')).map(fold));
    }
    places
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
            found.push(fold(&value[..value.find(['"', '\'', '>', ' ']).unwrap_or(value.len())]));
        }
    }
    for (at, _) in html.match_indices("<h").chain(html.match_indices("<H")) {
        let text = html[at..].split_once('>').map_or("", |(_, rest)| rest);
        found.push(fold(&text[..text.find("</h").unwrap_or(text.len()).min(text.len())]));
    }
    found
}

/// Letters and digits alone, without accents, in small letters.
fn fold(text: &str) -> String {
    if text.is_ascii() { letters(text) } else { letters(&words::decomposed(text)) }
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

/// `setup1` is the second heading of the same name; Zola spells out signs, `Setup 🦀` as `setup-crab`.
fn is_lengthened(key: &str, places: &HashSet<String>) -> bool {
    let base = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = base.len() < key.len() && places.contains(base);
    let starts = key.char_indices().skip(1).map(|(at, _)| &key[..at]);
    is_numbered || starts.into_iter().any(|start| places.contains(&format!("{start}{SIGN}")))
}
