//! The words of a site's taxonomies.

use crate::site::groups;
use crate::workspace::session::LintSession;
use crate::workspace::site_context::{SiteContext, SiteResolver};
use std::sync::Arc;

/// A taxonomy with all its words.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Taxonomy {
    /// Its key in front matter, in the plural.
    pub field: String,
    /// The most used first.
    pub terms: Vec<Term>,
    /// Words that differ only in case, spaces, hyphens or number.
    pub near: Vec<Vec<String>>,
}

/// A word of a taxonomy.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Term {
    /// The word.
    pub term: String,
    /// On how many pages it is.
    pub count: usize,
}

/// The taxonomies of a site, and how many pages it has.
pub(super) fn of_site(sites: &SiteResolver, context: &Arc<SiteContext>) -> (Vec<Taxonomy>, usize) {
    LintSession::new(sites).index_site(context);
    let Some(index) = context.site.survey() else { return (Vec::new(), 0) };
    let taxonomy = |(field, words): (&str, _)| taxonomy(field, words);
    (index.words().map(taxonomy).collect(), index.pages())
}

fn taxonomy<'a>(field: &str, words: impl Iterator<Item = (&'a str, usize)>) -> Taxonomy {
    let mut terms: Vec<Term> = words.map(|(term, count)| Term { term: term.to_owned(), count }).collect();
    let near = groups(terms.iter().map(|term| term.term.as_str()));
    let near = near.into_iter().map(|group| group.into_iter().map(str::to_owned).collect()).collect();
    terms.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.term.cmp(&b.term)));
    Taxonomy { field: field.to_owned(), terms, near }
}
