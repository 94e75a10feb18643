//! rumdl, by its configs <https://rumdl.dev/global-settings/>: what it excludes, and the keys that MD072 requires.

use crate::fs::ProjectFiles;
use crate::workspace::init::takeover::taken::{Takeover, strings};

pub(super) const FILES: [&str; 4] = [".rumdl.toml", "rumdl.toml", ".config/rumdl.toml", "pyproject.toml"];

pub(super) fn read(project: &ProjectFiles, takeover: &mut Takeover) {
    let Some(tree) = takeover.parsed(project, &FILES) else { return };
    let is_shared = takeover.files.iter().any(|file| file == "pyproject.toml");
    let root = tree.root().and_then(|root| if is_shared { root.get("tool")?.get("rumdl") } else { Some(root) });
    let Some(root) = root else {
        takeover.files.clear();
        return;
    };
    for table in [Some(root), root.get("global")].into_iter().flatten() {
        strings(table.get("exclude")).into_iter().for_each(|glob| takeover.exclude(glob));
    }
    let Some(rule) = root.get("MD072").or_else(|| root.get("frontmatter-key-sort")) else { return };
    for name in ["required-keys", "required_keys"] {
        takeover.required.extend(strings(rule.get(name)).into_iter().map(str::to_owned));
    }
}
