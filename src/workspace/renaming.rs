//! Edits over many pages: what renames a term.

use crate::diagnostic::{Change, Edit};
use crate::document::Document;
use crate::fix;
use crate::fs::{FsError, MAX_FILE_SIZE, relative};
use crate::navigation::term_rename::{self, TermRename};
use crate::source::{Source, display_path};
use crate::workspace::pages::{ConfigExcludes, walk};
use crate::workspace::parallel;
use crate::workspace::site_context::SiteResolver;
use memchr::memmem;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file with edits to make in it.
#[derive(Clone, Debug)]
pub struct FileEdits {
    /// The file (absolute).
    pub path: PathBuf,
    /// Its text before.
    pub source: Arc<Source>,
    /// In order, apart from each other.
    pub edits: Vec<Edit>,
}

impl FileEdits {
    /// The text after the edits.
    pub fn after(&self) -> String {
        fix::apply(self.source.text(), &self.edits)
    }

    /// Where the texts differ.
    pub fn changes(&self) -> Vec<Change> {
        fix::of_edits(&self.edits)
    }
}

/// Edits over many files.
#[derive(Clone, Default, Debug)]
pub struct SiteEdits {
    /// The files that change, sorted by path.
    pub files: Vec<FileEdits>,
    /// What can't be edited, with the reason.
    pub refused: Vec<String>,
    /// What can't be read, with the reason.
    pub errors: Vec<String>,
}

/// The texts that an editor has open, by path.
pub(super) type OpenTexts = BTreeMap<PathBuf, Arc<Source>>;

/// The text of a file: the editor's, or what lies on disk.
pub(super) fn text_of(sites: &SiteResolver, open: &OpenTexts, path: &Path) -> Result<Arc<Source>, FsError> {
    if let Some(source) = open.get(path) {
        return Ok(source.clone());
    }
    let configs = sites.configs();
    let bytes = configs.fs().read(path, MAX_FILE_SIZE)?;
    Ok(Arc::new(Source::new(relative(path, &configs.options().cwd), bytes)))
}

/// The edits that rename a term of a taxonomy on all pages below the named paths.
pub(super) fn rename_term(
    sites: &SiteResolver,
    open: &OpenTexts,
    paths: &[PathBuf],
    (field, old, new): (&str, &str, &str),
) -> SiteEdits {
    let excludes = ConfigExcludes(sites.configs());
    let walked = walk(sites.configs(), &excludes).files(paths);
    let rename = TermRename { field, old, new };
    let finder = memmem::Finder::new(old);
    let edited = parallel::filter_map(&walked.files, |path| {
        let source = match text_of(sites, open, path) {
            Ok(source) => source,
            Err(error) => return Some(Err((false, path.clone(), error.to_string()))),
        };
        let bytes = source.text().as_bytes();
        // Letters may be escaped.
        if finder.find(bytes).is_none() && memmem::find(bytes, b"\\u").is_none() {
            return None;
        }
        let edit = || {
            let edits = term_rename::edits(&Document::parse(&source), sites.for_file(path).site.profile(), rename)?;
            match edits.is_empty() || source.is_valid_utf8() {
                true => Ok(edits),
                false => Err("it isn't valid UTF-8".to_owned()),
            }
        };
        let edits = catch_unwind(AssertUnwindSafe(edit)).unwrap_or_else(|_| Err("internal error".to_owned()));
        match edits {
            Ok(edits) if edits.is_empty() => None,
            Ok(edits) => Some(Ok(FileEdits { path: path.clone(), source, edits })),
            Err(reason) => Some(Err((true, path.clone(), reason))),
        }
    });
    let mut all = SiteEdits { errors: walked.errors, ..SiteEdits::default() };
    for file in edited {
        match file {
            Ok(file) => all.files.push(file),
            Err((is_refused, path, reason)) => {
                let shown = relative(&path, &sites.configs().options().cwd);
                let list = if is_refused { &mut all.refused } else { &mut all.errors };
                list.push(format!("{}: {reason}", display_path(&shown)));
            }
        }
    }
    all
}
