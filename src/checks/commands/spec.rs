//! The carapace-spec format as types, with one extension block: the format of `rules/commands/` and of custom specs.
//!
//! `build.rs` uses the same types to read the built-in files.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// A command. Keys of the format that a linter has no use for are accepted and ignored.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Spec {
    /// Its name.
    pub(crate) name: String,
    /// Its aliases.
    pub(crate) aliases: Vec<String>,
    /// Ignored.
    pub(crate) description: IgnoredAny,
    /// Ignored.
    pub(crate) group: IgnoredAny,
    /// Ignored.
    pub(crate) hidden: bool,
    /// How options and arguments may be mixed.
    pub(crate) parsing: Parsing,
    /// Its own options: `-a, --all=` → description.
    pub(crate) flags: Option<BTreeMap<String, IgnoredAny>>,
    /// Options of the command and of all its subcommands.
    pub(crate) persistentflags: Option<BTreeMap<String, IgnoredAny>>,
    /// Ignored.
    pub(crate) exclusiveflags: IgnoredAny,
    /// Ignored.
    pub(crate) completion: IgnoredAny,
    /// Ignored.
    pub(crate) documentation: IgnoredAny,
    /// Ignored.
    pub(crate) examples: IgnoredAny,
    /// Ignored.
    pub(crate) run: IgnoredAny,
    /// Its subcommands.
    pub(crate) commands: Vec<Spec>,
    /// What the format can't express.
    #[serde(rename = "x-lint")]
    pub(crate) lint: Lint,
}

/// How options and arguments may be mixed.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Parsing {
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
pub(crate) struct Lint {
    /// `false`: there may be subcommands that aren't listed, so none is reported.
    pub(crate) closed: Option<bool>,
    /// There may be options that aren't listed, so none is reported.
    pub(crate) open_flags: bool,
    /// Subcommands of which only the name is known.
    pub(crate) names: WordList,
    /// Patterns that show that a name in the same document is a plugin's: `git-*`.
    pub(crate) external: WordList,
    /// Patterns that show that a name is defined in the same document: `alias.{}`.
    pub(crate) aliases_in_document: WordList,
    /// Options may be abbreviated as long as they are unambiguous.
    pub(crate) abbreviations: bool,
    /// Subcommands may be abbreviated as long as they are unambiguous.
    pub(crate) short_names: bool,
    /// Long options may have a single dash.
    pub(crate) single_dash: bool,
    /// Programs with similar names.
    pub(crate) look_alikes: WordList,
    /// The config keys that the first argument may be.
    pub(crate) keys: Vec<Keys>,
    /// The sources of this information.
    pub(crate) source: BTreeMap<String, String>,
}

/// A list of words: a YAML list, or a string with spaces between words.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum WordList {
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
    pub(crate) fn iter(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            WordList::Text(text) => Box::new(text.split_whitespace()),
            WordList::List(words) => Box::new(words.iter().map(String::as_str)),
        }
    }
}

/// Config keys that an argument may be.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct Keys {
    /// The pattern of the argument: parts separated by dots, `{}` for any part, `*` for the key.
    pub(crate) pattern: String,
    /// The keys.
    pub(crate) known: WordList,
    /// The noun for a key in messages.
    pub(crate) noun: String,
    /// Whether a number at the end of a key is probably the next argument.
    pub(crate) split_trailing_number: bool,
}
