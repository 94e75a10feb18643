//! What is at a path, remembered.

use crate::fs::{DirEntry, FileSystem, FsError, Metadata};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Other files, of which it is remembered what is at a path until [`FileSystem::invalidate`]: for an editor, which asks on every
/// keystroke and says when files may have changed.
#[derive(Debug)]
pub(crate) struct Cached {
    below: Arc<dyn FileSystem>,
    known: Mutex<HashMap<PathBuf, Result<Metadata, FsError>>>,
}

impl Cached {
    /// Remembers what is at the paths of `below`.
    pub(crate) fn new(below: Arc<dyn FileSystem>) -> Self {
        Self { below, known: Mutex::default() }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<PathBuf, Result<Metadata, FsError>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FileSystem for Cached {
    fn metadata(&self, path: &Path) -> Result<Metadata, FsError> {
        if let Some(known) = self.known().get(path) {
            return known.clone();
        }
        let found = self.below.metadata(path);
        self.known().insert(path.to_owned(), found.clone());
        found
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, FsError> {
        self.below.read_link(path)
    }

    fn canonicalize(&self, path: &Path) -> Result<PathBuf, FsError> {
        self.below.canonicalize(path)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FsError> {
        self.below.read(path, limit)
    }

    fn read_dir(&self, dir: &Path) -> Result<Vec<DirEntry>, FsError> {
        self.below.read_dir(dir)
    }

    fn replace(&self, path: &Path, old: &[u8], new: &[u8]) -> Result<(), FsError> {
        self.known().remove(path);
        self.below.replace(path, old, new)
    }

    fn invalidate(&self) {
        self.known().clear();
        self.below.invalidate();
    }
}
