//! Two looks at a site: the first at each page alone, taking down what others may have to know; the second, when all is
//! known, at the few pages that stand out. No page is read for this that isn't read anyway, but those that weren't named.

use super::ground::{Ground, Grounds};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, front_matter, switches, yaml};
use crate::files::{self, Walk};
use crate::linter::{self, Part, Setup};
use crate::site::{Facts, People, Survey};
use crate::source::Source;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A site, and what was learnt of its pages so far.
type Noted = (Arc<Ground>, Vec<Facts>);

/// The sites that a run meets, and what it learns of their pages.
pub(super) struct Surveyor<'a> {
    grounds: &'a Grounds<'a>,
    cwd: &'a Path,
    heeds_switches: bool,
    excludes: bool,
    /// Notes by site; sites are told apart by where they are kept.
    notes: Mutex<BTreeMap<usize, Noted>>,
    /// Pages that wait for the second look, because a switch in them may be about what is seen only then.
    waiting: Mutex<Vec<PathBuf>>,
}

impl<'a> Surveyor<'a> {
    pub(super) fn new(grounds: &'a Grounds<'a>, cwd: &'a Path, heeds_switches: bool, excludes: bool) -> Self {
        let (notes, waiting) = Default::default();
        Self { grounds, cwd, heeds_switches, excludes, notes, waiting }
    }

    /// Lints a page with what is known so far.
    pub(super) fn lint(&self, path: &Path, source: &Source, part: Part) -> Vec<Diagnostic> {
        let ground = self.grounds.of_file(path);
        self.look(&ground, path, &Document::parse(source), part)
    }

    /// The first look: what can be said of a page alone. Takes down what other pages may have to know.
    pub(super) fn first_look(&self, path: &Path, source: &Source) -> Vec<Diagnostic> {
        let ground = self.grounds.of_file(path);
        let doc = Document::parse(source);
        let rules = ground.scope.config.rules_for(&ground.scope.inside(path));
        if !ground.is_sure || !rules.rules.iter().any(|rule| rule.asks_site) {
            return self.look(&ground, path, &doc, Part::Whole);
        }
        let facts = Facts::of(source, doc.front_matter.as_ref(), ground.site.profile());
        self.note(&ground, facts);
        if self.heeds_switches && !switches::read(&doc).is_empty() {
            lock(&self.waiting).push(path.to_owned());
            return Vec::new();
        }
        self.look(&ground, path, &doc, Part::Page)
    }

    /// Learns what the pages tell together, those included that weren't named. Gives the pages for the second look,
    /// each with the rules for it. `walked` are the folders of which all was seen.
    pub(super) fn learn(&self, seen: &HashSet<&Path>, walked: &[PathBuf]) -> Vec<(PathBuf, Part)> {
        let mut again: BTreeMap<PathBuf, Part> = BTreeMap::new();
        for (ground, facts) in std::mem::take(&mut *lock(&self.notes)).into_values() {
            let others = if walked.iter().any(|dir| ground.root.starts_with(dir)) {
                Vec::new()
            } else {
                self.pages_but(&ground, seen)
            };
            self.learn_site(&ground, facts, &others);
            let remarkable = ground.site.survey().into_iter().flat_map(Survey::remarkable);
            let paths = remarkable.map(|path| self.cwd.join(path));
            again.extend(paths.filter_map(|path| {
                let path = files::absolute(&path).ok()?;
                seen.contains(path.as_path()).then_some((path, Part::Site))
            }));
        }
        again.extend(std::mem::take(&mut *lock(&self.waiting)).into_iter().map(|path| (path, Part::Whole)));
        again.into_iter().collect()
    }

    /// Learns all of the site that a page belongs to, before the page is looked at. `own` is the page as it is now,
    /// which may not be as it is on disk.
    pub(super) fn learn_ahead(&self, path: &Path, own: Option<&Source>) {
        let ground = self.grounds.of_file(path);
        let rules = ground.scope.config.rules_for(&ground.scope.inside(path));
        if !ground.is_sure || ground.site.survey().is_some() || !rules.rules.iter().any(|rule| rule.asks_site) {
            return;
        }
        let facts: Vec<Facts> = own.into_iter().map(|source| facts_of(source, &ground)).collect();
        let seen: HashSet<&Path> = own.iter().map(|_| path).collect();
        self.learn_site(&ground, facts, &self.pages_but(&ground, &seen));
    }

