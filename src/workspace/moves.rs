//! Edits that rename what other pages refer to: a term, a heading with its anchors, a file with the links to it.

use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::headings::{self, Heading};
use crate::fix;
use crate::fs::EntryKind;
use crate::navigation::links::{Reference, ReferenceKind};
use crate::navigation::{anchors, targets};
use crate::source::{Source, Span};
use crate::workspace::Workspace;
use crate::workspace::navigate::{references_of, term_at, touches};
use crate::workspace::renaming::{FileEdits, SiteEdits, rename_term};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Something that can be renamed.
enum Renamable {
    Term { field: String, term: String },
    Heading(Heading),
}

/// What an editor asks to rename. Paths are absolute.
impl Workspace {
    /// What can be renamed at byte `at` of the page at `path`, and what it is called.
    pub fn renamable(&self, path: &Path, source: &Source, at: usize) -> Option<(Span, String)> {
        let doc = Document::parse(source);
        match self.renamable_at(path, &doc, at)? {
            Renamable::Heading(heading) => Some((heading.text, source.slice(heading.text).to_owned())),
            Renamable::Term { term, .. } => {
                let line = source.line_span(source.line_of(at));
                let starts = source.slice(line).match_indices(&*term).map(|(start, _)| line.start + start);
                let span = starts.map(|start| Span::new(start, start + term.len())).find(|span| touches(*span, at))?;
                Some((span, term))
            }
        }
    }

    /// The edits that rename what is at byte `at` of the page at `path`, over the whole site.
    ///
    /// # Errors
    /// Why it can't be renamed.
    pub fn rename(&self, path: &Path, source: &Arc<Source>, at: usize, new: &str) -> Result<SiteEdits, String> {
        let new = new.trim();
        if new.is_empty() || new.contains(char::is_control) {
            return Err("a name is one line of text".to_owned());
        }
        let doc = Document::parse(source);
        match self.renamable_at(path, &doc, at).ok_or("nothing can be renamed here")? {
            Renamable::Term { field, term } => {
                let root = self.context(path).root.clone();
                let edits = rename_term(&self.sites, &self.open, &[root], (&field, &term, new));
                match edits.files.is_empty() && !edits.refused.is_empty() {
                    true => Err(edits.refused.join("\n")),
                    false => Ok(edits),
                }
            }
            Renamable::Heading(heading) => Ok(self.rename_heading(path, source, &doc, (&heading, new))),
        }
    }

    fn renamable_at(&self, path: &Path, doc: &Document, at: usize) -> Option<Renamable> {
        if let Some((field, term)) = term_at(&self.context(path), doc, at) {
            return Some(Renamable::Term { field, term });
        }
        let headings = headings::of_page(doc);
        headings.into_iter().find(|heading| touches(heading.span, at)).map(Renamable::Heading)
    }

    fn rename_heading(
        &self,
        path: &Path,
        source: &Arc<Source>,
        doc: &Document,
        (heading, new): (&Heading, &str),
    ) -> SiteEdits {
        let context = self.context(path);
        let own = Edit::replace(heading.text, new);
        let after = Source::new(source.path(), fix::apply(source.text(), std::slice::from_ref(&own)).into_bytes());
        let (before, after) = (headings::of_page(doc), headings::of_page(&Document::parse(&after)));
        // What isn't one heading any more has no anchor to lead to.
        let changed = match before.len() == after.len() {
            true => anchors::changes(&before, &after, context.site.profile().slug_algorithm),
            false => Default::default(),
        };
        let mut files = BTreeMap::from([(path.to_owned(), (source.clone(), vec![own]))]);
        if !changed.is_empty() || context.site.profile().inline_tags {
            for (page, text) in self.pages_with_links_to(&context, path) {
                let page_doc = Document::parse(&text);
                for reference in references_of(&context, &page_doc) {
                    let target = self.target(&context, &page, &reference).filter(|target| target.path == path);
                    let Some(anchor) = target.and_then(|target| target.anchor) else { continue };
                    let new = match reference.kind {
                        ReferenceKind::Link => changed.get(&anchor).cloned(),
                        ReferenceKind::Wiki => {
                            heading.plain.as_deref().filter(|old| *old == anchor).map(|_| new.to_owned())
                        }
                        _ => None,
                    };
                    if let Some(edit) = new.and_then(|new| anchor_edit(&text, &reference, &new)) {
                        files.entry(page.clone()).or_insert_with(|| (text.clone(), Vec::new())).1.push(edit);
                    }
                }
            }
        }
        into_edits(files)
    }

    /// The edits that keep links leading where they lead when files or folders move, each from one path to another
    /// (absolute): those to what moves, and those of pages that move.
    pub fn move_files(&self, moves: &[(PathBuf, PathBuf)]) -> SiteEdits {
        let moved = |path: &Path| {
            let to = |(from, to): &(PathBuf, PathBuf)| Some(to.join(path.strip_prefix(from).ok()?));
            moves.iter().find_map(to).map(|path| crate::fs::normalize(&path))
        };
        let mut files = BTreeMap::new();
        let mut sites: Vec<PathBuf> = Vec::new();
        for (from, _) in moves {
            let is_folder = self.fs.metadata(from).is_ok_and(|found| found.kind == EntryKind::Dir);
            let context = if is_folder { self.sites.for_dir(from) } else { self.context(from) };
            if sites.contains(&context.root) {
                continue;
            }
            sites.push(context.root.clone());
            let names: Vec<String> = moves.iter().flat_map(|(from, _)| targets::names_of(from)).collect();
            // The links of pages that move may be relative.
            let below: Vec<&PathBuf> = moves.iter().map(|(from, _)| from).collect();
            for (page, text) in self.pages_with(&context, &names, &below) {
                let now = moved(&page).unwrap_or_else(|| page.clone());
                let doc = Document::parse(&text);
                for reference in references_of(&context, &doc) {
                    let Some(target) = targets::resolve(&context.site, &page, &reference) else { continue };
                    let Some(base) = target.base else { continue };
                    let to = moved(&target.path).unwrap_or_else(|| target.path.clone());
                    let is_same = to == target.path && (now == page || !base.is_of_page);
                    let Some(folder) = now.parent().filter(|_| !is_same) else { continue };
                    let written = text.slice(reference.span);
                    let new = targets::written_for(&to, folder, &base, written).filter(|new| new != written);
                    if let Some(new) = new.filter(|_| reference.kind != ReferenceKind::Label) {
                        let edit = Edit::replace(reference.span, new);
                        files.entry(page.clone()).or_insert_with(|| (text.clone(), Vec::new())).1.push(edit);
                    }
                }
            }
        }
        into_edits(files)
    }
}

/// The edit that changes the anchor of a reference.
fn anchor_edit(source: &Source, reference: &Reference, new: &str) -> Option<Edit> {
    let written = source.slice(reference.span);
    let start = reference.span.start + written.find('#')? + 1;
    let is_escaped = source.slice(Span::new(start, reference.span.end)).contains('%');
    let escape = |c: char| match c.is_ascii() && !c.is_whitespace() || !is_escaped {
        true => c.to_string(),
        false => c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect(),
    };
    Some(Edit::replace(Span::new(start, reference.span.end), new.chars().map(escape).collect::<String>()))
}

fn into_edits(files: BTreeMap<PathBuf, (Arc<Source>, Vec<Edit>)>) -> SiteEdits {
    let files = files.into_iter().map(|(path, (source, mut edits))| {
        edits.sort_by_key(|edit| edit.span);
        edits.dedup();
        FileEdits { path, source, edits }
    });
    SiteEdits { files: files.collect(), ..SiteEdits::default() }
}
