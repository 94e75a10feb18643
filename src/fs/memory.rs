//! Files in memory: tests, examples, and the texts that an editor has open.

use crate::fs::{DirEntry, EntryKind, FileSystem, FsError, Metadata};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// Files in memory, alone or in front of other files. A folder exists where a file below it does.
#[derive(Default, Debug)]
pub struct Memory {
    files: RwLock<BTreeMap<PathBuf, Vec<u8>>>,
    below: Option<Arc<dyn FileSystem>>,
}

impl Memory {
    /// These files and no others, by absolute path.
    pub fn new<P: Into<PathBuf>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect();
        Self { files: RwLock::new(files), below: None }
    }

    /// No files yet, in front of those of `below`: what is put here counts instead of what is there.
    pub fn over(below: Arc<dyn FileSystem>) -> Self {
        Self { files: RwLock::default(), below: Some(below) }
    }

    /// Puts a file at `path` (absolute), in place of one that is there.
    pub fn insert(&self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.files.write().unwrap_or_else(PoisonError::into_inner).insert(path.into(), bytes.into());
    }

    /// Takes the file at `path` away.
    pub fn remove(&self, path: &Path) {
        self.files.write().unwrap_or_else(PoisonError::into_inner).remove(path);
    }

    fn with<T>(&self, ask: impl FnOnce(&BTreeMap<PathBuf, Vec<u8>>) -> T) -> T {
        ask(&self.files.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl FileSystem for Memory {
    fn metadata(&self, path: &Path) -> Result<Metadata, FsError> {
        let own = self.with(|files| match files.get(path) {
            Some(bytes) => Some(Metadata { kind: EntryKind::File, len: bytes.len() as u64, modified: None }),
            None => is_dir(files, path).then_some(Metadata { kind: EntryKind::Dir, len: 0, modified: None }),
        });
        match (own, &self.below) {
            (Some(own), _) => Ok(own),
            (None, Some(below)) => below.metadata(path),
            (None, None) => Err(FsError::NotFound),
        }
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, FsError> {
        self.below.as_ref().map_or(Err(FsError::NotFound), |below| below.read_link(path))
    }

    fn canonicalize(&self, path: &Path) -> Result<PathBuf, FsError> {
        if let Some(real) = self.below.as_ref().and_then(|below| below.canonicalize(path).ok()) {
            return Ok(real);
        }
        self.metadata(path).map(|_| path.to_owned())
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FsError> {
        let own = self.with(|files| match files.get(path) {
            Some(bytes) if bytes.len() as u64 > limit => Some(Err(FsError::TooLarge(limit))),
            Some(bytes) => Some(Ok(bytes.clone())),
            None => None,
        });
        match (own, &self.below) {
            (Some(own), _) => own,
            (None, Some(below)) => below.read(path, limit),
            (None, None) if self.with(|files| is_dir(files, path)) => Err(FsError::NotRegular),
            (None, None) => Err(FsError::NotFound),
        }
    }

    fn read_dir(&self, dir: &Path) -> Result<Vec<DirEntry>, FsError> {
        let own: BTreeSet<DirEntry> = self.with(|files| {
            let below = files.range(dir.to_owned()..).map(|(path, _)| path).take_while(|path| path.starts_with(dir));
            below.filter_map(|path| entry_of(path.strip_prefix(dir).ok()?)).collect()
        });
        match &self.below {
            None if own.is_empty() => Err(FsError::NotFound),
            None => Ok(own.into_iter().collect()),
            Some(below) => match below.read_dir(dir) {
                Err(error) if own.is_empty() => Err(error),
                others => {
                    let is_new = |entry: &DirEntry| !own.iter().any(|known| known.name == entry.name);
                    let others = others.unwrap_or_default().into_iter().filter(is_new).collect::<Vec<_>>();
                    Ok(own.iter().cloned().chain(others).collect())
                }
            },
        }
    }

    fn replace(&self, path: &Path, old: &[u8], new: &[u8]) -> Result<(), FsError> {
        if self.read(path, u64::MAX)? != old {
            return Err(FsError::Changed);
        }
        self.insert(path, new);
        Ok(())
    }
}

fn is_dir(files: &BTreeMap<PathBuf, Vec<u8>>, path: &Path) -> bool {
    files.range(path.to_owned()..).next().is_some_and(|(first, _)| first != path && first.starts_with(path))
}

/// The entry of a folder that leads to a file at `path`, relative to it.
fn entry_of(path: &Path) -> Option<DirEntry> {
    let mut parts = path.components();
    let name = parts.next()?.as_os_str().to_owned();
    let kind = if parts.next().is_some() { EntryKind::Dir } else { EntryKind::File };
    Some(DirEntry { name, kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(fs: &Memory, dir: &str) -> Vec<String> {
        let mut entries = fs.read_dir(Path::new(dir)).unwrap_or_default();
        entries.sort();
        entries.into_iter().map(|entry| format!("{:?} {:?}", entry.name, entry.kind)).collect()
    }

    #[test]
    fn files_make_their_folders() {
        let fs = Memory::new([("/a/b/c.md", "x"), ("/a/d.md", "yy")]);
        assert_eq!(names(&fs, "/a"), ["\"b\" Dir", "\"d.md\" File"]);
        assert_eq!(fs.metadata(Path::new("/a/b")).map(|found| found.kind), Ok(EntryKind::Dir));
        assert_eq!(fs.metadata(Path::new("/a/d.md")).map(|found| found.len), Ok(2));
        assert_eq!(fs.metadata(Path::new("/a/e")), Err(FsError::NotFound));
        assert_eq!(fs.read(Path::new("/a/d.md"), 1), Err(FsError::TooLarge(1)));
        assert_eq!(fs.read(Path::new("/a/b"), 9), Err(FsError::NotRegular));
    }

    #[test]
    fn what_is_in_front_counts() {
        let below = Arc::new(Memory::new([("/a/b.md", "old"), ("/a/c.md", "c")]));
        let fs = Memory::over(below);
        fs.insert("/a/b.md", "new");
        fs.insert("/a/d/e.md", "e");
        assert_eq!(fs.read(Path::new("/a/b.md"), 9), Ok(b"new".to_vec()));
        assert_eq!(names(&fs, "/a"), ["\"b.md\" File", "\"c.md\" File", "\"d\" Dir"]);
        fs.remove(Path::new("/a/b.md"));
        assert_eq!(fs.read(Path::new("/a/b.md"), 9), Ok(b"old".to_vec()));
    }
}
