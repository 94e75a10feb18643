//! `matterlint tags`: every word of the site's taxonomies with its count, and near duplicates.

use crate::cli::args::TagsArgs;
use crate::cli::{CLEAN, Streams, workspace};
use crate::report;
use crate::text::plural::plural;
use crate::workspace::{Taxonomy, Term};
use serde::Serialize;
use std::io::{self, Write};

/// All of it, as `--format json` shows it.
#[derive(Serialize)]
struct Listing {
    version: u8,
    pages: usize,
    taxonomies: Vec<Taxonomy>,
}

pub(super) fn run(args: &TagsArgs, io: &mut Streams) -> io::Result<u8> {
    let cwd = std::env::current_dir()?;
    let (taxonomies, pages) = workspace::open(workspace::options(&cwd)).taxonomies(&cwd);
    let listing = Listing { version: 1, pages, taxonomies };
    if args.format == "json" {
        report::write_json(io.stdout.exact(), &listing)?;
        return Ok(CLEAN);
    }
    if listing.taxonomies.is_empty() {
        writeln!(io.stdout, "no tags or categories found")?;
    }
    for taxonomy in &listing.taxonomies {
        let (once, often): (Vec<&Term>, Vec<&Term>) = taxonomy.terms.iter().partition(|term| term.count == 1);
        writeln!(
            io.stdout,
            "{}: {} on {}",
            taxonomy.field,
            plural(taxonomy.terms.len(), "distinct value"),
            plural(listing.pages, "page")
        )?;
        for term in often {
            writeln!(io.stdout, "{:>7}  {}", term.count, quoted(&term.term))?;
        }
        if !once.is_empty() {
            let names: Vec<String> = once.iter().map(|term| quoted(&term.term)).collect();
            writeln!(io.stdout, "  used once ({}): {}", once.len(), names.join(", "))?;
        }
        let count = |word: &str| taxonomy.terms.iter().find(|term| term.term == word).map_or(0, |term| term.count);
        for group in &taxonomy.near {
            let words: Vec<String> = group.iter().map(|word| format!("{} ({})", quoted(word), count(word))).collect();
            writeln!(io.stdout, "  near duplicates: {}", words.join(", "))?;
        }
    }
    Ok(CLEAN)
}

/// A term as it is listed: in quotes if it contains what separates terms, or starts or ends with a space.
fn quoted(term: &str) -> String {
    let clean = report::sanitise(term);
    if clean.contains([',', '"']) || clean.trim() != clean || clean.is_empty() { format!("{clean:?}") } else { clean }
}
