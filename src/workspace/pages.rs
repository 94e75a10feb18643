//! The pages of a site: which they are, and what all of them tell together.

use crate::data::limits::Limits;
use crate::data::yaml;
use crate::fs::{Exclude, FsError, Root, Walk, relative};
use crate::site::{AuthorList, PageFacts, SiteFiles, SiteIndex, Surroundings, index};
use crate::workspace::configs::ConfigResolver;
use crate::workspace::site_context::{SiteContext, SiteResolver};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the configs leave out of a walk.
pub(crate) struct ConfigExcludes<'a>(pub(crate) &'a ConfigResolver);

impl Exclude for ConfigExcludes<'_> {
    fn excludes(&self, path: &Path, is_dir: bool) -> bool {
        let config = if is_dir { self.0.for_dir(path) } else { self.0.for_file(path) };
        self.0.options().exclude && config.excludes(path)
    }
}

/// A walk as the options of the workspace have it.
pub(crate) fn walk<'a>(configs: &'a ConfigResolver, exclude: &'a ConfigExcludes<'a>) -> Walk<'a> {
    let options = configs.options();
    Walk {
        fs: configs.fs().clone(),
        cwd: &options.cwd,
        exclude,
        force_exclude: options.force_exclude,
        ignore_files: options.ignore_files,
    }
}

/// All pages of a site, as a walk finds them: absolute, sorted.
pub(crate) fn pages_of(sites: &SiteResolver, context: &Arc<SiteContext>) -> Vec<PathBuf> {
    pages_and_excluded(sites, context).0
}

/// All pages of a site, and the files and folders that the config excludes.
pub(crate) fn pages_and_excluded(sites: &SiteResolver, context: &Arc<SiteContext>) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let excludes = ConfigExcludes(sites.configs());
    let walked = walk(sites.configs(), &excludes).files(std::slice::from_ref(&context.root));
    let pages = walked.files.into_iter().filter(|path| Arc::ptr_eq(&sites.for_file(path), context)).collect();
    (pages, walked.excluded_paths)
}

/// What the pages of a site tell together.
pub(crate) fn build_index(mut facts: Vec<PageFacts>, sites: &SiteResolver, context: &SiteContext) -> SiteIndex {
    index::sort(&mut facts);
    with_surroundings(sites, context, |around| SiteIndex::new(&facts, around))
}

/// What `work` makes of what the pages of a site are compared with.
pub(super) fn with_surroundings<R>(
    sites: &SiteResolver,
    context: &SiteContext,
    work: impl FnOnce(Surroundings) -> R,
) -> R {
    let cwd = &sites.configs().options().cwd;
    let root = Root::containing(sites.configs().fs().clone(), &context.root);
    let profile = context.site.profile();
    let authors = profile.authors.files.iter().find_map(|file| {
        let authors = read_authors(&root, &context.root, file);
        authors.inspect_err(|error| sites.warn_of_authors_file(&context.root.join(file), error)).ok().flatten()
    });
    let shown = relative(&context.root, cwd);
    let files = SiteFiles { root, base: context.root.clone(), cwd: cwd.clone() };
    work(Surroundings { profile, people: authors.as_ref(), root: &shown, files: Some(&files) })
}

/// The authors that a data file lists: its keys, and the names it gives them.
///
/// # Errors
/// Why a file that is there isn't read.
pub(super) fn read_authors(root: &Root, site: &Path, file: &str) -> Result<Option<AuthorList>, FsError> {
    let text = match root.read_to_string(&site.join(file)) {
        Ok(text) => text,
        Err(FsError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(parse_authors(file, &text))
}

fn parse_authors(file: &str, text: &str) -> Option<AuthorList> {
    let (tree, problems) = yaml::parse(text, 0, Limits::ProjectFile);
    let list = tree.root().filter(|root| root.is_map() && problems.is_empty())?;
    // Material keeps them one level deeper.
    let nested = list.get("authors").filter(|below| below.is_map());
    let list = nested.unwrap_or(list);
    let (mut keys, mut names) = (Vec::new(), Vec::new());
    for entry in list.entries() {
        keys.extend(entry.key.text().map(str::to_owned));
        names.extend(entry.key.text().map(str::to_owned));
        names.extend(entry.value.get("name").and_then(|name| name.text()).map(str::to_owned));
    }
    Some(AuthorList { file: file.to_owned(), is_nested: nested.is_some(), keys, names })
}
