//! Partials and pages with includes: what they refer to may be in another file.

use crate::document::Document;
use crate::document::body::{BlockKind, Body, InlineKind};
use crate::source::Span;

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
/// `VitePress`, `DocFX`, `mdBook`.
const INCLUDE_MARKERS: [&str; 7] = ["@include", "--8<--", "<<< ", "[!INCLUDE", "[!include", "#include", "{{#include"];

/// Whether the page includes another file.
pub(crate) fn has_include(doc: &Document<'_>) -> bool {
    let starts = |line: &str| INCLUDE_MARKERS.iter().any(|include| line.trim_start().starts_with(include));
    doc.slice(doc.body.span).lines().any(starts)
}

/// The HTML of a page: blocks and inline tags.
pub(crate) fn html_of(body: &Body) -> impl Iterator<Item = Span> {
    let inline = body.inlines.iter().filter(|piece| piece.kind == InlineKind::Html).map(|piece| piece.span);
    body.html.iter().copied().chain(inline)
}

/// Whether a component or a custom element is in HTML: `<Glossary />`, `<api-table>`. What it renders isn't known.
pub(crate) fn has_component(html: &str) -> bool {
    html.match_indices('<').any(|(at, _)| {
        let rest = &html[at + 1..];
        let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len())];
        let is_named = name.starts_with(|c: char| c.is_ascii_alphabetic());
        // HTML is sometimes written in capitals, a component never is.
        let is_component =
            name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
        is_named && (is_component || name.contains('-'))
    })
}
