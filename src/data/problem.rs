//! What can be wrong with a text in YAML, TOML or JSON, by its cause.

use crate::data::limits::Limits;
use crate::data::node::Tree;
use crate::data::{json, toml, yaml};
use crate::diagnostic::Edit;
use crate::source::Span;

/// The language a front matter is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Syntax {
    /// `---` … `---` or `...`
    Yaml,
    /// `+++` … `+++`, or `---toml`
    Toml,
    /// `{ … }`, or `---json`
    Json,
}

impl Syntax {
    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Syntax::Yaml => "YAML",
            Syntax::Toml => "TOML",
            Syntax::Json => "JSON",
        }
    }

    /// Reads a text in this language. Never fails. Spans are bytes of `text`, shifted by `base`.
    pub fn parse(self, text: &str, base: usize, limits: Limits) -> (Tree, Vec<Problem>) {
        match self {
            Syntax::Yaml => yaml::parse(text, base, limits),
            Syntax::Toml => toml::parse(text, base, limits),
            Syntax::Json => json::parse(text, base, limits),
        }
    }
}

/// One thing that is broken in a front matter, by its cause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Why.
    pub cause: Cause,
    /// Where the mistake is, which is often not where a reader stumbles.
    pub span: Span,
    /// A second place: the first of two equal keys, the bracket that is never closed.
    pub other: Option<Span>,
    /// What the cause is about, as text: a key, a character, a reader's own words.
    pub detail: String,
    /// An edit that mends it without changing what was meant.
    pub fix: Option<Edit>,
}

/// Why a front matter can't be read, or isn't read as meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// `title: Rust: the book`
    UnquotedColon,
    /// A tab where YAML wants blanks.
    TabIndent,
    /// A `"` or `'` that is never closed.
    UnclosedQuote,
    /// Text after a closing quote: `'It's here'`, `"a" b`.
    TextAfterQuote,
    /// A `[` or `{` that is never closed.
    UnclosedBracket,
    /// Text after a closing bracket: `[WIP] post`, `{{ x }}`.
    TextAfterBracket,
    /// `title:Hello`, also with a non-breaking blank or a full-width colon.
    NoSpaceAfterColon,
    /// Deeper or shallower than its neighbours.
    BadIndent,
    /// A non-breaking or full-width blank in the indentation.
    InvisibleIndent,
    /// The same key twice in one map.
    DuplicateKey,
    /// Typographic quotes around a whole value.
    SmartQuotes,
    /// A plain value that starts with a character YAML keeps for itself: `@`, `` ` ``, `%`.
    ReservedStart,
    /// `*name` without an `&name` before it.
    UnknownAlias,
    /// `&x y` or `!x y`: YAML takes the first word for itself.
    SwallowedStart,
    /// ` #` and all after it are a comment.
    SwallowedByComment,
    /// `<<<<<<<`, `=======`, `>>>>>>>`
    ConflictMark,
    /// A backslash in double quotes that means nothing: `"C:\Users"`.
    BadEscape,
    /// A line that is neither `key: value` nor part of one.
    NotAnEntry,
    /// The block is one text or a list, not `key: value` lines.
    NotAMap,
    /// `{{ … }}` or `<% … %>` left from a template.
    TemplateResidue,
    /// The opening fence is never closed.
    Unclosed,
    /// A blank line, text or a comment before the opening fence.
    NotFirst,
    /// A byte-order mark before the opening fence.
    ByteOrderMark,
    /// `----`, `—--`, `++++`: nearly a fence.
    NearFence,
    /// Too large or nested too deep to be read.
    TooLarge,
    /// Aliases that expand without end.
    TooManyAliases,
    /// Anything else, in the reader's own words.
    Other,
}
