//! The file system: finding the config, walking, globs, reading inside the project, atomic writing.

pub mod project_files;
pub mod replace;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::cmp::Ordering;
use std::io;
use std::path::{Component, Path, PathBuf};

pub use crate::fs::replace::replace;

/// Names under which a config is found, the first winning.
const CONFIG_NAMES: [&str; 4] = ["matterlint.yaml", ".matterlint.yaml", "matterlint.yml", ".matterlint.yml"];

/// What a Markdown file's name ends in.
const EXTENSIONS: [&str; 8] = ["md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd", "Rmd"];

/// The largest file that is read: 8 MiB.
pub const MAX_FILE_SIZE: u64 = 8 << 20;

/// Patterns of paths, with `/` between the parts: `*` stays within a part, `**` doesn't.
#[derive(Clone, Default, Debug)]
pub struct Globs(GlobSet);

impl Globs {
    /// Patterns that match whole paths.
    ///
    /// # Errors
    /// Which pattern isn't one, by its index, and why.
    pub fn new(patterns: &[String]) -> Result<Self, (usize, String)> {
        Self::build(patterns, |pattern| vec![pattern.to_owned()])
    }

    /// Patterns that match paths and all below them; one without `/` matches at any depth.
    ///
    /// # Errors
    /// Which pattern isn't one, by its index, and why.
    pub fn anywhere(patterns: &[String]) -> Result<Self, (usize, String)> {
        Self::build(patterns, |pattern| {
            let pattern = pattern.trim_end_matches('/');
            let pattern = if pattern.contains('/') {
                pattern.trim_start_matches('/').to_owned()
            } else {
                format!("**/{pattern}")
            };
            vec![format!("{pattern}/**"), pattern]
        })
    }

    fn build(patterns: &[String], expand: impl Fn(&str) -> Vec<String>) -> Result<Self, (usize, String)> {
        let mut set = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            for expanded in expand(pattern.trim_start_matches("./")) {
                let glob = GlobBuilder::new(&expanded).literal_separator(true).build();
                set.add(
                    glob.map_err(|error| (index, format!("`{pattern}` isn't a pattern of paths: {}", error.kind())))?,
                );
            }
        }
        let set = set.build().map_err(|error| (0, format!("these patterns are too large: {}", error.kind())))?;
        Ok(Self(set))
    }

    /// Whether any pattern matches `path`.
    pub fn matches(&self, path: &str) -> bool {
        !self.0.is_empty() && self.0.is_match(path)
    }
}

/// Whether a file's name says that it is Markdown.
pub fn is_markdown(path: &Path) -> bool {
    path.extension().and_then(|ext| ext.to_str()).is_some_and(|ext| EXTENSIONS.contains(&ext))
}

/// The config that lies in `dir` itself.
pub fn config_in(dir: &Path) -> Option<PathBuf> {
    CONFIG_NAMES.iter().map(|name| dir.join(name)).find(|path| path.is_file())
}

/// The config that rules in `dir`: the nearest upward, up to the repository's top.
pub fn find_config(dir: &Path) -> Option<PathBuf> {
    for dir in dir.ancestors() {
        if let Some(found) = CONFIG_NAMES.iter().map(|name| dir.join(name)).find(|path| path.is_file()) {
            return Some(found);
        }
        if dir.join(".git").exists() {
            return None;
        }
    }
    None
}

/// The top of the repository that `dir` is in, if it is in one.
pub fn repository_top(dir: &Path) -> Option<&Path> {
    dir.ancestors().find(|dir| dir.join(".git").exists())
}

/// `path` made absolute, without `.` and with `..` taken out by name.
///
/// # Errors
/// Where the working directory is gone.
pub fn absolute(path: &Path) -> io::Result<PathBuf> {
    Ok(normalise(&std::path::absolute(path)?))
}

/// `path` without `.`, and with `..` taken out by name.
fn normalise(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// `path` as seen from `from`, both absolute: with `../` where it lies beside.
pub fn relative(path: &Path, from: &Path) -> PathBuf {
    let common = path.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return path.to_owned();
    }
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    let shown: PathBuf = up.chain(path.components().skip(common)).collect();
    if shown.as_os_str().is_empty() { PathBuf::from(".") } else { shown }
}

/// `path` as seen from `root`, both absolute, with what `..` in it takes back resolved.
pub fn inside(path: &Path, root: &Path) -> PathBuf {
    relative(&normalise(path), root)
}

/// A file to lint, or why it can't be.
pub type Target = Result<PathBuf, String>;

