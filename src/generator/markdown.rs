//! The Markdown parsers of the generators, and where they differ in what they render.

use serde::Deserialize;

/// A family of Markdown parsers.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MarkdownEngine {
    /// `CommonMark` or GitHub Flavored Markdown. Assumed if no generator is known, because GitHub shows the file so.
    #[default]
    #[serde(rename = "commonmark")]
    CommonMark,
    /// marked, which follows `CommonMark` but for the spaces that it accepts.
    Marked,
    /// `CommonMark` with JSX instead of HTML.
    Mdx,
    /// kramdown with its parser for GitHub Flavored Markdown.
    Kramdown,
    /// Python-Markdown.
    PythonMarkdown,
    /// Pandoc.
    Pandoc,
    /// A parser with rules of its own.
    Other,
}

impl MarkdownEngine {
    /// Whether it follows the specification of `CommonMark` for emphasis, links and tables.
    pub(crate) fn is_commonmark(self) -> bool {
        matches!(self, Self::CommonMark | Self::Marked | Self::Mdx)
    }

    /// Whether HTML at the start of a line begins an HTML block, in which nothing is Markdown until a blank line.
    pub(crate) fn has_html_blocks(self) -> bool {
        matches!(self, Self::CommonMark | Self::Marked)
    }

    /// Whether the `#` of a heading need a space after them.
    pub(crate) fn needs_space_in_headings(self) -> bool {
        self.is_commonmark() || self == Self::Kramdown
    }

    /// Whether a non-breaking or full-width space is no space after the `#` of a heading.
    pub(crate) fn needs_ascii_space_in_headings(self) -> bool {
        matches!(self, Self::CommonMark | Self::Mdx | Self::Kramdown)
    }

    /// Whether a space on the inner side of the asterisks of bold text makes them text.
    pub(crate) fn rejects_spaces_in_emphasis(self) -> bool {
        self.is_commonmark() || matches!(self, Self::Kramdown | Self::PythonMarkdown)
    }

    /// Whether `[text][label]` and `[^1]` are text without a definition on the page.
    pub(crate) fn has_reference_links(self) -> bool {
        self.is_commonmark() || self == Self::Kramdown
    }
}
