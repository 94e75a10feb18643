//! A finding: what is wrong, where, and the way out.

use crate::source::Span;
use serde::Deserialize;
use std::sync::Arc;

/// How much a finding matters. Ordered: `Info < Warning < Error`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Shown, never fails a run.
    Info,
    /// Fails a run unless `--fail-on error` or `never`.
    Warning,
    /// Fails a run unless `--fail-on never`.
    Error,
}

impl Level {
    /// The word used in config files and in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// The level of a rule as its documentation or a config sets it: a [`Level`], or off.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleLevel {
    /// The rule doesn't run.
    Off,
    /// [`Level::Info`]
    Info,
    /// [`Level::Warning`]
    Warning,
    /// [`Level::Error`]
    Error,
}

impl RuleLevel {
    /// The names of the levels, in a config and on the command line.
    pub const NAMES: [&'static str; 4] = ["off", "info", "warning", "error"];

    /// The level called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        let levels = [RuleLevel::Off, RuleLevel::Info, RuleLevel::Warning, RuleLevel::Error];
        levels.into_iter().zip(Self::NAMES).find(|(_, known)| *known == name).map(|(level, _)| level)
    }

    /// The level; none for `off`.
    pub fn level(self) -> Option<Level> {
        match self {
            RuleLevel::Off => None,
            RuleLevel::Info => Some(Level::Info),
            RuleLevel::Warning => Some(Level::Warning),
            RuleLevel::Error => Some(Level::Error),
        }
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        self.level().map_or("off", Level::as_str)
    }
}

/// One finding in one file. Spans are bytes of that file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Id of the rule that speaks: the name of its page.
    pub rule: Arc<str>,
    /// As the rule set says for this file.
    pub level: Level,
    /// What: lower case, no full stop, the thing in backticks.
    pub message: String,
    /// The thing itself.
    pub span: Span,
    /// A few words beside the marked text, if any.
    pub label: Option<String>,
    /// Further places of the same problem.
    pub also_at: Vec<Span>,
    /// Labels of other places that explain the problem.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// An edit that does it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Every place that it names: its own, further and labeled ones, and those of its fix.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        let edits = self.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        let labels = self.labels.iter().map(|label| label.span);
        std::iter::once(self.span).chain(self.also_at.iter().copied()).chain(labels).chain(edits)
    }
}

/// A second place that a finding is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words on it.
    pub text: String,
}

/// Edits that mend a finding, applied together or not at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does: `quote the value`.
    pub title: String,
    /// Whether it can't change what was meant.
    pub safe: bool,
    /// The edits, which don't overlap.
    pub edits: Vec<Edit>,
    /// What it may change besides the characters at its edits.
    pub effect: FixEffect,
}

/// What a fix may change besides the characters at its edits; anything else that it changes makes it a wrong one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub enum FixEffect {
    /// Nothing: keys, types of values and the structure of the page stay as they are.
    #[default]
    Spelling,
    /// The type or the shape of the values at its edits: a string becomes a list.
    Type,
    /// Which fields there are, or how the body is built: a line goes, a code block is closed.
    Structure,
}

/// Bytes taken out and text put in their place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What goes; empty for an insertion.
    pub span: Span,
    /// What comes.
    pub insert: String,
}

impl Edit {
    /// Replaces the text under `span` by `insert`.
    pub fn replace(span: Span, insert: impl Into<String>) -> Self {
        Self { span, insert: insert.into() }
    }
}
