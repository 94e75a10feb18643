//! The files of a site that decide how its pages are built: its config, its plugins, its templates and data.

use crate::fs::EntryKind;
use crate::generator::markup::BuildPlaces;
use crate::generator::profile::GeneratorProfile;
use crate::site::collections;
use crate::site::collections::Collection;
use crate::site::files::SiteFiles;
use crate::site::page_folders::{PageFolders, readable_values};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The largest file that is searched, and how many files are listed at most.
const MAX_SIZE: u64 = 512 << 10;
const MAX_FILES: usize = 4000;
const MAX_DEPTH: usize = 6;

/// Folders that hold no source of the site.
const SKIPPED: [&str; 9] =
    ["node_modules", ".git", "_site", "public", "dist", "build", "vendor", "resources", ".cache"];

/// What is known of how a site is built.
#[derive(Debug, Default)]
pub(crate) struct BuildFiles {
    /// The text of the config files, one after another; none if there is none.
    pub(crate) config: Option<String>,
    /// The text of the files that may define tags, filters, variables and components.
    code: String,
    /// Templates by their name without extension, each with its text: Hugo's shortcodes.
    pub(crate) templates: HashMap<String, String>,
    /// The names of data files, without extension.
    data: Vec<String>,
    /// The words of the config, the code and the names of data files: there may be megabytes of code.
    words: OnceLock<Words>,
    /// Whether the config names a theme that isn't there: asked for each shortcode.
    lacks_theme: OnceLock<bool>,
}

/// The words of some text, to be looked up without a search.
#[derive(Debug, Default)]
struct Words {
    all: HashSet<Box<str>>,
    /// Those in quotes, or between a colon and a comma as Ruby's symbols are.
    quoted: HashSet<Box<str>>,
}

impl Words {
    fn add(&mut self, text: &str) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let is_name = |c: char| is_part(c) || matches!(c, '-' | '.' | '/');
        self.all.extend(text.split(|c| !is_part(c)).filter(|word| !word.is_empty()).map(Box::from));
        let mut before = ' ';
        let mut rest = text;
        while let Some(start) = rest.find(is_name) {
            before = rest[..start].chars().next_back().unwrap_or(before);
            let name = &rest[start..];
            let (name, after) = name.split_at(name.find(|c| !is_name(c)).unwrap_or(name.len()));
            let next = after.chars().next();
            if matches!(before, '\'' | '"' | '`') && next == Some(before) || before == ':' && next == Some(',') {
                self.quoted.insert(name.into());
            }
            if name.contains('-') {
                self.all.insert(name.into());
            }
            before = ' ';
            rest = after;
        }
    }
}

impl BuildFiles {
    fn words(&self) -> &Words {
        self.words.get_or_init(|| {
            let mut words = Words::default();
            words.add(&self.code);
            words.add(self.config.as_deref().unwrap_or_default());
            words.all.extend(self.data.iter().map(|name| name.as_str().into()));
            words
        })
    }

    /// Whether `word` is in the config or in code that extends the generator.
    pub(crate) fn mentions(&self, word: &str) -> bool {
        self.words().all.contains(word)
    }

    /// Whether the config names a theme or a module that isn't in the repository, where `has_entry` knows what is.
    pub(crate) fn lacks_theme(&self, has_entry: impl Fn(&Path) -> bool) -> bool {
        let read = || self.config.as_deref().is_some_and(|config| names_missing_theme(config, has_entry));
        *self.lacks_theme.get_or_init(read)
    }

    /// Whether `word` is in quotes in the config or in code, as the name of a tag, filter or component is.
    pub(crate) fn names(&self, word: &str) -> bool {
        self.words().quoted.contains(word)
    }

    /// Whether a template assigns a variable of this name.
    pub(crate) fn assigns(&self, word: &str) -> bool {
        ["assign ", "capture ", "set "].iter().any(|tag| self.code.contains(&format!("{tag}{word}")))
    }

