//! What checks may ask about the files around the one they look at, and about the generator that builds them.

pub mod addresses;
pub mod census;
pub mod facts;
pub mod images;
pub mod keys;
pub mod notes;
pub mod people;
pub mod survey;
pub mod terms;
pub mod unique;

use crate::date::Date;
use crate::generator::profile::GeneratorProfile;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub use crate::site::census::{Census, FieldCount};
pub use crate::site::facts::Facts;
pub use crate::site::survey::{People, Remark, Survey};
pub use crate::site::terms::groups;

/// Gives the names of the files in a folder.
type Names = dyn Fn(&Path) -> Vec<String> + Send + Sync;

/// The site that a file belongs to.
pub struct Site {
    exists: Arc<dyn Fn(&Path) -> bool + Send + Sync>,
    names: Arc<Names>,
    inside: Arc<dyn Fn(&Path) -> PathBuf + Send + Sync>,
    profile: Arc<GeneratorProfile>,
    today: Option<Date>,
    survey: OnceLock<Survey>,
}

impl std::fmt::Debug for Site {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").finish_non_exhaustive()
    }
}

impl Site {
    /// A site that looks up files with `exists`, which gets paths relative to the project's root, without `..`.
    pub fn new(exists: impl Fn(&Path) -> bool + Send + Sync + 'static) -> Self {
        Self {
            exists: Arc::new(exists),
            names: Arc::new(|_| Vec::new()),
            inside: Arc::new(Path::to_owned),
            profile: Arc::default(),
            today: None,
            survey: OnceLock::new(),
        }
    }

    /// The same site, where `names` gives the names of the files in a folder, of which it gets such a path too.
    #[must_use]
    pub fn listing(self, names: impl Fn(&Path) -> Vec<String> + Send + Sync + 'static) -> Self {
        Self { names: Arc::new(names), ..self }
    }

    /// The same site, built by the generator of this profile.
    #[must_use]
    pub fn built_by(self, profile: Arc<GeneratorProfile>) -> Self {
        Self { profile, ..self }
    }

    /// The same site, looked at on this day.
    #[must_use]
    pub fn on(self, today: Date) -> Self {
        Self { today: Some(today), ..self }
    }

    /// The same site, of whose pages nothing is known yet.
    #[must_use]
    pub fn again(&self) -> Self {
        let (exists, names) = (self.exists.clone(), self.names.clone());
        let (inside, profile) = (self.inside.clone(), self.profile.clone());
        Self { exists, names, inside, profile, today: self.today, survey: OnceLock::new() }
    }

    /// The same site, whose pages are called by paths that `inside` turns into those from the project's root.
    #[must_use]
    pub fn shown_by(self, inside: impl Fn(&Path) -> PathBuf + Send + Sync + 'static) -> Self {
        Self { inside: Arc::new(inside), ..self }
    }

    /// The path of a page, as its source is called, from the project's root.
    pub fn inside(&self, path: &Path) -> PathBuf {
        (self.inside)(path)
    }

    /// A site without any other file.
    pub fn alone() -> Self {
        Self::new(|_| false)
    }

    /// What is known of the generator; nothing where none was found.
    pub fn profile(&self) -> &GeneratorProfile {
        &self.profile
    }

    /// The day on which the site is looked at, if anybody has said.
    pub fn today(&self) -> Option<Date> {
        self.today
    }

    /// Takes in what all pages together tell. Only the first survey counts.
    pub fn learn(&self, survey: Survey) {
        // A second one is of the same pages.
        let _ = self.survey.set(survey);
    }

    /// What the other pages tell about the page at `path`, as its source is called.
    pub fn remarks(&self, path: &Path) -> &[Remark] {
        self.survey.get().map_or(&[], |survey| survey.remarks(path))
    }

    /// What all pages together tell, once it is known.
    pub fn survey(&self) -> Option<&Survey> {
        self.survey.get()
    }

    /// Whether there is a file at `path`, relative to the project's root. A path that leads out of the root is not
    /// looked up: the answer is none.
    pub fn has(&self, path: &Path) -> Option<bool> {
        Some((self.exists)(&within(path)?))
    }

    /// The name of a file that differs from that at `path` in upper and lower case alone.
    pub fn in_other_case(&self, path: &Path) -> Option<String> {
        let path = within(path)?;
        in_other_case(&(self.names)(path.parent()?), &path)
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

/// The files beside the pages, by the paths that the pages' sources are called by.
#[derive(Clone, Copy)]
pub struct Files<'a> {
    /// Whether there is such a file.
    pub has: &'a dyn Fn(&Path) -> bool,
    /// The names of the files in a folder.
    pub names: &'a dyn Fn(&Path) -> Vec<String>,
}

impl std::fmt::Debug for Files<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Files").finish_non_exhaustive()
    }
}
