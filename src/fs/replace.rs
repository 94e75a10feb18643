//! Writing a file anew where somebody may be reading, editing or linking it.

use crate::fs::{plain, repository_top};
use std::fs::{Metadata, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Replaces a file's bytes: all or none, with its mode, owner and extended attributes, through a link to the file that it leads to.
///
/// # Errors
/// Why not, in plain words; the file is then as it was: it may not be written, it has other names (hard links, which
/// replacing would tear apart), it lies outside the project, or it no longer holds `old`.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), String> {
    let real = path.canonicalize().map_err(|error| plain(&error))?;
    let dir = path.parent().unwrap_or(path);
    let home = repository_top(dir).unwrap_or(dir).canonicalize().map_err(|error| plain(&error))?;
    if !real.starts_with(home) {
        return Err("this leads out of the project, so it isn't written".to_owned());
    }
    let before = std::fs::metadata(&real).map_err(|error| plain(&error))?;
    if before.permissions().readonly() || OpenOptions::new().write(true).open(&real).is_err() {
        return Err("it may not be written".to_owned());
    }
    if links(&before) > 1 {
        return Err("it has other names (hard links), so it isn't replaced".to_owned());
    }
    let failed = |error: std::io::Error| format!("it can't be written: {error}");
    let mut file =
        tempfile::Builder::new().prefix(".matterlint-").tempfile_in(real.parent().unwrap_or(&real)).map_err(failed)?;
    file.write_all(new).map_err(failed)?;
    keep_owner(file.path(), &before).map_err(failed)?;
    keep_attributes(&real, file.path()).map_err(failed)?;
    // Last, as each of these may touch the mode.
    std::fs::set_permissions(file.path(), before.permissions()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    // As late as can be: an editor that saves between here and the next line is the only one left to lose.
    if crate::fs::read(&real)? != old {
        return Err("it was changed meanwhile, so it isn't written".to_owned());
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