    /// The text of the files that may define tags, filters, variables and components.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    /// Whether one of `words` is in the config, or a word of code that extends the generator.
    pub(crate) fn has_any(&self, words: &[String]) -> bool {
        words.iter().any(|word| self.config_has(word) || self.mentions(word))
    }

    /// Whether the config contains `text`.
    pub(crate) fn config_has(&self, text: &str) -> bool {
        self.config.as_deref().is_some_and(|config| config.contains(text))
    }
}

fn names_missing_theme(config: &str, has_entry: impl Fn(&Path) -> bool) -> bool {
    let is_setting = |line: &&str| {
        let key = line.trim_start_matches(['-', ' ', '\t', '"', '[']);
        key.starts_with("theme") || key.starts_with("module") || key.starts_with("import") || key.starts_with("path")
    };
    let themes: Vec<&str> = config.lines().filter(is_setting).collect();
    let has_module = themes.iter().any(|line| !line.trim_start().trim_start_matches('"').starts_with("theme"));
    let is_missing = |line: &&str| {
        let value = line.split([':', '=']).nth(1).unwrap_or_default();
        let names = value.split([',', '[', ']']).map(|name| name.trim().trim_matches(['"', '\'', ' ']));
        let mut names = names.filter(|name| !name.is_empty()).peekable();
        // A list on the next lines.
        names.peek().is_none() || names.any(|name| !has_entry(format!("themes/{name}/layouts").as_ref()))
    };
    has_module || themes.iter().any(is_missing)
}

/// Reads the files that `places` names, below the folder of the site (absolute).
pub(super) fn read(files: &SiteFiles, root: &Path, places: &BuildPlaces) -> BuildFiles {
    let mut found = BuildFiles::default();
    for text in config_texts(files, root, &places.config) {
        let config = found.config.get_or_insert_default();
        config.push_str(&text);
        config.push('\n');
    }
    for path in &places.code {
        for text in texts(files, &root.join(path)) {
            found.code.push_str(&text);
            found.code.push('\n');
        }
    }
    for folder in places.templates.iter().flat_map(|folder| expand(files, root, folder)) {
        for path in list(files, &folder) {
            let name = crate::source::display_path(path.strip_prefix(&folder).unwrap_or(&path)).into_owned();
            let (parent, file) = name.rsplit_once('/').unwrap_or(("", name.as_str()));
            let stem = file.split('.').next().unwrap_or_default();
            let key = if parent.is_empty() { stem.to_owned() } else { format!("{parent}/{stem}") };
            found.templates.insert(key, text(files, &path).unwrap_or_default());
        }
    }
    let config = found.config.as_deref().unwrap_or_default();
    let moved: Vec<String> = places.data_moved_by.iter().flat_map(|key| readable_values(config, key)).collect();
    let inputs = if moved.is_empty() { Vec::new() } else { readable_values(config, "input") };
    let below_input = inputs.iter().flat_map(|input| moved.iter().map(move |folder| format!("{input}/{folder}")));
    for folder in places.data.iter().cloned().chain(below_input).chain(moved.iter().cloned()) {
        let paths = list(files, &root.join(folder));
        for path in &paths {
            found.data.extend(path.file_stem().and_then(|stem| Some(stem.to_str()?.split('.').next()?.to_owned())));
            // A file in a folder is a property of the folder's variable.
            let parent = path.parent().and_then(|parent| parent.file_name()?.to_str());
            found.data.extend(parent.map(str::to_owned));
        }
    }
    found
}

/// How many configs may build on each other.
const MAX_INHERITED: usize = 8;

