//! The disk.

use crate::fs::write;
use crate::fs::{DirEntry, EntryKind, FileSystem, FsError, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The operating system's files.
#[derive(Clone, Copy, Default, Debug)]
pub struct Os;

impl FileSystem for Os {
    fn metadata(&self, path: &Path) -> Result<Metadata, FsError> {
        let found = std::fs::symlink_metadata(path)?;
        Ok(Metadata { kind: kind_of(found.file_type()), len: found.len(), modified: found.modified().ok() })
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, FsError> {
        Ok(std::fs::read_link(path)?)
    }

    fn canonicalize(&self, path: &Path) -> Result<PathBuf, FsError> {
        Ok(path.canonicalize()?)
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FsError> {
        let file = open(path)?;
        let found = file.metadata()?;
        if !found.is_file() {
            return Err(FsError::NotRegular);
        }
        if found.len() > limit {
            return Err(FsError::TooLarge(limit));
        }
        let mut bytes = Vec::with_capacity(found.len() as usize + 1);
        // It may have grown since.
        file.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit { Err(FsError::TooLarge(limit)) } else { Ok(bytes) }
    }

    fn read_dir(&self, dir: &Path) -> Result<Vec<DirEntry>, FsError> {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(dir)? {
            let entry = entry?;
            // An entry that is gone by now isn't there.
            let Ok(found) = entry.file_type() else { continue };
            entries.push(DirEntry { name: entry.file_name(), kind: kind_of(found) });
        }
        Ok(entries)
    }

    fn replace(&self, path: &Path, old: &[u8], new: &[u8]) -> Result<(), FsError> {
        write::replace(self, path, old, new)
    }
}

/// Opens a file for reading. A pipe without a writer doesn't block.
fn open(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true);
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    options.open(path)
}

fn kind_of(found: std::fs::FileType) -> EntryKind {
    if found.is_file() {
        EntryKind::File
    } else if found.is_dir() {
        EntryKind::Dir
    } else if found.is_symlink() {
        EntryKind::Link
    } else {
        EntryKind::Other
    }
}
