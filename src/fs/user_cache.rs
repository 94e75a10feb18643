//! A folder of the user's for what can be computed again.
//!
//! Whatever is in it may be gone, damaged or another program's at any time: then it is as if nothing were there.

use crate::fs::{FileSystem, Metadata, Os};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The largest file that is read or written.
const MAX_FILE_SIZE: u64 = 64 << 20;

/// The most bytes and files that stay in the folder.
const MAX_BYTES: u64 = 256 << 20;
const MAX_FILES: usize = 200;

/// What the names of its files end with.
const ENDING: &str = "facts";

/// By this file, backups and searches know that they needn't look here.
const TAG: (&str, &str) = (
    "CACHEDIR.TAG",
    "Signature: 8a477f597d28d172789f06886806bc55\n# What matterlint can compute again. It may be removed at any time.\n",
);

/// The file of the program that runs.
pub(crate) fn program() -> Option<Metadata> {
    Os.metadata(&std::env::current_exe().ok()?).ok()
}

/// A folder for what can be computed again.
#[derive(Debug)]
pub(crate) struct UserCache<'a> {
    folder: &'a Path,
}

impl<'a> UserCache<'a> {
    /// The cache in `folder` (absolute), which need not exist.
    pub(crate) fn new(folder: &'a Path) -> Self {
        Self { folder }
    }

    /// What was kept under a name; none where nothing was, or the file isn't one that only the user can have written.
    pub(crate) fn read(&self, name: &str) -> Option<Vec<u8>> {
        if !is_own_folder(self.folder) {
            return None;
        }
        let file = open(&self.path(name)).ok()?;
        let found = file.metadata().ok()?;
        if !found.is_file() || !is_own(&found) || found.len() > MAX_FILE_SIZE {
            return None;
        }
        let mut bytes = Vec::with_capacity(found.len() as usize + 1);
        file.take(MAX_FILE_SIZE).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Keeps bytes under a name, in place of what was there: whole or not at all, whoever else does the same. Removes what
    /// wasn't written for the longest time where there is too much.
    ///
    /// # Errors
    /// Why nothing was kept.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if bytes.len() as u64 > MAX_FILE_SIZE {
            return Err(io::Error::other("too large"));
        }
        create_folder(self.folder)?;
        if !is_own_folder(self.folder) {
            return Err(io::Error::other("not a folder of the user alone"));
        }
        let tag = self.folder.join(TAG.0);
        if !tag.exists() {
            std::fs::write(tag, TAG.1)?;
        }
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(self.folder)?;
        file.write_all(bytes)?;
        file.persist(self.path(name)).map_err(|error| error.error)?;
        self.prune(MAX_BYTES, MAX_FILES);
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name).with_extension(ENDING)
    }

    /// Removes the oldest files until no more than so many are left, and no more bytes in them.
    fn prune(&self, max_bytes: u64, max_files: usize) {
        let Ok(entries) = std::fs::read_dir(self.folder) else { return };
        let own = |entry: io::Result<std::fs::DirEntry>| {
            let entry = entry.ok()?;
            let (path, found) = (entry.path(), entry.metadata().ok()?);
            let is_ours = path.extension().is_some_and(|ending| ending == ENDING);
            (is_ours && found.is_file())
                .then(|| (found.modified().unwrap_or(SystemTime::UNIX_EPOCH), found.len(), path))
        };
        let mut files: Vec<(SystemTime, u64, PathBuf)> = entries.filter_map(own).collect();
        files.sort_unstable();
        let (mut bytes, mut count) = (files.iter().map(|(_, bytes, _)| bytes).sum::<u64>(), files.len());
        for (_, size, path) in files {
            if bytes <= max_bytes && count <= max_files {
                return;
            }
            // Another run may have removed it.
            let _ = std::fs::remove_file(path);
            (bytes, count) = (bytes - size, count - 1);
        }
    }
}

/// Opens a file for reading, but no link, and without waiting at a pipe.
fn open(path: &Path) -> io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.read(true);
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits() as i32);
    }
    options.open(path)
}

/// Creates a folder that only the user can read, and those above it.
fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Whether it is a folder that nobody else can write to.
fn is_own_folder(folder: &Path) -> bool {
    std::fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir() && is_own(&found))
}

/// Whether a file or folder is the user's, and nobody else can write to it.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn is_own(found: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.uid() == rustix::process::geteuid().as_raw() && found.mode() & 0o022 == 0
}

/// Elsewhere the folder's own permissions see to it.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn is_own(_found: &std::fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = dir.path().join("a/b");
        let cache = UserCache::new(&folder);
        assert_eq!(cache.read("x"), None);
        cache.write("x", b"one").expect("it is kept");
        cache.write("x", b"two").expect("it is kept");
        assert_eq!(cache.read("x").as_deref(), Some(&b"two"[..]));
        let mut names: Vec<_> =
            std::fs::read_dir(&folder).expect("it is there").flatten().map(|it| it.file_name()).collect();
        names.sort();
        assert_eq!(names, ["CACHEDIR.TAG", "x.facts"]);
    }

    #[test]
    fn the_oldest_files_are_removed_and_no_others() {
        let dir = tempfile::tempdir().expect("a folder");
        let (folder, cache) = (dir.path(), UserCache::new(dir.path()));
        std::fs::write(folder.join("other"), "kept").expect("it is written");
        for (age, name) in ["c", "b", "a"].iter().enumerate() {
            let path = cache.path(name);
            std::fs::write(&path, "12345").expect("it is written");
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1000 - age as u64);
            std::fs::File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("its time");
        }
        cache.prune(100, 2);
        assert!(!cache.path("a").exists() && cache.path("b").exists() && cache.path("c").exists());
        cache.prune(5, 9);
        assert!(!cache.path("b").exists() && cache.path("c").exists() && folder.join("other").exists());
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    #[test]
    fn what_others_may_have_written_is_not_read() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().expect("a folder");
        let (folder, cache) = (dir.path().join("cache"), dir.path().join("cache"));
        let cache = UserCache::new(&cache);
        cache.write("x", b"one").expect("it is kept");
        let mode = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("its mode");
        };
        mode(&cache.path("x"), 0o666);
        assert_eq!(cache.read("x"), None);
        mode(&cache.path("x"), 0o600);
        assert!(cache.read("x").is_some());
        symlink(cache.path("x"), cache.path("link")).expect("a link");
        assert_eq!(cache.read("link"), None);
        mode(&folder, 0o777);
        assert_eq!(cache.read("x"), None);
        assert!(cache.write("x", b"two").is_err());
    }
}
