//! A config that says what the pages of a site have in common.

mod field;
mod folders;
mod takeover;
mod words;

use crate::config;
use crate::document::front_matter;
use crate::fs::{EntryKind, Globs, MAX_FILE_SIZE, ProjectFiles, Root, relative};
use crate::generator::profile::Ignored;
use crate::site::FieldStats;
use crate::source::{Source, display_path};
use crate::workspace::init::words::{plural, quoted, word};
use crate::workspace::pages::{pages_and_excluded, pages_of, read_authors};
use crate::workspace::site_context::{SiteContext, SiteResolver};
use field::AuthorList;
use folders::{Place, SECTIONS};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use takeover::Takeover;

/// Fewer pages than this have nothing in common that could be relied on.
const LEAST_PAGES: usize = 5;

/// The maximum number of folders that are named in a comment.
const MOST_NAMED: usize = 12;

/// The config's text, and from how many pages it is. `from` names another program, whose config is taken over.
///
/// # Errors
/// If there is nothing to take over.
pub(super) fn write_config(sites: &SiteResolver, from: Option<&str>) -> Result<(String, usize), String> {
    let (cwd, fs) = (&sites.configs().options().cwd, sites.configs().fs());
    let takeover = match from {
        Some(name) => takeover::read(name, &ProjectFiles::new(fs.clone(), cwd))?,
        None => Takeover::default(),
    };
    let context = site_of(sites);
    let base = context.root.strip_prefix(cwd).map(|base| display_path(base).into_owned()).unwrap_or_default();
    let below_base = |path: &str| if base.is_empty() { path.to_owned() } else { format!("{base}/{path}") };
    let schemas = config::schemas_in(&ProjectFiles::new(fs.clone(), cwd));
    let (pages, excluded) = pages_and_excluded(sites, &context);
    let mut described: Vec<Globs> = schemas.iter().flat_map(|(_, globs)| globs.clone()).collect();
    described.extend(takeover.schemas.iter().filter_map(|(_, globs)| Globs::new(globs).ok()));
    let excluded_by_takeover = Globs::anywhere(&takeover.exclude).unwrap_or_default();
    let pages = pages.iter().filter(|path| path.starts_with(cwd));
    let pages = pages.filter(|path| !excluded_by_takeover.matches(&display_path(&relative(path, cwd))));
    let mut found = Kinds::of_pages(sites, pages, &base, &described);
    let mut lines = head(&context, found.with_front, &base);
    let excluded = excluded.iter().filter(|path| path.starts_with(cwd)).map(|path| relative(path, cwd));
    lines.extend(left_out(excluded, &found.kinds));
    lines.extend(takeover_lines(&takeover));
    if !schemas.is_empty() {
        let names: Vec<&str> = schemas.iter().map(|(name, _)| *name).collect();
        lines.push(format!("schemas: [{}] # existing schemas for these pages", names.join(", ")));
    }
    found.kinds.retain(|_, census| census.pages >= LEAST_PAGES);
    found.kinds.values_mut().for_each(|census| remove_ignored(&context, census));
    let with_front = found.with_front;
    if !found.kinds.is_empty() || !takeover.schemas.is_empty() || !takeover.required.is_empty() {
        lines.push("content:".to_owned());
        let mut names = schema_types(&takeover, &mut lines);
        let authors = author_list(sites, &context, &below_base);
        let generator = context.generator.as_ref().map(|(name, _)| name.as_str());
        let required = (takeover.required.as_slice(), from.unwrap_or_default());
        content(found, generator, authors.as_ref(), required, &mut names, &mut lines);
        if !takeover.required.is_empty() {
            lines.push(format!("  page:\n    files: [\"**/*.md\"]\n    fields: # required by {}", required.1));
            lines.extend(takeover.required.iter().map(|name| format!("      {}: {{ required: true }}", word(name))));
        }
    } else if schemas.is_empty() {
        lines.push("# No folder has enough pages to derive a content type.".to_owned());
    }
    Ok((lines.join("\n") + "\n", with_front))
}

/// Removes the fields that the generator ignores: listed in a content type, they would be allowed.
fn remove_ignored(context: &SiteContext, census: &mut FieldStats) {
    let profile = context.site.profile();
    let is_ignored = |known: &&Ignored| known.value.is_none() && !context.site.build_files().has_any(&known.unless);
    for known in profile.ignored.iter().filter(is_ignored) {
        census.fields.remove(&known.field);
    }
}

