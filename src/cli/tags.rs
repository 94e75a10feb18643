//! `matterlint tags`: every word of the site's taxonomies with its count, and those that are nearly the same.

use crate::cli::args;
use crate::cli::args::TagsArgs;
use crate::cli::project;
use crate::cli::survey::Surveyor;
use crate::cli::{CLEAN, Io};
use crate::report;
use crate::site::groups;
use crate::workspace::{Grounds, Scopes, today};
use serde::Serialize;
use std::io;

/// All of it, as `--format json` shows it.
#[derive(Serialize)]
struct Listing {
    version: u8,
    pages: usize,
    taxonomies: Vec<Taxonomy>,
}

#[derive(Serialize)]
struct Taxonomy {
    field: String,
    /// The commonest first.
    terms: Vec<Term>,
    /// Words that differ only in what nobody means by it.
    near: Vec<Vec<String>>,
}

#[derive(Serialize)]
struct Term {
    term: String,
    count: usize,
}

pub(super) fn run(args: &TagsArgs, io: &mut Io) -> io::Result<u8> {
    let cwd = std::env::current_dir()?;
    let check = args::plain_check().map_err(io::Error::other)?;
    let grounds = Grounds::new(Scopes::new(cwd.clone(), project::choice(&check)), today());
    let surveyor = Surveyor::new(&grounds, true, true);
    let ground = grounds.of_dir(&cwd);
    surveyor.learn_all(&ground);
    let mut listing = Listing { version: 1, pages: 0, taxonomies: Vec::new() };
    if let Some(survey) = ground.site.survey() {
        listing.pages = survey.pages();
        for (field, words) in survey.words() {
            let mut terms: Vec<Term> = words.map(|(term, count)| Term { term: term.to_owned(), count }).collect();
            let near = groups(terms.iter().map(|term| term.term.as_str()));
            let near = near.into_iter().map(|group| group.into_iter().map(str::to_owned).collect()).collect();
            terms.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.term.cmp(&b.term)));
            listing.taxonomies.push(Taxonomy { field: field.to_owned(), terms, near });
        }
    }
    if args.format == "json" {
        let json = serde_json::to_string_pretty(&listing).map_err(io::Error::other)?;
        writeln!(io.stdout, "{json}")?;
        return Ok(CLEAN);
    }
    if listing.taxonomies.is_empty() {
        writeln!(io.stdout, "no page here has tags or categories")?;
    }
    for taxonomy in &listing.taxonomies {
        let (once, often): (Vec<&Term>, Vec<&Term>) = taxonomy.terms.iter().partition(|term| term.count == 1);
        writeln!(io.stdout, "{}: {} different on {} pages", taxonomy.field, taxonomy.terms.len(), listing.pages)?;
        for term in often {
            writeln!(io.stdout, "{:>7}  {}", term.count, report::sanitise(&term.term))?;
        }
        if !once.is_empty() {
            let names: Vec<String> = once.iter().map(|term| report::sanitise(&term.term)).collect();
            writeln!(io.stdout, "  used once ({}): {}", once.len(), names.join(", "))?;
        }
        let count = |word: &str| taxonomy.terms.iter().find(|term| term.term == word).map_or(0, |term| term.count);
        for group in &taxonomy.near {
            let words: Vec<String> =
                group.iter().map(|word| format!("{} ({})", report::sanitise(word), count(word))).collect();
            writeln!(io.stdout, "  nearly the same: {}", words.join(", "))?;
        }
    }
    Ok(CLEAN)
}
