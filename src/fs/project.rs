//! The files that a config may name.

use crate::fs::{EntryKind, FileSystem, FsError, Memory, Root};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The files that a config in a folder may name, by paths relative to that folder: those of its project, and no others.
#[derive(Clone, Debug)]
pub(crate) struct ProjectFiles {
    root: Root,
    folder: PathBuf,
    /// All answers so far.
    answers: Arc<Mutex<DefaultHasher>>,
}

impl ProjectFiles {
    /// The files for a config in `folder` (absolute).
    pub(crate) fn new(fs: Arc<dyn FileSystem>, folder: &Path) -> Self {
        Self { root: Root::containing(fs, folder), folder: folder.to_owned(), answers: Arc::default() }
    }

    /// No files at all, for what is built in.
    pub(crate) fn none() -> Self {
        Self::new(Arc::new(Memory::default()), Path::new("/"))
    }

    /// A file's text.
    ///
    /// # Errors
    /// Why it isn't available, in a sentence with its name.
    pub(crate) fn read(&self, path: &str) -> Result<String, String> {
        let text = self.root.read_to_string(&self.folder.join(path)).map_err(|error| match error {
            FsError::NotUtf8 => format!("`{path}` is not valid UTF-8"),
            error => reason(path, &error, "read"),
        });
        self.noted(path, text)
    }

    /// Whether anything is at a path, be it readable or not.
    pub(crate) fn exists(&self, path: &str) -> bool {
        let found = self.root.metadata(&self.folder.join(path));
        self.noted(path, !matches!(found, Err(FsError::NotFound | FsError::DanglingLink)))
    }

    /// The Markdown files directly in a folder, as paths that [`ProjectFiles::read`] takes, sorted.
    ///
    /// # Errors
    /// Why it can't be listed, in a sentence with its name.
    pub(crate) fn pages(&self, dir: &str) -> Result<Vec<String>, String> {
        let names = self.names(dir, EntryKind::File)?;
        let dir = dir.trim_end_matches('/');
        let mut pages: Vec<String> =
            names.iter().filter(|name| name.ends_with(".md")).map(|name| format!("{dir}/{name}")).collect();
        pages.sort();
        Ok(pages)
    }

    /// The names of the entries of one kind directly in a folder, sorted.
    ///
    /// # Errors
    /// Why it can't be listed, in a sentence with its name.
    pub(crate) fn names(&self, dir: &str, kind: EntryKind) -> Result<Vec<String>, String> {
        let entries = self.root.read_dir(&self.folder.join(dir)).map_err(|error| reason(dir, &error, "list"))?;
        let entries = entries.into_iter().filter(|entry| entry.kind == kind);
        let mut names: Vec<String> = entries.filter_map(|entry| entry.name.into_string().ok()).collect();
        names.sort_unstable();
        Ok(self.noted(dir, names))
    }

    /// A number for what was read so far: another where any of it is.
    pub(crate) fn fingerprint(&self) -> u64 {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).finish()
    }

    fn noted<T: Hash>(&self, question: &str, answer: T) -> T {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        (question, &answer).hash(&mut *answers);
        answer
    }
}

fn reason(path: &str, error: &FsError, verb: &str) -> String {
    match error {
        FsError::NotFound | FsError::DanglingLink => format!("no such file: `{path}`"),
        FsError::OutsideProject => format!("`{path}` is outside the project; not read"),
        error => format!("cannot {verb} `{path}`: {error}"),
    }
}
