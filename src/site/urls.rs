//! Two pages with the same URL, and aliases that collide with the URL of another page.

use crate::site::PageFacts;
use crate::site::facts::{ClaimedUrl, UrlKind};
use crate::site::finding::{SiteFinding, SiteFindings};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

pub(super) fn find_url_collisions(pages: &[PageFacts], remarks: &mut SiteFindings) {
    let repeated = repeated(pages);
    let claims = |wanted: UrlKind| {
        let published = (0_u32..).zip(pages).filter(|(_, page)| page.is_published());
        let claims = published.flat_map(|(index, page)| page.urls().map(move |claim| (index, claim)));
        claims
            .filter(move |(_, claim)| claim.kind == wanted)
            .filter(|(_, claim)| repeated.contains(&hash(claim.address)))
    };
    let mut whole: HashMap<&str, Vec<(u32, ClaimedUrl)>> = HashMap::new();
    claims(UrlKind::Whole).for_each(|(index, claim)| whole.entry(claim.address).or_default().push((index, claim)));
    for same in whole.values() {
        report(pages, same, remarks);
    }
    let mut slugs: HashMap<(&Path, &str), Vec<(u32, ClaimedUrl)>> = HashMap::new();
    for (index, claim) in claims(UrlKind::Slug) {
        let page = &pages[index as usize];
        slugs.entry((folder(&page.path), claim.address)).or_default().push((index, claim));
    }
    for same in slugs.values() {
        report(pages, same, remarks);
    }
    let mut aliases: HashMap<&str, Vec<(u32, ClaimedUrl)>> = HashMap::new();
    claims(UrlKind::Alias).for_each(|(index, claim)| aliases.entry(claim.address).or_default().push((index, claim)));
    for (address, same) in &aliases {
        report(pages, same, remarks);
        for (index, claim) in same {
            for (other, at) in whole.get(address).into_iter().flatten() {
                if other == index || are_twins(pages, *index, *other) {
                    remarks.push((*index, remark(pages, claim, *other, at.line)));
                }
            }
        }
    }
}

/// Which pages claim which URL, by its hash: the pages that a change of one concerns are found without a look at all.
#[derive(Debug, Default)]
pub(crate) struct UrlClaims {
    pages: HashMap<u64, Vec<u32>>,
}

impl UrlClaims {
    /// The claims of these pages.
    pub(crate) fn of(pages: &[PageFacts]) -> Self {
        let mut claims = Self::default();
        (0_u32..).zip(pages).for_each(|(position, page)| claims.add(position, page));
        claims
    }

    /// Adds those of the page at `position`.
    pub(crate) fn add(&mut self, position: u32, page: &PageFacts) {
        for claim in page.urls() {
            let pages = self.pages.entry(hash(claim.address)).or_default();
            if !pages.contains(&position) {
                pages.push(position);
            }
        }
    }

    /// Removes those of the page at `position`.
    pub(crate) fn remove(&mut self, position: u32, page: &PageFacts) {
        for claim in page.urls() {
            if let Some(pages) = self.pages.get_mut(&hash(claim.address)) {
                pages.retain(|other| *other != position);
            }
        }
    }

    /// The pages that claim a URL which this one claims, sorted.
    pub(crate) fn rivals(&self, page: &PageFacts) -> Vec<u32> {
        let mut rivals: Vec<u32> =
            page.urls().filter_map(|claim| self.pages.get(&hash(claim.address))).flatten().copied().collect();
        rivals.sort_unstable();
        rivals.dedup();
        rivals
    }

    /// The pages that claim a URL as their own.
    pub(crate) fn owners(&self, pages: &[PageFacts], url: &str) -> Vec<u32> {
        let url = url.trim_end_matches("index.html").trim_matches('/');
        let claimed = self.pages.get(&hash(url)).into_iter().flatten().copied();
        let is_own = |claim: ClaimedUrl| claim.kind == UrlKind::Whole && claim.address == url;
        claimed.filter(|position| pages[*position as usize].urls().any(is_own)).collect()
    }

