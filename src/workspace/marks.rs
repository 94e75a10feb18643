//! The files of a folder by which its generator is known.

use crate::fs::{FileSystem, Root};
use crate::generator::FolderProbe;
use std::path::Path;
use std::sync::Arc;

/// The files by which a generator is known.
pub(super) struct Marks {
    pub(super) root: Root,
    pub(super) names: Vec<String>,
}

impl Marks {
    pub(super) fn of(fs: &Arc<dyn FileSystem>, folder: &Path) -> Self {
        let entries = fs.read_dir(folder).unwrap_or_default().into_iter();
        let names = entries.filter_map(|entry| entry.name.into_string().ok()).collect();
        Self { root: Root::new(fs.clone(), folder), names }
    }
}

impl FolderProbe for Marks {
    fn names(&self) -> &[String] {
        &self.names
    }
    fn exists(&self, path: &str) -> bool {
        self.root.exists(Path::new(path))
    }
    fn read(&self, path: &str) -> Option<String> {
        let bytes = self.root.read(Path::new(path)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
    fn names_in(&self, dir: &str) -> Vec<String> {
        let mut names = self.root.file_names(&self.root.top().join(dir));
        names.sort();
        names
    }
}
