//! The interface to whatever holds the files.

use crate::fs::FsError;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What a path names, without following a link.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Dir,
    /// A symbolic link.
    Link,
    /// A device, a pipe or a socket.
    Other,
}

/// What is known of a path without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Metadata {
    /// What it is; a link isn't followed.
    pub kind: EntryKind,
    /// Its size in bytes.
    pub len: u64,
    /// When it was last written, where the system knows.
    pub modified: Option<SystemTime>,
}

/// An entry of a folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct DirEntry {
    /// Its name.
    pub name: OsString,
    /// What it is; a link isn't followed.
    pub kind: EntryKind,
}

/// Whatever holds the files: the disk ([`Os`](crate::workspace::Os)) or memory ([`Memory`](crate::workspace::Memory)). Paths are absolute.
///
/// This is the raw access; files that a page, a config or a user names are asked for through another door, which
/// refuses what leaves the project.
pub trait FileSystem: Send + Sync + std::fmt::Debug {
    /// What `path` itself is; a link isn't followed.
    ///
    /// # Errors
    /// Where nothing is there or it can't be looked at.
    fn metadata(&self, path: &Path) -> Result<Metadata, FsError>;

    /// What is written in the symbolic link at `path`.
    ///
    /// # Errors
    /// Where it isn't one or can't be looked at.
    fn read_link(&self, path: &Path) -> Result<PathBuf, FsError>;

    /// Where `path` is once all links in it are followed.
    ///
    /// # Errors
    /// Where a part of it doesn't exist or can't be looked at.
    fn canonicalize(&self, path: &Path) -> Result<PathBuf, FsError>;

    /// The bytes of a regular file; links are followed.
    ///
    /// # Errors
    /// Where it isn't a regular file, has more than `limit` bytes, or can't be read.
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FsError>;

    /// The entries of a folder, in no particular order.
    ///
    /// # Errors
    /// Where it isn't a folder or can't be listed.
    fn read_dir(&self, dir: &Path) -> Result<Vec<DirEntry>, FsError>;

    /// Replaces the bytes of a file, all or none.
    ///
    /// # Errors
    /// Where it may not be written, or no longer holds `old`; it is then as it was.
    fn replace(&self, path: &Path, old: &[u8], new: &[u8]) -> Result<(), FsError>;

    /// Forgets what is remembered of files, if anything is: any of them may have changed.
    fn invalidate(&self) {}
}