/// How paths that a user named become files.
pub struct Walk<'a> {
    /// Whether a directory or file, absolute, is left out when it is met in a walk.
    pub leave_out: &'a (dyn Fn(&Path, bool) -> bool + Sync),
    /// Whether named files are left out too.
    pub force: bool,
}

impl Walk<'_> {
    /// The files below the named paths, absolute, each once, sorted; and what can't be read, with the reason.
    /// Links aren't followed in a walk; a named one must lead to a place inside its repository.
    pub fn files(&self, named: &[PathBuf]) -> (Vec<PathBuf>, Vec<String>) {
        // Where a file really is, and its name where that is another.
        let mut found: Vec<(PathBuf, Option<PathBuf>)> = Vec::new();
        let mut errors = Vec::new();
        let mut add = |path: PathBuf, may_be_link: bool| {
            let target = if may_be_link && path.is_symlink() { path.canonicalize().ok() } else { None };
            found.push(match target {
                Some(target) if target != path => (target, Some(path)),
                _ => (path, None),
            });
        };
        for name in named {
            match self.named(name) {
                Ok(Named::File(path)) => {
                    if !(self.force && (self.leave_out)(&path, false)) {
                        add(path, true);
                    }
                }
                Ok(Named::Dir(path)) => self.walk(&path, &mut add, &mut errors),
                Err(reason) => errors.push(format!("{}: {reason}", crate::source::display_path(name))),
            }
        }
        // One reached twice is linted once, under its least name. Compared by bytes, which is faster than part by part.
        found.sort_unstable_by(|a, b| by_bytes(&a.0, &b.0).then_with(|| by_bytes(named_as(a), named_as(b))));
        found.dedup_by(|later, first| later.0 == first.0);
        let mut files: Vec<PathBuf> = found.into_iter().map(|(real, name)| name.unwrap_or(real)).collect();
        files.sort_unstable_by(|a, b| by_bytes(a, b));
        errors.sort();
        (files, errors)
    }

    fn named(&self, name: &Path) -> Result<Named, String> {
        let path = absolute(name).map_err(|error| plain(&error))?;
        let kind = std::fs::symlink_metadata(&path).map_err(|error| plain(&error))?;
        if kind.is_symlink() {
            let target = path.canonicalize().map_err(|_| "this link leads nowhere".to_owned())?;
            let home =
                path.parent().and_then(|dir| repository_top(dir).or(Some(dir))).and_then(|dir| dir.canonicalize().ok());
            if !home.is_some_and(|home| target.starts_with(home)) {
                return Err("this link leads out of the project, so it isn't read".to_owned());
            }
        }
        let kind = std::fs::metadata(&path).map_err(|error| plain(&error))?;
        if kind.is_dir() {
            Ok(Named::Dir(path))
        } else if kind.is_file() {
            Ok(Named::File(path))
        } else {
            Err("not a regular file".to_owned())
        }
    }

    fn walk(&self, dir: &Path, add: &mut impl FnMut(PathBuf, bool), errors: &mut Vec<String>) {
        let walker = ignore::WalkBuilder::new(dir).require_git(false).follow_links(false).build();
        let mut skip: Option<PathBuf> = None;
        for entry in walker {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    errors.push(told(&error));
                    continue;
                }
            };
            let path = entry.path();
            if skip.as_ref().is_some_and(|skip| path.starts_with(skip)) {
                continue;
            }
            let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            if is_dir && entry.depth() > 0 && (self.leave_out)(path, true) {
                skip = Some(path.to_owned());
            } else if is_file && is_markdown(path) && !(self.leave_out)(path, false) {
                // Links aren't followed, so a file that is met is no link.
                add(entry.into_path(), false);
            }
        }
    }
}

/// Why a walk can't go on somewhere, in plain words.
fn told(error: &ignore::Error) -> String {
    match (error, error.io_error()) {
        (ignore::Error::WithDepth { err, .. }, _) => told(err),
        (ignore::Error::WithPath { path, err }, Some(_)) => {
            format!("{}: {}", crate::source::display_path(path), told(err))
        }
        (_, Some(reason)) => plain(reason),
        _ => error.to_string(),
    }
}

/// The name of a file: its own, where it was reached by no other.
fn named_as((real, name): &(PathBuf, Option<PathBuf>)) -> &Path {
    name.as_deref().unwrap_or(real)
}

fn by_bytes(a: &Path, b: &Path) -> Ordering {
    a.as_os_str().cmp(b.as_os_str())
}

enum Named {
    File(PathBuf),
    Dir(PathBuf),
}

