//! Which site a file belongs to: the config that rules there, the generator that builds it, the folder it starts in.

use crate::content::ContentType;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::fs;
use crate::fs::ProjectFiles;
use crate::generator;
use crate::generator::profile::GeneratorProfile;
use crate::generator::{DetectedGenerator, FolderProbe};
use crate::linter;
use crate::linter::{Part, Setup};
use crate::site::{Site, Survey};
use crate::source::{Source, display_path};
use crate::workspace::scopes::lock;
use crate::workspace::{Scope, Scopes};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A site, or what of it one config rules.
#[derive(Debug)]
pub struct Ground {
    /// The config.
    pub scope: Arc<Scope>,
    /// The folder that the site starts in.
    pub root: PathBuf,
    /// The generator's name and why it is taken for it; none where none was found.
    pub generator: Option<(String, String)>,
    /// What checks may ask.
    pub site: Site,
    /// Whether the pages below the root are one site's: a generator or a config says so. Other folders hold what they
    /// hold, and nothing can be told from one page to the next.
    pub is_sure: bool,
}

impl Ground {
    /// Whether a rule for the page at `path` (absolute) asks what other pages have, and there are others to ask.
    pub fn asks_site(&self, path: &Path) -> bool {
        self.is_sure && self.scope.config.rules_for(&self.scope.inside(path)).rules.iter().any(|rule| rule.asks_site)
    }

    /// What the config says of the kind of page that `source` is.
    pub fn content_of(&self, source: &Source) -> Arc<ContentType> {
        self.scope.config.content_for(&display_path(&self.site.inside(source.path())))
    }

    /// Lints the page at `path` (absolute), or a part of it; `switches` says whether its comments may switch rules off.
    pub fn look(&self, path: &Path, doc: &Document, part: Part, switches: bool) -> Vec<Diagnostic> {
        let (inside, config) = (self.scope.inside(path), &self.scope.config);
        let (rules, content) = (config.rules_for(&inside), config.content_for(&inside));
        let setup = Setup { rules: &rules, content: &content, site: &self.site, switches };
        let mut found = linter::lint_part(doc, setup, part);
        if !doc.source.is_valid_utf8() {
            // What isn't text as it stands on disk can't be written back.
            found.iter_mut().for_each(|diagnostic| diagnostic.fix = None);
        }
        found
    }

    /// Whether the other is the same place under the same config and generator, found another time.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.root == other.root
            && self.generator == other.generator
            && self.scope.root == other.scope.root
            && self.scope.file == other.scope.file
    }

    /// The same ground, of whose pages `survey` tells.
    #[must_use]
    pub fn with(&self, survey: Survey) -> Self {
        let site = self.site.again();
        site.learn(survey);
        Self { scope: self.scope.clone(), root: self.root.clone(), generator: self.generator.clone(), site, ..*self }
    }
}

/// A folder with the marks of a generator.
#[derive(Debug)]
struct Found {
    root: PathBuf,
    name: &'static str,
    reason: String,
}

/// What tells one ground from another.
type Key = (PathBuf, Option<PathBuf>, PathBuf, bool);

/// Finds the ground of any file, and remembers it.
#[derive(Debug)]
pub struct Grounds {
    scopes: Scopes,
    by_dir: Mutex<HashMap<PathBuf, Arc<Ground>>>,
    by_root: Mutex<HashMap<Key, Arc<Ground>>>,
    found: Mutex<HashMap<PathBuf, Option<Arc<Found>>>>,
    today: Date,
}

impl Grounds {
    /// Sites are looked at as on the day `today`.
    pub fn new(scopes: Scopes, today: Date) -> Self {
        Self { scopes, by_dir: Mutex::default(), by_root: Mutex::default(), found: Mutex::default(), today }
    }

    /// The configs.
    pub fn scopes(&self) -> &Scopes {
        &self.scopes
    }

    /// The ground of a file (absolute).
    pub fn of_file(&self, path: &Path) -> Arc<Ground> {
        let dir = path.parent().unwrap_or(path);
        // A skill's page says itself what it is.
        let is_skill = path.file_name().is_some_and(|name| name == "SKILL.md");
        if is_skill { self.make(dir, is_skill) } else { self.of_dir(dir) }
    }