/// The texts of configs, and of those that they name by `INHERIT: base.yml`, as `MkDocs` has it.
fn config_texts(files: &SiteFiles, root: &Path, paths: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut todo: Vec<PathBuf> = paths.iter().rev().map(|path| root.join(path)).collect();
    let mut inherited = 0;
    while let Some(path) = todo.pop() {
        for text in texts(files, &path) {
            let base = text.lines().find_map(|line| line.strip_prefix("INHERIT:"));
            let base = base.map(|name| name.trim().trim_matches(['"', '\'']).trim_start_matches("./"));
            if let Some(base) = base.filter(|base| !base.is_empty() && inherited < MAX_INHERITED) {
                inherited += 1;
                todo.push(path.parent().unwrap_or(root).join(base));
            }
            all.push(text);
        }
    }
    all
}

/// Reads which files the generator builds, for the site in this folder (absolute).
pub(super) fn read_pages(files: &SiteFiles, root: &Path, profile: &GeneratorProfile) -> PageFolders {
    let read =
        |paths: &[String]| config_texts(files, root, paths).iter().fold(String::new(), |all, text| all + text + "\n");
    let config = read(&profile.markup.files.config);
    let places = &profile.pages;
    let has_folder = places.folders.iter().any(|folder| files.root.exists(&root.join(folder)));
    let is_moved = || places.moved_by.iter().any(|key| !readable_values(&config, key).is_empty());
    // Where there is no config or folder of the generator's, it builds in another way.
    if config.is_empty() || !places.folders.is_empty() && !has_folder && !is_moved() {
        return PageFolders::default();
    }
    PageFolders::new(&profile.pages, &config, &read(&profile.pages.ignore_files))
}

/// Reads the collections of the Astro site in this folder (absolute).
pub(super) fn read_collections(files: &SiteFiles, root: &Path) -> Vec<Collection> {
    let config = collections::FILES.iter().find_map(|path| text(files, &root.join(path)));
    collections::read(&config.unwrap_or_default())
}

/// The files below a folder (absolute), sorted.
pub(super) fn list(site: &SiteFiles, folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = open.pop() {
        for (path, kind) in entries(site, &folder) {
            let is_skipped = || path.file_name().is_some_and(|name| SKIPPED.iter().any(|skipped| name == *skipped));
            match kind {
                EntryKind::File if files.len() < MAX_FILES => files.push(path),
                EntryKind::Dir if depth < MAX_DEPTH && !is_skipped() => open.push((path, depth + 1)),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

/// `themes/*/layouts`: each folder that fits; there may be several `*`, with a name between them.
fn expand(files: &SiteFiles, root: &Path, pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once("/*/") else { return vec![root.join(pattern)] };
    let entries = entries(files, &root.join(before)).into_iter();
    entries.filter(|(_, kind)| *kind == EntryKind::Dir).flat_map(|(path, _)| expand(files, &path, after)).collect()
}

/// The texts of a file, or of all files below a folder.
fn texts(files: &SiteFiles, path: &Path) -> Vec<String> {
    match text(files, path) {
        Some(text) => vec![text],
        None => list(files, path).iter().filter_map(|path| text(files, path)).collect(),
    }
}

fn text(files: &SiteFiles, path: &Path) -> Option<String> {
    let bytes = files.root.read_up_to(path, MAX_SIZE).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn entries(files: &SiteFiles, folder: &Path) -> Vec<(PathBuf, EntryKind)> {
    let entries = files.root.read_dir(folder).unwrap_or_default();
    entries.into_iter().map(|entry| (folder.join(&entry.name), entry.kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_up_as_they_are_written() {
        let code =
            "eleventyConfig.addFilter(\"slug-it\", fn);\nLiquid::Template.register_tag('figure', F)\n:youtube, x_y\n";
        let files = BuildFiles { code: code.into(), data: vec!["team".into()], ..BuildFiles::default() };
        for word in ["addFilter", "slug-it", "slug", "figure", "x_y", "team", "register_tag"] {
            assert!(files.mentions(word), "{word}");
        }
        for word in ["add", "fig", "x", ""] {
            assert!(!files.mentions(word), "{word}");
        }
        for word in ["slug-it", "figure", "youtube"] {
            assert!(files.names(word), "{word}");
        }
        assert!(!files.names("fn") && !files.names("slug"));
    }
}
