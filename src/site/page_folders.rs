//! Which files of a site its generator builds, from its profile and the site's config.

use crate::fs::Globs;
use crate::generator::profile::PagePlaces;
use std::path::{Component, Path};

/// Which files of a site its generator builds. In doubt, it is all of them.
#[derive(Debug, Default)]
pub(crate) struct PageFolders {
    /// The folders of pages; all if there are none.
    folders: Vec<String>,
    /// What isn't built.
    excluded: Globs,
    /// The names with an underscore at the start that are built; none if an underscore has no meaning.
    built_underscores: Option<Vec<String>>,
}

impl PageFolders {
    /// Reads the settings that `places` names from `config`; `ignored` is the text of the files that list what isn't built.
    pub(super) fn new(places: &PagePlaces, config: &str, ignored: &str) -> Self {
        if places.unknown_with.iter().any(|word| config.contains(word.as_str())) {
            return Self { excluded: Globs::anywhere(&places.excluded).unwrap_or_default(), ..Self::default() };
        }
        let mut folders = Vec::new();
        for key in &places.moved_by {
            let Some(values) = values(config, key) else { return Self::default() };
            folders.extend(values);
        }
        if folders.is_empty() {
            folders.clone_from(&places.folders);
        }
        let added_by = if folders.is_empty() { &[][..] } else { &places.added_by };
        for key in added_by {
            let Some(values) = values(config, key) else { return Self::default() };
            // `base: "/blog"` is a part of the site's URL.
            folders.extend(values.into_iter().filter(|value| !value.starts_with('/')));
        }
        let folders: Vec<String> = folders.iter().map(|folder| clean(folder)).collect();
        let is_everywhere = folders.iter().any(String::is_empty);
        let lines = ignored.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', '!']));
        let settings = places.excluded_by.iter().filter_map(|key| values(config, key)).flatten();
        let patterns: Vec<String> = lines.map(str::to_owned).chain(settings).map(|path| clean(&path)).collect();
        let never = places.excluded.iter().cloned();
        let is_pattern = |path: &&String| !path.is_empty() && !path.contains(['{', '$']);
        let patterns: Vec<String> =
            patterns.iter().filter(is_pattern).map(|path| anchored(path)).chain(never).collect();
        let underscores = (!places.built_underscores.is_empty()).then(|| {
            let in_config = config.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).map(str::to_owned);
            places.built_underscores.iter().cloned().chain(in_config).collect()
        });
        Self {
            folders: if is_everywhere { Vec::new() } else { folders },
            excluded: Globs::anywhere(&patterns).unwrap_or_default(),
            built_underscores: underscores,
        }
    }

    /// The folders of pages, relative to the site's root; all folders if there are none.
    pub(super) fn folders(&self) -> &[String] {
        &self.folders
    }

    /// Whether the generator builds the file at `path`, relative to the site's root.
    pub(super) fn contains(&self, path: &Path) -> bool {
        let mut parts = Vec::new();
        for part in path.components() {
            match part {
                Component::Normal(name) => parts.push(name.to_str().unwrap_or_default()),
                // Outside of the site, nothing is known.
                _ => return true,
            }
        }
        let written = parts.join("/");
        let is_below = |folder: &String| written.strip_prefix(&**folder).is_some_and(|rest| rest.starts_with('/'));
        let is_hidden = |name: &&str| match &self.built_underscores {
            // `_posts` is built, and so is `_notes` if the config names the collection `notes`.
            Some(built) => {
                name.strip_prefix('_').is_some_and(|bare| !built.iter().any(|known| known == bare || known == *name))
            }
            None => false,
        };
        (self.folders.is_empty() || self.folders.iter().any(is_below))
            && !parts.iter().any(is_hidden)
            && !self.excluded.matches(&written)
    }
}

/// A path without `./`, `../` and slashes around it: a config in a folder of its own names folders next to that.
fn clean(path: &str) -> String {
    let path = path.trim().trim_start_matches("./").trim_start_matches("../").trim_matches('/');
    if path == "." { String::new() } else { path.to_owned() }
}

/// A name without a slash is that of an entry of the site's root.
fn anchored(path: &str) -> String {
    if path.contains('/') { path.to_owned() } else { format!("/{path}/").replace("//", "/") }
}

/// The values of a setting wherever the config makes it: a string, or a list of strings. None if it has a value that can't
/// be read.
fn values(config: &str, key: &str) -> Option<Vec<String>> {
    let all: Option<Vec<Vec<String>>> = settings(config, key).collect();
    all.map(|values| values.concat())
}

/// The values of a setting that can be read.
pub(super) fn readable_values(config: &str, key: &str) -> Vec<String> {
    settings(config, key).flatten().flatten().collect()
}