/// What another program excludes, and what could not be taken over.
fn takeover_lines(takeover: &Takeover) -> Vec<String> {
    let mut lines = Vec::new();
    let files = takeover.files.iter().map(|file| comment_word(file)).collect::<Vec<_>>().join(", ");
    if !takeover.exclude.is_empty() {
        let globs: Vec<String> = takeover.exclude.iter().map(|glob| quoted(glob)).collect();
        lines.push(format!("exclude: [{}] # from {files}", globs.join(", ")));
    } else if !files.is_empty() {
        lines.push(format!("# Nothing is excluded in {files}."));
    }
    lines.extend(takeover.notes.iter().map(|note| format!("# {}", comment_word(note))));
    lines
}

/// A content type for each schema that is taken over. Gives their names.
fn schema_types(takeover: &Takeover, lines: &mut Vec<String>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (schema, globs) in &takeover.schemas {
        let stem = schema.rsplit('/').next().unwrap_or(schema).split('.').next().unwrap_or_default();
        let mut name = word(if stem.is_empty() { "page" } else { stem });
        while !names.insert(name.clone()) {
            name = word(&format!("{}-{}", name.trim_matches('"'), names.len() + 1));
        }
        let globs: Vec<String> = globs.iter().map(|glob| quoted(glob)).collect();
        lines.push(format!("  {name}:\n    files: [{}]\n    schema: {}", globs.join(", "), quoted(schema)));
    }
    names
}

/// Comments that name what no content type is for.
fn left_out(excluded: impl Iterator<Item = PathBuf>, kinds: &BTreeMap<String, FieldStats>) -> Vec<String> {
    let mut lines = Vec::new();
    let excluded: Vec<String> = excluded.map(|path| comment_word(&display_path(&path))).collect();
    if !excluded.is_empty() {
        lines.push(format!(
            "# Excluded, because it isn't content: {}. To check it: `include: [NAME]`.",
            list(&excluded)
        ));
    }
    let small = kinds.iter().filter(|(_, census)| census.pages < LEAST_PAGES);
    let small: Vec<String> =
        small.map(|(glob, census)| format!("{} ({})", comment_word(glob), census.pages + census.bare)).collect();
    if !small.is_empty() {
        lines.push(format!("# Too few pages for a content type: {}.", list(&small)));
    }
    lines
}

/// The first lines.
fn head(context: &SiteContext, pages: usize, base: &str) -> Vec<String> {
    vec![
        format!(
            "# Generated by `matterlint init` from {} with front matter; the comments show how many pages have each field.",
            plural(pages, "page")
        ),
        "# `matterlint check` reports pages that don't match. Review every setting before you rely on it.".to_owned(),
        "# To accept the existing findings: `matterlint check --write-baseline`.".to_owned(),
        match &context.generator {
            Some((name, why)) if base.is_empty() => format!("generator: {name} # {why}"),
            // Set here, it would be that of the files around the site too.
            Some((name, why)) => format!("# Generator: {name} ({why}, in `{}`).", comment_word(base)),
            None => "# No generator detected. To set it: `generator: jekyll` (or hugo, astro, …).".to_owned(),
        },
    ]
}

/// The site to describe: that of the folder, or if the folder is no site, the largest one in a folder below.
fn site_of(sites: &SiteResolver) -> Arc<SiteContext> {
    let cwd = &sites.configs().options().cwd;
    let here = sites.for_dir(cwd);
    if here.generator.is_some() {
        return here;
    }
    let mut folders = vec![(cwd.clone(), 0)];
    let mut best: Option<(usize, Arc<SiteContext>)> = None;
    while let Some((folder, depth)) = folders.pop() {
        let context = sites.for_dir(&folder);
        if context.generator.is_some() && context.root == folder {
            let count = pages_of(sites, &context).len();
            if best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, context));
            }
            continue;
        }
        let entries = sites.configs().fs().read_dir(&folder).unwrap_or_default();
        let below =
            entries.into_iter().filter(|entry| entry.kind == EntryKind::Dir).map(|entry| folder.join(entry.name));
        let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let below = below.filter(|path| depth < MOST_LEVELS && !is_hidden(path) && !here.config_root.excludes(path));
        folders.extend(below.map(|path| (path, depth + 1)));
    }
    match best {
        Some((count, site)) if count > pages_of(sites, &here).len() => site,
        _ => here,
    }
}

/// A site is looked for so many levels below the folder.
const MOST_LEVELS: usize = 2;

