//! remark-lint-frontmatter-schema, by its documentation <https://github.com/JulianCataldo/remark-lint-frontmatter-schema>:
//! which schemas apply to which pages, and what remark ignores.

use crate::data::node::{Tree, Value};
use crate::fs::ProjectFiles;
use crate::workspace::init::takeover::taken::{Takeover, strings};

pub(super) const FILES: [&str; 6] =
    [".remarkrc", ".remarkrc.json", ".remarkrc.yaml", ".remarkrc.yml", "package.json", ".remarkignore"];

/// Configs that are programs.
const PROGRAMS: [&str; 3] = [".remarkrc.mjs", ".remarkrc.js", ".remarkrc.cjs"];

const PLUGIN: &str = "remark-lint-frontmatter-schema";

pub(super) fn read(project: &ProjectFiles, takeover: &mut Takeover) {
    for file in PROGRAMS.into_iter().filter(|file| project.exists(file)) {
        takeover.files.push(file.to_owned());
        takeover.notes.push(format!("{file} is a program and was not run; add its schemas as in `content` below"));
    }
    if let Some(tree) = takeover.parsed(project, &FILES[..4]) {
        schemas(tree.root(), takeover);
    }
    let mut shared = Takeover::default();
    let package: Option<Tree> = shared.parsed(project, &FILES[4..5]);
    if let Some(config) = package.as_ref().and_then(Tree::root).and_then(|root| root.get("remarkConfig")) {
        takeover.files.push(FILES[4].to_owned());
        schemas(Some(config), takeover);
    }
    takeover.exclude_lines(project, FILES[5]);
}

/// The schemas of the plugin in a config.
fn schemas(config: Option<Value<'_>>, takeover: &mut Takeover) {
    let plugins = config.and_then(|config| config.get("plugins")).and_then(Value::items).into_iter().flatten();
    for plugin in plugins {
        let Some(mut parts) = plugin.items() else { continue };
        let is_it = parts.next().and_then(Value::text).is_some_and(|name| name.ends_with(PLUGIN));
        let options = parts.next().filter(|_| is_it);
        let Some(schemas) = options.and_then(|options| options.get("schemas")) else { continue };
        for entry in schemas.entries() {
            let Some(schema) = entry.key.text().map(relative) else { continue };
            let globs = strings(Some(entry.value)).into_iter().map(relative).collect();
            takeover.schemas.push((schema, globs));
        }
    }
}

fn relative(path: &str) -> String {
    path.trim_start_matches("./").to_owned()
}
