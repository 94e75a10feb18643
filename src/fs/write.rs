//! Writing a file where somebody may be reading, editing or linking it.

use crate::fs::links::{check_links, check_links_of_page};
use crate::fs::{FileSystem, FsError, MAX_FILE_SIZE, absolute};
use std::fs::{File, Metadata, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Writes a file on disk that a user named, whole or not at all: a new one with the mode that the umask gives, one that is
/// there with its own. What is no regular file (a device, a pipe) is written to, not replaced. `fs` is asked where links
/// lead.
///
/// # Errors
/// Why not; what was there before is then still there: it may not be written, it is a link to a file, it has other names
/// (hard links), or its folder isn't there.
pub(crate) fn create(fs: &dyn FileSystem, path: &Path, bytes: &[u8]) -> Result<(), FsError> {
    create_with(fs, path, |out| out.write_all(bytes))
}

/// As [`create`]; `write` writes the content.
///
/// # Errors
/// As [`create`]'s, and those of `write`.
pub(crate) fn create_with(
    fs: &dyn FileSystem,
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), FsError> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => FsError::Other("no such directory".to_owned()),
        std::io::ErrorKind::PermissionDenied => FsError::Other("cannot write: permission denied".to_owned()),
        _ => FsError::Other(error.to_string()),
    };
    let path = &absolute(path)?;
    let dir = path.parent().unwrap_or(path);
    // In a repository a link may be a stranger's; elsewhere it is the system's, such as `/dev/stdout`.
    if let Err(error @ (FsError::OutsideProject | FsError::DanglingLink)) = check_links(fs, path, path) {
        let is_outside = error == FsError::OutsideProject;
        let reason = if is_outside { "symbolic link points outside the project" } else { "broken symbolic link" };
        return Err(FsError::Other(format!("{reason}; not written")));
    }
    let before = match std::fs::metadata(path) {
        Ok(before) if before.is_dir() => return Err(FsError::Other("is a directory".to_owned())),
        Ok(before) if !before.is_file() => {
            return open_device(path).and_then(|mut device| write(&mut device)).map_err(failed);
        }
        Ok(before) => Some(before),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        return Err(FsError::Other("is a symbolic link; not written".to_owned()));
    }
    if let Some(before) = &before {
        check_writable(path, before)?;
    }
    let mut file = temporary_in(dir).map_err(failed)?;
    write(&mut file).map_err(failed)?;
    if let Some(before) = before {
        std::fs::set_permissions(file.path(), before.permissions()).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map(|_| ()).map_err(|error| failed(error.error))
}

/// Opens what is no file for writing: a device, or a pipe that is being read.
fn open_device(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
        use std::os::unix::fs::OpenOptionsExt;
        // A pipe that nobody reads is refused instead of waited for.
        let file = options.custom_flags(OFlags::NONBLOCK.bits() as i32).open(path).map_err(|error| {
            let nobody_reads = error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error());
            if nobody_reads { std::io::Error::other("no program reads from this pipe") } else { error }
        })?;
        fcntl_setfl(&file, fcntl_getfl(&file)? - OFlags::NONBLOCK)?;
        Ok(file)
    }
    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    options.open(path)
}

/// A temporary file whose mode is the umask's, as a shell's `>` would give it.
fn temporary_in(dir: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".matterlint-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(dir)
}

fn check_writable(path: &Path, before: &Metadata) -> Result<(), FsError> {
    if before.permissions().readonly() || OpenOptions::new().write(true).open(path).is_err() {
        return Err(FsError::Other("cannot write: permission denied".to_owned()));
    }
    if links(before) > 1 {
        return Err(FsError::Other("has other hard links; not replaced".to_owned()));
    }
    Ok(())
}

/// Replaces a file's bytes: all or none, with its mode, owner and extended attributes, through a link to the file that
/// it leads to.
///
/// # Errors
/// Why not; the file is then as it was: it may not be written, it has other names (hard links, which replacing would tear
/// apart), it or a folder on the way is outside of the project, or it no longer holds `old`.
pub(super) fn replace(fs: &dyn FileSystem, path: &Path, old: &[u8], new: &[u8]) -> Result<(), FsError> {
    check_links_of_page(fs, path.parent().unwrap_or(path), path).map_err(|error| match error {
        FsError::OutsideProject => FsError::Other("symbolic link points outside the project; not written".to_owned()),
        error => error,
    })?;
    let real = path.canonicalize()?;
    let before = std::fs::metadata(&real)?;
    check_writable(&real, &before)?;
    let failed = |error: std::io::Error| FsError::Other(format!("cannot write: {error}"));
    let mut file = temporary_in(real.parent().unwrap_or(&real)).map_err(failed)?;
    file.write_all(new).map_err(failed)?;
    keep_owner(file.path(), &before).map_err(failed)?;
    keep_attributes(&real, file.path()).map_err(failed)?;
    // Last, as each of these may touch the mode.
    std::fs::set_permissions(file.path(), before.permissions()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    // As late as can be: an editor that saves between here and the next line is the only one left to lose.
    if fs.read(&real, MAX_FILE_SIZE)? != old {
        return Err(FsError::Changed);
    }
    file.persist(&real).map(|_| ()).map_err(|error| failed(error.error))
}

#[cfg(unix)]
fn links(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(file)
}

#[cfg(not(unix))]
fn links(_file: &Metadata) -> u64 {
    1
}

#[cfg(unix)]
fn keep_owner(path: &Path, before: &Metadata) -> std::io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let now = std::fs::metadata(path)?;
    if (now.uid(), now.gid()) == (before.uid(), before.gid()) {
        return Ok(());
    }
    std::os::unix::fs::chown(path, Some(before.uid()), Some(before.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_path: &Path, _before: &Metadata) -> std::io::Result<()> {
    Ok(())
}

/// Access lists, and what a desktop notes of a file: its tags, where it came from.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn keep_attributes(from: &Path, to: &Path) -> std::io::Result<()> {
    use rustix::fs::{XattrFlags, getxattr, listxattr, setxattr};
    use rustix::io::Errno;
    // What Linux allows for all names, and for one value; a file with more isn't written.
    const MOST: usize = 64 << 10;
    let (mut names, mut value) = (vec![0_u8; MOST], vec![0_u8; MOST]);
    let length = match listxattr(from, &mut names) {
        Err(Errno::NOTSUP) => return Ok(()),
        length => length?,
    };
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let length = getxattr(from, name, &mut value)?;
        let kept = setxattr(to, name, &value[..length], XattrFlags::empty());
        // What only the system sets, it has set on the new file too.
        if !name.starts_with(b"security.") && !name.starts_with(b"trusted.") {
            kept?;
        }
    }
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn keep_attributes(_from: &Path, _to: &Path) -> std::io::Result<()> {
    Ok(())
}
