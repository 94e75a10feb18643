//! What checks may ask about the files around the one they look at, and about the generator that builds them.

pub(crate) mod addresses;
pub(crate) mod census;
pub(crate) mod facts;
pub(crate) mod images;
pub(crate) mod keys;
pub(crate) mod notes;
pub(crate) mod people;
pub(crate) mod survey;
pub(crate) mod terms;
pub(crate) mod unique;

use crate::date::Date;
use crate::fs::{self, EntryKind, FsError, Root};
use crate::generator::profile::GeneratorProfile;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub(crate) use crate::site::census::{Census, FieldCount};
pub(crate) use crate::site::facts::Facts;
pub(crate) use crate::site::survey::{People, Remark, Survey};
pub(crate) use crate::site::terms::groups;

/// The site that a file belongs to.
#[derive(Debug, Default)]
pub(crate) struct Site {
    files: Option<SiteFiles>,
    profile: Arc<GeneratorProfile>,
    today: Option<Date>,
    survey: OnceLock<Survey>,
}

/// The files around the pages of a site.
#[derive(Clone, Debug)]
pub(crate) struct SiteFiles {
    /// The door to them.
    pub(crate) root: Root,
    /// The folder that paths in a config and in front matter are relative to (absolute).
    pub(crate) base: PathBuf,
    /// The folder that the paths of sources are relative to (absolute).
    pub(crate) cwd: PathBuf,
}

impl SiteFiles {
    /// Whether a regular file of the project is at `path`, relative to where the run began.
    pub(crate) fn is_file(&self, path: &Path) -> bool {
        self.root.is_file(&self.cwd.join(path))
    }

    /// Whether the path, relative to where the run began, leaves the project. Nothing outside is looked at.
    pub(crate) fn leaves(&self, path: &Path) -> bool {
        self.root.leaves(&self.cwd.join(path))
    }

    /// The names of the files in the folder at `path`, relative to where the run began.
    pub(crate) fn names(&self, folder: &Path) -> Vec<String> {
        self.root.file_names(&self.cwd.join(folder))
    }
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

    /// The same site, of whose pages nothing is known yet.
    #[must_use]
    pub(crate) fn again(&self) -> Self {
        let (files, profile) = (self.files.clone(), self.profile.clone());
        Self { files, profile, today: self.today, survey: OnceLock::new() }
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
    pub(crate) fn learn(&self, survey: Survey) {
        // A second one is of the same pages.
        let _ = self.survey.set(survey);
    }

    /// What the other pages tell about the page at `path`, as its source is called.
    pub(crate) fn remarks(&self, path: &Path) -> &[Remark] {
        self.survey.get().map_or(&[], |survey| survey.remarks(path))
    }

    /// What all pages together tell, once it is known.
    pub(crate) fn survey(&self) -> Option<&Survey> {
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

    /// The name of a file that differs from that at `path` in upper and lower case alone.
    pub(crate) fn in_other_case(&self, path: &Path) -> Option<String> {
        let files = self.files.as_ref()?;
        in_other_case(&files.root.file_names(&files.base.join(path.parent()?)), path)
    }
}

/// The one of these names that is the path's last part but for upper and lower case.
fn in_other_case(names: &[String], path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let lower = name.to_lowercase();
    names.iter().find(|other| *other != name && other.to_lowercase() == lower).cloned()
}

/// A path without `.` and `..`; none where it leads out.
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
