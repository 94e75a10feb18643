//! What a place in a page leads to, what leads there, and the edits that rename it: terms of taxonomies, headings, pages.

pub(crate) mod anchors;
pub(crate) mod links;
pub(crate) mod targets;
pub(crate) mod term_rename;
pub(crate) mod terms;
