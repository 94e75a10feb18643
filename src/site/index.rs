//! What all pages of a site together tell about each: the pages that stand out, with what makes them.

use crate::generator::profile::GeneratorProfile;
use crate::site::conventions::Conventions;
use crate::site::files::SiteFiles;
use crate::site::finding::{AuthorList, SiteFinding, SiteFindings};
use crate::site::{PageFacts, authors, images, keys, terms, unique, urls};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// What all pages of a site together tell.
#[derive(Debug, Default)]
pub(crate) struct SiteIndex {
    remarks: HashMap<PathBuf, Vec<SiteFinding>>,
    /// The words of the site's taxonomies: by taxonomy, then by word, the indices of its pages.
    words: BTreeMap<Box<str>, BTreeMap<Box<str>, Vec<u32>>>,
    pages: usize,
    conventions: Conventions,
    /// The pages with findings that depend on the conventions.
    dependent: Vec<PathBuf>,
}

impl SiteIndex {
    /// Compares the pages of a site. `files` is asked for paths of the kind that the pages' sources are called by, and
    /// `root` is the site's folder in that kind.
    pub(crate) fn new(
        mut pages: Vec<PageFacts>,
        profile: &GeneratorProfile,
        people: Option<&AuthorList>,
        root: &Path,
        files: Option<&SiteFiles>,
    ) -> Self {
        // By bytes, which is faster than part by part.
        pages.sort_unstable_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
        pages.dedup_by(|a, b| a.path == b.path);
        let conventions = Conventions::of(&pages);
        let dependent = pages.iter().filter(|page| page.depends_on_conventions());
        let dependent = dependent.map(|page| page.path.to_path_buf()).collect();
        let words = terms::count(&pages);
        let mut made = SiteFindings::new();
        terms::find_near_duplicates(&pages, &words, profile.term_normalization, &mut made);
        keys::find_misspelled_fields(&pages, profile, &mut made);
        urls::find_url_collisions(&pages, &mut made);
        unique::find_duplicate_values(&pages, &mut made);
        if let Some(people) = people {
            authors::find_unknown_authors(&pages, people, profile.authors.fields.len() < 2, &mut made);
        }
        if let Some(files) = files {
            images::find_missing_images(&pages, profile, root, files, &mut made);
        }
        let mut remarks: HashMap<PathBuf, Vec<SiteFinding>> = HashMap::new();
        for (page, remark) in made {
            remarks.entry(pages[page as usize].path.to_path_buf()).or_default().push(remark);
        }
        Self { remarks, words, pages: pages.len(), conventions, dependent }
    }

    /// What the other pages tell about the page at `path`.
    pub(crate) fn findings(&self, path: &Path) -> &[SiteFinding] {
        self.remarks.get(path).map_or(&[], Vec::as_slice)
    }

    /// The pages that stand out, or may: some come twice.
    pub(crate) fn pages_with_findings(&self) -> impl Iterator<Item = &Path> {
        self.remarks.keys().chain(&self.dependent).map(PathBuf::as_path)
    }

    /// What the site does on purpose.
    pub(crate) fn conventions(&self) -> &Conventions {
        &self.conventions
    }

    /// The words of the taxonomies, each with the number of its pages.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = (&str, usize)>)> {
        self.words.iter().map(|(field, words)| (&**field, words.iter().map(|(word, pages)| (&**word, pages.len()))))
    }

    /// How many pages were compared.
    pub(crate) fn pages(&self) -> usize {
        self.pages
    }
}
