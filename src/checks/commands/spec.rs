//! The carapace-spec format as types, with our one extension block: what a file of `rules/commands/` or a user writes.
//!
//! `build.rs` reads the files that are built in through these same types.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// A command. What the format has and a linter has no use for is accepted and dropped.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Spec {
    /// Its name.
    pub name: String,
    /// Further names.
    pub aliases: Vec<String>,
    /// Dropped.
    pub description: IgnoredAny,
    /// Dropped.
    pub group: IgnoredAny,
    /// Dropped.
    pub hidden: bool,
    /// How options and arguments may be mixed.
    pub parsing: Parsing,
    /// Its own options: `-a, --all=` → description.
    pub flags: Option<BTreeMap<String, IgnoredAny>>,
    /// Options of it and of all its subcommands.
    pub persistentflags: Option<BTreeMap<String, IgnoredAny>>,
    /// Dropped.
    pub exclusiveflags: IgnoredAny,
    /// Dropped.
    pub completion: IgnoredAny,
    /// Dropped.
    pub documentation: IgnoredAny,
    /// Dropped.
    pub examples: IgnoredAny,
    /// Dropped.
    pub run: IgnoredAny,
    /// Its subcommands.
    pub commands: Vec<Spec>,
    /// What the format has no word for.
    #[serde(rename = "x-lint")]
    pub lint: Lint,
}

/// How options and arguments may be mixed.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parsing {
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
pub struct Lint {
    /// `false`: there may be subcommands that aren't listed, so none is reported.
    pub closed: Option<bool>,
    /// There may be options that aren't listed, so none is reported.
    pub open_flags: bool,
    /// Subcommands of which only the name is known.
    pub names: Words,
    /// What shows that a name in the same document is a plugin's: `git-*`.
    pub external: Words,
    /// What shows that a name is defined in the same document: `alias.{}`.
    pub aliases_in_document: Words,
    /// Options may be shortened as long as they are unambiguous.
    pub abbreviations: bool,
    /// Long options may be written with one dash.
    pub single_dash: bool,
    /// Programs that are called nearly the same.
    pub look_alikes: Words,
    /// What the first argument may be.
    pub keys: Vec<Keys>,
    /// Where it is known from.
    pub source: BTreeMap<String, String>,
}

/// Words: a list, or a text parted by blanks.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// Parted by blanks.
    Text(String),
    /// One by one; a word may hold blanks.
    List(Vec<String>),
}

impl Default for Words {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Words {
    /// One by one.
    pub fn iter(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Words::Text(text) => Box::new(text.split_whitespace()),
            Words::List(words) => Box::new(words.iter().map(String::as_str)),
        }
    }
}

/// Keys that an argument may be.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Keys {
    /// The shape of the argument: parts between dots, `{}` for any part, `*` for the key.
    pub pattern: String,
    /// The keys.
    pub known: Words,
    /// What a key is called in a message.
    pub noun: String,
    /// Whether a number at the key's end was meant as the next argument.
    pub split_trailing_number: bool,
}
