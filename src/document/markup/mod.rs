//! Template languages, MDX and other markup in Markdown that a site generator processes.

pub mod mdx;
pub mod template;
pub mod template_tags;
