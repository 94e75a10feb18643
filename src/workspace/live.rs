//! The sites of an editor's workspace: each known as a run knows it, and kept in step with what is typed.
//!
//! A page's text is linted on every keystroke, but what others have to know of it changes only when its front matter
//! does. So a site's pages are read once, then only those that changed on disk, and compared again only in what has
//! changed. What the editor has open counts instead of what lies on disk.

use crate::fs::{MAX_FILE_SIZE, Metadata, relative};
use crate::site::taxonomy_terms::plural;
use crate::site::{FactChanges, PageFacts, SiteIndex, UrlClaims, index};
use crate::source::Source;
use crate::workspace::pages::{pages_of, with_surroundings};
use crate::workspace::parallel;
use crate::workspace::site_context::{SiteContext, SiteResolver};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The sites that were met so far.
#[derive(Default, Debug)]
pub(super) struct LiveSites {
    known: Vec<SiteState>,
}

/// What is known of one site.
#[derive(Debug)]
struct SiteState {
    /// As it was found.
    found: Arc<SiteContext>,
    /// The same with what its pages tell together, when that was last asked.
    context: Arc<SiteContext>,
    /// The pages as they are compared, sorted; those in the editor as it has them.
    pages: Vec<PageFacts>,
    claims: UrlClaims,
    /// The pages on disk.
    metadata: HashMap<PathBuf, Option<Metadata>>,
    /// The pages in the editor, each with what lies on disk instead; none where nothing does.
    in_editor: BTreeMap<PathBuf, Option<PageFacts>>,
    /// Whether it is asked about although none of its pages is in the editor.
    is_wanted: bool,
    /// Whether its pages may have changed on disk.
    is_old: bool,
    changes: Changes,
}

/// What has changed since the pages of a site were compared.
#[derive(Debug, Default)]
struct Changes {
    /// Which pages there are.
    pages: bool,
    /// The site itself, read anew.
    context: bool,
    facts: FactChanges,
    /// The positions of the pages that claim or claimed the same URL as one that has changed.
    rivals: BTreeSet<u32>,
}

impl LiveSites {
    /// The site of a file (absolute), as far as it is known.
    pub(super) fn for_file(&self, sites: &SiteResolver, path: &Path) -> Arc<SiteContext> {
        let found = sites.for_file(path);
        self.known.iter().find(|known| Arc::ptr_eq(&known.found, &found)).map_or(found, |known| known.context.clone())
    }

    /// From here on any file may have changed.
    pub(super) fn invalidate(&mut self) {
        self.known.iter_mut().for_each(|known| known.is_old = true);
    }

    /// Notes what the page at `path` tells others, as the editor has it.
    pub(super) fn update_page(&mut self, sites: &SiteResolver, path: &Path, source: &Source) {
        let found = sites.for_file(path);
        let asks = found.uses_site_index(path) && !found.excludes(path);
        let here = if asks { Some(self.index_of(&found)) } else { None };
        if let Some(known) = here.map(|here| &mut self.known[here]) {
            // Read before, so that a page which is opened as it lies on disk changes nothing.
            known.read_if_old(sites);
            let facts = found.facts_of(path, source);
            if !known.in_editor.contains_key(path) {
                let on_disk = known.position(source.path()).ok().map(|at| known.pages[at].clone());
                known.in_editor.insert(path.to_owned(), on_disk);
            }
            known.set(facts);
        }
        // Another config or generator may have made it another site's.
        for (_, known) in self.known.iter_mut().enumerate().filter(|(index, _)| Some(*index) != here) {
            known.close(path, source.path());
        }
    }

    /// Sees to it that the site of the page at `path` is known although none of its pages is in the editor. Gives whether
    /// it wasn't.
    pub(super) fn know(&mut self, sites: &SiteResolver, path: &Path) -> bool {
        let found = sites.for_file(path);
        if !found.uses_site_index(path) || found.excludes(path) {
            return false;
        }
        let known = self.index_of(&found);
        let known = &mut self.known[known];
        !std::mem::replace(&mut known.is_wanted, true) || known.is_old || known.changes.context
    }

    /// From here on the page at `path`, shown as `shown`, is what lies on disk.
    pub(super) fn close_page(&mut self, path: &Path, shown: &Path) {
        self.known.iter_mut().for_each(|known| known.close(path, shown));
    }

    /// Compares the pages of every site that has something new. Gives the sites before and after.
    pub(super) fn refresh(&mut self, sites: &SiteResolver) -> Vec<(Arc<SiteContext>, Arc<SiteContext>)> {
        let mut changes = Vec::new();
        // Of the others nobody has a page open.
        let is_of_interest = |known: &&mut SiteState| known.is_wanted || !known.in_editor.is_empty();
        for known in self.known.iter_mut().filter(is_of_interest) {
            known.read_if_old(sites);
            if let Some(index) = known.compare(sites) {
                let now = Arc::new(known.found.with_index(index));
                changes.push((std::mem::replace(&mut known.context, now.clone()), now));
            }
        }
        changes
    }

