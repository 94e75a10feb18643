//! What all pages of a site together tell about each: the pages that stand out, with what makes them.

use crate::generator::profile::GeneratorProfile;
use crate::site::conventions::Conventions;
use crate::site::files::SiteFiles;
use crate::site::remark::{People, Remark, Remarks};
use crate::site::{Facts, addresses, images, keys, people, terms, unique};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// What all pages of a site together tell.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    remarks: HashMap<PathBuf, Vec<Remark>>,
    /// The words of the site's taxonomies: by taxonomy, then by word, the indices of its pages.
    words: BTreeMap<Box<str>, BTreeMap<Box<str>, Vec<u32>>>,
    pages: usize,
    conventions: Conventions,
    /// The pages with findings that depend on the conventions.
    dependent: Vec<PathBuf>,
}

impl Survey {
    /// Compares the pages of a site. `files` is asked for paths of the kind that the pages' sources are called by, and
    /// `root` is the site's folder in that kind.
    pub(crate) fn new(
        mut pages: Vec<Facts>,
        profile: &GeneratorProfile,
        people: Option<&People>,
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
        let mut made = Remarks::new();
        terms::compare(&pages, &words, profile.term_normalization, &mut made);
        keys::compare(&pages, profile, &mut made);
        addresses::compare(&pages, &mut made);
        unique::compare(&pages, &mut made);
        if let Some(people) = people {
            people::compare(&pages, people, profile.authors.fields.len() < 2, &mut made);
        }
        if let Some(files) = files {
            images::compare(&pages, profile, root, files, &mut made);
        }
        let mut remarks: HashMap<PathBuf, Vec<Remark>> = HashMap::new();
        for (page, remark) in made {
            remarks.entry(pages[page as usize].path.to_path_buf()).or_default().push(remark);
        }
        Self { remarks, words, pages: pages.len(), conventions, dependent }
    }

    /// What the other pages tell about the page at `path`.
    pub(crate) fn remarks(&self, path: &Path) -> &[Remark] {
        self.remarks.get(path).map_or(&[], Vec::as_slice)
    }

    /// The pages that stand out, or may: some come twice.
    pub(crate) fn remarkable(&self) -> impl Iterator<Item = &Path> {
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
