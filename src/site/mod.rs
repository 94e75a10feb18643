//! What checks may ask about the files around the one they look at, and about the generator that builds them.

pub(crate) mod authors;
pub(crate) mod build_files;
pub(crate) mod collections;
pub(crate) mod conventions;
mod fact_changes;
pub(crate) mod facts;
pub(crate) mod field_stats;
mod files;
pub(crate) mod finding;
pub(crate) mod images;
pub(crate) mod index;
pub(crate) mod keys;
pub(crate) mod packed;
mod page_folders;
pub(crate) mod stored;
pub(crate) mod taxonomy_terms;
pub(crate) mod terms;
pub(crate) mod unique;
pub(crate) mod urls;

use crate::date::Date;
use crate::fs::{self, EntryKind, FsError};
use crate::generator::profile::GeneratorProfile;
use crate::site::build_files::BuildFiles;
use crate::site::collections::Collection;
use crate::site::files::in_other_case;
use crate::site::page_folders::PageFolders;
use crate::source::Source;
use crate::text::similarity;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub(crate) use crate::site::conventions::{Conventions, is_convention};
pub(crate) use crate::site::fact_changes::FactChanges;
pub(crate) use crate::site::facts::PageFacts;
pub(crate) use crate::site::field_stats::{FieldStat, FieldStats};
pub(crate) use crate::site::files::SiteFiles;
pub(crate) use crate::site::finding::{AuthorList, SiteFinding};
pub(crate) use crate::site::index::{SiteIndex, Surroundings};
pub(crate) use crate::site::stored::StoredFacts;
pub(crate) use crate::site::terms::groups;
pub(crate) use crate::site::urls::UrlClaims;

/// The site that a file belongs to.
#[derive(Debug, Default)]
pub(crate) struct Site {
    files: Option<SiteFiles>,
    profile: Arc<GeneratorProfile>,
    today: Option<Date>,
    survey: OnceLock<SiteIndex>,
    /// The folder that the site starts in (absolute), if it isn't the one that paths in its config are relative to.
    root: Option<PathBuf>,
    build: OnceLock<Arc<BuildFiles>>,
    pages: OnceLock<Arc<PageFolders>>,
    collections: OnceLock<Arc<Vec<Collection>>>,
}

impl Site {
    /// The site of these files.
    pub(crate) fn new(files: SiteFiles) -> Self {
        Self { files: Some(files), ..Self::default() }
    }

    /// The same site, built by the generator of this profile.
    #[must_use]
    pub(crate) fn built_by(self, profile: Arc<GeneratorProfile>) -> Self {
        Self { profile, ..self }
    }

    /// The same site, looked at on this day.
    #[must_use]
    pub(crate) fn on(self, today: Date) -> Self {
        Self { today: Some(today), ..self }
    }

    /// The same site, which starts in this folder (absolute).
    #[must_use]
    pub(crate) fn rooted_at(self, root: PathBuf) -> Self {
        Self { root: Some(root), ..self }
    }

    /// The same site, of whose pages nothing is known yet.
    #[must_use]
    pub(crate) fn again(&self) -> Self {
        let (files, profile) = (self.files.clone(), self.profile.clone());
        let (root, build, pages) = (self.root.clone(), self.build.clone(), self.pages.clone());
        let collections = self.collections.clone();
        Self { files, profile, today: self.today, survey: OnceLock::new(), root, build, pages, collections }
    }

    /// The files that decide how its pages are built, read when first asked for.
    pub(crate) fn build_files(&self) -> &BuildFiles {
        self.build.get_or_init(|| {
            let read = |files| Some(build_files::read(files, &self.build_root()?, &self.profile.markup.files));
            Arc::new(self.files.as_ref().and_then(read).unwrap_or_default())
        })
    }

    /// Whether the generator builds the page at `path`, as its source is called.
    pub(crate) fn builds(&self, path: &Path) -> bool {
        self.page_folders().contains(&self.path_in_site(path))
    }

    /// Whether one of the folders of pages exists, if pages are in certain folders.
    pub(crate) fn has_page_folder(&self) -> bool {
        let folders = self.page_folders().folders();
        folders.is_empty() || folders.iter().any(|folder| self.has_entry(Path::new(folder)))
    }

    fn page_folders(&self) -> &PageFolders {
        self.pages.get_or_init(|| {
            let read = |files| Some(build_files::read_pages(files, &self.build_root()?, &self.profile));
            Arc::new(self.files.as_ref().and_then(read).unwrap_or_default())
        })
    }

    /// The collection with a schema that the page at `path` belongs to, as its source is called.
    pub(crate) fn collection_of(&self, path: &Path) -> Option<&Collection> {
        if !self.profile.has_collections {
            return None;
        }
        let collections = self.collections.get_or_init(|| {
            let read = |files| Some(build_files::read_collections(files, &self.build_root()?));
            Arc::new(self.files.as_ref().and_then(read).unwrap_or_default())
        });
        let path = self.path_in_site(path);
        collections.iter().find(|collection| collection.contains(&path))
    }

    /// The folder that the site starts in (absolute); none for a site without files.
    fn build_root(&self) -> Option<PathBuf> {
        let files = self.files.as_ref()?;
        Some(self.root.clone().unwrap_or_else(|| files.base.clone()))
    }

    /// The paths of the files below `folder` of the site, relative to it.
    pub(crate) fn source_files(&self, folder: &str) -> Vec<String> {
        let (Some(files), Some(root)) = (&self.files, self.build_root()) else { return Vec::new() };
        let folder = root.join(folder);
        let relative =
            |path: &PathBuf| Some(crate::source::display_path(path.strip_prefix(&folder).ok()?).into_owned());
        build_files::list(files, &folder).iter().filter_map(relative).collect()
    }

