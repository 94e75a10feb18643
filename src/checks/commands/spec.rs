//! The carapace-spec format as types, with one extension block: the format of `rules/commands/` and of custom specs.
//!
//! `build.rs` uses the same types to read the built-in files.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// A command. Keys of the format that a linter has no use for are accepted and ignored.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Spec {
    /// Its name.
    pub(super) name: String,
    /// Its aliases.
    pub(super) aliases: Vec<String>,
    /// Ignored.
    pub(super) description: IgnoredAny,
    /// Ignored.
    pub(super) group: IgnoredAny,
    /// Ignored.
    pub(super) hidden: bool,
    /// How options and arguments may be mixed.
    pub(super) parsing: Parsing,
    /// Its own options: `-a, --all=` → description.
    pub(super) flags: Option<BTreeMap<String, IgnoredAny>>,
    /// Options of the command and of all its subcommands.
    pub(super) persistentflags: Option<BTreeMap<String, IgnoredAny>>,
    /// Ignored.
    pub(super) exclusiveflags: IgnoredAny,
    /// Ignored.
    pub(super) completion: IgnoredAny,
    /// Ignored.
    pub(super) documentation: IgnoredAny,
    /// Ignored.
    pub(super) examples: IgnoredAny,
    /// Ignored.
    pub(super) run: IgnoredAny,
    /// Its subcommands.
    pub(super) commands: Vec<Spec>,
    /// What the format can't express.
    #[serde(rename = "x-lint")]
    pub(super) lint: Lint,
}

/// How options and arguments may be mixed.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Parsing {
    /// In any order.
    #[default]
    Interspersed,
    /// What follows the first argument belongs to another program.
    NonInterspersed,
    /// Nothing is parsed as an option.
    Disabled,
}

/// The extension block `x-lint`.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct Lint {
    /// `false`: there may be subcommands that aren't listed, so none is reported.
    pub(super) closed: Option<bool>,
    /// There may be options that aren't listed, so none is reported.
    pub(super) open_flags: bool,
    /// Subcommands of which only the name is known.
    pub(super) names: WordList,
    /// Patterns that show that a name in the same document is a plugin's: `git-*`.
    pub(super) external: WordList,
    /// Patterns that show that a name is defined in the same document: `alias.{}`.
    pub(super) aliases_in_document: WordList,
    /// Options may be abbreviated as long as they are unambiguous.
    pub(super) abbreviations: bool,
    /// Subcommands may be abbreviated as long as they are unambiguous.
    pub(super) short_names: bool,
    /// Long options may have a single dash.
    pub(super) single_dash: bool,
    /// Programs with similar names.
    pub(super) look_alikes: WordList,
    /// The config keys that the first argument may be.
    pub(super) keys: Vec<Keys>,
    /// The sources of this information.
    pub(super) source: BTreeMap<String, String>,
}

/// A list of words: a YAML list, or a string with spaces between words.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum WordList {
    /// Separated by spaces.
    Text(String),
    /// A list; a word may contain spaces.
    List(Vec<String>),
}

impl Default for WordList {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl WordList {
    /// The words.
    pub(super) fn iter(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            WordList::Text(text) => Box::new(text.split_whitespace()),
            WordList::List(words) => Box::new(words.iter().map(String::as_str)),
        }
    }
}

/// Config keys that an argument may be.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct Keys {
    /// The pattern of the argument: parts separated by dots, `{}` for any part, `*` for the key.
    pub(super) pattern: String,
    /// The keys.
    pub(super) known: WordList,
    /// The noun for a key in messages.
    pub(super) noun: String,
    /// Whether a number at the end of a key is probably the next argument.
    pub(super) split_trailing_number: bool,
}
