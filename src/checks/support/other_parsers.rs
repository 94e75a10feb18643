//! Sites that no profile describes, whose Markdown parsers have rules of their own.

use crate::checks::check::Context;
use std::path::Path;

/// Gatsby, whose plugin sets remark 6 to be pedantic by default.
const GATSBY: [&str; 3] = ["gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs"];

/// Elixir's Earmark, `GitBook`, and the `cjk-friendly` plugin of a widespread `VuePress` theme.
const OTHERS: [&str; 5] = ["mix.exs", "book.json", "book.js", "src/.vuepress/config.js", "src/.vuepress/config.ts"];

/// Whether bold text may end anywhere.
pub(crate) fn renders_any_bold(cx: &Context) -> bool {
    has_any(cx, &GATSBY) || has_any(cx, &OTHERS)
}

/// Whether a link's destination may have spaces. Run with gatsby-transformer-remark 6.
pub(crate) fn accepts_spaces_in_links(cx: &Context) -> bool {
    has_any(cx, &GATSBY)
}

fn has_any(cx: &Context, files: &[&str]) -> bool {
    !cx.profile.is_known() && files.iter().any(|file| cx.site.has(Path::new(file)) == Some(true))
}
