//! Words that a site has agreed on, written another way.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::pattern::Literals;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Options: the words.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Terminology {
    /// Each agreed word with the spellings that it replaces. Case counts.
    terms: BTreeMap<String, Vec<String>>,
    #[serde(skip)]
    search: OnceLock<Search>,
}

/// The spellings, and for each the word that it stands for. Agreed words are looked for too: what is found as part of one
/// is no variant.
#[derive(Debug)]
struct Search {
    literals: Literals,
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
                && body.piece_at(span.start).is_some_and(|piece| piece.span.covers(span))
                && body.is_prose(span.start)
            {
                found
                    .at(span, format!("`{}` is written `{term}` here", cx.doc.slice(span)))
                    .help(format!("write `{term}`"))
                    .fix(format!("write `{term}`"), vec![Edit::replace(span, term)]);
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
        Search { literals: Literals::new(texts), terms }
    }
}

/// Whether it is no part of a longer word. Only letters with blanks between words have such; Hangul takes particles.
fn is_whole(text: &str, span: Span) -> bool {
    let within = &text[span.range()];
    let joins = |inner: Option<char>, outer: Option<char>| {
        let is_letter = |c: char| c.is_alphanumeric() && c < '\u{1100}' || matches!(c, '_' | '-' | '/' | '@');
        inner.is_some_and(|c| c.is_alphanumeric() && c < '\u{1100}') && outer.is_some_and(is_letter)
    };
    !joins(within.chars().next(), text[..span.start].chars().next_back())
        && !joins(within.chars().next_back(), text[span.end..].chars().next())
}
