//! Following symbolic links by what is written in them, without a look at anything outside a folder.

use crate::fs::{EntryKind, FileSystem, FsError};
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// As many links are followed on the way to one file.
const MAX_LINKS: usize = 40;

/// Where `path` (absolute, without `..`, below `top`) is once the links in it are followed. `real_top` is `top` with its own
/// links followed, which links with absolute targets may name. Whether anything exists outside `top` makes no difference:
/// it isn't looked at.
///
/// # Errors
/// [`FsError::OutsideProject`] where a link leaves `top`, [`FsError::DanglingLink`] where one leads to nothing inside it.
pub(super) fn follow_links(fs: &dyn FileSystem, top: &Path, real_top: &Path, path: &Path) -> Result<PathBuf, FsError> {
    let below = path.strip_prefix(top).map_err(|_| FsError::OutsideProject)?;
    let mut left: Vec<OsString> = parts(below);
    let mut at = top.to_owned();
    let mut links = 0;
    while let Some(part) = left.pop() {
        if part == ".." {
            at.pop();
            continue;
        }
        let next = at.join(&part);
        // Outside, names are only names.
        if !next.starts_with(top) || next == top {
            at = next;
            continue;
        }
        let found = fs.metadata(&next).map_err(|error| match error {
            FsError::NotFound if links > 0 => FsError::DanglingLink,
            error => error,
        })?;
        if found.kind != EntryKind::Link {
            at = next;
            continue;
        }
        links += 1;
        if links > MAX_LINKS {
            return Err(FsError::DanglingLink);
        }
        let target = fs.read_link(&next)?;
        if target.has_root() {
            let inside = target.strip_prefix(top).or_else(|_| target.strip_prefix(real_top));
            left.extend(parts(inside.map_err(|_| FsError::OutsideProject)?));
            at = top.to_owned();
        } else {
            left.extend(parts(&target));
        }
    }
    if at.starts_with(top) { Ok(at) } else { Err(FsError::OutsideProject) }
}

/// The parts of a relative path, the last first.
fn parts(path: &Path) -> Vec<OsString> {
    let named = path.components().filter(|part| *part != Component::CurDir);
    named.map(|part| part.as_os_str().to_owned()).rev().collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::fs::Os;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_are_followed_inside_and_refused_outside_whether_or_not_anything_is_there() {
        let dir = tempfile::tempdir().expect("a folder");
        let real = dir.path().canonicalize().expect("it is there");
        let top = real.join("top");
        std::fs::create_dir_all(top.join("a/b")).expect("a folder");
        std::fs::write(top.join("a/b/file"), "x").expect("a file");
        std::fs::write(real.join("secret"), "x").expect("a file");
        for (name, target) in [
            ("near", "a/b/file"),
            ("folder", "a/b"),
            ("round", "../top/a/b/file"),
            ("chain", "folder/../b/file"),
            ("out", "../secret"),
            ("gone", "../no-secret"),
            ("etc", "/etc/passwd"),
            ("nothing", "a/no"),
            ("loop", "loop"),
        ] {
            symlink(target, top.join(name)).expect("a link");
        }
        symlink(top.join("a"), top.join("absolute")).expect("a link");
        let follow = |name: &str| follow_links(&Os, &top, &top, &top.join(name));
        for name in ["near", "folder/file", "round", "chain", "absolute/b/file"] {
            assert_eq!(follow(name), Ok(top.join("a/b/file")), "{name}");
        }
        for name in ["out", "gone", "etc"] {
            assert_eq!(follow(name), Err(FsError::OutsideProject), "{name}");
        }
        assert_eq!((follow("nothing"), follow("loop")), (Err(FsError::DanglingLink), Err(FsError::DanglingLink)));
    }
}