    /// The pages at `positions`, and those that share a URL with one of them, sorted.
    pub(super) fn sharing(&self, pages: &[PageFacts], positions: &[u32]) -> Vec<u32> {
        let rivals = positions.iter().flat_map(|position| self.rivals(&pages[*position as usize]));
        let mut all: Vec<u32> = rivals.chain(positions.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The hashes of URLs that are claimed more than once. Hardly any are, and only those need to be compared.
fn repeated(pages: &[PageFacts]) -> HashSet<u64> {
    let mut hashes: Vec<u64> = pages.iter().flat_map(PageFacts::urls).map(|claim| hash(claim.address)).collect();
    hashes.sort_unstable();
    hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
}

fn hash(address: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    address.hash(&mut hasher);
    hasher.finish()
}

/// Tells of each claim that an earlier page has made it too.
fn report(pages: &[PageFacts], same: &[(u32, ClaimedUrl)], remarks: &mut SiteFindings) {
    for (position, (index, claim)) in same.iter().enumerate().skip(1) {
        let earlier = same[..position].iter().find(|(other, _)| other != index && are_twins(pages, *index, *other));
        if let Some((other, at)) = earlier {
            remarks.push((*index, remark(pages, claim, *other, at.line)));
        }
    }
}

fn remark(pages: &[PageFacts], claim: &ClaimedUrl, other: u32, line: usize) -> SiteFinding {
    SiteFinding::UrlCollision {
        key: claim.key.into(),
        address: claim.address.into(),
        own: claim.kind != UrlKind::Alias,
        other: pages[other as usize].path.to_path_buf(),
        line,
    }
}

/// Whether two pages that claim the same URL collide: not if they differ in language, version or day.
fn are_twins(pages: &[PageFacts], a: u32, b: u32) -> bool {
    let (a, b) = (&pages[a as usize], &pages[b as usize]);
    if a.language() != b.language()
        || (a.day().is_some() && b.day().is_some() && a.day() != b.day() && has_slug(a) && has_slug(b))
    {
        return false;
    }
    let parts = |page: &PageFacts| -> Vec<String> {
        page.path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let (a, b) = (parts(a), parts(b));
    let differ = |one: &[String], other: &[String]| {
        one.iter().filter(|part| !other.contains(part)).any(|part| is_variant(part) || has_language(part))
    };
    !(differ(&a, &b) || differ(&b, &a))
}

fn has_slug(page: &PageFacts) -> bool {
    page.urls().any(|claim| claim.kind == UrlKind::Slug)
}

/// `en`, `pt-BR`, `v1.2`, `version-3`, `i18n`: what parts the same page's languages and versions.
fn is_variant(part: &str) -> bool {
    let (language, region) = part.split_once(['-', '_']).unwrap_or((part, ""));
    let is_language = (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && region.len() <= 4
        && region.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_language || part == "i18n" || part == "next" || is_version(part)
}

/// `2`, `v1.2`, `version-3`, `1.0-beta`, `2024-01-31`; not what a post's file begins with.
fn is_version(part: &str) -> bool {
    let number = part.trim_start_matches("version-").trim_start_matches('v');
    let (head, rest) = number.split_once('-').unwrap_or((number, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'x' | b'-'));
    number.starts_with(|c: char| c.is_ascii_digit()) && is_number(head) && (head.contains('.') || is_number(rest))
}

/// `about.fr.md`
fn has_language(name: &str) -> bool {
    let mut parts = name.rsplit('.');
    parts.next();
    parts.next().is_some_and(|middle| parts.next().is_some() && is_variant(middle))
}

/// The folder of a page, or that of its bundle.
fn folder(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(path);
    let is_index = path.file_stem().is_some_and(|stem| stem == "index" || stem == "_index");
    if is_index { folder.parent().unwrap_or(folder) } else { folder }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_languages_part_pages_and_days_of_posts_do_not() {
        for part in ["en", "pt-BR", "v1.2", "version-3", "1.0-beta", "2.x", "8", "2024-01-31", "next", "i18n"] {
            assert!(is_variant(part), "{part}");
        }
        for part in ["2019-01-31-hello.md", "2019-01-31.md", "10-minutes.md", "posts", "404.md"] {
            assert!(!is_variant(part), "{part}");
        }
    }
}
