//! A config read from disk, the folder that it rules, and the files there.

use crate::config::{Config, Faults, Project};
use crate::files::{self, ProjectFiles};
use crate::site::Site;
use crate::source::{Source, display_path};
use std::path::{Path, PathBuf};

/// A config, the folder that its paths are relative to, and the files there.
#[derive(Debug)]
pub struct Scope {
    /// The folder that globs are relative to.
    pub root: PathBuf,
    /// Where the config was read from; none for what is built in.
    pub file: Option<PathBuf>,
    /// What it says; the default where it is broken.
    pub config: Config,
    /// The files around a post.
    pub site: Site,
}

/// Why a config is not what its file says.
#[derive(Debug, Default)]
pub struct Broken {
    /// What is wrong in it, and in the packs and pages that it names.
    pub faults: Vec<Faults>,
    /// That it can't be read at all.
    pub unread: Option<String>,
}

impl Scope {
    /// Reads the config `file` (what is built in where there is none) with `extra` layers on top, for the files below
    /// `root`. Paths are absolute; messages show them as seen from `cwd`.
    pub fn open(file: Option<PathBuf>, root: PathBuf, extra: &[(String, String)], cwd: &Path) -> (Self, Broken) {
        let mut broken = Broken::default();
        let text = file.as_ref().and_then(|file| {
            let shown = files::relative(file, cwd);
            match files::read(file) {
                Ok(bytes) => Some(Source::new(shown, bytes)),
                Err(reason) => {
                    broken.unread = Some(format!("{}: {reason}", display_path(&shown)));
                    None
                }
            }
        });
        let folder = file.as_deref().and_then(Path::parent).unwrap_or(&root);
        let config = Config::read(text, extra, &OnDisk(ProjectFiles::new(folder))).unwrap_or_else(|faults| {
            broken.faults = faults;
            Config::default()
        });
        let files = ProjectFiles::new(&root);
        (Self { root, file, config, site: Site::new(move |path| files.has_file(path)) }, broken)
    }

    /// `path` (absolute) as the config's globs see it.
    pub fn inside(&self, path: &Path) -> String {
        files::relative(path, &self.root).to_string_lossy().replace('\\', "/")
    }
}

/// The files of a project on disk.
#[derive(Debug)]
pub struct OnDisk(pub ProjectFiles);

impl Project for OnDisk {
    fn read(&self, path: &str) -> Result<String, String> {
        self.0.text(path)
    }
    fn pages(&self, dir: &str) -> Result<Vec<String>, String> {
        self.0.markdown_in(dir)
    }
}
