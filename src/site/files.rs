//! The files around the pages of a site.

use crate::fs::Root;
use std::path::{Path, PathBuf};

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

/// The one of these names that differs from the path's last part only in case.
pub(super) fn in_other_case(names: &[String], path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let lower = name.to_lowercase();
    names.iter().find(|other| *other != name && other.to_lowercase() == lower).cloned()
}
