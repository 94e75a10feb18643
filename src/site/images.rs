//! Pictures that aren't there, where the site's other pages have shown in which folders theirs are.

use super::Facts;
use super::survey::{Remark, Remarks};
use crate::document::profile::Profile;
use std::collections::BTreeMap;
use std::path::Path;

/// A key's pictures have to be there at least so often before one that isn't counts as missing.
const LEAST_FOUND: usize = 3;

/// What a key's values have shown.
#[derive(Default)]
struct Seen<'a> {
    folders: Vec<&'a str>,
    found: usize,
    missing: Vec<(u32, &'a str)>,
}

pub(super) fn compare(
    pages: &[Facts],
    profile: &Profile,
    root: &Path,
    has: &dyn Fn(&Path) -> bool,
    remarks: &mut Remarks,
) {
    let general = [String::new(), "static".to_owned(), "public".to_owned(), "assets".to_owned(), "source".to_owned()];
    let roots: &[String] = if profile.asset_roots.is_empty() { &general } else { &profile.asset_roots };
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    for (index, page) in (0_u32..).zip(pages) {
        let beside = page.path.parent().unwrap_or(&page.path);
        for (key, file) in page.pictures() {
            let seen = seen.entry(key).or_default();
            let name = file.trim_start_matches('/');
            let is_there = |folder: &Path| has(&folder.join(name));
            let found = roots.iter().find(|folder| is_there(&root.join(folder)));
            let here = || is_there(beside);
            match found.map(String::as_str).or_else(|| here().then_some(".")) {
                Some(folder) => {
                    seen.found += 1;
                    if !seen.folders.contains(&folder) {
                        seen.folders.push(folder);
                    }
                }
                None => seen.missing.push((index, file)),
            }
        }
    }
    for (key, seen) in seen {
        // Pictures that a build makes or that are kept elsewhere are missing by the hundred.
        if seen.found < LEAST_FOUND || seen.missing.len() * 10 > seen.found.max(10) {
            continue;
        }
        let folders: Vec<Box<str>> = seen.folders.iter().map(|folder| (*folder).into()).collect();
        for (page, file) in seen.missing {
            let (key, file) = (key.into(), file.into());
            remarks.push((page, Remark::Picture { key, file, folders: folders.clone(), found: seen.found }));
        }
    }
}
