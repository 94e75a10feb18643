//! Bytes → a spanned document: front matter, body, and suppressions.

pub(crate) mod body;
pub(crate) mod delimiters;
mod displaced;
pub(crate) mod front_matter;
pub(crate) mod headings;
#[cfg(test)]
mod hostile_tests;
mod json_block;
pub(crate) mod markup;
pub(crate) mod meta;
mod metadata_lines;
pub(crate) mod prose;
pub(crate) mod suppressions;

use crate::data::problem::SyntaxProblem;
use crate::document::body::Body;
use crate::document::front_matter::FrontMatter;
use crate::document::meta::PageMeta;
use crate::generator::profile::GeneratorProfile;
use crate::source::{Source, Span};

/// A file as checks see it.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// The file's text.
    pub(crate) source: &'a Source,
    /// The metadata at the top, if there is any.
    pub(crate) front_matter: Option<FrontMatter>,
    /// Problems with the position of the front matter: something before its opening delimiter, or a malformed
    /// delimiter.
    pub(crate) placement_problems: Vec<SyntaxProblem>,
    /// The Markdown below.
    pub(crate) body: Body,
}

impl<'a> Document<'a> {
    /// Parses a file. Never fails: what is broken is in [`FrontMatter::problems`] and [`Document::placement_problems`].
    pub(crate) fn parse(source: &'a Source) -> Self {
        let (front_matter, placement_problems, start) = front_matter::parse(source);
        let body = body::read(source, start);
        Self { source, front_matter, placement_problems, body }
    }

    /// The value of front matter field `name`.
    pub(crate) fn field(&self, name: &str) -> Option<crate::data::node::Value<'_>> {
        self.front_matter.as_ref()?.get(name)
    }

    /// The text under `span`.
    pub(crate) fn slice(&self, span: Span) -> &'a str {
        self.source.slice(span)
    }

    /// Whether the page isn't published: `draft: true`, `published: false`, or in a folder of drafts.
    pub(crate) fn is_draft(&self) -> bool {
        let profile = GeneratorProfile::default();
        PageMeta::read(self.front_matter.as_ref(), self.source.path(), &profile).is_draft()
    }
}
