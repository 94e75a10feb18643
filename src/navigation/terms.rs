//! The terms of a page's taxonomies, each with the place where it is written.

use crate::data::node::Value;
use crate::document::body::{Body, InlineKind};
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::GeneratorProfile;
use crate::site::taxonomy_terms;
use crate::source::{Source, Span};

/// A term in front matter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TermPlace<'a> {
    /// The key of the taxonomy, as it is written there.
    pub(crate) key: Value<'a>,
    /// The value of the key.
    pub(crate) list: Value<'a>,
    /// The text that the term is, or is a part of.
    pub(crate) value: Value<'a>,
    /// The term.
    pub(crate) text: &'a str,
    /// Where it is written, without quotes; the whole text where the term can't be distinguished in it.
    pub(crate) span: Span,
}

impl TermPlace<'_> {
    /// Whether the term is all of its text.
    pub(crate) fn is_whole(&self) -> bool {
        self.value.text().is_some_and(|text| text.trim() == self.text)
    }
}

/// The terms of all taxonomies of a page, with the name of each taxonomy: its key in the plural.
pub(crate) fn of_page<'a>(
    source: &Source,
    front: &'a FrontMatter,
    profile: &GeneratorProfile,
) -> Vec<(String, TermPlace<'a>)> {
    let mut found = Vec::new();
    for (name, key, list) in taxonomy_terms::taxonomies(front, profile) {
        let field = taxonomy_terms::plural(&name).to_owned();
        for (value, text) in taxonomy_terms::terms(&name, list, profile) {
            let span = written(source, value, text);
            found.push((field.clone(), TermPlace { key, list, value, text, span }));
        }
    }
    found
}

/// Where a term is written in its text.
fn written(source: &Source, value: Value<'_>, term: &str) -> Span {
    let span = value.span();
    let raw = source.slice(span);
    let text = value.text().unwrap_or_default();
    let quotes = usize::from(raw.starts_with(['"', '\'']));
    // A term is a part of its text; with escapes or line breaks in between, the places differ.
    let at = term.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
    match raw.get(quotes..raw.len().saturating_sub(quotes)) {
        Some(inside) if inside == text && at <= text.len() => {
            let start = span.start + quotes + at;
            Span::new(start, start + term.len())
        }
        _ => span,
    }
}

/// Whether a taxonomy goes by a name: `taxonomies.tags` is `tags` too.
pub(crate) fn is_field(field: &str, name: &str) -> bool {
    field == name
        || taxonomy_terms::plural(name) == field
        || field.rsplit('.').next().map(taxonomy_terms::plural) == Some(taxonomy_terms::plural(name))
}

/// The places of `#term` in the text of a page, without the `#`.
pub(crate) fn inline(source: &Source, body: &Body, term: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for inline in body.inlines.iter().filter(|inline| inline.kind == InlineKind::Text) {
        let text = source.slice(inline.span);
        for (at, _) in text.match_indices('#') {
            let rest = &text[at + 1..];
            let end = rest.find(|c: char| !is_inline_part(c)).unwrap_or(rest.len());
            let starts = source.text()[..inline.span.start + at].chars().next_back().is_none_or(char::is_whitespace);
            if starts && &rest[..end] == term {
                let start = inline.span.start + at + 1;
                found.push(Span::new(start, start + end));
            }
        }
    }
    found
}

/// Whether a term can be written as `#term`: a digit alone can't.
pub(crate) fn can_be_inline(term: &str) -> bool {
    !term.is_empty() && term.chars().all(is_inline_part) && !term.chars().all(|c| c.is_ascii_digit())
}

fn is_inline_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '/')
}