/// The names in a folder; none where it can't be read.
pub fn names_in(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// Reads a file's bytes, if it isn't too large.
///
/// # Errors
/// Why not, in plain words.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    use std::io::Read;
    let file = std::fs::File::open(path).map_err(|error| plain(&error))?;
    let size = file.metadata().map_err(|error| plain(&error))?.len();
    let too_large = || format!("too large: more than {} MiB", MAX_FILE_SIZE >> 20);
    if size > MAX_FILE_SIZE {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    file.take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes).map_err(|error| plain(&error))?;
    if bytes.len() as u64 > MAX_FILE_SIZE { Err(too_large()) } else { Ok(bytes) }
}

/// When a file was last written, and how many bytes it has: what tells that it may have changed.
pub type Stamp = (Option<std::time::SystemTime>, u64);

/// The stamp of a file; one that isn't there has none of either.
pub fn stamp(path: &Path) -> Stamp {
    std::fs::metadata(path).map_or((None, 0), |file| (file.modified().ok(), file.len()))
}

/// Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
///
/// # Errors
/// Why not, in plain words; what was there before is then still there.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), String> {
    use std::io::Write;
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || {
        let mut file = tempfile::Builder::new().prefix(".matterlint-").tempfile_in(dir)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)
    };
    write().map(|_| ()).map_err(|error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be written".to_owned(),
        _ => error.to_string(),
    })
}

/// The path that these bytes name; on a system whose paths are Unicode, with what isn't text replaced.
pub fn path_from_bytes(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
    }
    #[cfg(not(unix))]
    {
        PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
    }
}

/// The system's reason why something can't be read, in plain words.
pub fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    }
}

/// The files that a config in `folder` may name: those below `root`, by paths relative to `folder`.
#[derive(Debug, Clone)]
pub struct ProjectFiles {
    /// Where the config lies.
    pub folder: PathBuf,
    /// The repository's top, or the folder itself.
    pub root: PathBuf,
}

impl ProjectFiles {
    /// The files for a config in `folder`.
    pub fn new(folder: &Path) -> Self {
        let root = repository_top(folder).unwrap_or(folder).to_owned();
        Self { folder: folder.to_owned(), root }
    }

    fn inside(&self, path: &str) -> Result<PathBuf, String> {
        let outside = || format!("`{path}` is outside the project, so it isn't read");
        let full = normalise(&self.folder.join(path));
        if !full.starts_with(&self.root) {
            return Err(outside());
        }
        let real = full.canonicalize().map_err(|_| format!("there is no file `{path}`"))?;
        let root = self.root.canonicalize().map_err(|error| plain(&error))?;
        if real.starts_with(root) { Ok(full) } else { Err(outside()) }
    }

    /// A file's text.
    ///
    /// # Errors
    /// Why it can't be had, in plain words.
    pub fn text(&self, path: &str) -> Result<String, String> {
        let bytes = read(&self.inside(path)?).map_err(|reason| format!("`{path}` can't be read: {reason}"))?;
        String::from_utf8(bytes).map_err(|_| format!("`{path}` isn't UTF-8 text"))
    }

    /// The Markdown files directly in a folder, as paths relative to the config's folder, sorted.
    ///
    /// # Errors
    /// Why it can't be listed, in plain words.
    pub fn markdown_in(&self, dir: &str) -> Result<Vec<String>, String> {
        let names = self.names(dir, false)?;
        let dir = dir.trim_end_matches('/');
        let mut pages: Vec<String> =
            names.iter().filter(|name| name.ends_with(".md")).map(|name| format!("{dir}/{name}")).collect();
        pages.sort();
        Ok(pages)
    }

    /// The names of the files directly in a folder, or of the folders there.
    ///
    /// # Errors
    /// Why it can't be listed, in plain words.
    pub fn names(&self, dir: &str, of_folders: bool) -> Result<Vec<String>, String> {
        let entries = std::fs::read_dir(self.inside(dir)?)
            .map_err(|error| format!("`{dir}` can't be listed: {}", plain(&error)))?;
        let wanted = entries.flatten().filter(|entry| entry.path().is_dir() == of_folders);
        Ok(wanted.filter_map(|entry| entry.file_name().into_string().ok()).collect())
    }

    /// Whether there is a file at `path`, relative to the config's folder, that lies in the project.
    pub fn has_file(&self, path: &Path) -> bool {
        let full = self.folder.join(path);
        full.is_file()
            && full.canonicalize().is_ok_and(|real| self.root.canonicalize().is_ok_and(|root| real.starts_with(root)))
    }
}
