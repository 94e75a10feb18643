//! The state of the pages of a run, counted from their front matter: which fields they fill in, their terms, their dates.

use crate::content::ContentType;
use crate::date;
use crate::document::front_matter;
use crate::document::front_matter::FrontMatter;
use crate::document::meta::PageMeta;
use crate::fs::{MAX_FILE_SIZE, relative};
use crate::site::{PageFacts, field_stats};
use crate::source::{Source, display_path};
use crate::workspace::parallel;
use crate::workspace::site_context::SiteResolver;
use crate::workspace::taxonomies::Taxonomy;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Pages that one thread counts before its counts are added to those of the others.
const CHUNK: usize = 256;

/// The maximum number of different fields that are counted per content type.
const MOST_FIELDS: usize = 1000;

/// The maximum number of fields that are listed per content type, unless more are required.
const LISTED_FIELDS: usize = 12;

/// The maximum number of pages without a description that are named.
const NAMED_PAGES: usize = 200;

/// The keys that describe a page, whatever the generator.
const DESCRIPTION_KEYS: [&str; 4] = ["description", "summary", "excerpt", "abstract"];

/// The state of the pages of a run.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct SiteHealth {
    /// How many pages there are.
    pub pages: usize,
    /// How many of them have no front matter.
    pub without_front_matter: usize,
    /// How many have front matter that can't be parsed; their fields aren't counted.
    pub unreadable: usize,
    /// The fields of each content type, the type with the most pages first.
    pub coverage: Vec<FieldCoverage>,
    /// The taxonomies, by name.
    pub taxonomies: Vec<Taxonomy>,
    /// The number of pages per year of their date.
    pub years: BTreeMap<u32, usize>,
    /// How many pages have no date.
    pub undated: usize,
    /// How many pages have no description.
    pub without_description: usize,
    /// The first of these, as seen from the working directory.
    pub without_description_paths: Vec<String>,
}

/// How many pages of a content type fill in which field.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct FieldCoverage {
    /// The name of the content type; empty for pages without one.
    pub content_type: String,
    /// How many pages of this type have front matter that can be parsed.
    pub pages: usize,
    /// The name of each field, its number of pages, and whether it is required: the required ones first, then by number.
    pub fields: Vec<(String, usize, bool)>,
}

/// Counts in the making.
#[derive(Default)]
struct Counts {
    health: SiteHealth,
    types: BTreeMap<String, TypeCounts>,
    terms: BTreeMap<String, BTreeMap<String, usize>>,
}

/// The pages of a content type.
#[derive(Default)]
struct TypeCounts {
    pages: usize,
    /// By field, the pages and whether it is required.
    fields: BTreeMap<String, (usize, bool)>,
}

/// The state of these pages (absolute). A page that can't be read isn't counted.
pub(super) fn of_pages(sites: &SiteResolver, pages: &[PathBuf]) -> SiteHealth {
    let chunks: Vec<&[PathBuf]> = pages.chunks(CHUNK).collect();
    let count = |chunk: &&[PathBuf]| {
        let mut counts = Counts::default();
        chunk.iter().for_each(|path| counts.add_page(sites, path));
        Some(counts)
    };
    let threads = sites.configs().options().threads;
    let counts = parallel::within(threads, || parallel::filter_map(&chunks, count)).unwrap_or_default();
    counts.into_iter().fold(Counts::default(), Counts::merge).finish()
}

impl Counts {
    fn add_page(&mut self, sites: &SiteResolver, path: &Path) {
        let Ok(bytes) = sites.configs().fs().read(path, MAX_FILE_SIZE) else { return };
        let source = Source::new(relative(path, &sites.configs().options().cwd), bytes);
        let context = sites.for_file(path);
        let content = context.content_of(path);
        let (front, ..) = front_matter::parse(&source);
        self.health.pages += 1;
        match &front {
            None => self.health.without_front_matter += 1,
            Some(front) if !front.problems.is_empty() => self.health.unreadable += 1,
            Some(front) => self.add_fields(front, &content),
        }
        let profile = context.site.profile();
        match PageMeta::read(front.as_ref(), path, profile).date.or_else(|| date_of_name(path)) {
            Some(date) => *self.health.years.entry(date.year).or_default() += 1,
            None => self.health.undated += 1,
        }
        let has_description = |front: &FrontMatter| {
            DESCRIPTION_KEYS.iter().any(|key| front.get(key).is_some_and(field_stats::is_filled_in))
        };
        if !front.as_ref().is_some_and(has_description) {
            self.health.without_description += 1;
            if self.health.without_description_paths.len() < NAMED_PAGES {
                self.health.without_description_paths.push(display_path(source.path()).into_owned());
            }
        }
        let facts = PageFacts::of(&source, front.as_ref(), profile, &content);
        for (field, term) in facts.terms() {
            *self.terms.entry(field.to_owned()).or_default().entry(term.to_owned()).or_default() += 1;
        }
    }

