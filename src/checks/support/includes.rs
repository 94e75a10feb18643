//! Files that are a part of other pages, and pages that other files are put into: what they speak of may stand there.

use crate::document::Document;
use crate::document::body::BlockKind;

/// Folders whose files are put into pages: Jekyll's, Hugo's, Docusaurus' and those that plug-ins for `MkDocs` have.
const PARTIAL_FOLDERS: [&str; 6] = ["_includes", "includes", "_partials", "partials", "_snippets", "snippets"];

/// What docsify puts beside each page.
const PARTIAL_FILES: [&str; 3] = ["_coverpage.md", "_navbar.md", "_sidebar.md"];

/// Whether it is such a file: by its folder or name, or because it has neither metadata nor a heading, and so no name.
pub(crate) fn is_partial(doc: &Document<'_>) -> bool {
    let has_heading = || doc.body.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
    let name = doc.source.name();
    let (folders, file) = name.rsplit_once('/').unwrap_or(("", &name));
    folders.split('/').any(|folder| PARTIAL_FOLDERS.contains(&folder))
        || PARTIAL_FILES.contains(&file)
        || doc.front_matter.is_none() && !has_heading()
}

/// How a line that puts another file into the page starts, where that is no template mark: svelte.dev, `MkDocs` snippets,
/// `VitePress`, `DocFX`, `mdBook` without braces.
const INCLUDE_MARKERS: [&str; 6] = ["@include", "--8<--", "<<< ", "[!INCLUDE", "[!include", "#include"];

/// Whether a line of the page puts another file into it.
pub(crate) fn has_include(doc: &Document<'_>) -> bool {
    let starts = |line: &str| INCLUDE_MARKERS.iter().any(|include| line.trim_start().starts_with(include));
    doc.slice(doc.body.span).lines().any(starts)
}