/// The site's list of authors, if there is one.
fn author_list(sites: &SiteResolver, context: &SiteContext, below_base: &dyn Fn(&str) -> String) -> Option<AuthorList> {
    let authors = &context.site.profile().authors;
    let root = Root::containing(sites.configs().fs().clone(), &context.root);
    let (file, people) =
        authors.files.iter().find_map(|file| Some((file, read_authors(&root, &context.root, file).ok()??)))?;
    let names = people.keys.into_iter().collect();
    Some(AuthorList { fields: authors.fields.clone(), file: below_base(file), is_nested: people.is_nested, names })
}

/// The first of these words, for a comment.
fn list(words: &[String]) -> String {
    let named = words[..words.len().min(MOST_NAMED)].join(", ");
    match words.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named}, and {more} more"),
    }
}

/// A path as a comment shows it.
fn comment_word(path: &str) -> String {
    let shown = quoted(path);
    shown.strip_prefix('"').and_then(|shown| shown.strip_suffix('"')).map_or_else(|| shown.clone(), str::to_owned)
}

/// The pages of a site by what they are.
#[derive(Default)]
struct Kinds {
    with_front: usize,
    /// Those without front matter count too: else they would be of the kind that their folder's pages are.
    sections: BTreeMap<String, usize>,
    kinds: BTreeMap<String, FieldStats>,
}

impl Kinds {
    /// Sorts these pages (absolute) of a site at `base`, without those that a schema describes.
    fn of_pages<'a>(
        sites: &SiteResolver,
        pages: impl Iterator<Item = &'a PathBuf>,
        base: &str,
        described: &[Globs],
    ) -> Self {
        let below_base = |path: &str| if base.is_empty() { path.to_owned() } else { format!("{base}/{path}") };
        let mut found = Self::default();
        for path in pages {
            let Ok(bytes) = sites.configs().fs().read(path, MAX_FILE_SIZE) else { continue };
            let shown = relative(path, &sites.configs().options().cwd);
            let source = Source::new(&shown, bytes);
            let (front, ..) = front_matter::parse(&source);
            found.with_front += usize::from(front.is_some());
            if described.iter().any(|globs| globs.matches(&display_path(&shown))) {
                continue;
            }
            match folders::place_of(shown.strip_prefix(base).unwrap_or(&shown)) {
                Place::Section(glob) if glob == SECTIONS => *found.sections.entry(glob).or_default() += 1,
                Place::Section(glob) => *found.sections.entry(below_base(&glob)).or_default() += 1,
                Place::Kind(glob) => {
                    let census = found.kinds.entry(below_base(&glob)).or_default();
                    match front {
                        Some(front) => census.add(&front),
                        None => census.bare += 1,
                    }
                }
            }
        }
        found
    }
}

/// The content types, one after the other.
fn content(
    found: Kinds,
    generator: Option<&str>,
    authors: Option<&AuthorList>,
    (required, program): (&[String], &str),
    names: &mut BTreeSet<String>,
    lines: &mut Vec<String>,
) {
    let known = config::built_in_types();
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
    let mut kinds: Vec<(String, FieldStats)> = found.kinds.into_iter().collect();
    let any = |glob: &str| glob.split('/').filter(|part| part.contains('*')).count();
    kinds.sort_by_key(|(glob, _)| (std::cmp::Reverse(glob.matches('/').count()), any(glob), glob.clone()));
    for (glob, census) in kinds {
        let name = folders::name_of(&glob, names);
        lines.push(format!("  {name}:\n    files: [{}] # {}", quoted(&glob), plural(census.pages, "page")));
        let base = generator.map(|generator| format!("{generator}/{name}"));
        if let Some(base) = base.filter(|base| known.contains(base)) {
            lines.push(format!("    # extends: {base} # adds what matterlint knows of such pages"));
        }
        let is_listed = |name: &String, stat| field::is_worth_it(stat, &census) && !required.contains(name);
        let mut fields: Vec<_> = census.fields.iter().filter(|(name, stat)| is_listed(name, stat)).collect();
        if fields.is_empty() && required.is_empty() {
            continue;
        }
        fields.sort_by_key(|(name, field)| (field.position, *name));
        lines.push("    fields:".to_owned());
        lines.extend(required.iter().map(|name| {
            let pages = census.fields.get(name).map_or(0, |stat| stat.pages);
            format!("      {}: {{ required: true }} # required by {program}, {pages} of {}", word(name), census.pages)
        }));
        lines.extend(
            fields.iter().map(|(name, field)| field::describe(name, field, &census, authors).trim_end().to_owned()),
        );
    }
}