    /// The terms of the taxonomy with this key on the pages of a site, the most used first.
    pub(super) fn terms(&self, context: &SiteContext, key: &str) -> Vec<String> {
        let known = self.known.iter().find(|known| known.found.is_same_site(context));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let terms = known.into_iter().flat_map(|known| &known.pages).flat_map(PageFacts::terms);
        for (_, term) in terms.filter(|(field, _)| *field == plural(key)) {
            *counts.entry(term).or_default() += 1;
        }
        let mut terms: Vec<(&str, usize)> = counts.into_iter().collect();
        terms.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        terms.into_iter().map(|(term, _)| term.to_owned()).collect()
    }

    /// The page of a site that has set this URL as its own, as its source is called; none where several have.
    pub(super) fn page_with_url(&self, context: &SiteContext, url: &str) -> Option<&Path> {
        let known = self.known.iter().find(|known| known.found.is_same_site(context))?;
        match known.claims.owners(&known.pages, url)[..] {
            [position] => Some(&known.pages[position as usize].path),
            _ => None,
        }
    }

    /// Where a site stands among those that are known.
    fn index_of(&mut self, found: &Arc<SiteContext>) -> usize {
        let is_it = |known: &SiteState| known.found.is_same_site(found);
        if let Some(index) = self.known.iter().position(is_it) {
            let known = &mut self.known[index];
            if !Arc::ptr_eq(&known.found, found) {
                // Read anew, it may say something else of the same pages.
                (known.found, known.changes.context) = (found.clone(), true);
            }
            return index;
        }
        let (pages, claims, metadata, in_editor) = Default::default();
        let changes = Changes { pages: true, ..Changes::default() };
        let (context, found) = (found.clone(), found.clone());
        self.known.push(SiteState {
            found,
            context,
            pages,
            claims,
            metadata,
            in_editor,
            is_wanted: false,
            is_old: true,
            changes,
        });
        self.known.len() - 1
    }
}

impl SiteState {
    /// Where a page is among the pages, or would be.
    fn position(&self, shown: &Path) -> Result<usize, usize> {
        self.pages.binary_search_by(|page| page.path.as_os_str().cmp(shown.as_os_str()))
    }

    /// Takes in what a page tells now.
    fn set(&mut self, facts: PageFacts) {
        match self.position(&facts.path) {
            Ok(at) => {
                let changes = self.pages[at].changes(&facts);
                if changes.is_of_urls() && !self.changes.pages {
                    let position = at as u32;
                    self.changes.rivals.extend(self.claims.rivals(&self.pages[at]));
                    self.claims.remove(position, &self.pages[at]);
                    self.claims.add(position, &facts);
                    self.changes.rivals.extend(self.claims.rivals(&facts));
                    self.changes.rivals.insert(position);
                }
                self.changes.facts.add(changes);
                self.pages[at] = facts;
            }
            Err(at) => {
                self.pages.insert(at, facts);
                self.changes.pages = true;
            }
        }
    }

    fn remove(&mut self, shown: &Path) {
        if let Ok(at) = self.position(shown) {
            self.pages.remove(at);
            self.changes.pages = true;
        }
    }

    fn close(&mut self, path: &Path, shown: &Path) {
        match self.in_editor.remove(path) {
            Some(Some(facts)) => self.set(facts),
            Some(None) => self.remove(shown),
            None => {}
        }
    }

    fn read_if_old(&mut self, sites: &SiteResolver) {
        if std::mem::take(&mut self.is_old) {
            self.read(sites);
        }
    }

    /// Reads the pages that changed on disk.
    fn read(&mut self, sites: &SiteResolver) {
        let paths = pages_of(sites, &self.found);
        let configs = sites.configs();
        let cwd = &configs.options().cwd;
        let (found, old) = (&self.found, &self.metadata);
        let news = parallel::filter_map(&paths, |path| {
            let metadata = configs.fs().metadata(path).ok();
            if metadata.is_some() && old.get(path).is_some_and(|known| *known == metadata) {
                return None;
            }
            // An error of our own costs what this page tells, not the others'.
            let facts = catch_unwind(AssertUnwindSafe(|| {
                let bytes = configs.fs().read(path, MAX_FILE_SIZE).ok()?;
                Some(found.facts_of(path, &Source::new(relative(path, cwd), bytes)))
            }));
            Some((path.clone(), metadata, facts.ok().flatten()?))
        });
        if !old.is_empty() {
            let there: BTreeSet<&PathBuf> = paths.iter().collect();
            let gone: Vec<PathBuf> = old.keys().filter(|path| !there.contains(path)).cloned().collect();
            for path in gone {
                self.metadata.remove(&path);
                match self.in_editor.get_mut(&path) {
                    Some(on_disk) => *on_disk = None,
                    None => self.remove(&relative(&path, cwd)),
                }
            }
        }
        let is_first = self.metadata.is_empty();
        for (path, metadata, facts) in news {
            match self.in_editor.get_mut(&path) {
                Some(on_disk) => *on_disk = Some(facts),
                None if is_first => self.pages.push(facts),
                None => self.set(facts),
            }
            self.metadata.insert(path, metadata);
        }
        if is_first {
            index::sort(&mut self.pages);
            self.changes.pages = true;
        }
    }

