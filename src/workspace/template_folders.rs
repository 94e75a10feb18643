//! What a project itself names as not its content: templates of notes, the specs of its code, and what Jekyll excludes.

use crate::data::limits::Limits;
use crate::data::{json, yaml};
use crate::fs::{FileSystem, Root};
use crate::generator;
use crate::workspace::marks::Marks;
use std::path::Path;
use std::sync::Arc;

/// Settings of Obsidian that name a folder of templates: the file, and the key.
const TEMPLATE_SETTINGS: [(&str, &str); 2] =
    [(".obsidian/templates.json", "folder"), (".obsidian/plugins/templater-obsidian/data.json", "templates_folder")];

/// The folders, relative to `root`.
pub(super) fn find(fs: &Arc<dyn FileSystem>, root: &Path) -> Vec<String> {
    let mut folders = Vec::new();
    if fs.metadata(&root.join(".obsidian")).is_ok() {
        let files = Root::new(fs.clone(), root);
        folders.extend(TEMPLATE_SETTINGS.iter().filter_map(|(file, key)| text_at(&files, file, key)));
    }
    if is_of_code(fs, &root.join("spec")) {
        folders.push("spec".to_owned());
    }
    folders.retain(|folder| !folder.trim_matches('/').is_empty());
    folders
}

/// The folders that a Jekyll site may start in.
const JEKYLL_FOLDERS: [&str; 2] = ["", "docs"];

/// The files, folders and patterns that `exclude` in the config of a Jekyll site names, relative to `root`. `set` is the
/// generator that the linter's config names.
pub(super) fn excluded_by_jekyll(fs: &Arc<dyn FileSystem>, root: &Path, set: Option<&str>) -> Vec<String> {
    if set.is_some_and(|name| name != "jekyll") {
        return Vec::new();
    }
    let mut excluded = Vec::new();
    for folder in JEKYLL_FOLDERS {
        let site = root.join(folder);
        let files = Root::new(fs.clone(), &site);
        let read = |name: &&str| files.read_to_string(Path::new(name)).ok();
        let Some(text) = ["_config.yml", "_config.yaml"].iter().find_map(read) else { continue };
        let is_jekyll = || generator::detect(&Marks::of(fs, &site)).is_some_and(|found| found.name == "jekyll");
        if set.is_none() && !is_jekyll() {
            continue;
        }
        let (tree, _) = yaml::parse(&text, 0, Limits::ProjectFile);
        let Some(entries) = tree.root().and_then(|config| config.get("exclude")?.items()) else { continue };
        let paths = entries.filter_map(|entry| entry.text()).map(|path| {
            let path = path.trim();
            path.strip_prefix("./").unwrap_or(path).trim_matches('/')
        });
        // One that matches everything is undone by `include`.
        let named = paths.filter(|path| path.contains(|c: char| c.is_alphanumeric()));
        excluded.extend(named.map(|path| format!("{folder}/{path}").trim_start_matches('/').to_owned()));
    }
    excluded
}

fn text_at(files: &Root, file: &str, key: &str) -> Option<String> {
    let text = files.read_to_string(Path::new(file)).ok()?;
    let (tree, problems) = json::parse(&text, 0, Limits::ProjectFile);
    tree.root().filter(|_| problems.is_empty())?.get(key)?.text().map(str::to_owned)
}

/// Whether a folder `spec` holds the specs of code, not a specification: by the names in it.
fn is_of_code(fs: &Arc<dyn FileSystem>, folder: &Path) -> bool {
    fs.read_dir(folder).unwrap_or_default().into_iter().any(|entry| {
        let name = entry.name.to_string_lossy();
        let name = &*name;
        matches!(name, "fixtures" | "support" | "helpers" | "factories")
            || name.ends_with("_spec.rb")
            || name.ends_with("_helper.rb")
            || name.contains(".spec.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs::Memory;

    fn folders(files: &[(&str, &str)]) -> Vec<String> {
        let fs: Arc<dyn FileSystem> = Arc::new(Memory::new(files.iter().copied()));
        find(&fs, Path::new("/v"))
    }

    #[test]
    fn a_vault_and_a_program_name_their_folders() {
        let settings = ("/v/.obsidian/templates.json", "{ \"folder\": \"90 - Forms/Daily\" }");
        assert_eq!(folders(&[settings]), ["90 - Forms/Daily"]);
        let templater = ("/v/.obsidian/plugins/templater-obsidian/data.json", "{ \"templates_folder\": \"/\" }");
        assert!(folders(&[templater]).is_empty());
        assert_eq!(folders(&[("/v/spec/spec_helper.rb", ""), ("/v/spec/a.md", "")]), ["spec"]);
        assert!(folders(&[("/v/spec/a.md", ""), ("/v/spec/index.md", "")]).is_empty());
    }

    #[test]
    fn jekyll_names_what_it_excludes() {
        let excluded = |files: &[(&str, &str)], set| {
            let fs: Arc<dyn FileSystem> = Arc::new(Memory::new(files.iter().copied()));
            excluded_by_jekyll(&fs, Path::new("/v"), set)
        };
        let config = "title: Harbor\nexclude:\n  - /drafts/\n  - ./notes.md\n  - 'log-*.md'\n  - '*'\n";
        let site = [("/v/_config.yml", config), ("/v/_posts/a.md", "")];
        assert_eq!(excluded(&site, None), ["drafts", "notes.md", "log-*.md"]);
        assert!(excluded(&site, Some("hexo")).is_empty());
        assert!(excluded(&[("/v/_config.yml", config)], None).is_empty());
        assert_eq!(excluded(&[("/v/_config.yml", config)], Some("jekyll")).len(), 3);
        let below = [("/v/docs/_config.yml", "exclude: [old]"), ("/v/docs/_layouts/a.html", "")];
        assert_eq!(excluded(&below, None), ["docs/old"]);
    }
}
