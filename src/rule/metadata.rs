//! The front matter of a rule's documentation.

use crate::data::typed::Options;
pub(crate) use crate::diagnostic::RuleLevel;
use serde::Deserialize;

/// The topic of a rule; `--select` and `--ignore` accept groups too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Group {
    Build,
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
    pub(crate) const ALL: [Group; 11] = [
        Group::Build,
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
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Group::Build => "build",
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
pub(crate) enum Fixable {
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
pub(crate) struct RuleMetadata {
    /// A noun phrase or a short statement.
    pub(crate) summary: String,
    /// The group; optional in a custom rule.
    #[serde(default)]
    pub(crate) group: Group,
    /// Further groups, by which `--select` and `--ignore` find the rule.
    #[serde(default)]
    pub(crate) also_in: Vec<Group>,
    /// The default level.
    pub(crate) level: RuleLevel,
    /// Whether the rule isn't stable yet: it runs only where preview rules are enabled or the user's config names it.
    #[serde(default)]
    pub(crate) preview: bool,
    /// The level in drafts, if it differs.
    pub(crate) drafts: Option<RuleLevel>,
    /// The check, if its name isn't the rule's id: [`RuleDoc::check`](crate::rule::RuleDoc::check).
    pub(super) check: Option<String>,
    /// The options of the check.
    #[serde(default)]
    pub(crate) options: Options,
    /// The fixes that findings may have.
    #[serde(default)]
    pub(crate) fix: Fixable,
    /// The first version with the rule; empty in a custom rule.
    #[serde(default)]
    pub(crate) since: String,
}

impl RuleMetadata {
    /// Whether the group's name stands for the rule.
    pub(crate) fn is_in(&self, group: Group) -> bool {
        self.group == group || self.also_in.contains(&group)
    }
}
