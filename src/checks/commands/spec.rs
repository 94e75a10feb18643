//! The carapace-spec format as types, with our one extension block: what a file of `rules/commands/` or a user writes.
//!
//! `build.rs` reads the files that are built in through these same types.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// A command. What the format has and a linter has no use for is accepted and dropped.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Spec {
    /// Its name.
    pub(crate) name: String,
    /// Further names.
    pub(crate) aliases: Vec<String>,
    /// Dropped.
    pub(crate) description: IgnoredAny,
    /// Dropped.
    pub(crate) group: IgnoredAny,
    /// Dropped.
    pub(crate) hidden: bool,
    /// How options and arguments may be mixed.
    pub(crate) parsing: Parsing,
    /// Its own options: `-a, --all=` → description.
    pub(crate) flags: Option<BTreeMap<String, IgnoredAny>>,
    /// Options of it and of all its subcommands.
    pub(crate) persistentflags: Option<BTreeMap<String, IgnoredAny>>,
    /// Dropped.
    pub(crate) exclusiveflags: IgnoredAny,
    /// Dropped.
    pub(crate) completion: IgnoredAny,
    /// Dropped.
    pub(crate) documentation: IgnoredAny,
    /// Dropped.
    pub(crate) examples: IgnoredAny,
    /// Dropped.
    pub(crate) run: IgnoredAny,
    /// Its subcommands.
    pub(crate) commands: Vec<Spec>,
    /// What the format has no word for.
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
    /// Nothing is an option.
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
    /// What shows that a name in the same document is a plugin's: `git-*`.
    pub(crate) external: WordList,
    /// What shows that a name is defined in the same document: `alias.{}`.
    pub(crate) aliases_in_document: WordList,
    /// Options may be shortened as long as they are unambiguous.
    pub(crate) abbreviations: bool,
    /// Subcommands may be shortened as long as they are unambiguous.
    pub(crate) short_names: bool,
    /// Long options may be written with one dash.
    pub(crate) single_dash: bool,
    /// Programs that are called nearly the same.
    pub(crate) look_alikes: WordList,
    /// What the first argument may be.
    pub(crate) keys: Vec<Keys>,
    /// Where it is known from.
    pub(crate) source: BTreeMap<String, String>,
}

/// Words: a list, or a text parted by blanks.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum WordList {
    /// Parted by blanks.
    Text(String),
    /// One by one; a word may hold blanks.
    List(Vec<String>),
}

impl Default for WordList {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl WordList {
    /// One by one.
    pub(crate) fn iter(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            WordList::Text(text) => Box::new(text.split_whitespace()),
            WordList::List(words) => Box::new(words.iter().map(String::as_str)),
        }
    }
}

/// Keys that an argument may be.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct Keys {
    /// The shape of the argument: parts between dots, `{}` for any part, `*` for the key.
    pub(crate) pattern: String,
    /// The keys.
    pub(crate) known: WordList,
    /// What a key is called in a message.
    pub(crate) noun: String,
    /// Whether a number at the key's end was meant as the next argument.
    pub(crate) split_trailing_number: bool,
}