    /// Whether a file is at `path`, relative to the folder that the site starts in.
    pub(crate) fn has_source(&self, path: &Path) -> bool {
        let is_file = |files: &SiteFiles| Some(files.root.is_file(&self.build_root()?.join(path)));
        self.files.as_ref().and_then(is_file) == Some(true)
    }

    /// Whether a folder or file is at `path`, relative to the folder that the site starts in.
    pub(crate) fn has_entry(&self, path: &Path) -> bool {
        let exists = |files: &SiteFiles| Some(files.root.exists(&self.build_root()?.join(path)));
        self.files.as_ref().and_then(exists) == Some(true)
    }

    /// The project that its files are in; none for a site without files.
    pub(crate) fn project(&self) -> Option<&fs::Root> {
        self.files.as_ref().map(|files| &files.root)
    }

    /// The folder that the site starts in (absolute); none for a site without files.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        self.build_root()
    }

    /// The folder that the paths of the config are relative to (absolute).
    pub(crate) fn base(&self) -> Option<PathBuf> {
        self.files.as_ref().map(|files| files.base.clone())
    }

    /// Whether a file of the project is at `path` (absolute).
    pub(crate) fn has_file(&self, path: &Path) -> bool {
        self.files.as_ref().is_some_and(|files| files.root.is_file(path))
    }

    /// Whether its files can be looked at.
    pub(crate) fn has_files(&self) -> bool {
        self.files.is_some()
    }

    /// The path of a page from the folder that the site starts in.
    pub(crate) fn path_in_site(&self, path: &Path) -> PathBuf {
        match (&self.files, self.build_root()) {
            (Some(files), Some(root)) => fs::relative(&fs::normalize(&files.cwd.join(path)), &root),
            _ => path.to_owned(),
        }
    }

    /// The path of a page, as its source is called, from the project's root.
    pub(crate) fn inside(&self, path: &Path) -> PathBuf {
        match &self.files {
            Some(files) => fs::relative(&fs::normalize(&files.cwd.join(path)), &files.base),
            None => path.to_owned(),
        }
    }

    /// A site without any other file.
    pub(crate) fn alone() -> Self {
        Self::default()
    }

    /// What is known of the generator; nothing where none was found.
    pub(crate) fn profile(&self) -> &GeneratorProfile {
        &self.profile
    }

    /// The day on which the site is looked at, if anybody has said.
    pub(crate) fn today(&self) -> Option<Date> {
        self.today
    }

    /// Takes in what all pages together tell. Only the first survey counts.
    pub(crate) fn learn(&self, survey: SiteIndex) {
        // A second one is of the same pages.
        let _ = self.survey.set(survey);
    }

    /// What the other pages tell about the page at `path`, as its source is called.
    pub(crate) fn findings<'a>(&'a self, path: &Path) -> impl Iterator<Item = &'a SiteFinding> + use<'a> {
        self.survey.get().map(|survey| survey.findings(path)).into_iter().flatten()
    }

    /// What the site does on purpose; nothing where its other pages aren't known.
    pub(crate) fn conventions(&self) -> Option<&Conventions> {
        self.survey.get().map(SiteIndex::conventions)
    }

    /// What all pages together tell, once it is known.
    pub(crate) fn survey(&self) -> Option<&SiteIndex> {
        self.survey.get()
    }

    /// Whether there is a file at `path`, relative to the project's root. A path that leaves the project, by its name or
    /// through a link, is not looked up: the answer is none.
    pub(crate) fn has(&self, path: &Path) -> Option<bool> {
        let Some(files) = &self.files else { return within(path).map(|_| false) };
        match files.root.metadata(&files.base.join(path)) {
            Err(FsError::OutsideProject) => None,
            found => Some(found.is_ok_and(|found| found.kind == EntryKind::File)),
        }
    }

    /// The page at `path`, relative to the project's root; none if it isn't there or can't be read.
    pub(crate) fn page(&self, path: &Path) -> Option<Source> {
        let files = self.files.as_ref()?;
        let bytes = files.root.read(&files.base.join(path)).ok()?;
        Some(Source::new(path, bytes))
    }

    /// The name of the file in the same folder that was most likely meant by the last part of `path`: similar, or the
    /// same with letters composed in another way.
    pub(crate) fn similar_file(&self, path: &Path) -> Option<String> {
        let files = self.files.as_ref()?;
        let name = path.file_name()?.to_str()?;
        let names = files.root.file_names(&files.base.join(path.parent()?));
        let same = names.iter().find(|other| similarity::is_canonically_equal(other, name)).cloned();
        let extension = Path::new(name).extension();
        let alike = names.iter().filter(|other| Path::new(other).extension() == extension).map(String::as_str);
        same.or_else(|| similarity::nearest(name, alike).map(str::to_owned))
    }

    /// The name of a file that differs from that at `path` only in case.
    pub(crate) fn in_other_case(&self, path: &Path) -> Option<String> {
        let files = self.files.as_ref()?;
        in_other_case(&files.root.file_names(&files.base.join(path.parent()?)), path)
    }
}

/// A path without `.` and `..`; none if it leaves the project.
fn within(path: &Path) -> Option<PathBuf> {
    let mut inside = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => inside.push(name),
            Component::CurDir => {}
            Component::ParentDir if inside.pop() => {}
            _ => return None,
        }
    }
    Some(inside)
}
