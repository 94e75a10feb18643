//! What all pages of a site together tell about each: the pages that stand out, with what makes them.

use crate::generator::profile::GeneratorProfile;
use crate::site::{Facts, SiteFiles, addresses, images, keys, people, terms, unique};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// What the other pages tell about one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Remark {
    /// A word of a taxonomy that most other pages write in another way.
    Spelling {
        /// The taxonomy's key.
        field: Box<str>,
        /// The word as this page has it, and on how many pages.
        text: Box<str>,
        /// On how many pages it is written so.
        count: usize,
        /// As the others have it.
        better: Box<str>,
        /// On how many pages it is written like that.
        better_count: usize,
        /// One of these pages.
        example: PathBuf,
    },
    /// A key that is another one's slip.
    Key {
        /// The key.
        key: Box<str>,
        /// The key that was meant.
        meant: Box<str>,
        /// How many pages have that; 0 where it is the generator's own.
        count: usize,
    },
    /// An address that another page has too.
    Address {
        /// The key.
        key: Box<str>,
        /// The address, without slashes at its ends.
        address: Box<str>,
        /// Whether it is the page's own, and not one more that leads to it.
        own: bool,
        /// The other page; this one where its alias is its own address.
        other: PathBuf,
        /// Where it is written there, from 1.
        line: usize,
    },
    /// A value that another page of this kind has too, where each has its own.
    Repeated {
        /// The field.
        field: Box<str>,
        /// The value.
        value: Box<str>,
        /// The first page that has it.
        other: PathBuf,
        /// Where it is written there, from 1.
        line: usize,
    },
    /// An author whom the site's list doesn't have.
    Author {
        /// The name.
        name: Box<str>,
        /// The name in the list that was most likely meant.
        meant: Option<Box<str>>,
        /// The list.
        file: Box<str>,
    },
    /// A picture whose path leaves the project.
    OutsidePicture {
        /// The key.
        key: Box<str>,
        /// The path as it is written.
        file: Box<str>,
    },
    /// A picture that isn't there, where other pages' pictures are.
    Picture {
        /// The key.
        key: Box<str>,
        /// The file as it is written.
        file: Box<str>,
        /// The folders in which other pages' pictures are.
        folders: Vec<Box<str>>,
        /// How many pages have a picture that is there.
        found: usize,
        /// The file that is there in another case, as it would be written.
        other: Option<Box<str>>,
    },
}

/// The list of authors, if the site has one.
#[derive(Clone, Debug)]
pub(crate) struct People {
    /// The file.
    pub(crate) file: String,
    /// The names that a page may give.
    pub(crate) names: Vec<String>,
}

/// What all pages of a site together tell.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    remarks: HashMap<PathBuf, Vec<Remark>>,
    /// The words of the site's taxonomies: by taxonomy, then by word, the indices of its pages.
    words: BTreeMap<Box<str>, BTreeMap<Box<str>, Vec<u32>>>,
    pages: usize,
}

/// Remarks while they are made, by the page's index.
pub(super) type Remarks = Vec<(u32, Remark)>;

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
        Self { remarks, words, pages: pages.len() }
    }

    /// What the other pages tell about the page at `path`.
    pub(crate) fn remarks(&self, path: &Path) -> &[Remark] {
        self.remarks.get(path).map_or(&[], Vec::as_slice)
    }

    /// The pages that stand out.
    pub(crate) fn remarkable(&self) -> impl Iterator<Item = &Path> {
        self.remarks.keys().map(PathBuf::as_path)
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
