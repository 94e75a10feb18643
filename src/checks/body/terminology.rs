//! Spellings other than those in the site's terminology.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Options: the terms.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Terminology {
    /// Each term with the variants it replaces. Case-sensitive.
    terms: BTreeMap<String, Vec<String>>,
    #[serde(skip)]
    search: OnceLock<Search>,
}

/// The search for variants, and for each the term that replaces it. Terms are searched for too, so that a variant that
/// is part of a term isn't reported.
#[derive(Debug)]
struct Search {
    literals: LiteralSet,
    terms: Vec<Option<String>>,
}

impl Check for Terminology {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if self.terms.is_empty() {
            return;
        }
        let search = self.search.get_or_init(|| self.search());
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        for (which, range) in search.literals.find_iter(cx.doc.slice(body.span)) {
            let span = Span::from(range).shift(body.span.start);
            let Some(term) = &search.terms[which] else { continue };
            if is_whole(text, span)
                && body.inline_at(span.start).is_some_and(|piece| piece.span.contains_span(span))
                && body.is_prose(span.start)
            {
                found
                    .at(span, format!("use `{term}` instead of `{}`", cx.doc.slice(span)))
                    .unsafe_fix(format!("Replace with `{term}`"), vec![Edit::replace(span, term)]);
            }
        }
    }
}

impl Terminology {
    fn search(&self) -> Search {
        let mut texts: Vec<&str> = Vec::new();
        let mut terms = Vec::new();
        for (term, variants) in &self.terms {
            for variant in variants {
                texts.push(variant);
                terms.push(Some(term.clone()));
            }
            texts.push(term);
            terms.push(None);
        }
        Search { literals: LiteralSet::new(texts), terms }
    }
}

/// Whether it isn't part of a longer word. Only scripts with spaces between words are tested; Hangul words take
/// particles.
fn is_whole(text: &str, span: Span) -> bool {
    let within = &text[span.range()];
    let joins = |inner: Option<char>, outer: Option<char>| {
        let is_letter = |c: char| c.is_alphanumeric() && c < '\u{1100}' || matches!(c, '_' | '-' | '/' | '@');
        inner.is_some_and(|c| c.is_alphanumeric() && c < '\u{1100}') && outer.is_some_and(is_letter)
    };
    !joins(within.chars().next(), text[..span.start].chars().next_back())
        && !joins(within.chars().next_back(), text[span.end..].chars().next())
}
