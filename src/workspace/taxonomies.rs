//! The words of taxonomies.

use crate::fs::{MAX_FILE_SIZE, relative};
use crate::site::groups;
use crate::source::Source;
use crate::workspace::pages::{ConfigExcludes, walk};
use crate::workspace::parallel;
use crate::workspace::site_context::SiteResolver;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The taxonomies of the pages that were asked for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Taxonomies {
    /// The taxonomies, by name.
    pub taxonomies: Vec<Taxonomy>,
    /// How many pages were looked at.
    pub pages: usize,
    /// What can't be read, with the reason.
    pub errors: Vec<String>,
}

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

/// The taxonomies of the pages below the named paths.
pub(super) fn of_paths(sites: &SiteResolver, paths: &[PathBuf]) -> Taxonomies {
    let excludes = ConfigExcludes(sites.configs());
    let walked = walk(sites.configs(), &excludes).files(paths);
    let facts = parallel::filter_map(&walked.files, |path| {
        let bytes = sites.configs().fs().read(path, MAX_FILE_SIZE).ok()?;
        let source = Source::new(relative(path, &sites.configs().options().cwd), bytes);
        Some(sites.for_file(path).facts_of(path, &source))
    });
    let mut counts: BTreeMap<&str, BTreeMap<&str, (usize, usize)>> = BTreeMap::new();
    for (page, facts) in facts.iter().enumerate() {
        for (field, term) in facts.terms() {
            let (count, last) = counts.entry(field).or_default().entry(term).or_insert((0, usize::MAX));
            *count += usize::from(*last != page);
            *last = page;
        }
    }
    let taxonomies = counts.into_iter().map(|(field, terms)| {
        let terms = terms.into_iter().map(|(term, (count, _))| (term.to_owned(), count)).collect();
        Taxonomy::of(field.to_owned(), terms)
    });
    Taxonomies { taxonomies: taxonomies.collect(), pages: facts.len(), errors: walked.errors }
}

impl Taxonomy {
    /// The taxonomy with these words, each with the number of its pages.
    pub(super) fn of(field: String, terms: BTreeMap<String, usize>) -> Self {
        let near = groups(terms.keys().map(String::as_str));
        let near = near.into_iter().map(|group| group.into_iter().map(str::to_owned).collect()).collect();
        let mut terms: Vec<Term> = terms.into_iter().map(|(term, count)| Term { term, count }).collect();
        terms.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.term.cmp(&b.term)));
        Self { field, terms, near }
    }
}
