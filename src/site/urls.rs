//! Two pages with the same URL, and aliases that collide with the URL of another page.

use crate::site::PageFacts;
use crate::site::facts::{ClaimedUrl, UrlKind};
use crate::site::finding::{SiteFinding, SiteFindings};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

pub(super) fn find_url_collisions(pages: &[PageFacts], remarks: &mut SiteFindings) {
    let repeated = repeated(pages);
    let claims = |wanted: UrlKind| repeated.iter().copied().filter(move |(_, claim)| claim.kind == wanted);
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

/// The claims of published pages to URLs that are claimed more than once. Hardly any are, and only those need to be
/// compared.
fn repeated(pages: &[PageFacts]) -> Vec<(u32, ClaimedUrl<'_>)> {
    let all = (0_u32..).zip(pages).flat_map(|(index, page)| page.urls().map(move |claim| (index, claim)));
    let claims: Vec<(u64, (u32, ClaimedUrl))> = all.map(|claim| (hash(claim.1.address), claim)).collect();
    let mut hashes: Vec<u64> = claims.iter().map(|(hash, _)| *hash).collect();
    hashes.sort_unstable();
    let repeated: HashSet<u64> = hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    let claims = claims.into_iter().filter(|(hash, _)| repeated.contains(hash)).map(|(_, claim)| claim);
    claims.filter(|(index, _)| pages[*index as usize].is_published()).collect()
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