    /// The ground of a folder (absolute).
    pub fn of_dir(&self, dir: &Path) -> Arc<Ground> {
        if let Some(ground) = lock(&self.by_dir).get(dir) {
            return ground.clone();
        }
        let ground = self.make(dir, false);
        lock(&self.by_dir).insert(dir.to_owned(), ground.clone());
        ground
    }

    fn make(&self, dir: &Path, is_skill: bool) -> Arc<Ground> {
        let scope = self.scopes.of_dir(dir);
        let top = fs::repository_top(dir).unwrap_or(&scope.root);
        let found = self.search(dir, top);
        let (generator, root) = match (scope.config.generator(), found) {
            _ if is_skill => (Some(("agent-skill".into(), "the file is called `SKILL.md`".into())), dir.to_owned()),
            (Some("none"), _) => (None, scope.root.clone()),
            (Some(name), found) => {
                let same = found.filter(|found| found.name == name);
                let root = same.map_or_else(|| scope.root.clone(), |found| found.root.clone());
                (Some((name.to_owned(), "the config says so".to_owned())), root)
            }
            (None, Some(found)) => (Some((found.name.to_owned(), found.reason.clone())), found.root.clone()),
            (None, None) => (None, scope.root.clone()),
        };
        let mut by_root = lock(&self.by_root);
        let key = (scope.root.clone(), scope.file.clone(), root.clone(), is_skill);
        if let Some(ground) = by_root.get(&key) {
            return ground.clone();
        }
        let profile: Arc<GeneratorProfile> =
            generator.as_ref().and_then(|(name, _)| generator::profile(name)).unwrap_or_default();
        let is_sure = !is_skill && (generator.is_some() || scope.file.is_some());
        let files = ProjectFiles::new(&scope.root);
        let listed = files.clone();
        let (cwd, top) = (self.scopes.cwd().to_owned(), scope.root.clone());
        let site = Site::new(move |path| files.has_file(path))
            .listing(move |folder| listed.names(&folder.to_string_lossy(), false).unwrap_or_default())
            .shown_by(move |path| fs::inside(&cwd.join(path), &top))
            .built_by(profile)
            .on(self.today);
        let ground = Arc::new(Ground { scope, root, generator, site, is_sure });
        by_root.insert(key, ground.clone());
        ground
    }

    /// The nearest folder upward, no higher than `top`, that has a generator's marks.
    fn search(&self, dir: &Path, top: &Path) -> Option<Arc<Found>> {
        let mut found = lock(&self.found);
        let mut passed = Vec::new();
        let mut result = None;
        // One that yields, and how many folders it is good for if nothing lies above.
        let mut else_it: Option<(usize, Arc<Found>)> = None;
        for folder in dir.ancestors() {
            if let Some(known) = found.get(folder) {
                result = known.clone();
                break;
            }
            passed.push(folder.to_owned());
            let names = fs::names_in(folder);
            if let Some(DetectedGenerator { name, reason, defers_to_parent }) =
                generator::detect(&Marks { folder, names })
            {
                let here = Arc::new(Found { root: folder.to_owned(), name, reason });
                if !defers_to_parent {
                    result = Some(here);
                    break;
                }
                else_it.get_or_insert((passed.len(), here));
            }
            if folder == top || !folder.starts_with(top) {
                break;
            }
        }
        let of = |index: usize| {
            let below = || else_it.as_ref().filter(|(count, _)| index < *count).map(|(_, found)| found.clone());
            result.clone().or_else(below)
        };
        let answer = of(0);
        for (index, folder) in passed.into_iter().enumerate() {
            found.insert(folder, of(index));
        }
        answer
    }
}

struct Marks<'a> {
    folder: &'a Path,
    names: Vec<String>,
}

impl FolderProbe for Marks<'_> {
    fn names(&self) -> &[String] {
        &self.names
    }
    fn exists(&self, path: &str) -> bool {
        self.folder.join(path).exists()
    }
    fn contains(&self, path: &str, text: &str) -> bool {
        fs::read(&self.folder.join(path)).is_ok_and(|bytes| memchr::memmem::find(&bytes, text.as_bytes()).is_some())
    }
}

/// The day it is, by the clock; in UTC.
pub fn today() -> Date {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Date::from_days_since_epoch((since.as_secs() / 86_400) as i64)
}
