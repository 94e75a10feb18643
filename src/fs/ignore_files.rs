//! `.gitignore` and `.ignore`: what they leave out of a walk.

use crate::fs::{DirEntry, FsError, Root};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest ignore file that is used: 1 MiB.
const MAX_SIZE: u64 = 1 << 20;

/// The ignore files of a folder and of those above it in the repository.
#[derive(Debug)]
pub(super) struct IgnoreFiles {
    above: Option<Arc<IgnoreFiles>>,
    /// `.ignore`, which counts before any `.gitignore`.
    ignore: Option<Gitignore>,
    /// `.gitignore`, and `.git/info/exclude` of a repository's top.
    git: Vec<Gitignore>,
    is_repository: bool,
}

impl IgnoreFiles {
    /// Those of `dir`, whose entries are given, below those of the folder above. What is wrong with one is added to
    /// `warnings`, as its path and the reason; it is then not used.
    pub(super) fn of_folder(
        above: Option<Arc<Self>>,
        root: &Root,
        dir: &Path,
        entries: &[DirEntry],
        warnings: &mut Vec<(PathBuf, FsError)>,
    ) -> Option<Arc<Self>> {
        let has = |name: &str| entries.iter().any(|entry| entry.name == name);
        let (has_ignore, has_git, is_repository) = (has(".ignore"), has(".gitignore"), has(".git"));
        if !has_ignore && !has_git && !is_repository {
            return above;
        }
        let mut read = |is_there: bool, name: &str| if is_there { read(root, dir, name, warnings) } else { None };
        let ignore = read(has_ignore, ".ignore");
        let git = read(has_git, ".gitignore").into_iter();
        let git = git.chain(read(is_repository, ".git/info/exclude")).collect();
        Some(Arc::new(Self { above, ignore, git, is_repository }))
    }

    /// Whether the entry at `path` is left out.
    pub(super) fn matches(&self, path: &Path, is_dir: bool) -> bool {
        let decide = |found: Match<&ignore::gitignore::Glob>| match found {
            Match::None => None,
            Match::Ignore(_) => Some(true),
            Match::Whitelist(_) => Some(false),
        };
        let all = || std::iter::successors(Some(self), |files| files.above.as_deref());
        let by_ignore =
            all().filter_map(|files| files.ignore.as_ref()).find_map(|file| decide(file.matched(path, is_dir)));
        let by_git = || {
            // A repository within another goes by its own files.
            let mut is_outer = false;
            let own = all().take_while(move |files| !std::mem::replace(&mut is_outer, files.is_repository));
            own.flat_map(|files| &files.git).find_map(|file| decide(file.matched(path, is_dir)))
        };
        by_ignore.or_else(by_git).unwrap_or(false)
    }
}

fn read(root: &Root, dir: &Path, name: &str, warnings: &mut Vec<(PathBuf, FsError)>) -> Option<Gitignore> {
    let path = dir.join(name);
    let bytes = match root.read_up_to(&path, MAX_SIZE) {
        Ok(bytes) => bytes,
        // Not every repository has its own list in addition to the shared one.
        Err(FsError::NotFound) => return None,
        Err(error) => {
            warnings.push((path, error));
            return None;
        }
    };
    let mut builder = GitignoreBuilder::new(dir);
    for line in String::from_utf8_lossy(&bytes).lines() {
        // A line that is no pattern is passed over, as git does.
        let _ = builder.add_line(None, line);
    }
    builder.build().ok().filter(|file| !file.is_empty())
}
