//! The one door to the files of a project.

use crate::fs::path::normalize;
use crate::fs::resolve::follow_links;
use crate::fs::{DirEntry, EntryKind, FileSystem, FsError, MAX_FILE_SIZE, Metadata};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The longest path that is looked up, in bytes.
const MAX_PATH_LEN: usize = 4096;

/// The top of the repository that `dir` is in, if it is in one.
pub(crate) fn repository_root<'a>(fs: &dyn FileSystem, dir: &'a Path) -> Option<&'a Path> {
    dir.ancestors().find(|dir| fs.metadata(&dir.join(".git")).is_ok())
}

/// The folder of a project. Whatever a page, a config or a repository names is read through it: a path that leaves the
/// folder is refused by its name, without a look at the disk; of one inside, every part is looked at, and links are
/// followed only to places inside.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    fs: Arc<dyn FileSystem>,
    top: PathBuf,
    known: Arc<Known>,
}

#[derive(Default, Debug)]
struct Known {
    /// The folder itself with its own links followed.
    real_top: OnceLock<Option<PathBuf>>,
    /// Folders below it, and why they are refused.
    folders: Mutex<HashMap<PathBuf, Option<FsError>>>,
}

impl Root {
    /// The project whose folder is `top` (absolute).
    pub(crate) fn new(fs: Arc<dyn FileSystem>, top: &Path) -> Self {
        Self { fs, top: normalize(top), known: Arc::default() }
    }

    /// The project that `dir` is in: its repository, or the folder itself where it is in none.
    pub(crate) fn containing(fs: Arc<dyn FileSystem>, dir: &Path) -> Self {
        let top = repository_root(&*fs, dir).unwrap_or(dir).to_owned();
        Self::new(fs, &top)
    }

    /// The folder.
    pub(crate) fn top(&self) -> &Path {
        &self.top
    }

    /// What is at `path`, which is relative to the folder or absolute; a link is followed to a place inside.
    ///
    /// # Errors
    /// [`FsError::OutsideProject`] where the path or a link in it leaves the folder, else why it can't be looked at.
    pub(crate) fn metadata(&self, path: &Path) -> Result<Metadata, FsError> {
        self.resolve(path).map(|(_, found)| found)
    }

    /// Whether a regular file is at `path`, inside the folder.
    pub(crate) fn is_file(&self, path: &Path) -> bool {
        self.metadata(path).is_ok_and(|found| found.kind == EntryKind::File)
    }

    /// Whether `path` leaves the folder, by its name or through a link. Nothing outside is looked at for the answer.
    pub(crate) fn leaves(&self, path: &Path) -> bool {
        self.metadata(path) == Err(FsError::OutsideProject)
    }

    /// Whether anything is at `path`, inside the folder.
    pub(crate) fn exists(&self, path: &Path) -> bool {
        self.metadata(path).is_ok()
    }

    /// The bytes of a regular file of at most 8 MiB.
    ///
    /// # Errors
    /// As for [`Root::metadata`], and where it isn't a regular file or is too large.
    pub(crate) fn read(&self, path: &Path) -> Result<Vec<u8>, FsError> {
        self.read_up_to(path, MAX_FILE_SIZE)
    }

    /// The bytes of a regular file of at most `limit` bytes.
    ///
    /// # Errors
    /// As for [`Root::read`].
    pub(crate) fn read_up_to(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FsError> {
        let (path, found) = self.resolve(path)?;
        if found.kind != EntryKind::File {
            return Err(FsError::NotRegular);
        }
        self.fs.read(&path, limit)
    }

    /// The text of a regular file of at most 8 MiB.
    ///
    /// # Errors
    /// As for [`Root::read`], and where it isn't UTF-8.
    pub(crate) fn read_to_string(&self, path: &Path) -> Result<String, FsError> {
        String::from_utf8(self.read(path)?).map_err(|_| FsError::NotUtf8)
    }

    /// The entries of a folder; links in it are given as what they lead to, if that is inside.
    ///
    /// # Errors
    /// As for [`Root::metadata`], and where it can't be listed.
    pub(crate) fn read_dir(&self, dir: &Path) -> Result<Vec<DirEntry>, FsError> {
        let (path, _) = self.resolve(dir)?;
        let mut entries = self.fs.read_dir(&path)?;
        for entry in entries.iter_mut().filter(|entry| entry.kind == EntryKind::Link) {
            if let Ok((_, target)) = self.resolve(&path.join(&entry.name)) {
                entry.kind = target.kind;
            }
        }
        Ok(entries)
    }

    /// The names of the files in a folder; none where it can't be listed.
    pub(crate) fn file_names(&self, dir: &Path) -> Vec<String> {
        let entries = self.read_dir(dir).unwrap_or_default().into_iter();
        let files = entries.filter(|entry| entry.kind == EntryKind::File);
        files.filter_map(|entry| entry.name.into_string().ok()).collect()
    }

    /// The path without `..`, and what is there.
    fn resolve(&self, path: &Path) -> Result<(PathBuf, Metadata), FsError> {
        // Longer than any system takes, as a page may have it.
        if path.as_os_str().len() > MAX_PATH_LEN {
            return Err(FsError::NotFound);
        }
        let path = normalize(&self.top.join(path));
        let below = path.strip_prefix(&self.top).map_err(|_| FsError::OutsideProject)?;
        // Windows takes `C:` and the like in the middle of a path for another place.
        if below.components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
            return Err(FsError::OutsideProject);
        }
        if path != self.top {
            self.check_folder(path.parent().unwrap_or(&self.top))?;
        }
        let found = self.fs.metadata(&path)?;
        if found.kind != EntryKind::Link || path == self.top {
            return Ok((path, found));
        }
        let target = self.follow(&path)?;
        let found = self.fs.metadata(&target)?;
        Ok((path, found))
    }

    /// Whether a folder below the top, and each between, is one or a link to one inside.
    fn check_folder(&self, dir: &Path) -> Result<(), FsError> {
        if dir == self.top {
            return Ok(());
        }
        if let Some(known) = self.folders().get(dir) {
            return known.clone().map_or(Ok(()), Err);
        }
        let check = || {
            self.check_folder(dir.parent().unwrap_or(&self.top))?;
            match self.fs.metadata(dir)?.kind {
                EntryKind::Dir => Ok(()),
                EntryKind::Link => match self.fs.metadata(&self.follow(dir)?)?.kind {
                    EntryKind::Dir => Ok(()),
                    _ => Err(FsError::NotFound),
                },
                _ => Err(FsError::NotFound),
            }
        };
        let answer = check();
        self.folders().insert(dir.to_owned(), answer.clone().err());
        answer
    }

    /// Where a link leads, if that is inside.
    fn follow(&self, link: &Path) -> Result<PathBuf, FsError> {
        let real_top = self.known.real_top.get_or_init(|| self.fs.canonicalize(&self.top).ok());
        follow_links(&*self.fs, &self.top, real_top.as_deref().unwrap_or(&self.top), link)
    }

    // A poisoned lock only means that another thread panicked; what it guards is whole.
    fn folders(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, Option<FsError>>> {
        self.known.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