    /// What the pages tell together, if anything may have changed in it.
    fn compare(&mut self, sites: &SiteResolver) -> Option<SiteIndex> {
        let Changes { pages, context, mut facts, rivals } = std::mem::take(&mut self.changes);
        let known = self.context.site.survey().filter(|_| !pages).cloned();
        let Some(mut index) = known else {
            self.claims = UrlClaims::of(&self.pages);
            return Some(with_surroundings(sites, &self.found, |around| SiteIndex::new(&self.pages, around)));
        };
        if !(context || facts.any()) {
            return None;
        }
        if context {
            facts.add(FactChanges::of_files());
        }
        if facts.is_of_more_than_urls() {
            with_surroundings(sites, &self.found, |around| index.compare(&self.pages, facts, around));
        }
        if !rivals.is_empty() {
            index.compare_urls(&self.pages, &self.claims, &rivals.into_iter().collect::<Vec<_>>());
        }
        Some(index)
    }
}

#[cfg(test)]
mod tests {
    use crate::fs::{DirEntry, FileSystem, FsError, Memory, Metadata};
    use crate::source::Source;
    use crate::workspace::{Options, Workspace};
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    /// Files of which one can't be read without a panic.
    #[derive(Debug)]
    struct Treacherous(Memory);

    impl FileSystem for Treacherous {
        fn metadata(&self, path: &Path) -> Result<Metadata, FsError> {
            self.0.metadata(path)
        }
        fn read_link(&self, path: &Path) -> Result<PathBuf, FsError> {
            self.0.read_link(path)
        }
        fn canonicalize(&self, path: &Path) -> Result<PathBuf, FsError> {
            self.0.canonicalize(path)
        }
        fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FsError> {
            assert!(!path.ends_with("bad.md"), "an error of our own");
            self.0.read(path, limit)
        }
        fn read_dir(&self, dir: &Path) -> Result<Vec<DirEntry>, FsError> {
            self.0.read_dir(dir)
        }
        fn replace(&self, path: &Path, old: &[u8], new: &[u8]) -> Result<(), FsError> {
            self.0.replace(path, old, new)
        }
    }

    fn page(permalink: &str) -> String {
        format!("---\nlayout: post\ntitle: t\ntags: [a]\npermalink: {permalink}\n---\n\nText.\n")
    }

    fn site(pages: &[(&str, &str)]) -> Workspace {
        let texts: Vec<(String, String)> =
            pages.iter().map(|(name, permalink)| (format!("/s/{name}"), page(permalink))).collect();
        let config =
            [("/s/_config.yml".to_owned(), "title: x\n".to_owned()), ("/s/_posts/x.md".to_owned(), page("/x/"))];
        let all = texts.iter().chain(&config).map(|(path, text)| (path.as_str(), text.as_str()));
        Workspace::new(Arc::new(Treacherous(Memory::new(all))), Options::new("/s"))
    }

    /// The rules that report something on the page as the workspace knows it.
    fn rules(workspace: &mut Workspace, name: &str, permalink: &str) -> Vec<String> {
        let (path, source) = (Path::new("/s").join(name), Arc::new(Source::new(name, page(permalink).into_bytes())));
        workspace.update_page(&path, &source);
        let _ = workspace.refresh([Path::new(name)].into_iter());
        let (found, _) = workspace.lint_page(&path, &source).expect("a config without errors");
        found.iter().map(|found| found.rule.to_string()).collect()
    }

    #[test]
    fn a_page_that_cannot_be_read_costs_only_itself() {
        let mut workspace = site(&[("a.md", "/one/"), ("bad.md", "/two/"), ("c.md", "/one/")]);
        assert_eq!(rules(&mut workspace, "c.md", "/one/"), ["url-collision"]);
    }

    #[test]
    fn urls_are_compared_step_by_step_as_they_would_be_all_at_once() {
        let names = ["a.md", "b.md", "c.md", "d.md"];
        let mut state = 7_u32;
        let mut random = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let mut now: Vec<(&str, &str)> = names.iter().map(|name| (*name, "/one/")).collect();
        let mut live = site(&now);
        for _ in 0..60 {
            let (page, url) = (random(4) as usize, ["/one/", "/two/", "/three/"][random(3) as usize]);
            now[page].1 = url;
            let first = rules(&mut live, now[page].0, url);
            assert_eq!(first, rules(&mut site(&now), now[page].0, url), "{now:?}");
            for (name, url) in &now {
                assert_eq!(rules(&mut live, name, url), rules(&mut site(&now), name, url), "{name}: {now:?}");
            }
        }
    }
}
