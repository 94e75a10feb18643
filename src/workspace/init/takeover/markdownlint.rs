//! markdownlint, by its configs <https://github.com/DavidAnson/markdownlint-cli2#configuration> and those of
//! markdownlint-cli: what they ignore. Its rules are about style, which matterlint doesn't check.

use crate::fs::ProjectFiles;
use crate::workspace::init::takeover::taken::{Takeover, strings};

pub(super) const FILES: [&str; 7] = [
    ".markdownlint-cli2.jsonc",
    ".markdownlint-cli2.yaml",
    ".markdownlint.jsonc",
    ".markdownlint.json",
    ".markdownlint.yaml",
    ".markdownlint.yml",
    ".markdownlintignore",
];

pub(super) fn read(project: &ProjectFiles, takeover: &mut Takeover) {
    if let Some(tree) = takeover.parsed(project, &FILES[..2]) {
        let root = tree.root();
        let globs = strings(root.and_then(|root| root.get("globs")));
        // `!` and `#` both leave out in `globs`.
        let left_out = globs.into_iter().filter_map(|glob| glob.strip_prefix(['!', '#']));
        left_out.for_each(|glob| takeover.exclude(glob));
        strings(root.and_then(|root| root.get("ignores"))).into_iter().for_each(|glob| takeover.exclude(glob));
    }
    // Only to say that there is nothing in it for us.
    takeover.parsed(project, &FILES[2..6]);
    takeover.exclude_lines(project, FILES[6]);
}