/// The value of a setting at each place where the config makes it; none for one that can't be read.
fn settings<'a>(config: &'a str, key: &'a str) -> impl Iterator<Item = Option<Vec<String>>> + 'a {
    config.match_indices(key).filter_map(move |(at, _)| {
        let is_start = !config[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let line = config[..at].rfind('\n').map_or(0, |end| end + 1);
        let is_comment = config[line..at].trim_start().starts_with(['#', '/', '*']);
        let rest = config[at + key.len()..].trim_start_matches(['"', '\'']).trim_start_matches(' ');
        if !is_start || is_comment {
            return None;
        }
        rest.strip_prefix([':', '=', '(']).map(strings)
    })
}

/// The string, or the strings of the list, at the start of `text`.
fn strings(text: &str) -> Option<Vec<String>> {
    let text = text.trim_start_matches([' ', '\t']);
    // MkDocs: variables of the environment, and the default value.
    if let Some(names) = text.strip_prefix("!ENV").map(str::trim_start).and_then(|rest| rest.strip_prefix('[')) {
        let default = names[..names.find(']')?].rsplit(',').next()?;
        return Some(vec![unquoted(default)]);
    }
    if let Some(list) = text.strip_prefix('[') {
        let inner = &list[..list.find(']')?];
        return Some(inner.split(',').map(unquoted).filter(|item| !item.is_empty()).collect());
    }
    let line = text.lines().next().unwrap_or_default();
    if line.trim().is_empty() {
        let lines = text.lines().skip(1).map(str::trim_start);
        let items = lines.take_while(|line| line.starts_with("- ") || line.is_empty() || line.starts_with('#'));
        return Some(items.filter_map(|line| Some(unquoted(line.strip_prefix("- ")?))).collect());
    }
    if line.starts_with(['|', '>']) {
        return Some(patterns(text));
    }
    if let Some(quote) = line.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
        return Some(vec![line[1..].split(quote).next()?.to_owned()]);
    }
    let bare = line.split(" #").next().unwrap_or_default().trim();
    // An expression of JavaScript.
    (!bare.contains(['(', ',', '{', ';', '$']) && !bare.is_empty()).then(|| vec![bare.to_owned()])
}

/// The lines of a block of patterns as `.gitignore` has them, which apply in every folder: `exclude_docs` of `MkDocs`.
fn patterns(text: &str) -> Vec<String> {
    let lines = text.lines().skip(1).take_while(|line| line.is_empty() || line.starts_with(' ')).map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with(['#', '!']));
    lines.map(|line| format!("**/{}", line.trim_matches('/'))).collect()
}

fn unquoted(item: &str) -> String {
    item.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'', '`']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(places: PagePlaces, config: &str, ignored: &str) -> impl Fn(&str) -> bool {
        let folders = PageFolders::new(&places, config, ignored);
        move |path| folders.contains(Path::new(path))
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn settings_move_and_add_folders() {
        let places = || PagePlaces {
            folders: owned(&["docs", "blog"]),
            moved_by: owned(&["docs_dir"]),
            added_by: owned(&["path"]),
            ..PagePlaces::default()
        };
        let builds = of(places(), "", "");
        assert!(builds("docs/a.md") && builds("blog/b/a.md") && !builds("README.md") && !builds("docs2/a.md"));
        let builds = of(places(), "docs_dir: ./source/\n", "");
        assert!(builds("source/a.md") && !builds("docs/a.md"));
        let builds = of(places(), "plugins: [['docs', { id: 'b', path: 'community' }]]", "");
        assert!(builds("community/a.md") && builds("docs/a.md") && !builds("other/a.md"));
        assert!(of(places(), "{ path: join(here, 'x') }", "")("other/a.md"), "an expression may be any folder");
        assert!(of(places(), "# docs_dir: x\n", "")("docs/a.md"));
        assert!(of(places(), "docs_dir: .\n", "")("README.md"));
        assert!(!of(places(), "docs_dir: !ENV [DOCS, docs]\n", "")("README.md"));
    }

    #[test]
    fn a_config_in_a_folder_of_its_own_names_folders_beside_it() {
        let places =
            PagePlaces { moved_by: owned(&["docs_dir"]), excluded: owned(&["README.md"]), ..PagePlaces::default() };
        let builds = of(places, "docs_dir: ../docs\n", "");
        assert!(builds("docs/a.md") && !builds("README.md") && !builds("docs/README.md") && !builds("other/a.md"));
    }

    #[test]
    fn what_is_excluded_is_not_built() {
        let places = || PagePlaces {
            excluded_by: owned(&["exclude", "addPassthroughCopy"]),
            built_underscores: owned(&["posts"]),
            ..PagePlaces::default()
        };
        let builds = of(places(), "exclude: [vendor, 'docs/*.tmp.md']\ncollections:\n  notes: {}\n", "# old\nold/\n");
        assert!(builds("a.md") && builds("_posts/a.md") && builds("_notes/a.md") && builds("sub/vendor/a.md"));
        for path in ["vendor/a.md", "docs/a.tmp.md", "_other/a.md", "a/_b.md", "old/a.md"] {
            assert!(!builds(path), "{path}");
        }
        assert!(!of(places(), "exclude:\n  - tmp\n  - \"x\" # y\n", "")("x/a.md"));
        let builds = of(places(), "exclude: |\n  # none\n  unused/\n  todo.md\n\nnav: []\n", "");
        assert!(builds("docs/a.md") && builds("nav/a.md") && !builds("docs/b/unused/a.md") && !builds("docs/todo.md"));
        assert!(!of(places(), "config.addPassthroughCopy(\"src/raw\");", "")("src/raw/a.md"));
    }
}
