//! Template languages, MDX and other markup that a site generator reads in Markdown.

pub mod mdx;
pub mod template;
pub mod template_tags;
