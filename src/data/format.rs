//! The formats of front matter and data files: YAML, TOML and JSON.

use crate::data::limits::Limits;
use crate::data::node::Tree;
use crate::data::problem::SyntaxProblem;
use crate::data::{json, toml, yaml};

/// The format of front matter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FrontMatterFormat {
    /// `---` … `---` or `...`
    Yaml,
    /// `+++` … `+++`, or `---toml`
    Toml,
    /// `{ … }`, or `---json`
    Json,
}

impl FrontMatterFormat {
    /// As people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            FrontMatterFormat::Yaml => "YAML",
            FrontMatterFormat::Toml => "TOML",
            FrontMatterFormat::Json => "JSON",
        }
    }

    /// Parses a text in this format. Never fails. Spans are bytes of `text`, shifted by `base`.
    pub(crate) fn parse(self, text: &str, base: usize, limits: Limits) -> (Tree, Vec<SyntaxProblem>) {
        match self {
            FrontMatterFormat::Yaml => yaml::parse(text, base, limits),
            FrontMatterFormat::Toml => toml::parse(text, base, limits),
            FrontMatterFormat::Json => json::parse(text, base, limits),
        }
    }
}
