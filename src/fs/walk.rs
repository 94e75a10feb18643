//! How paths that a user named become files.

use crate::fs::ignore_files::IgnoreFiles;
use crate::fs::links::check_links_of_page;
use crate::fs::{EntryKind, FileSystem, FsError, Root, absolute, is_markdown};
use crate::source::display_path;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a config leaves out of a walk.
pub(crate) trait Exclude {
    /// Whether the folder or file at `path` (absolute) is left out.
    fn excludes(&self, path: &Path, is_dir: bool) -> bool;
}

/// How to walk.
pub(crate) struct Walk<'a> {
    /// Where the files are.
    pub(crate) fs: Arc<dyn FileSystem>,
    /// Where the run began: links below it may not leave it, even where no repository is found.
    pub(crate) cwd: &'a Path,
    /// What the config leaves out.
    pub(crate) exclude: &'a dyn Exclude,
    /// Whether it leaves out named files too.
    pub(crate) force_exclude: bool,
    /// Whether `.gitignore` and `.ignore` are used.
    pub(crate) ignore_files: bool,
}

/// What a walk came to.
#[derive(Default, Debug)]
pub(crate) struct Walked {
    /// The files, absolute, each once, sorted by bytes.
    pub(crate) files: Vec<PathBuf>,
    /// What can't be read, with the reason, sorted.
    pub(crate) errors: Vec<String>,
    /// Ignore files that aren't used, with the reason.
    pub(crate) warnings: Vec<String>,
    /// How many Markdown files and folders ignore files left out.
    pub(crate) ignored: usize,
    /// How many the config left out.
    pub(crate) excluded: usize,
    /// Which those are, sorted.
    pub(crate) excluded_paths: Vec<PathBuf>,
    /// The named folders, absolute.
    pub(crate) folders: Vec<PathBuf>,
}

/// What a user named.
enum Named {
    File(PathBuf),
    Dir(PathBuf),
}

impl Walk<'_> {
    /// The Markdown files below the named paths, and the named files whatever they are called. Links aren't followed in
    /// a walk; a named one must lead to a place inside its project.
    pub(crate) fn files(&self, named: &[PathBuf]) -> Walked {
        let mut walked = Walked::default();
        // Where a file really is, and its name where that is another.
        let mut found: Vec<(PathBuf, Option<PathBuf>)> = Vec::new();
        let mut seen = HashSet::new();
        for name in named {
            match self.named(name) {
                Ok(Named::File(path)) => {
                    if !(self.force_exclude && self.exclude.excludes(&path, false)) {
                        // A file that a walk meets is no link, and neither are the folders on the way.
                        let real = self.fs.canonicalize(&path).ok().filter(|real| *real != path);
                        found.push(real.map_or((path.clone(), None), |real| (real, Some(path))));
                    }
                }
                Ok(Named::Dir(path)) => {
                    if seen.insert(path.clone()) {
                        walked.folders.push(path.clone());
                        self.walk(&path, &mut found, &mut walked);
                    }
                }
                Err(reason) => walked.errors.push(format!("{}: {reason}", display_path(name))),
            }
        }
        // One reached twice is linted once, under its least name. Compared by bytes, which is faster than part by part.
        found.sort_unstable_by(|a, b| by_bytes(&a.0, &b.0).then_with(|| by_bytes(name_of(a), name_of(b))));
        found.dedup_by(|later, first| later.0 == first.0);
        walked.files = found.into_iter().map(|(real, name)| name.unwrap_or(real)).collect();
        walked.files.sort_unstable_by(|a, b| by_bytes(a, b));
        walked.errors.sort();
        walked.excluded_paths.sort();
        walked.warnings.sort();
        walked.warnings.dedup();
        walked
    }

    fn named(&self, name: &Path) -> Result<Named, FsError> {
        let path = absolute(name)?;
        // First, so that nothing behind a link out of the project is looked at.
        check_links_of_page(&*self.fs, self.cwd, &path)?;
        let found = self.fs.metadata(&path)?;
        let target = match found.kind {
            EntryKind::Link => self.fs.metadata(&self.fs.canonicalize(&path)?)?.kind,
            kind => kind,
        };
        match target {
            EntryKind::Dir => Ok(Named::Dir(path)),
            EntryKind::File => Ok(Named::File(path)),
            EntryKind::Link | EntryKind::Other => Err(FsError::NotRegular),
        }
    }

    fn walk(&self, top: &Path, found: &mut Vec<(PathBuf, Option<PathBuf>)>, walked: &mut Walked) {
        let root = Root::containing(self.fs.clone(), top);
        let mut warnings = Vec::new();
        let above = self.ignore_files_above(&root, top, &mut warnings);
        // A named folder is checked, as a named file is.
        let is_named_excluded = !self.force_exclude && self.exclude.excludes(top, true);
        let mut folders = vec![(top.to_owned(), above)];
        while let Some((dir, above)) = folders.pop() {
            let entries = match self.fs.read_dir(&dir) {
                Ok(entries) => entries,
                Err(error) => {
                    let shown = crate::fs::relative(&dir, self.cwd);
                    walked.errors.push(format!("{}: {error}", display_path(&shown)));
                    continue;
                }
            };
            let ignore = match self.ignore_files {
                true => IgnoreFiles::of_folder(above, &root, &dir, &entries, &mut warnings),
                false => None,
            };
            for entry in entries {
                let is_dir = entry.kind == EntryKind::Dir;
                let is_page = entry.kind == EntryKind::File && is_markdown(Path::new(&entry.name));
                let is_hidden = entry.name.as_encoded_bytes().starts_with(b".");
                if is_hidden || !(is_dir || is_page) {
                    continue;
                }
                let path = dir.join(&entry.name);
                if ignore.as_ref().is_some_and(|ignore| ignore.matches(&path, is_dir)) {
                    walked.ignored += 1;
                } else if !is_named_excluded && self.exclude.excludes(&path, is_dir) {
                    walked.excluded += 1;
                    walked.excluded_paths.push(path);
                } else if is_dir {
                    folders.push((path, ignore.clone()));
                } else {
                    found.push((path, None));
                }
            }
        }
        let warning = |(path, error): (PathBuf, FsError)| {
            format!("{}: ignore file not used: {error}", display_path(&crate::fs::relative(&path, self.cwd)))
        };
        walked.warnings.extend(warnings.into_iter().map(warning));
    }

    /// The ignore files of the folders above `top`, up to the repository's.
    fn ignore_files_above(
        &self,
        root: &Root,
        top: &Path,
        warnings: &mut Vec<(PathBuf, FsError)>,
    ) -> Option<Arc<IgnoreFiles>> {
        let between = top.ancestors().skip(1).take_while(|dir| dir.starts_with(root.top()));
        let mut above = None;
        for dir in between.collect::<Vec<_>>().into_iter().rev().filter(|_| self.ignore_files) {
            let entries = self.fs.read_dir(dir).unwrap_or_default();
            above = IgnoreFiles::of_folder(above, root, dir, &entries, warnings);
        }
        above
    }
}

/// The name of a file: its own, where it was reached by no other.
fn name_of((real, name): &(PathBuf, Option<PathBuf>)) -> &Path {
    name.as_deref().unwrap_or(real)
}

fn by_bytes(a: &Path, b: &Path) -> std::cmp::Ordering {
    a.as_os_str().cmp(b.as_os_str())
}
