//! Two looks at a site: the first at each page alone, taking down what others may have to know; the second, when all is
//! known, at the few pages that stand out. No page is read for this that isn't read anyway, but those that weren't named.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, suppressions};
use crate::fs;
use crate::linter::Part;
use crate::site::{Facts, Survey};
use crate::source::Source;
use crate::workspace;
use crate::workspace::parallel;
use crate::workspace::{Ground, Grounds, facts_of};
use std::cell::LazyCell;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A site, and what was learnt of its pages so far.
type Noted = (Arc<Ground>, Vec<Facts>);

/// What was noted so far.
#[derive(Default)]
struct Notes {
    /// By site; sites are told apart by where they are kept.
    sites: BTreeMap<usize, Noted>,
    /// The keys of pages, each list once.
    keys: HashSet<Arc<str>>,
}

/// The sites that a run meets, and what it learns of their pages.
pub(super) struct Surveyor<'a> {
    grounds: &'a Grounds,
    heeds_switches: bool,
    excludes: bool,
    notes: Mutex<Notes>,
    /// Pages that wait for the second look, because a switch in them may be about what is seen only then.
    waiting: Mutex<Vec<PathBuf>>,
}

impl<'a> Surveyor<'a> {
    pub(super) fn new(grounds: &'a Grounds, heeds_switches: bool, excludes: bool) -> Self {
        let (notes, waiting) = Default::default();
        Self { grounds, heeds_switches, excludes, notes, waiting }
    }

    /// Lints a page with what is known so far.
    pub(super) fn lint(&self, path: &Path, source: &Source, part: Part) -> Vec<Diagnostic> {
        let ground = self.grounds.of_file(path);
        ground.look(path, &Document::parse(source), part, self.heeds_switches)
    }

    /// The first look: what can be said of a page alone. Takes down what other pages may have to know.
    pub(super) fn first_look(&self, path: &Path, source: &Source) -> Vec<Diagnostic> {
        let ground = self.grounds.of_file(path);
        let doc = Document::parse(source);
        if !ground.asks_site(path) {
            return ground.look(path, &doc, Part::Whole, self.heeds_switches);
        }
        let facts = Facts::of(source, doc.front_matter.as_ref(), ground.site.profile(), &ground.content_of(source));
        self.note(&ground, facts);
        if self.heeds_switches && !suppressions::parse_suppressions(&doc).is_empty() {
            lock(&self.waiting).push(path.to_owned());
            return Vec::new();
        }
        ground.look(path, &doc, Part::Page, self.heeds_switches)
    }

    /// Learns what the pages tell together, those included that weren't named. Gives the pages for the second look,
    /// each with the rules for it. `seen` is what was looked at, `walked` the folders of which all was seen.
    pub(super) fn learn(&self, seen: &[PathBuf], walked: &[PathBuf]) -> Vec<(PathBuf, Part)> {
        let mut again: BTreeMap<PathBuf, Part> = BTreeMap::new();
        // Not needed where whole sites were seen and no page stands out.
        let seen: LazyCell<HashSet<&Path>, _> = LazyCell::new(|| seen.iter().map(PathBuf::as_path).collect());
        for (ground, facts) in std::mem::take(&mut *lock(&self.notes)).sites.into_values() {
            let others = if walked.iter().any(|dir| ground.root.starts_with(dir)) {
                Vec::new()
            } else {
                self.pages_but(&ground, &seen)
            };
            self.learn_site(&ground, facts, &others);
            let remarkable = ground.site.survey().into_iter().flat_map(Survey::remarkable);
            let paths = remarkable.map(|path| self.grounds.scopes().cwd().join(path));
            again.extend(paths.filter_map(|path| {
                let path = fs::absolute(&path).ok()?;
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
        if ground.site.survey().is_some() || !ground.asks_site(path) {
            return;
        }
        let facts: Vec<Facts> = own.into_iter().map(|source| facts_of(source, &ground)).collect();
        let seen: HashSet<&Path> = own.iter().map(|_| path).collect();
        self.learn_site(&ground, facts, &self.pages_but(&ground, &seen));
    }

    /// Learns all of a site.
    pub(super) fn learn_all(&self, ground: &Arc<Ground>) {
        self.learn_site(ground, Vec::new(), &workspace::pages(self.grounds, ground, self.excludes));
    }

    fn pages_but(&self, ground: &Arc<Ground>, seen: &HashSet<&Path>) -> Vec<PathBuf> {
        let pages = workspace::pages(self.grounds, ground, self.excludes).into_iter();
        pages.filter(|path| !seen.contains(path.as_path())).collect()
    }

    fn learn_site(&self, ground: &Arc<Ground>, mut facts: Vec<Facts>, others: &[PathBuf]) {
        let cwd = self.grounds.scopes().cwd();
        let one = |path: &PathBuf| {
            let source = Source::new(fs::relative(path, cwd), fs::read(path).ok()?);
            Some(facts_of(&source, ground))
        };
        facts.extend(parallel::filter_map(others, one));
        ground.site.learn(workspace::compare(facts, ground, cwd, &|path| workspace::has_file(path, cwd)));
    }

    fn note(&self, ground: &Arc<Ground>, mut facts: Facts) {
        let mut notes = lock(&self.notes);
        facts.share(&mut notes.keys);
        let key = Arc::as_ptr(ground) as usize;
        notes.sites.entry(key).or_insert_with(|| (ground.clone(), Vec::new())).1.push(facts);
    }
}

// A poisoned lock only means that another thread panicked; what it guards is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
