//! The version of a site's generator, from the files that pin it: lock files, settings of hosts and of CI.

use crate::generator::probe::FolderProbe;
use serde::Deserialize;
use std::cmp::Ordering;

/// Where a version is written, from `rules/generators/NAME.yaml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VersionMarker {
    /// The file, relative to the site's root or to a folder above it; `*` at the end stands for every file of a folder.
    file: String,
    /// The text that precedes the version: on the same line, unless it ends in `{`.
    after: String,
}

/// A version, and the file that it is from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct GeneratorVersion {
    /// As it is written.
    pub(crate) text: String,
    /// The file.
    pub(crate) file: String,
    number: [u32; 3],
    /// Whether a later version may be used: `^7.0.0`, `>= 4`.
    is_minimum: bool,
    /// Whether a later major version isn't used: `^7.0.0`, `~> 4.2`.
    keeps_major: bool,
}

/// The maximum distance between a marker and its version, in bytes.
const MAX_DISTANCE: usize = 60;

/// The maximum number of files of a folder that are read.
const MAX_FILES: usize = 50;

impl GeneratorVersion {
    /// Reads `0.133.0` or `^7.1`, from `file`.
    pub(crate) fn parse(text: &str, file: &str) -> Option<Self> {
        let at = text.find(|c: char| c.is_ascii_digit())?;
        let is_minimum = text[..at].contains(['^', '~', '>', '<', '|']);
        let keeps_major = text[..at].contains(['^', '~']) && !text.contains("||");
        let rest = &text[at..];
        let written = &rest[..rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len())];
        let written = written.trim_end_matches('.');
        let mut number = [0; 3];
        for (part, slot) in written.split('.').zip(&mut number) {
            *slot = part.parse().ok()?;
        }
        Some(Self { text: written.to_owned(), file: file.to_owned(), number, is_minimum, keeps_major })
    }

    /// Whether it is `other` or later; none where that isn't known.
    pub(crate) fn is_at_least(&self, other: &str) -> Option<bool> {
        let other = Self::parse(other, "")?;
        match self.number.cmp(&other.number) {
            Ordering::Less if self.is_minimum && !(self.keeps_major && self.number[0] < other.number[0]) => None,
            order => Some(order != Ordering::Less),
        }
    }
}

/// The version that the files of these folders pin: those of the site's root first. None where they pin none, or
/// different ones.
pub(crate) fn find(markers: &[VersionMarker], folders: &[&dyn FolderProbe]) -> Option<GeneratorVersion> {
    let mut found: Vec<GeneratorVersion> = Vec::new();
    for (marker, folder) in markers.iter().flat_map(|marker| folders.iter().map(move |folder| (marker, folder))) {
        for file in files(marker, *folder) {
            let Some(text) = folder.read(&file) else { continue };
            found.extend(versions_in(&text, marker, &file));
        }
    }
    // What is exact counts for more than a lower bound.
    let is_exact = found.iter().any(|version| !version.is_minimum);
    found.retain(|version| version.is_minimum != is_exact);
    let first = found.first()?.clone();
    found.iter().all(|version| version.number[..2] == first.number[..2]).then_some(first)
}

fn files(marker: &VersionMarker, folder: &dyn FolderProbe) -> Vec<String> {
    match marker.file.strip_suffix("/*") {
        Some(dir) if folder.exists(dir) => {
            let names = folder.names_in(dir).into_iter().take(MAX_FILES);
            names.map(|name| format!("{dir}/{name}")).collect()
        }
        Some(_) => Vec::new(),
        None if folder.exists(&marker.file) => vec![marker.file.clone()],
        None => Vec::new(),
    }
}

