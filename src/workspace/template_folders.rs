//! Folders that a project itself names as not its content: templates of notes, and the specs of its code.

use crate::data::json;
use crate::data::limits::Limits;
use crate::fs::{FileSystem, Root};
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
}
