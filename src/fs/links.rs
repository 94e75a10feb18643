//! Symbolic links out of a project, on the way to a path that a user named.

use crate::fs::resolve::follow_links;
use crate::fs::{EntryKind, FileSystem, FsError, repository_root};
use std::path::Path;

/// Refuses a path (absolute) that passes through a symbolic link out of the project that contains the link: its repository,
/// or `cwd` where it is in none. Every part of the path is looked at, so a file behind a linked folder is refused too, and
/// nothing behind such a link is looked at. The end of the path need not exist.
///
/// # Errors
/// [`FsError::OutsideProject`], or why a part can't be looked at.
pub(crate) fn check_links<'a>(fs: &dyn FileSystem, cwd: &'a Path, path: &'a Path) -> Result<(), FsError> {
    check(fs, path, |folder| project_of(fs, cwd, folder))
}

/// As [`check_links`], for a page: a link outside of any project may not leave its folder.
///
/// # Errors
/// As for [`check_links`].
pub(super) fn check_links_of_page<'a>(fs: &dyn FileSystem, cwd: &'a Path, path: &'a Path) -> Result<(), FsError> {
    // A link above all projects is the system's own, as `/tmp` may be.
    check(fs, path, |folder| project_of(fs, cwd, folder).or_else(|| path.parent().filter(|parent| *parent == folder)))
}

fn project_of<'a>(fs: &dyn FileSystem, cwd: &'a Path, folder: &'a Path) -> Option<&'a Path> {
    repository_root(fs, folder).or_else(|| folder.starts_with(cwd).then_some(cwd))
}

fn check<'a>(
    fs: &dyn FileSystem,
    path: &'a Path,
    project: impl Fn(&'a Path) -> Option<&'a Path>,
) -> Result<(), FsError> {
    for part in path.ancestors().collect::<Vec<_>>().into_iter().rev() {
        match fs.metadata(part) {
            Ok(found) if found.kind == EntryKind::Link => {}
            Ok(_) => continue,
            Err(FsError::NotFound) => break,
            Err(error) => return Err(error),
        }
        if let Some(top) = project(part.parent().unwrap_or(part)) {
            let real_top = fs.canonicalize(top)?;
            follow_links(fs, top, &real_top, part)?;
        }
    }
    Ok(())
}