    fn add_fields(&mut self, front: &FrontMatter, content: &Arc<ContentType>) {
        let counts = self.types.entry(content.name.clone()).or_insert_with(|| TypeCounts {
            fields: content.required().map(|field| (field.name.clone(), (0, true))).collect(),
            ..TypeCounts::default()
        });
        counts.pages += 1;
        let entries = front.root().into_iter().flat_map(|root| root.entries());
        for entry in entries.filter(|entry| field_stats::is_filled_in(entry.value)) {
            let Some(key) = entry.key.text().filter(|key| *key != "<<") else { continue };
            if let Some((pages, _)) = counts.fields.get_mut(key) {
                *pages += 1;
            } else if counts.fields.len() < MOST_FIELDS {
                counts.fields.insert(key.to_owned(), (1, false));
            }
        }
    }

    fn merge(mut self, other: Self) -> Self {
        let (health, more) = (&mut self.health, other.health);
        health.pages += more.pages;
        health.without_front_matter += more.without_front_matter;
        health.unreadable += more.unreadable;
        health.undated += more.undated;
        health.without_description += more.without_description;
        health.without_description_paths.extend(more.without_description_paths);
        health.without_description_paths.truncate(NAMED_PAGES);
        for (year, pages) in more.years {
            *health.years.entry(year).or_default() += pages;
        }
        for (name, more) in other.types {
            let counts = self.types.entry(name).or_default();
            counts.pages += more.pages;
            for (name, (pages, required)) in more.fields {
                let field = counts.fields.entry(name).or_default();
                *field = (field.0 + pages, field.1 || required);
            }
        }
        for (field, terms) in other.terms {
            let known = self.terms.entry(field).or_default();
            terms.into_iter().for_each(|(term, pages)| *known.entry(term).or_default() += pages);
        }
        self
    }

    fn finish(self) -> SiteHealth {
        let mut coverage: Vec<FieldCoverage> =
            self.types.into_iter().map(|(name, counts)| counts.finish(name)).collect();
        coverage.sort_by_key(|counts| std::cmp::Reverse(counts.pages));
        let taxonomies = self.terms.into_iter().map(|(field, terms)| Taxonomy::of(field, terms)).collect();
        SiteHealth { coverage, taxonomies, ..self.health }
    }
}

impl TypeCounts {
    fn finish(self, content_type: String) -> FieldCoverage {
        let mut fields: Vec<_> =
            self.fields.into_iter().map(|(name, (pages, required))| (name, pages, required)).collect();
        fields.sort_by(|a, b| (!a.2, std::cmp::Reverse(a.1), &a.0).cmp(&(!b.2, std::cmp::Reverse(b.1), &b.0)));
        let required = fields.iter().filter(|(.., required)| *required).count();
        fields.truncate(LISTED_FIELDS.max(required));
        FieldCoverage { content_type, pages: self.pages, fields }
    }
}

/// The date that the name of a file starts with: `2024-01-31-title.md`.
fn date_of_name(path: &Path) -> Option<date::Date> {
    let name = path.file_name()?.to_str()?;
    date::parse(name.get(..10)?)
}

#[cfg(test)]
mod tests {
    use crate::workspace::{Memory, Options, Workspace};
    use std::path::PathBuf;
    use std::sync::Arc;

    #[test]
    fn fields_terms_dates_and_descriptions_are_counted() {
        let config = "content: { post: { files: '*.md', fields: { title: string!, author: string! } } }\n";
        let pages = [
            ("matterlint.yaml", config),
            ("2023-01-31-a.md", "---\ntitle: A\ntags: [AWS, 개발]\ndescription: x\n---\n"),
            ("b.md", "---\ntitle: B\nauthor: kim\ndate: 2024-03-01\ntags: [aws]\nsummary: ''\n---\n"),
            ("c.md", "---\ntitle: C: D\n---\n"),
            ("d.md", "text\n"),
        ];
        let files = pages.map(|(name, text)| (PathBuf::from(format!("/site/{name}")), text.as_bytes().to_vec()));
        let workspace = Workspace::new(Arc::new(Memory::new(files)), Options::new("/site"));
        let paths = ["2023-01-31-a.md", "b.md", "c.md", "d.md"].map(|name| PathBuf::from(format!("/site/{name}")));
        let health = workspace.health(&paths);
        assert_eq!((health.pages, health.without_front_matter, health.unreadable), (4, 1, 1));
        let post = &health.coverage[0];
        assert_eq!((post.content_type.as_str(), post.pages), ("post", 2));
        let field = |name: &str, pages, required| (name.to_owned(), pages, required);
        assert_eq!(post.fields[..3], [field("title", 2, true), field("author", 1, true), field("tags", 2, false)]);
        assert_eq!(health.taxonomies[0].near, [["AWS", "aws"]]);
        assert_eq!(health.years.into_iter().collect::<Vec<_>>(), [(2023, 1), (2024, 1)]);
        assert_eq!((health.undated, health.without_description), (2, 3));
        assert_eq!(health.without_description_paths, ["b.md", "c.md", "d.md"]);
    }
}
