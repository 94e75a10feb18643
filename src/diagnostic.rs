//! A finding: what is wrong, where, and how to fix it.

pub(crate) mod fingerprint;

use crate::source::Span;
use serde::Deserialize;
use std::collections::BTreeMap;
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
    /// The id of the rule.
    pub rule: Arc<str>,
    /// As the rule set says for this file.
    pub level: Level,
    /// What: lower case, no full stop, the thing in backticks.
    pub message: String,
    /// The thing itself.
    pub span: Span,
    /// The label of the marked text, if any.
    pub label: Option<String>,
    /// Further places of the same problem.
    pub also_at: Vec<Span>,
    /// Labels of other places that explain the problem.
    pub labels: Vec<Label>,
    /// On how many pages of the site the same was found, where this finding stands for all of them.
    pub pages: Option<usize>,
    /// What to do.
    pub help: Option<String>,
    /// An edit that does it.
    pub fix: Option<Fix>,
}

/// Keeps the places of a finding that `keep` accepts, and drops the edits of the others. The first one that is left is
/// then its own place, and a message that ends with the number of places gets the new number. False if none is left.
pub(crate) fn retain_places(
    span: &mut Span,
    also_at: &mut Vec<Span>,
    message: &mut String,
    fix: &mut Option<Fix>,
    mut keep: impl FnMut(Span) -> bool,
) -> bool {
    let all: Vec<Span> = std::iter::once(*span).chain(also_at.drain(..)).collect();
    let (kept, dropped): (Vec<Span>, Vec<Span>) = all.iter().partition(|span| keep(**span));
    let Some((first, others)) = kept.split_first() else { return false };
    (*span, *also_at) = (*first, others.to_vec());
    if let Some(start) = message.strip_suffix(&format!(" in {} places", all.len())) {
        let places = if others.is_empty() { String::new() } else { format!(" in {} places", kept.len()) };
        *message = format!("{start}{places}");
    }
    if let Some(fix) = fix {
        fix.edits.retain(|edit| !dropped.iter().any(|place| place.contains_span(edit.span)));
    }
    true
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

/// Edits that fix a finding, applied together or not at all.
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

/// A stretch of a text that differs from the text after it was edited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    /// The bytes of the text before.
    pub old: Span,
    /// The bytes of the new text that replace them.
    pub new: Span,
}

/// Findings of a file beyond `max-findings`: counted by rule and level, and not kept.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Omitted {
    counts: BTreeMap<(Arc<str>, Level), Count>,
}

/// How many findings, and how many of them have a fix.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Count {
    /// All.
    pub findings: usize,
    /// Those with a safe fix.
    pub safely_fixable: usize,
    /// Those with an unsafe one.
    pub unsafely_fixable: usize,
}

impl Omitted {
    /// Keeps the first `most` findings (all where it is 0) and counts the rest.
    pub fn beyond(most: usize, found: &mut Vec<Diagnostic>) -> Self {
        let mut omitted = Self::default();
        if most == 0 || found.len() <= most {
            return omitted;
        }
        for diagnostic in found.drain(most..) {
            let safe = diagnostic.fix.as_ref().map(|fix| fix.safe);
            let count = omitted.counts.entry((diagnostic.rule, diagnostic.level)).or_default();
            count.findings += 1;
            count.safely_fixable += usize::from(safe == Some(true));
            count.unsafely_fixable += usize::from(safe == Some(false));
        }
        found.shrink_to_fit();
        omitted
    }

    /// Adds what was counted elsewhere in the same file.
    pub fn add(&mut self, other: Self) {
        for (key, more) in other.counts {
            let count = self.counts.entry(key).or_default();
            count.findings += more.findings;
            count.safely_fixable += more.safely_fixable;
            count.unsafely_fixable += more.unsafely_fixable;
        }
    }

    /// Whether nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many findings were left out.
    pub fn total(&self) -> usize {
        self.counts.values().map(|count| count.findings).sum()
    }

    /// The counts by rule and level.
    pub fn counts(&self) -> impl Iterator<Item = (&str, Level, Count)> {
        self.counts.iter().map(|((rule, level), count)| (&**rule, *level, *count))
    }
}
