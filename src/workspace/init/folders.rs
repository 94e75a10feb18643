//! Kinds of pages by their folder: their globs, and names for them.

use std::collections::BTreeSet;
use std::path::Path;

/// The pages of folders themselves, by the names that always are.
pub(super) const SECTIONS: &str = "**/{_index,README}.md";

/// Folders that hold the folders of pages.
const CONTAINERS: [&str; 11] =
    ["content", "src", "source", "docs", "website", "pages", "collections", "site", "i18n", "data", "packages"];

/// What a page is among those of its folder; each with its glob.
pub(super) enum Place {
    /// One of them.
    Kind(String),
    /// The folder's own, which is another kind than the pages in it.
    Section(String),
    /// What programs are tested with.
    None(String),
}

/// What the page at `path` is.
pub(super) fn place_of(path: &Path) -> Place {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if matches!(name, "_index.md" | "README.md") {
        return Place::Section(SECTIONS.to_owned());
    }
    let top = path.components().next().and_then(|part| part.as_os_str().to_str()).unwrap_or_default();
    if matches!(top, "test" | "tests" | "spec" | "fixtures") && path.components().count() > 1 {
        return Place::None(format!("{top}/**"));
    }
    let (glob, is_deep) = glob_of(path);
    let folder = path.parent().and_then(Path::file_name).and_then(|folder| folder.to_str());
    let stem = name.split('.').next().unwrap_or_default();
    // `posts/index.md`, `posts/posts.md`; deeper, an `index.md` is a page with its own folder.
    if !is_deep && folder.is_some_and(|folder| stem == "index" || stem == folder) {
        let base = glob.trim_end_matches('*');
        return Place::Section(format!("{base}{}", escape(name)));
    }
    Place::Kind(glob)
}

/// The glob for the pages that lie where this one does, and whether it lies deeper than the folder that is named.
fn glob_of(path: &Path) -> (String, bool) {
    let folders: Vec<String> = path
        .parent()
        .into_iter()
        .flat_map(Path::components)
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    let is_container = |name: &String| CONTAINERS.contains(&name.as_str()) || is_language(name);
    let depth = folders.iter().take_while(|name| is_container(name)).count();
    let mut parts: Vec<String> = folders
        .iter()
        .take(depth + 1)
        .map(|name| if is_language(name) { "*".to_owned() } else { escape(name) })
        .collect();
    parts.push(if depth < folders.len() { "**" } else { "*" }.to_owned());
    (parts.join("/"), folders.len() > depth + 1)
}

fn escape(name: &str) -> String {
    name.chars().flat_map(|c| if "*?[]{}".contains(c) { vec!['[', c, ']'] } else { vec![c] }).collect()
}

fn is_language(name: &str) -> bool {
    let (language, region) = name.split_once(['-', '_']).unwrap_or((name, ""));
    language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase()) && region.len() <= 4
}

/// A name for the kind of page, from its folder.
pub(super) fn name_of(glob: &str, taken: &mut BTreeSet<String>) -> String {
    let folder = glob.rsplit('/').find(|part| !part.contains('*')).unwrap_or("page");
    let letters = folder.trim_start_matches('_').to_lowercase();
    let bare: String = letters.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let bare = bare.strip_suffix('s').filter(|bare| bare.len() > 2 && !bare.ends_with('s')).unwrap_or(&bare);
    let bare = if bare.is_empty() || bare.starts_with(|c: char| c.is_ascii_digit()) {
        format!("in-{bare}")
    } else {
        bare.to_owned()
    };
    let mut name = bare.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{bare}-{number}");
        number += 1;
    }
    name
}
