//! The sites of an editor's workspace: each known as a run knows it, and kept in step with what is typed.
//!
//! A page's text is linted on every keystroke, but what others have to know of it changes only when its front matter
//! does. So a site's pages are read once, then only those that changed on disk, and compared again only when one of
//! them tells something new. What the editor has open counts instead of what lies on disk.

use crate::fs::{MAX_FILE_SIZE, Metadata, relative};
use crate::site::{PageFacts, SiteIndex};
use crate::source::Source;
use crate::workspace::pages::{build_index, pages_of};
use crate::workspace::parallel;
use crate::workspace::site_context::{SiteContext, SiteResolver};
use std::collections::BTreeMap;
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
    /// By path, as they are compared: sorting what is sorted costs little.
    on_disk: BTreeMap<PathBuf, Page>,
    in_editor: BTreeMap<PathBuf, PageFacts>,
    /// Whether its pages may have changed on disk.
    is_old: bool,
    /// Whether a page tells something new.
    is_changed: bool,
}

/// A page on disk.
#[derive(Debug)]
struct Page {
    metadata: Option<Metadata>,
    facts: PageFacts,
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
            let facts = found.facts_of(path, source);
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
    pub(super) fn close_page(&mut self, path: &Path) {
        for known in &mut self.known {
            known.is_changed |= known.in_editor.remove(path).is_some();
        }
    }

    /// Compares the pages of every site that has something new. Gives the sites before and after.
    pub(super) fn refresh(&mut self, sites: &SiteResolver) -> Vec<(Arc<SiteContext>, Arc<SiteContext>)> {
        let mut changes = Vec::new();
        // Of the others nobody has a page open.
        for known in self.known.iter_mut().filter(|known| !known.in_editor.is_empty()) {
            if std::mem::take(&mut known.is_old) {
                known.read(sites);
            }
            if std::mem::take(&mut known.is_changed) {
                let now = Arc::new(known.found.with_index(known.index(sites)));
                changes.push((std::mem::replace(&mut known.context, now.clone()), now));
            }
        }
        changes
    }

    /// Where a site stands among those that are known.
    fn index_of(&mut self, found: &Arc<SiteContext>) -> usize {
        let is_it = |known: &SiteState| known.found.is_same_site(found);
        if let Some(index) = self.known.iter().position(is_it) {
            let known = &mut self.known[index];
            if !Arc::ptr_eq(&known.found, found) {
                // Read anew, it may say something else of the same pages.
                (known.found, known.is_changed) = (found.clone(), true);
            }
            return index;
        }
        let (on_disk, in_editor) = Default::default();
        let (context, found) = (found.clone(), found.clone());
        self.known.push(SiteState { found, context, on_disk, in_editor, is_old: true, is_changed: true });
        self.known.len() - 1
    }
}

impl SiteState {
    /// Reads the pages that changed on disk.
    fn read(&mut self, sites: &SiteResolver) {
        let paths = pages_of(sites, &self.found);
        let configs = sites.configs();
        let (found, old) = (&self.found, &self.on_disk);
        let news = parallel::filter_map(&paths, |path| {
            let metadata = configs.fs().metadata(path).ok();
            if metadata.is_some() && old.get(path).is_some_and(|page| page.metadata == metadata) {
                return None;
            }
            let bytes = configs.fs().read(path, MAX_FILE_SIZE).ok()?;
            let source = Source::new(relative(path, &configs.options().cwd), bytes);
            Some((path.clone(), Page { metadata, facts: found.facts_of(path, &source) }))
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
    fn index(&self, sites: &SiteResolver) -> SiteIndex {
        let on_disk = self.on_disk.iter().filter(|(path, _)| !self.in_editor.contains_key(*path));
        let facts = on_disk.map(|(_, page)| &page.facts).chain(self.in_editor.values());
        build_index(facts.cloned().collect(), sites, &self.found)
    }
}
