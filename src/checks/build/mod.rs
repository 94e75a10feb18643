//! Checks of what the build makes of a body: templates, shortcodes, raw HTML, MDX, Vue.

pub(super) mod code_regions;
pub(super) mod dead_link;
pub(super) mod dropped_html;
mod leading_text;
pub(super) mod lost_text;
pub(super) mod mdx_names;
pub(super) mod mdx_syntax;
pub(super) mod misrendered_markup;
pub(super) mod missing_template_target;
pub(super) mod shortcode_syntax;
pub(super) mod template_page;
pub(super) mod template_syntax;
pub(super) mod unclosed_comment;
pub(super) mod undefined_variable;
pub(super) mod unknown_element;
pub(super) mod unsupported_marks;
pub(super) mod unsupported_markup;
pub(super) mod vue_syntax;
