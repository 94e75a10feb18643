//! Pictures that aren't there, where the site's other pages have shown in which folders theirs are.

use crate::generator::profile::GeneratorProfile;
use crate::site::finding::{SiteFinding, SiteFindings};
use crate::site::{PageFacts, SiteFiles, in_other_case};
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// A key's pictures have to be there at least so often before one that isn't counts as missing.
const LEAST_FOUND: usize = 3;

/// What a key's values have shown.
#[derive(Default)]
struct ImageFolders<'a> {
    folders: Vec<&'a str>,
    found: usize,
    missing: Vec<(u32, &'a str)>,
    /// Those that are there in another case, with the name that is.
    miscased: Vec<(u32, &'a str, String)>,
}

/// Finds the pictures that aren't there. It is over 60 lines because what is seen of a key decides what is said of each
/// page.
pub(super) fn find_missing_images(
    pages: &[PageFacts],
    profile: &GeneratorProfile,
    root: &Path,
    files: &SiteFiles,
    remarks: &mut SiteFindings,
) {
    let general = [String::new(), "static".to_owned(), "public".to_owned(), "assets".to_owned(), "source".to_owned()];
    let roots: &[String] = if profile.asset_roots.is_empty() { &general } else { &profile.asset_roots };
    let mut seen: BTreeMap<(Option<&OsStr>, &str), ImageFolders> = BTreeMap::new();
    // Where hundreds are missing, each folder is listed once.
    let mut listed: HashMap<PathBuf, Vec<String>> = HashMap::new();
    let mut other_case = |folders: &[PathBuf], name: &str| {
        folders.iter().find_map(|folder| {
            let path = folder.join(name);
            let folder = path.parent()?;
            let names = listed.entry(folder.to_owned()).or_insert_with(|| files.names(folder));
            in_other_case(names, &path)
        })
    };
    for (index, page) in (0_u32..).zip(pages) {
        let beside = page.path.parent().unwrap_or(&page.path);
        for (key, file) in page.images() {
            let seen = seen.entry((section(&page.path, root), key)).or_default();
            let name = file.trim_start_matches('/');
            let is_there = |folder: &Path| files.is_file(&folder.join(name));
            let found = roots.iter().find(|folder| is_there(&root.join(folder)));
            let here = || is_there(beside);
            match found.map(String::as_str).or_else(|| here().then_some(".")) {
                Some(folder) => {
                    seen.found += 1;
                    if !seen.folders.contains(&folder) {
                        seen.folders.push(folder);
                    }
                }
                // Of a path that leaves from the page's folder and from the site's, no more is asked.
                None if files.leaves(&root.join(name)) && files.leaves(&beside.join(name)) => {
                    remarks.push((index, SiteFinding::ImageOutsideProject { key: key.into(), file: file.into() }));
                }
                None => match other_case(&folders(roots, root, beside), name) {
                    Some(other) => seen.miscased.push((index, file, other)),
                    None => seen.missing.push((index, file)),
                },
            }
        }
    }
    for ((_, key), seen) in seen {
        for (page, file, other) in &seen.miscased {
            let start = file.rfind('/').map_or(0, |slash| slash + 1);
            let (key, other) = (key.into(), Some(format!("{}{other}", &file[..start]).into()));
            let remark =
                SiteFinding::MissingImage { key, file: (*file).into(), folders: Vec::new(), found: seen.found, other };
            remarks.push((*page, remark));
        }
        // Pictures that a build makes or that are kept elsewhere are missing by the hundred.
        if seen.found < LEAST_FOUND || seen.missing.len() * 10 > seen.found.max(10) {
            continue;
        }
        let folders: Vec<Box<str>> = seen.folders.iter().map(|folder| (*folder).into()).collect();
        for (page, file) in seen.missing {
            let (key, file) = (key.into(), file.into());
            let folders = folders.clone();
            remarks.push((page, SiteFinding::MissingImage { key, file, folders, found: seen.found, other: None }));
        }
    }
}

/// The folders in which a file may be.
fn folders(roots: &[String], root: &Path, beside: &Path) -> Vec<PathBuf> {
    roots.iter().map(|folder| root.join(folder)).chain([beside.to_owned()]).collect()
}

/// The part of the site that a page belongs to, which may keep its pictures in a place of its own: `blog` for
/// `src/content/blog/a.md`.
fn section<'a>(page: &'a Path, root: &Path) -> Option<&'a OsStr> {
    let folders = page.strip_prefix(root).unwrap_or(page).parent()?.components().map(Component::as_os_str);
    folders.into_iter().find(|folder| *folder != "src" && *folder != "content")
}
