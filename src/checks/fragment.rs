//! Files that are a part of other pages: what they speak of may stand around the place where they are put in.

use crate::document::Document;
use crate::document::body::BlockKind;

/// Folders whose files are put into pages: Jekyll's, Hugo's, Docusaurus' and those that plug-ins for `MkDocs` have.
const FOLDERS: [&str; 6] = ["_includes", "includes", "_partials", "partials", "_snippets", "snippets"];

/// What docsify puts beside each page.
const FILES: [&str; 3] = ["_coverpage.md", "_navbar.md", "_sidebar.md"];

/// Whether it is such a file: by its folder or name, or because it has neither metadata nor a heading, and so no name.
pub(super) fn is_part_of_a_page(doc: &Document<'_>) -> bool {
    let has_heading = || doc.body.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
    let name = doc.source.name();
    let (folders, file) = name.rsplit_once('/').unwrap_or(("", &name));
    folders.split('/').any(|folder| FOLDERS.contains(&folder))
        || FILES.contains(&file)
        || doc.front_matter.is_none() && !has_heading()
}
