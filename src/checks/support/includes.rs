//! Partials and pages with includes: what they refer to may be in another file.

use crate::document::Document;
use crate::document::body::BlockKind;

/// The folders of partials in Jekyll, Hugo, Docusaurus and plugins for `MkDocs`.
const PARTIAL_FOLDERS: [&str; 6] = ["_includes", "includes", "_partials", "partials", "_snippets", "snippets"];

/// The partials of docsify.
const PARTIAL_FILES: [&str; 3] = ["_coverpage.md", "_navbar.md", "_sidebar.md"];

/// Whether the file is a partial: by its folder or name, or because it has neither front matter nor a heading.
pub(crate) fn is_partial(doc: &Document<'_>) -> bool {
    let has_heading = || doc.body.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
    let name = doc.source.name();
    let (folders, file) = name.rsplit_once('/').unwrap_or(("", &name));
    folders.split('/').any(|folder| PARTIAL_FOLDERS.contains(&folder))
        || PARTIAL_FILES.contains(&file)
        || doc.front_matter.is_none() && !has_heading()
}

/// The start of a line that includes another file, other than by a template tag: svelte.dev, `MkDocs` snippets,
/// `VitePress`, `DocFX`, `mdBook` without braces.
const INCLUDE_MARKERS: [&str; 6] = ["@include", "--8<--", "<<< ", "[!INCLUDE", "[!include", "#include"];

/// Whether the page includes another file.
pub(crate) fn has_include(doc: &Document<'_>) -> bool {
    let starts = |line: &str| INCLUDE_MARKERS.iter().any(|include| line.trim_start().starts_with(include));
    doc.slice(doc.body.span).lines().any(starts)
}
