//! Template languages, MDX and other markup in Markdown that a site generator processes.

pub(crate) mod mdx;
pub(crate) mod syntax;
pub(crate) mod template;
pub(crate) mod template_tags;
