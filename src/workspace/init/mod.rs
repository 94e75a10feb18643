//! A config that says what the pages of a site have in common.

mod field;
mod folders;
mod words;

use crate::config;
use crate::document::front_matter;
use crate::fs::{MAX_FILE_SIZE, ProjectFiles, relative};
use crate::site::Census;
use crate::source::{Source, display_path};
use crate::workspace::init::words::{plural, quoted};
use crate::workspace::pages::pages_of;
use crate::workspace::site_context::SiteResolver;
use folders::{Place, SECTIONS};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Fewer pages than this have nothing in common that could be relied on.
const LEAST_PAGES: usize = 5;

/// The config's text, and from how many pages it is.
pub(super) fn write_config(sites: &SiteResolver) -> (String, usize) {
    let (cwd, fs) = (&sites.configs().options().cwd, sites.configs().fs());
    let context = sites.for_dir(cwd);
    let schemas = config::schemas_in(&ProjectFiles::new(fs.clone(), cwd));
    let has_schema =
        |path: &Path| schemas.iter().any(|(_, pages)| pages.iter().any(|globs| globs.matches(&display_path(path))));
    let mut found = Kinds::default();
    for path in pages_of(sites, &context).iter().filter(|path| path.starts_with(cwd)) {
        let Ok(bytes) = fs.read(path, MAX_FILE_SIZE) else { continue };
        let shown = relative(path, cwd);
        let source = Source::new(&shown, bytes);
        let (front, ..) = front_matter::parse(&source);
        found.with_front += usize::from(front.is_some());
        if has_schema(&shown) {
            continue;
        }
        match folders::place_of(&shown) {
            Place::None(glob) => drop(found.left_out.insert(glob)),
            Place::Section(glob) => *found.sections.entry(glob).or_default() += 1,
            Place::Kind(glob) => {
                let census = found.kinds.entry(glob).or_default();
                match front {
                    Some(front) => census.add(&front),
                    None => census.bare += 1,
                }
            }
        }
    }
    let mut lines = vec![
        format!(
            "# Written by `matterlint init` from {} with front matter. It says what they have in common, with counts, so that",
            plural(found.with_front, "page")
        ),
        "# `matterlint check` speaks of those that stand out. Keep what you mean, and change the rest.".to_owned(),
        match &context.generator {
            Some((name, why)) => format!("generator: {name} # {why}"),
            None => "# generator: jekyll, hugo, astro, … names the site's generator; none was found here".to_owned(),
        },
    ];
    if !found.left_out.is_empty() {
        let globs: Vec<String> = found.left_out.iter().map(|glob| quoted(glob)).collect();
        lines.push(format!("exclude: [{}] # tests, which are no pages", globs.join(", ")));
    }
    if !schemas.is_empty() {
        let names: Vec<&str> = schemas.iter().map(|(name, _)| *name).collect();
        lines.push(format!("schemas: [{}] # these lie here already, and say what their pages have", names.join(", ")));
    }
    found.kinds.retain(|_, census| census.pages >= LEAST_PAGES);
    let with_front = found.with_front;
    if !found.kinds.is_empty() {
        lines.push("content:".to_owned());
        content(found, &mut lines);
    } else if schemas.is_empty() {
        lines.push("# No folder has enough pages to tell what they have in common.".to_owned());
    }
    (lines.join("\n") + "\n", with_front)
}

/// The pages of a site by what they are.
#[derive(Default)]
struct Kinds {
    with_front: usize,
    left_out: BTreeSet<String>,
    /// Those without front matter count too: else they would be of the kind that their folder's pages are.
    sections: BTreeMap<String, usize>,
    kinds: BTreeMap<String, Census>,
}

/// The content types, one after the other.
fn content(found: Kinds, lines: &mut Vec<String>) {
    let mut names = BTreeSet::new();
    // A folder's page needs a type of its own only where the others have one.
    let is_needed = |glob: &String| {
        let folder = glob.rsplit_once('/').map_or("", |(folder, _)| folder);
        glob == SECTIONS || found.kinds.keys().any(|kind| kind.rsplit_once('/').is_some_and(|(of, _)| of == folder))
    };
    let sections: Vec<(&String, &usize)> = found.sections.iter().filter(|(glob, _)| is_needed(glob)).collect();
    if !sections.is_empty() {
        let globs: Vec<String> = sections.iter().map(|(glob, _)| quoted(glob)).collect();
        let count = sections.iter().map(|(_, count)| **count).sum();
        lines.push(format!("  section:\n    files: [{}] # {}", globs.join(", "), plural(count, "page")));
        names.insert("section".to_owned());
    }
    // A glob that begins with another's has to come first: the first that matches holds.
    let mut kinds: Vec<(String, Census)> = found.kinds.into_iter().collect();
    let any = |glob: &str| glob.split('/').filter(|part| part.contains('*')).count();
    kinds.sort_by_key(|(glob, _)| (std::cmp::Reverse(glob.matches('/').count()), any(glob), glob.clone()));
    for (glob, census) in kinds {
        let name = folders::name_of(&glob, &mut names);
        lines.push(format!("  {name}:\n    files: [{}] # {}", quoted(&glob), plural(census.pages, "page")));
        let mut fields: Vec<_> = census.fields.iter().filter(|(_, field)| field::is_worth_it(field, &census)).collect();
        if fields.is_empty() {
            continue;
        }
        fields.sort_by_key(|(name, field)| (field.position, *name));
        lines.push("    fields:".to_owned());
        lines.extend(fields.iter().map(|(name, field)| field::describe(name, field, &census).trim_end().to_owned()));
    }
}
