//! The front matter of a rule's documentation.

use crate::data::typed::Options;
use crate::diagnostic::Level;
use serde::Deserialize;

/// The level of a rule in its documentation or in a config.
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
        levels.into_iter().zip(Self::NAMES).find(|(_, known)| *known == name).map(|(setting, _)| setting)
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

    /// The name of the level.
    pub fn as_str(self) -> &'static str {
        self.level().map_or("off", Level::as_str)
    }
}

/// The topic of a rule; `--select` and `--ignore` accept groups too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Group {
    Syntax,
    Metadata,
    Taxonomy,
    Dates,
    Assets,
    Placeholders,
    Commands,
    Structure,
    #[default]
    Prose,
    Linter,
}

impl Group {
    /// All groups, in the order of the index.
    pub const ALL: [Group; 10] = [
        Group::Syntax,
        Group::Metadata,
        Group::Taxonomy,
        Group::Dates,
        Group::Assets,
        Group::Placeholders,
        Group::Commands,
        Group::Structure,
        Group::Prose,
        Group::Linter,
    ];

    /// The name of the group.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Syntax => "syntax",
            Group::Metadata => "metadata",
            Group::Taxonomy => "taxonomy",
            Group::Dates => "dates",
            Group::Assets => "assets",
            Group::Placeholders => "placeholders",
            Group::Commands => "commands",
            Group::Structure => "structure",
            Group::Prose => "prose",
            Group::Linter => "linter",
        }
    }
}

/// The kind of fix that a rule's findings may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fixable {
    /// None.
    #[default]
    No,
    /// At best one that requires `--unsafe-fixes`.
    Unsafe,
    /// Some that are right without review.
    Safe,
}

/// The front matter of a rule's documentation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleMetadata {
    /// A noun phrase or a short statement.
    pub summary: String,
    /// The group; optional in a custom rule.
    #[serde(default)]
    pub group: Group,
    /// The default level.
    pub level: RuleLevel,
    /// The level in drafts, if it differs.
    pub drafts: Option<RuleLevel>,
    /// The check, if its name isn't the rule's id: [`RuleDoc::check`](crate::rule::RuleDoc::check).
    pub(super) check: Option<String>,
    /// The options of the check.
    #[serde(default)]
    pub options: Options,
    /// The fixes that findings may have.
    #[serde(default)]
    pub fix: Fixable,
    /// The first version with the rule; empty in a custom rule.
    #[serde(default)]
    pub since: String,
}