    /// Learns all of a site.
    pub(super) fn learn_all(&self, ground: &Arc<Ground>) {
        self.learn_site(ground, Vec::new(), &self.pages(ground));
    }

    fn pages_but(&self, ground: &Arc<Ground>, seen: &HashSet<&Path>) -> Vec<PathBuf> {
        self.pages(ground).into_iter().filter(|path| !seen.contains(path.as_path())).collect()
    }

    fn learn_site(&self, ground: &Arc<Ground>, mut facts: Vec<Facts>, others: &[PathBuf]) {
        let one = |path: &PathBuf| {
            let source = Source::new(files::relative(path, self.cwd), files::read(path).ok()?);
            Some(facts_of(&source, ground))
        };
        // A thread pool costs more than a few pages do.
        if others.len() < 64 {
            facts.extend(others.iter().filter_map(one));
        } else {
            facts.extend(others.par_iter().filter_map(one).collect::<Vec<_>>());
        }
        let profile = ground.site.profile();
        let people = profile.authors.files.iter().find_map(|file| people(&ground.root, file));
        let root = files::relative(&ground.root, self.cwd);
        let has = |path: &Path| files::absolute(&self.cwd.join(path)).is_ok_and(|path| path.is_file());
        ground.site.learn(Survey::new(facts, profile, people.as_ref(), &root, &has));
    }

    /// All pages of a site, as a walk finds them.
    pub(super) fn pages(&self, ground: &Arc<Ground>) -> Vec<PathBuf> {
        let leave_out = |path: &Path, is_dir: bool| {
            let dir = if is_dir { path } else { path.parent().unwrap_or(path) };
            let scope = self.grounds.scopes.of_dir(dir);
            self.excludes && scope.config.excludes(&scope.inside(path))
        };
        let (files, _) = Walk { leave_out: &leave_out, force: false }.files(std::slice::from_ref(&ground.root));
        files.into_iter().filter(|path| Arc::ptr_eq(&self.grounds.of_file(path), ground)).collect()
    }

    fn look(&self, ground: &Ground, path: &Path, doc: &Document, part: Part) -> Vec<Diagnostic> {
        let inside = ground.scope.inside(path);
        let config = &ground.scope.config;
        let (rules, content) = (config.rules_for(&inside), config.content_for(&inside));
        let setup = Setup { rules: &rules, content: &content, site: &ground.site, switches: self.heeds_switches };
        linter::lint_part(doc, setup, part)
    }

    fn note(&self, ground: &Arc<Ground>, facts: Facts) {
        let mut notes = lock(&self.notes);
        let key = Arc::as_ptr(ground) as usize;
        notes.entry(key).or_insert_with(|| (ground.clone(), Vec::new())).1.push(facts);
    }
}

fn facts_of(source: &Source, ground: &Ground) -> Facts {
    let (front, ..) = front_matter::read(source);
    Facts::of(source, front.as_ref(), ground.site.profile())
}

/// The authors that a data file lists: its keys, and the names it gives them.
fn people(root: &Path, file: &str) -> Option<People> {
    let text = String::from_utf8(files::read(&root.join(file)).ok()?).ok()?;
    let (tree, problems) = yaml::parse(&text, 0);
    let list = tree.root().filter(|root| root.is_map() && problems.is_empty())?;
    // Material keeps them one level deeper.
    let list = list.get("authors").filter(|below| below.is_map()).unwrap_or(list);
    let mut names = Vec::new();
    for entry in list.entries() {
        names.extend(entry.key.text().map(str::to_owned));
        names.extend(entry.value.get("name").and_then(|name| name.text()).map(str::to_owned));
    }
    Some(People { file: file.to_owned(), names })
}

// A poisoned lock only means that another thread panicked; what it guards is whole.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