fn versions_in<'a>(
    text: &'a str,
    marker: &'a VersionMarker,
    file: &'a str,
) -> impl Iterator<Item = GeneratorVersion> + 'a {
    let spans_lines = marker.after.ends_with('{');
    text.match_indices(&marker.after).filter_map(move |(at, _)| {
        let rest = &text[at + marker.after.len()..];
        let near = &rest[..rest.floor_char_boundary(MAX_DISTANCE)];
        let near = if spans_lines { near } else { near.lines().next()? };
        // `hugo-version: ${{ env.HUGO_VERSION }}`, `HUGO_VERSION_2`, `# 2024`
        let end = near.find(['$', '#']).unwrap_or(near.len());
        let before = &near[..near.find(|c: char| c.is_ascii_digit()).filter(|digit| *digit < end)?];
        let is_separated =
            before.chars().all(|c| !c.is_alphanumeric() || spans_lines || c == 'v') && !before.starts_with('_');
        is_separated.then(|| GeneratorVersion::parse(near, file)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(Vec<(&'static str, &'static str)>);

    impl FolderProbe for Folder {
        fn names(&self) -> &[String] {
            &[]
        }
        fn exists(&self, path: &str) -> bool {
            self.0.iter().any(|(known, _)| *known == path || known.starts_with(&format!("{path}/")))
        }
        fn read(&self, path: &str) -> Option<String> {
            self.0.iter().find(|(known, _)| *known == path).map(|(_, text)| (*text).to_owned())
        }
        fn names_in(&self, dir: &str) -> Vec<String> {
            self.0.iter().filter_map(|(path, _)| path.strip_prefix(dir)?.strip_prefix('/')).map(str::to_owned).collect()
        }
    }

    fn found(generator: &str, files: &[(&'static str, &'static str)]) -> Option<String> {
        let profile = crate::generator::profile(generator).expect("a known generator");
        let folder = Folder(files.to_vec());
        find(&profile.version_markers, &[&folder]).map(|version| version.text)
    }

    #[test]
    fn pinned_versions_are_read() {
        for (generator, file, text, version) in [
            ("hugo", "netlify.toml", "[build.environment]\nHUGO_VERSION = \"0.133.0\"\n", "0.133.0"),
            ("hugo", "vercel.json", "{ \"build\": { \"env\": { \"HUGO_VERSION\": \"0.120.4\" } } }", "0.120.4"),
            ("hugo", ".github/workflows/pages.yml", "env:\n  HUGO_VERSION: 0.150.0\n", "0.150.0"),
            ("hugo", ".github/workflows/x.yaml", "with:\n  hugo-version: '0.128.2'\n", "0.128.2"),
            ("hugo", ".tool-versions", "nodejs 22.1.0\nhugo extended_0.141.0\n", "0.141.0"),
            ("hugo", "mise.toml", "[tools]\nhugo = \"0.147\"\n", "0.147"),
            ("jekyll", "Gemfile.lock", "    jekyll (4.3.2)\n      jekyll-sass (~> 3.0)\n", "4.3.2"),
            ("hexo", "package.json", "{ \"hexo\": { \"version\": \"7.3.0\" } }", "7.3.0"),
            ("mkdocs", "requirements.txt", "mkdocs==1.6.1\nmkdocs-material==9.5\n", "1.6.1"),
            ("docusaurus", "package.json", "\"@docusaurus/core\": \"3.9.2\"", "3.9.2"),
        ] {
            assert_eq!(found(generator, &[(file, text)]).as_deref(), Some(version), "{file}");
        }
    }

    #[test]
    fn what_is_not_certain_is_unknown() {
        let workflow = "env:\n  HUGO_VERSION: 0.150.0\n  with:\n    hugo-version: ${{ env.HUGO_VERSION }}\n";
        assert_eq!(found("hugo", &[(".github/workflows/a.yml", workflow)]).as_deref(), Some("0.150.0"));
        let other = ("netlify.toml", "HUGO_VERSION = \"0.133.0\"");
        assert_eq!(found("hugo", &[(".github/workflows/a.yml", workflow), other]), None);
        assert_eq!(found("hugo", &[(".github/workflows/a.yml", "hugo-version: latest\n  node: 20")]), None);
        assert_eq!(found("hugo", &[("README.md", "HUGO_VERSION = \"0.133.0\"")]), None);
    }

    #[test]
    fn a_lower_bound_says_nothing_of_later_versions() {
        let at_least = |text: &str, other| GeneratorVersion::parse(text, "x").and_then(|v| v.is_at_least(other));
        assert_eq!(at_least("0.133.0", "0.145"), Some(false));
        assert_eq!(at_least("0.145.0", "0.145"), Some(true));
        assert_eq!(at_least("1.0", "0.145"), Some(true));
        assert_eq!(at_least("^7.0.0", "8"), Some(false));
        assert_eq!(at_least("^7.0.0", "7.2"), None);
        assert_eq!(at_least(">=7.0.0", "8"), None);
        assert_eq!(at_least("^8.1.0", "8"), Some(true));
    }
}
