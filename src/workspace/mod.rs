//! What the command line and the editor both know before they look at a page: the config that rules it, the site that
//! it belongs to, the pages around it. What both then say of a page is one thing: [`Ground::look`].

pub mod examples;
pub mod ground;
pub mod pages;
pub mod parallel;
pub mod scopes;

use crate::config::{Config, Faults, Project};
use crate::fs;
use crate::fs::ProjectFiles;
use crate::source::{Source, display_path};
use std::path::{Path, PathBuf};

pub use crate::workspace::ground::{Ground, Grounds, today};
pub use crate::workspace::pages::{compare, facts_of, has_file, pages};
pub use crate::workspace::scopes::{Choice, Scopes};

/// A config, and the folder that its paths are relative to.
#[derive(Debug)]
pub struct Scope {
    /// The folder that globs are relative to.
    pub root: PathBuf,
    /// Where the config was read from; none for what is built in.
    pub file: Option<PathBuf>,
    /// What it says; the default where it is broken.
    pub config: Config,
}

/// Why configs aren't what their files say.
#[derive(Debug, Default)]
pub struct Broken {
    /// What is wrong in them, and in the packs and pages that they name.
    pub faults: Vec<Faults>,
    /// What has no place in a file.
    pub messages: Vec<String>,
}

impl Broken {
    /// Whether anything is wrong.
    pub fn is_any(&self) -> bool {
        !self.faults.is_empty() || !self.messages.is_empty()
    }

    fn add(&mut self, other: Self) {
        self.faults.extend(other.faults);
        for message in other.messages {
            self.message(message);
        }
    }

    fn message(&mut self, message: String) {
        if !self.messages.contains(&message) {
            self.messages.push(message);
        }
    }
}

impl Scope {
    /// Reads the config `file` (what is built in where there is none) with `extra` layers on top, for the files below
    /// `root`. Paths are absolute; messages show them as seen from `cwd`.
    fn open(file: Option<PathBuf>, root: PathBuf, extra: &[(String, String)], cwd: &Path) -> (Self, Broken) {
        let mut broken = Broken::default();
        let text = file.as_ref().and_then(|file| {
            let shown = fs::relative(file, cwd);
            match fs::read(file) {
                Ok(bytes) => Some(Source::new(shown, bytes)),
                Err(reason) => {
                    broken.message(format!("{}: {reason}", display_path(&shown)));
                    None
                }
            }
        });
        let folder = file.as_deref().and_then(Path::parent).unwrap_or(&root);
        let config = Config::read(text, extra, &OnDisk(ProjectFiles::new(folder))).unwrap_or_else(|faults| {
            broken.faults = faults;
            Config::default()
        });
        (Self { root, file, config }, broken)
    }

    /// `path` (absolute) as the config's globs see it.
    pub fn inside(&self, path: &Path) -> String {
        fs::relative(path, &self.root).to_string_lossy().replace('\\', "/")
    }
}

/// The files that a config may name, on disk.
#[derive(Debug)]
pub struct OnDisk(pub ProjectFiles);

impl Project for OnDisk {
    fn read(&self, path: &str) -> Result<String, String> {
        self.0.text(path)
    }
    fn pages(&self, dir: &str) -> Result<Vec<String>, String> {
        self.0.markdown_in(dir)
    }
    fn names(&self, dir: &str, of_folders: bool) -> Result<Vec<String>, String> {
        self.0.names(dir, of_folders)
    }
}
