//! Two passes over a site: the first over each page alone, noting what others may have to know; the second, when all is
//! known, over the few pages that stand out. No page is read for this that isn't read anyway, but those that weren't
//! named.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, suppressions};
use crate::fs::absolute;
use crate::linter::RuleSubset;
use crate::site::{PageFacts, SiteIndex};
use crate::source::Source;
use crate::workspace::configs::lock;
use crate::workspace::facts_cache;
use crate::workspace::pages::{build_index, pages_of};
use crate::workspace::site_context::{SiteContext, SiteResolver};
use std::cell::LazyCell;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A site, and the facts about its pages so far.
type Noted = (Arc<SiteContext>, Vec<PageFacts>);

/// What was noted so far.
#[derive(Default)]
struct CollectedFacts {
    /// By site, identified by its pointer.
    sites: BTreeMap<usize, Noted>,
    /// The keys of pages, each list once.
    keys: HashSet<Arc<str>>,
}

/// The sites that a run meets, and what it learns of their pages.
pub(super) struct LintSession<'a> {
    sites: &'a SiteResolver,
    collected: Mutex<CollectedFacts>,
    /// Pages that wait for the second pass, because a suppression in them may be of what is found only then.
    waiting: Mutex<Vec<PathBuf>>,
}

impl<'a> LintSession<'a> {
    pub(super) fn new(sites: &'a SiteResolver) -> Self {
        let (collected, waiting) = Default::default();
        Self { sites, collected, waiting }
    }

    fn suppressions(&self) -> bool {
        self.sites.configs().options().suppressions
    }

    /// Lints a page with what is known so far.
    pub(super) fn lint(&self, path: &Path, doc: &Document, part: RuleSubset) -> Vec<Diagnostic> {
        self.sites.for_file(path).lint_document(path, doc, part, self.suppressions())
    }

    /// The first pass: what can be reported of a page alone. Notes what other pages may have to know.
    pub(super) fn lint_first_pass(&self, path: &Path, source: &Source) -> Vec<Diagnostic> {
        let context = self.sites.for_file(path);
        let doc = Document::parse(source);
        if !context.uses_site_index(path) {
            return context.lint_document(path, &doc, RuleSubset::Whole, self.suppressions());
        }
        self.note(&context, context.facts_of_document(path, &doc));
        if self.suppressions() && !suppressions::parse_suppressions(&doc).is_empty() {
            lock(&self.waiting).push(path.to_owned());
            return Vec::new();
        }
        context.lint_document(path, &doc, RuleSubset::Page, self.suppressions())
    }

    /// Learns what the pages tell together, including those that weren't named. Gives the pages for the second pass,
    /// each with the rules for it. `seen` is what was linted, `walked` the folders of which all was seen.
    pub(super) fn build_indexes(&self, seen: &[PathBuf], walked: &[PathBuf]) -> Vec<(PathBuf, RuleSubset)> {
        let mut again: BTreeMap<PathBuf, RuleSubset> = BTreeMap::new();
        // Not needed where whole sites were seen and no page stands out.
        let seen: LazyCell<HashSet<&Path>, _> = LazyCell::new(|| seen.iter().map(PathBuf::as_path).collect());
        let cwd = &self.sites.configs().options().cwd;
        for (context, facts) in std::mem::take(&mut *lock(&self.collected)).sites.into_values() {
            let others = if walked.iter().any(|dir| context.root.starts_with(dir)) {
                Vec::new()
            } else {
                self.pages_except(&context, &seen)
            };
            self.index(&context, facts, &others);
            let remarkable = context.site.survey().into_iter().flat_map(SiteIndex::pages_with_findings);
            again.extend(remarkable.filter_map(|path| {
                let path = absolute(&cwd.join(path)).ok()?;
                seen.contains(path.as_path()).then_some((path, RuleSubset::Site))
            }));
        }
        again.extend(std::mem::take(&mut *lock(&self.waiting)).into_iter().map(|path| (path, RuleSubset::Whole)));
        again.into_iter().collect()
    }

    /// Learns all of the site that a page belongs to, before the page is linted. `own` is the page as it is now, which may
    /// not be as it is on disk.
    pub(super) fn index_site_of(&self, path: &Path, own: Option<&Source>) {
        let context = self.sites.for_file(path);
        if context.site.survey().is_some() || !context.uses_site_index(path) {
            return;
        }
        let facts: Vec<PageFacts> = own.into_iter().map(|source| context.facts_of(path, source)).collect();
        let seen: HashSet<&Path> = own.iter().map(|_| path).collect();
        self.index(&context, facts, &self.pages_except(&context, &seen));
    }

    fn pages_except(&self, context: &Arc<SiteContext>, seen: &HashSet<&Path>) -> Vec<PathBuf> {
        let pages = pages_of(self.sites, context).into_iter();
        pages.filter(|path| !seen.contains(path.as_path())).collect()
    }

    fn index(&self, context: &Arc<SiteContext>, mut facts: Vec<PageFacts>, others: &[PathBuf]) {
        facts.extend(facts_cache::facts_of(self.sites, context, others));
        context.site.learn(build_index(facts, self.sites, context));
    }

    fn note(&self, context: &Arc<SiteContext>, mut facts: PageFacts) {
        let mut collected = lock(&self.collected);
        facts.intern_keys(&mut collected.keys);
        let key = Arc::as_ptr(context) as usize;
        collected.sites.entry(key).or_insert_with(|| (context.clone(), Vec::new())).1.push(facts);
    }
}
