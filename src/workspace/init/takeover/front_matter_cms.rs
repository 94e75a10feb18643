//! Front Matter CMS, by its settings <https://frontmatter.codes/docs/settings/overview>: what its folders leave out. The
//! fields of its content types are read by `schemas: [front-matter-cms]`.

use crate::data::node::Value;
use crate::fs::ProjectFiles;
use crate::workspace::init::takeover::taken::{Takeover, strings};

pub(super) const FILES: [&str; 1] = ["frontmatter.json"];

pub(super) fn read(project: &ProjectFiles, takeover: &mut Takeover) {
    let Some(tree) = takeover.parsed(project, &FILES) else { return };
    let folders = tree.root().and_then(|root| root.get("frontMatter.content.pageFolders"));
    for folder in folders.and_then(Value::items).into_iter().flatten() {
        let path = folder.get("path").and_then(Value::text).unwrap_or_default().replace("[[workspace]]", "");
        let path = path.trim_start_matches("./").trim_matches('/');
        for below in strings(folder.get("excludePaths")) {
            takeover.exclude(&format!("{path}/{below}"));
        }
    }
}
