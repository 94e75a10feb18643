//! What the build reads in a body besides Markdown, with its errors: template languages, shortcodes, HTML tags, MDX.

pub(crate) mod elements;
pub(crate) mod html;
mod indentation;
pub(crate) mod javascript;
pub(crate) mod mdx_grammar;
mod mdx_rewriting;
pub(crate) mod shortcodes;
pub(crate) mod template_blocks;
pub(crate) mod template_lexer;
