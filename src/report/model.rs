//! What a report holds, and the ways in which it can be asked for.

use crate::diagnostic::{Diagnostic, Level, Omitted};
use crate::report::health::SiteHealth;
use crate::source::{Source, Span};
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

/// The label of a further place of the same problem.
const ALSO_AT: &str = "also here";

/// The places of a finding besides its own, with their labels: further places of the same problem first.
pub(super) fn other_labels(diagnostic: &Diagnostic) -> impl Iterator<Item = (Span, &str)> {
    let also_at = diagnostic.also_at.iter().map(|span| (*span, ALSO_AT));
    also_at.chain(diagnostic.labels.iter().map(|label| (label.span, label.text.as_str())))
}

/// What a run looked at and found. Sorted by whoever made it; every format keeps the order it is given.
#[derive(Debug, Default)]
pub struct Report {
    /// The files with findings; one without any may be among them.
    pub files: Vec<FileReport>,
    /// How many files were looked at.
    pub checked: usize,
    /// What could not be read, a sentence each. Such a run is incomplete. `full` and `concise` only count them: there,
    /// the sentences belong on standard error.
    pub errors: Vec<String>,
    /// The number of findings that were fixed before this report, which doesn't contain them.
    pub fixed: usize,
    /// In how many files.
    pub fixed_files: usize,
    /// The documentation of the rules with findings, for formats that include it. May be empty.
    pub rules: Vec<RuleNote>,
    /// The state of the checked pages, for formats that show it.
    pub health: Option<SiteHealth>,
}

/// A rule's documentation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RuleNote {
    /// The rule's id.
    pub id: Arc<str>,
    /// One sentence.
    pub summary: String,
    /// Its page, in Markdown.
    pub page: String,
    /// The URL of its documentation, if it has one.
    pub url: Option<String>,
}

/// One file's findings.
#[derive(Debug)]
pub struct FileReport {
    /// The file.
    pub source: Source,
    /// What was found in it, in the order in which it is to be shown.
    pub diagnostics: Vec<Diagnostic>,
    /// What more was found, and not kept.
    pub omitted: Omitted,
}

impl FileReport {
    /// How many findings are left out, for formats that list nothing but findings: as one more, at the last that is listed.
    pub(super) fn rest(&self) -> Option<Diagnostic> {
        let message = self.rest_message()?;
        let at = self.diagnostics.last().map_or(0, |last| last.span.start);
        Some(Diagnostic {
            rule: MAX_FINDINGS.into(),
            level: Level::Info,
            message,
            span: Span::empty(at),
            label: None,
            also_at: Vec::new(),
            pages: None,
            labels: vec![],
            help: None,
            fix: None,
        })
    }

    /// `and 3 more findings in this file`, where some are left out.
    pub(super) fn rest_message(&self) -> Option<String> {
        let rest = Some(self.omitted.total()).filter(|total| *total > 0)?;
        Some(format!("and {rest} more finding{} in this file", if rest == 1 { "" } else { "s" }))
    }
}

/// What is shown instead of a rule if findings are left out: the setting for the maximum number.
pub(super) const MAX_FINDINGS: &str = "max-findings";

impl Report {
    /// Every finding, in order.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.files.iter().flat_map(|file| &file.diagnostics)
    }

    /// The URLs of the documentation, by rule.
    pub(super) fn rule_urls(&self) -> HashMap<&str, &str> {
        self.rules.iter().filter_map(|note| Some((&*note.id, note.url.as_deref()?))).collect()
    }
}

/// How findings are written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// For people at a terminal: the line, the mark below it, the help.
    Full,
    /// One line a finding, for logs and for editors' error lists.
    Concise,
    /// One frozen document.
    Json,
    /// The same findings, one object a line.
    Jsonl,
    /// Static Analysis Results Interchange Format 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// `JUnit` XML, for whatever shows tests.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
    /// Reviewdog's diagnostic format.
    Rdjson,
    /// Issues of Azure Pipelines.
    Azure,
    /// A page for people, to look at in a browser.
    Html,
}

impl Format {
    /// Each format with the word that asks for it.
    pub const WORDS: &[(&str, Format)] = &[
        ("full", Format::Full),
        ("concise", Format::Concise),
        ("json", Format::Json),
        ("jsonl", Format::Jsonl),
        ("sarif", Format::Sarif),
        ("github", Format::Github),
        ("gitlab", Format::Gitlab),
        ("junit", Format::Junit),
        ("checkstyle", Format::Checkstyle),
        ("rdjson", Format::Rdjson),
        ("azure", Format::Azure),
        ("html", Format::Html),
    ];
}

/// That a word asks for no format. `Display` lists the known ones.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("unknown format `{word}`; expected one of {words}", words = Format::WORDS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "))]
pub struct UnknownFormat {
    word: String,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        Self::WORDS
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, format)| *format)
            .ok_or_else(|| UnknownFormat { word: word.to_owned() })
    }
}

/// What the place that is written to can show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// Cells on a line.
    pub width: usize,
    /// Whether to color.
    pub color: bool,
    /// Whether frames and marks may be drawn with more than ASCII.
    pub unicode: bool,
    /// Whether a sentence with the counts follows the findings.
    pub summary: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 80, color: false, unicode: true, summary: true }
    }
}
