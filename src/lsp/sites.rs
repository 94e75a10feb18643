//! The sites of an editor's workspace: each known as the command line knows it, and kept in step with what is typed.
//!
//! A page's text is looked at on every keystroke, but what others have to know of it changes only when its front matter
//! does. So a site's pages are read once, then only those that changed on disk, and compared again only when one of
//! them tells something new. What the editor has open counts instead of what lies on disk.

use crate::fs;
use crate::fs::Stamp;
use crate::site::{Facts, Survey};
use crate::source::Source;
use crate::workspace;
use crate::workspace::parallel;
use crate::workspace::{Broken, Choice, Ground, Grounds, Scopes};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The sites that were met so far.
pub(super) struct Sites {
    workspace: PathBuf,
    grounds: Grounds,
    known: Vec<Known>,
}

/// What is known of one site.
struct Known {
    /// As it was found.
    found: Arc<Ground>,
    /// The same with what its pages tell together, when that was last asked.
    ground: Arc<Ground>,
    /// By path, as they are compared: sorting what is sorted costs little.
    on_disk: BTreeMap<PathBuf, Page>,
    in_editor: BTreeMap<PathBuf, Facts>,
    /// Whether files that pages name are there, as far as that was looked up.
    files: RefCell<HashMap<PathBuf, bool>>,
    /// Whether its pages may have changed on disk.
    is_old: bool,
    /// Whether a page tells something new.
    is_changed: bool,
}

/// A page on disk.
struct Page {
    stamp: Stamp,
    facts: Facts,
}

impl Sites {
    /// Paths are shown as seen from `workspace`, which is also the root where nothing else says what is.
    pub(super) fn new(workspace: PathBuf) -> Self {
        let grounds = fresh(&workspace);
        Self { workspace, grounds, known: Vec::new() }
    }

    /// The ground of a file (absolute), as far as it is known.
    pub(super) fn of(&self, path: &Path) -> Arc<Ground> {
        let found = self.grounds.of_file(path);
        self.known.iter().find(|known| Arc::ptr_eq(&known.found, &found)).map_or(found, |known| known.ground.clone())
    }

    /// What is wrong with configs that were read since this was last asked.
    pub(super) fn take_broken(&self) -> Broken {
        self.grounds.scopes().take_broken()
    }

    /// From here on any file may have changed.
    pub(super) fn renew(&mut self) {
        self.grounds = fresh(&self.workspace);
        self.known.iter_mut().for_each(|known| known.is_old = true);
    }

    /// Takes down what the page at `path` tells others, as the editor has it.
    pub(super) fn note(&mut self, path: &Path, source: &Source) {
        let found = self.grounds.of_file(path);
        let asks = found.asks_site(path) && !found.scope.config.excludes(&found.scope.inside(path));
        let here = if asks { Some(self.know(&found)) } else { None };
        if let Some(known) = here.map(|here| &mut self.known[here]) {
            let facts = workspace::facts_of(source, &found);
            if known.in_editor.get(path) != Some(&facts) {
                known.in_editor.insert(path.to_owned(), facts);
                known.is_changed = true;
            }
        }
        // Another config or generator may have made it another site's.
        for (_, known) in self.known.iter_mut().enumerate().filter(|(index, _)| Some(*index) != here) {
            known.is_changed |= known.in_editor.remove(path).is_some();
        }
    }

    /// From here on the page at `path` is what lies on disk.
    pub(super) fn forget(&mut self, path: &Path) {
        for known in &mut self.known {
            known.is_changed |= known.in_editor.remove(path).is_some();
        }
    }

    /// Compares the pages of every site that has something new. Gives the sites before and after.
    pub(super) fn compare(&mut self) -> Vec<(Arc<Ground>, Arc<Ground>)> {
        let mut changes = Vec::new();
        // Of the others nobody has a page open.
        for known in self.known.iter_mut().filter(|known| !known.in_editor.is_empty()) {
            if std::mem::take(&mut known.is_old) {
                known.read(&self.grounds);
            }
            if std::mem::take(&mut known.is_changed) {
                let now = Arc::new(known.found.with(known.survey(&self.workspace)));
                changes.push((std::mem::replace(&mut known.ground, now.clone()), now));
            }
        }
        changes
    }

    /// Where a site stands among those that are known.
    fn know(&mut self, found: &Arc<Ground>) -> usize {
        let is_it = |known: &Known| known.found.is_same_as(found);
        if let Some(index) = self.known.iter().position(is_it) {
            let known = &mut self.known[index];
            if !Arc::ptr_eq(&known.found, found) {
                // Read anew, it may say something else of the same pages.
                (known.found, known.is_changed) = (found.clone(), true);
            }
            return index;
        }
        let (on_disk, in_editor, files) = Default::default();
        let (ground, found) = (found.clone(), found.clone());
        self.known.push(Known { found, ground, on_disk, in_editor, files, is_old: true, is_changed: true });
        self.known.len() - 1
    }
}

impl Known {
    /// Reads the pages that changed on disk.
    fn read(&mut self, grounds: &Grounds) {
        self.files.get_mut().clear();
        let paths = workspace::pages(grounds, &self.found, true);
        let cwd = grounds.scopes().cwd();
        let (found, old) = (&self.found, &self.on_disk);
        let news = parallel::filter_map(&paths, |path| {
            let stamp = fs::stamp(path);
            if old.get(path).is_some_and(|page| page.stamp == stamp) {
                return None;
            }
            let source = Source::new(fs::relative(path, cwd), fs::read(path).ok()?);
            Some((path.clone(), Page { stamp, facts: workspace::facts_of(&source, found) }))
        });
        self.is_changed |= !news.is_empty();
        let mut old = std::mem::replace(&mut self.on_disk, news.into_iter().collect());
        for path in paths {
            let kept = old.remove(&path);
            if let Some(page) = kept.filter(|_| !self.on_disk.contains_key(&path)) {
                self.on_disk.insert(path, page);
            }
        }
        self.is_changed |= !old.is_empty();
    }

    /// What the pages tell together.
    fn survey(&self, workspace: &Path) -> Survey {
        let on_disk = self.on_disk.iter().filter(|(path, _)| !self.in_editor.contains_key(*path));
        let facts = on_disk.map(|(_, page)| &page.facts).chain(self.in_editor.values());
        let has = |path: &Path| {
            if let Some(known) = self.files.borrow().get(path) {
                return *known;
            }
            let is_there = workspace::has_file(path, workspace);
            self.files.borrow_mut().insert(path.to_owned(), is_there);
            is_there
        };
        workspace::compare(facts.cloned().collect(), &self.found, workspace, &has)
    }
}

fn fresh(workspace: &Path) -> Grounds {
    Grounds::new(Scopes::new(workspace.to_owned(), Choice::default()), workspace::today())
}
