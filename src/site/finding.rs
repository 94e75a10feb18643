//! What the other pages of a site can tell about one.

use std::path::PathBuf;

/// What the other pages tell about one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum SiteFinding {
    /// A word of a taxonomy that most other pages write in another way.
    NearDuplicateTerm {
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
    /// A key that is a typo for another one.
    MisspelledField {
        /// The key.
        key: Box<str>,
        /// The key that was meant.
        meant: Box<str>,
        /// How many pages have that; 0 where it is the generator's own.
        count: usize,
    },
    /// A URL that another page has too.
    UrlCollision {
        /// The key.
        key: Box<str>,
        /// The URL, without slashes at its ends.
        address: Box<str>,
        /// Whether it is the page's own, and not one more that leads to it.
        own: bool,
        /// The other page; this one if its alias is its own URL.
        other: PathBuf,
        /// Where it is written there, from 1.
        line: usize,
    },
    /// A value that another page of this kind has too, where each has its own.
    DuplicateValue {
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
    UnknownAuthor {
        /// The name.
        name: Box<str>,
        /// The name in the list that was most likely meant.
        meant: Option<Box<str>>,
        /// The list.
        file: Box<str>,
    },
    /// A picture whose path leaves the project.
    ImageOutsideProject {
        /// The key.
        key: Box<str>,
        /// The path as it is written.
        file: Box<str>,
    },
    /// A picture that isn't there, where other pages' pictures are.
    MissingImage {
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
pub(crate) struct AuthorList {
    /// The file.
    pub(crate) file: String,
    /// Whether the list is below its key `authors`.
    pub(crate) is_nested: bool,
    /// The keys of the list.
    pub(crate) keys: Vec<String>,
    /// The names that a page may give: the keys, and what the list calls them.
    pub(crate) names: Vec<String>,
}

/// The findings while they are collected, by the page's index.
pub(super) type SiteFindings = Vec<(u32, SiteFinding)>;
