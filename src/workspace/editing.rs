//! What an editor asks of a page: its findings, what can be done about them, what can be written next.

use crate::diagnostic::{Diagnostic, Edit, Omitted};
use crate::document::Document;
use crate::fs::{MAX_FILE_SIZE, relative};
use crate::linter::RuleSubset;
use crate::source::Source;
use crate::workspace::completion::{self, Completion};
use crate::workspace::pages::{ConfigExcludes, walk};
use crate::workspace::renaming::text_of;
use crate::workspace::site_context::SiteContext;
use crate::workspace::{Workspace, resolver, suppress};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What an editor asks. Paths are absolute; sources are named as seen from the working directory.
impl Workspace {
    /// From here on, any file may have changed on disk.
    pub fn invalidate(&mut self) {
        self.fs.invalidate();
        self.sites = resolver(&self.fs, &self.options);
        self.live.invalidate();
    }

    /// Tells the page's site what the page at `path` is now, whatever lies on disk.
    pub fn update_page(&mut self, path: &Path, source: &Arc<Source>) {
        self.open.insert(path.to_owned(), source.clone());
        let update = || self.live.update_page(&self.sites, path, source);
        // An error of our own costs what others know of this page.
        let _ = catch_unwind(AssertUnwindSafe(update));
    }

    /// From here on, the page at `path` is what lies on disk.
    pub fn close_page(&mut self, path: &Path) {
        self.open.remove(path);
        self.live.close_page(path, &relative(path, &self.options.cwd));
    }

    /// Brings what is known of the sites up to date. Gives the pages of `open` (as their sources are named) of which the
    /// other pages tell something else now.
    pub fn refresh<'a>(&mut self, open: impl Iterator<Item = &'a Path>) -> Vec<&'a Path> {
        let changes = self.live.refresh(&self.sites);
        let differs =
            |path: &&Path| changes.iter().any(|(before, now)| !before.site.findings(path).eq(now.site.findings(path)));
        open.filter(differs).collect()
    }

    /// Lints the page at `path`. An error of our own costs this page's findings, not the caller. None where the page's config
    /// has errors, and what counts for the page isn't known.
    pub fn lint_page(&self, path: &Path, source: &Source) -> Option<(Vec<Diagnostic>, Omitted)> {
        let context = self.context(path);
        if context.config_root.is_broken {
            return None;
        }
        if context.excludes(path) || source.text().len() as u64 > MAX_FILE_SIZE {
            return Some(Default::default());
        }
        let lint =
            || context.lint_document(path, &Document::parse(source), RuleSubset::Whole, self.options.suppressions);
        let mut found = catch_unwind(AssertUnwindSafe(lint)).unwrap_or_default();
        if let Some(baseline) = self.sites.configs().baseline(path) {
            baseline.retain_new(path, source, &mut found);
        }
        let omitted = Omitted::beyond(self.sites.configs().max_findings(path), &mut found);
        Some((found, omitted))
    }

    /// Lints the page at `path` as it is in the editor or on disk; none where it can't be read or linted.
    pub fn lint_file(&mut self, path: &Path) -> Option<(Arc<Source>, Vec<Diagnostic>, Omitted)> {
        if self.live.know(&self.sites, path) {
            let sites = &self.sites;
            // An error of our own costs what other pages tell.
            let _ = catch_unwind(AssertUnwindSafe(|| self.live.refresh(sites)));
        }
        let source = text_of(&self.sites, &self.open, path).ok()?;
        let (found, omitted) = self.lint_page(path, &source)?;
        Some((source, found, omitted))
    }

    /// All pages below the working directory (absolute), but those that the config excludes.
    pub fn pages(&self) -> Vec<PathBuf> {
        let excludes = ConfigExcludes(self.sites.configs());
        walk(self.sites.configs(), &excludes).files(std::slice::from_ref(&self.options.cwd)).files
    }

    /// What can be written at byte `at` of the page at `path`.
    pub fn completions(&self, path: &Path, source: &Source, at: usize) -> Vec<Completion> {
        let (context, doc) = (self.context(path), Document::parse(source));
        if let Some(found) = self.link_completions(&context, &doc, path, at) {
            return found;
        }
        let config = &context.config_root;
        let content = config.config.content_for(&config.relative(path));
        completion::at(&doc, &content, at, |key| self.live.terms(&context, key))
    }

    /// The edit that adds a comment which suppresses a finding's rule there, and nothing more. None where no comment can be:
    /// in JSON, and in code.
    pub fn suppressions(&self, source: &Source, diagnostics: &[&Diagnostic]) -> Vec<Option<Edit>> {
        let doc = Document::parse(source);
        diagnostics.iter().map(|diagnostic| suppress::edit(&doc, diagnostic)).collect()
    }

    /// All safe fixes of a page that can be made at once.
    pub fn safe_fixes(&self, source: &Source, diagnostics: &[Diagnostic]) -> Option<Vec<Edit>> {
        crate::fix::apply_fixes(source.text(), diagnostics, false, usize::MAX).map(|pass| pass.edits)
    }

    pub(super) fn context(&self, path: &Path) -> Arc<SiteContext> {
        self.live.for_file(&self.sites, path)
    }
}
