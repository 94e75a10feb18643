//! `matterlint tags`: every word of the pages' taxonomies with its count, and near duplicates; or renames one.

use crate::cli::args::TagsArgs;
use crate::cli::{CLEAN, FAILED, FINDINGS, Streams, workspace};
use crate::report::diff::Texts;
use crate::report::{self, sanitise};
use crate::text::plural::plural;
use crate::text::similarity;
use crate::workspace::{SiteEdits, Taxonomies, Taxonomy, Term, Workspace};
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;

/// All of it, as `--format json` shows it.
#[derive(Serialize)]
struct Listing {
    version: u8,
    pages: usize,
    taxonomies: Vec<Taxonomy>,
}

pub(super) fn run(args: &TagsArgs, io: &mut Streams) -> io::Result<u8> {
    let cwd = std::env::current_dir()?;
    let workspace = workspace::open(workspace::options(&cwd));
    let paths = if args.paths.is_empty() { vec![PathBuf::from(".")] } else { args.paths.clone() };
    if let Some((old, new)) = &args.rename {
        return rename(args, &workspace, &paths, (old, new), io);
    }
    let Taxonomies { taxonomies, pages, errors } = workspace.taxonomies(&paths);
    let status = report_all(&errors, io)?;
    let listing = Listing { version: 1, pages, taxonomies };
    if args.format == "json" {
        report::write_json(io.stdout.exact(), &listing)?;
        return Ok(status);
    }
    list(&listing, io)?;
    Ok(status)
}

/// Prints sentences about what went wrong. Gives the exit status.
fn report_all(errors: &[String], io: &mut Streams) -> io::Result<u8> {
    for error in errors {
        writeln!(io.stderr, "matterlint: {}", sanitise(error))?;
    }
    Ok(if errors.is_empty() { CLEAN } else { FAILED })
}

fn list(listing: &Listing, io: &mut Streams) -> io::Result<()> {
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
    Ok(())
}

/// Renames a term, or shows what that would change.
fn rename(
    args: &TagsArgs,
    workspace: &Workspace,
    paths: &[PathBuf],
    (old, new): (&str, &str),
    io: &mut Streams,
) -> io::Result<u8> {
    let field = args.field.as_deref().unwrap_or("tags");
    let SiteEdits { files, refused, mut errors } = workspace.rename_term(paths, field, old, new);
    // Nothing is written where something can't be read: it may be the page that matters.
    let writes = !args.diff && errors.is_empty();
    let mut renamed = 0;
    let mut diff = Vec::new();
    for file in &files {
        if args.diff {
            let (name, after, changes) = (file.source.name(), file.after(), file.changes());
            let texts = Texts { name: &name, old: file.source.text(), new: &after, changes: &changes };
            report::diff::write(&mut diff, texts, !io.is_data, false)?;
        } else if writes {
            match workspace.write(file) {
                Ok(()) => renamed += 1,
                Err(error) => errors.push(format!("{}: {error}", file.source.name())),
            }
        }
    }
    if io.is_data {
        io.stdout.exact().write_all(&diff)?
    } else {
        io.stdout.write_all(&diff)?
    };
    for refusal in &refused {
        writeln!(io.stderr, "matterlint: not renamed: {}", sanitise(refusal))?;
    }
    let status = report_all(&errors, io)?;
    if files.is_empty() && refused.is_empty() && errors.is_empty() {
        let near = nearest(&workspace.taxonomies(paths), field, old);
        let message = similarity::with_suggestion(format!("no page has `{old}` in `{field}`"), near.as_deref());
        writeln!(io.stderr, "matterlint: {}", sanitise(&message))?;
        return Ok(FINDINGS);
    }
    let (verb, count) = if args.diff { ("would rename", files.len()) } else { ("renamed", renamed) };
    writeln!(io.stderr, "{verb} `{}` to `{}` on {}", sanitise(old), sanitise(new), plural(count, "page"))?;
    let is_partial = !refused.is_empty() || (args.diff && count > 0);
    Ok(status.max(if is_partial { FINDINGS } else { CLEAN }))
}

/// The term of a taxonomy that was most likely meant.
fn nearest(all: &Taxonomies, field: &str, old: &str) -> Option<String> {
    let terms = all.taxonomies.iter().filter(|taxonomy| taxonomy.field == field).flat_map(|taxonomy| &taxonomy.terms);
    similarity::nearest(old, terms.map(|term| term.term.as_str())).map(str::to_owned)
}

/// A term as it is listed: in quotes if it contains what separates terms, or starts or ends with a space.
fn quoted(term: &str) -> String {
    let clean = sanitise(term);
    if clean.contains([',', '"']) || clean.trim() != clean || clean.is_empty() { format!("{clean:?}") } else { clean }
}
