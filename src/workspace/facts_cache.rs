//! What pages tell each other, kept from one run to the next, so that on save only the saved page has to be read.
//!
//! Of each page its facts are kept, never a finding, with the size and the time by which a change of it is seen. All of it
//! counts only for the same program, config and generator; whatever isn't as this program writes it is passed over.

use crate::fs::{MAX_FILE_SIZE, Metadata, Root, UserCache, program, relative};
use crate::site::{PageFacts, StoredFacts};
use crate::source::Source;
use crate::workspace::parallel;
use crate::workspace::site_context::{SiteContext, SiteResolver};
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// In a smaller site, reading the pages costs no more than the cache does.
const LEAST_PAGES: usize = 64;

/// So many pages may be unknown before the file is written anew: reading them again costs less.
const MOST_UNKNOWN: usize = 16;

/// A page that was written so shortly before may be written again without a later time.
const SETTLED: Duration = Duration::from_secs(2);

/// How a file begins; another number where the format is another.
const MAGIC: &[u8; 8] = b"mlfacts1";

/// Size and time of a page: as long as both are the same, so is the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Stamp {
    len: u64,
    seconds: u64,
    nanoseconds: u32,
}

/// What is kept of a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry<'a> {
    /// From the site's folder.
    path: &'a str,
    stamp: Stamp,
    #[serde(borrow)]
    facts: StoredFacts<'a>,
}

/// A page as it is now.
struct Page {
    facts: PageFacts,
    /// None where it can't be known whether it changes.
    stamp: Option<Stamp>,
    is_known: bool,
}

/// The facts about these pages of a site (absolute, sorted by bytes): those that were kept of a page that is as it was, and
/// those that it is read for.
pub(super) fn facts_of(sites: &SiteResolver, context: &SiteContext, paths: &[PathBuf]) -> Vec<PageFacts> {
    let options = sites.configs().options();
    let folder = options.cache.as_deref().filter(|folder| paths.len() >= LEAST_PAGES && is_outside(folder, context));
    let Some(folder) = folder else {
        return parallel::filter_map(paths, |path| read(sites, context, path));
    };
    let (cache, name) = (UserCache::new(folder), name(&options.cwd, context));
    let key = key(&options.cwd, context);
    let bytes = cache.read(&name).unwrap_or_default();
    let entries = decode(&bytes, key).unwrap_or_default();
    let known = join(paths, &context.root, &entries);
    let fs = sites.configs().fs();
    let pages = parallel::filter_map(&known, |(path, entry)| {
        let stamp = fs.metadata(path).ok().and_then(|found| stamp(&found));
        match entry.filter(|entry| Some(entry.stamp) == stamp) {
            Some(entry) => {
                let facts = PageFacts::restored(&relative(path, &options.cwd), &entry.facts);
                Some((*path, Page { facts, stamp, is_known: true }))
            }
            None => Some((*path, Page { facts: read(sites, context, path)?, stamp, is_known: false })),
        }
    });
    if pages.iter().filter(|(_, page)| !page.is_known).count() > MOST_UNKNOWN {
        // Without a cache the next run only takes longer.
        let _ = cache.write(&name, &encode(&pages, &context.root, key));
    }
    pages.into_iter().map(|(_, page)| page.facts).collect()
}

fn read(sites: &SiteResolver, context: &SiteContext, path: &Path) -> Option<PageFacts> {
    let configs = sites.configs();
    let bytes = configs.fs().read(path, MAX_FILE_SIZE).ok()?;
    Some(context.facts_of(path, &Source::new(relative(path, &configs.options().cwd), bytes)))
}

/// Whether the folder is outside of the site's project: nothing is ever written into that.
fn is_outside(folder: &Path, context: &SiteContext) -> bool {
    let is_inside = |project: &Root| folder.starts_with(project.top());
    folder.is_absolute() && !folder.starts_with(&context.root) && !context.site.project().is_some_and(is_inside)
}

/// What the file of a site is called.
fn name(cwd: &Path, context: &SiteContext) -> String {
    let mut name = DefaultHasher::new();
    (cwd, &context.root, &context.config_root.root, &context.config_root.file).hash(&mut name);
    format!("{:016x}", name.finish())
}

/// A number for all that facts depend on besides the pages.
fn key(cwd: &Path, context: &SiteContext) -> u64 {
    let mut key = DefaultHasher::new();
    (env!("CARGO_PKG_VERSION"), cwd, &context.root, context.config_root.fingerprint).hash(&mut key);
    // Between two versions, a program has the same number and another code.
    program().map(|found| (found.len, found.modified)).hash(&mut key);
    format!("{:?}", context.site.profile()).hash(&mut key);
    key.finish()
}

fn stamp(found: &Metadata) -> Option<Stamp> {
    let since = found.modified?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(Stamp { len: found.len, seconds: since.as_secs(), nanoseconds: since.subsec_nanos() })
}

/// Each path with what was kept of it. Both lists are sorted, so that one pass joins them.
fn join<'a, 'b>(
    paths: &'a [PathBuf],
    root: &Path,
    entries: &'b [Entry<'b>],
) -> Vec<(&'a PathBuf, Option<&'b Entry<'b>>)> {
    let mut entries = entries.iter().peekable();
    let with_entry = |path: &'a PathBuf| {
        let Some(inside) = inside(path, root) else { return (path, None) };
        while entries.next_if(|entry| entry.path < inside).is_some() {}
        (path, entries.next_if(|entry| entry.path == inside))
    };
    paths.iter().map(with_entry).collect()
}

fn inside<'a>(path: &'a Path, root: &Path) -> Option<&'a str> {
    path.strip_prefix(root).ok()?.to_str()
}

/// The bytes of a file: how it begins, the key, a checksum of the rest, and the entries.
fn encode(pages: &[(&PathBuf, Page)], root: &Path, key: u64) -> Vec<u8> {
    let settled = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().saturating_sub(SETTLED);
    let entry = |(path, page): &'_ (&'_ PathBuf, Page)| {
        let stamp = page.stamp.filter(|stamp| stamp.seconds < settled.as_secs())?;
        Some((inside(path, root)?.to_owned(), stamp))
    };
    let kept: Vec<(String, Stamp, &Page)> =
        pages.iter().filter_map(|page| entry(page).map(|(path, stamp)| (path, stamp, &page.1))).collect();
    let entries: Vec<Entry<'_>> =
        kept.iter().map(|(path, stamp, page)| Entry { path, stamp: *stamp, facts: page.facts.stored() }).collect();
    // Into memory, everything can be written.
    let content = postcard::to_stdvec(&entries).unwrap_or_default();
    let mut bytes = Vec::with_capacity(content.len() + 24);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&key.to_le_bytes());
    bytes.extend_from_slice(&checksum(&content).to_le_bytes());
    bytes.extend_from_slice(&content);
    bytes
}

/// The entries in the bytes of a file; none where it isn't one for this key, or is damaged.
fn decode(bytes: &[u8], key: u64) -> Option<Vec<Entry<'_>>> {
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&key.to_le_bytes())?;
    let (sum, content) = rest.split_at_checked(8)?;
    if sum != checksum(content).to_le_bytes() {
        return None;
    }
    postcard::from_bytes(content).ok()
}

fn checksum(content: &[u8]) -> u64 {
    let mut sum = DefaultHasher::new();
    sum.write(content);
    sum.finish()
}
