//! What all pages of a site together tell about each: the pages that stand out, with what makes them.

use crate::generator::profile::GeneratorProfile;
use crate::site::conventions::Conventions;
use crate::site::fact_changes::FactChanges;
use crate::site::files::SiteFiles;
use crate::site::finding::{AuthorList, SiteFinding, SiteFindings};
use crate::site::urls::UrlClaims;
use crate::site::{PageFacts, authors, images, keys, terms, unique, urls};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the pages are compared with.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub(crate) profile: &'a GeneratorProfile,
    /// The site's list of authors, if it has one.
    pub(crate) people: Option<&'a AuthorList>,
    /// The site's folder, as the paths of sources are written.
    pub(crate) root: &'a Path,
    /// Asked for paths of that kind.
    pub(crate) files: Option<&'a SiteFiles>,
}

/// The findings about pages, by page.
type Remarks = HashMap<PathBuf, Vec<SiteFinding>>;

/// What all pages of a site together tell. Its parts are kept apart, so that a page that changes costs only those that
/// its change concerns.
#[derive(Clone, Debug, Default)]
pub(crate) struct SiteIndex {
    terms: Arc<Remarks>,
    keys: Arc<Remarks>,
    urls: Arc<Remarks>,
    values: Arc<Remarks>,
    authors: Arc<Remarks>,
    images: Arc<Remarks>,
    conventions: Arc<Conventions>,
    /// The pages with findings that depend on the conventions.
    dependent: Arc<Vec<PathBuf>>,
}

/// Sorts the pages of a site as they are compared: by the bytes of their paths, each once.
pub(crate) fn sort(pages: &mut Vec<PageFacts>) {
    // By bytes, which is faster than part by part.
    pages.sort_unstable_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
    pages.dedup_by(|a, b| a.path == b.path);
}

impl SiteIndex {
    /// Compares the pages of a site, which are sorted.
    pub(crate) fn new(pages: &[PageFacts], around: Surroundings) -> Self {
        let all = FactChanges { terms: true, keys: true, urls: true, values: true, authors: true, images: true };
        let mut index = Self::default();
        index.compare(pages, all, around);
        let mut found = SiteFindings::new();
        urls::find_url_collisions(pages, &mut found);
        index.urls = by_page(pages, found);
        index
    }

    /// Compares the pages again in what has changed, but for their URLs.
    pub(crate) fn compare(&mut self, pages: &[PageFacts], changes: FactChanges, around: Surroundings) {
        let part = |find: &dyn Fn(&mut SiteFindings)| {
            let mut found = SiteFindings::new();
            find(&mut found);
            by_page(pages, found)
        };
        let Surroundings { profile, people, root, files } = around;
        if changes.terms {
            let words = terms::count(pages);
            self.terms = part(&|found| terms::find_near_duplicates(pages, &words, profile.term_normalization, found));
        }
        if changes.keys {
            self.conventions = Arc::new(Conventions::of(pages));
            let dependent = pages.iter().filter(|page| page.depends_on_conventions());
            self.dependent = Arc::new(dependent.map(|page| page.path.to_path_buf()).collect());
            self.keys = part(&|found| keys::find_misspelled_fields(pages, profile, found));
        }
        if changes.values {
            self.values = part(&|found| unique::find_duplicate_values(pages, found));
        }
        if changes.authors
            && let Some(people) = people
        {
            let is_one_field = profile.authors.fields.len() < 2;
            self.authors = part(&|found| authors::find_unknown_authors(pages, people, is_one_field, found));
        }
        if changes.images
            && let Some(files) = files
        {
            self.images = part(&|found| images::find_missing_images(pages, profile, root, files, found));
        }
    }

    /// Compares the URLs of the pages again that share one with a page whose URLs have changed: those at `positions`.
    pub(crate) fn compare_urls(&mut self, pages: &[PageFacts], claims: &UrlClaims, positions: &[u32]) {
        // A page that shares one may share others with further pages, and all of its findings are made anew.
        let compared = claims.sharing(pages, positions);
        let mut found = SiteFindings::new();
        let (those, at): (Vec<PageFacts>, Vec<u32>) =
            compared.iter().map(|&position| (pages[position as usize].clone(), position)).unzip();
        urls::find_url_collisions(&those, &mut found);
        let remarks = Arc::make_mut(&mut self.urls);
        for &position in positions {
            remarks.remove(&*pages[position as usize].path);
        }
        for (index, remark) in found {
            if positions.contains(&at[index as usize]) {
                remarks.entry(those[index as usize].path.to_path_buf()).or_default().push(remark);
            }
        }
    }

    fn parts(&self) -> [&Remarks; 6] {
        [&self.terms, &self.keys, &self.urls, &self.values, &self.authors, &self.images]
    }

    /// What the other pages tell about the page at `path`.
    pub(crate) fn findings<'a>(&'a self, path: &Path) -> impl Iterator<Item = &'a SiteFinding> + use<'a> {
        let parts = self.parts().map(|part| part.get(path).map_or(&[][..], Vec::as_slice));
        parts.into_iter().flatten()
    }

    /// The pages that stand out, or may: some come twice.
    pub(crate) fn pages_with_findings(&self) -> impl Iterator<Item = &Path> {
        let remarkable = self.parts().into_iter().flat_map(HashMap::keys);
        remarkable.chain(&*self.dependent).map(PathBuf::as_path)
    }

    /// What the site does on purpose.
    pub(crate) fn conventions(&self) -> &Conventions {
        &self.conventions
    }
}

fn by_page(pages: &[PageFacts], found: SiteFindings) -> Arc<Remarks> {
    let mut remarks = Remarks::new();
    for (page, remark) in found {
        remarks.entry(pages[page as usize].path.to_path_buf()).or_default().push(remark);
    }
    Arc::new(remarks)
}
