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
}

/// What the page at `path` is.
pub(super) fn place_of(path: &Path) -> Place {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if matches!(name, "_index.md" | "README.md") {
        return Place::Section(SECTIONS.to_owned());
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
    let is_any = |name: &String| is_language(name) || is_date(name);
    let is_container = |name: &String| CONTAINERS.contains(&name.as_str()) || is_language(name);
    let depth = folders.iter().take_while(|name| is_container(name)).count();
    let mut parts: Vec<String> =
        folders.iter().take(depth + 1).map(|name| if is_any(name) { "*".to_owned() } else { escape(name) }).collect();
    parts.push(if depth < folders.len() { "**" } else { "*" }.to_owned());
    (parts.join("/"), folders.len() > depth + 1)
}

fn escape(name: &str) -> String {
    name.chars().flat_map(|c| if "*?[]{}".contains(c) { vec!['[', c, ']'] } else { vec![c] }).collect()
}

/// The codes of languages (ISO 639-1), and of countries that sites use in their place.
const LANGUAGES: &str = " af am ar az be bg bn br bs ca cn cs cy cz da de dk ee el en eo es et eu fa fi fr ga gl gr gu \
                         he hi hr hu hy id is it ja jp ka kk km kn ko kr ku ky lo lt lv mk ml mn mr ms my nb ne nl nn no \
                         pa pl ps pt ro ru se si sk sl sq sr sv sw ta te tg th tk tl tr tw ua uk ur uz vi vn yo zh zu ";

/// Whether a folder is named after a language: `ko`, `pt-BR`, `zh-Hant-TW`.
fn is_language(name: &str) -> bool {
    let mut parts = name.split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    language.len() == 2
        && LANGUAGES.contains(&format!(" {language} "))
        && parts.all(|part| (2..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether a folder is named after a year or a month, by which pages are filed.
fn is_date(name: &str) -> bool {
    let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    is_number && (name.len() == 2 || name.len() == 4 && (name.starts_with("19") || name.starts_with("20")))
        || name.len() == 7 && name.as_bytes()[4] == b'-' && is_date(&name[..4]) && is_date(&name[5..])
}

/// Names of folders in the plural, of which one page is named in the singular.
const PLURALS: [&str; 44] = [
    "articles",
    "authors",
    "blogs",
    "books",
    "chapters",
    "courses",
    "days",
    "docs",
    "drafts",
    "entries",
    "episodes",
    "essays",
    "events",
    "examples",
    "features",
    "guides",
    "images",
    "jobs",
    "lessons",
    "links",
    "members",
    "notes",
    "pages",
    "papers",
    "posts",
    "products",
    "projects",
    "publications",
    "questions",
    "recipes",
    "releases",
    "reviews",
    "services",
    "slides",
    "snippets",
    "stories",
    "talks",
    "teams",
    "testimonials",
    "tips",
    "tools",
    "topics",
    "tutorials",
    "videos",
];

fn singular(name: &str) -> String {
    match name {
        _ if !PLURALS.contains(&name) => name.to_owned(),
        _ => match name.strip_suffix("ies") {
            Some(stem) if stem.len() > 2 => format!("{stem}y"),
            _ => name.trim_end_matches('s').to_owned(),
        },
    }
}

/// A name for the kind of page, from its folder.
pub(super) fn name_of(glob: &str, taken: &mut BTreeSet<String>) -> String {
    let is_name = |part: &&str| !part.contains('*') && !CONTAINERS.contains(part);
    let folder = glob.rsplit('/').find(is_name).unwrap_or("page");
    let letters = folder.trim_start_matches('_').to_lowercase();
    let bare: String = letters.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let bare = singular(&bare);
    let bare =
        if bare.is_empty() || bare.starts_with(|c: char| c.is_ascii_digit()) { format!("in-{bare}") } else { bare };
    let mut name = bare.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{bare}-{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(path: &str) -> (String, String) {
        let Place::Kind(glob) = place_of(Path::new(path)) else { panic!("{path} is one of several") };
        let name = name_of(&glob, &mut BTreeSet::new());
        (glob, name)
    }

    #[test]
    fn years_and_languages_make_no_kinds() {
        for (path, glob, name) in [
            ("content/2019/trip/index.md", "content/*/**", "page"),
            ("content/2020/a.md", "content/*/**", "page"),
            ("content/posts/2020/a.md", "content/posts/**", "post"),
            ("_posts/2020/a.md", "_posts/**", "post"),
            ("content/pt-br/posts/a.md", "content/*/posts/**", "post"),
            ("content/css/canvas/a.md", "content/css/**", "css"),
            ("canvas/a.md", "canvas/**", "canvas"),
            ("news/a.md", "news/**", "news"),
            ("stories/a.md", "stories/**", "story"),
            ("go/a.md", "go/**", "go"),
        ] {
            assert_eq!(kind(path), (glob.to_owned(), name.to_owned()), "{path}");
        }
    }
}
