//! What can be wrong with a text in YAML, TOML or JSON, by its cause.

use crate::data::node::Tree;
use crate::data::{json, toml, yaml};
use crate::diagnostic::Edit;
use crate::source::Span;

/// The language a front matter is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FrontMatterFormat {
    /// `---` … `---` or `...`
    Yaml,
    /// `+++` … `+++`, or `---toml`
    Toml,
    /// `{ … }`, or `---json`
    Json,
}

impl FrontMatterFormat {
    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            FrontMatterFormat::Yaml => "YAML",
            FrontMatterFormat::Toml => "TOML",
            FrontMatterFormat::Json => "JSON",
        }
    }

    /// Reads a text in this language. Never fails. Spans are bytes of `text`, shifted by `base`.
    pub fn parse(self, text: &str, base: usize) -> (Tree, Vec<SyntaxProblem>) {
        match self {
            FrontMatterFormat::Yaml => yaml::parse(text, base),
            FrontMatterFormat::Toml => toml::parse(text, base),
            FrontMatterFormat::Json => json::parse(text, base),
        }
    }
}

/// One thing that is broken in a front matter, by its cause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxProblem {
    /// Why.
    pub kind: SyntaxErrorKind,
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
pub enum SyntaxErrorKind {
    /// `title: Rust: the book`
    UnquotedColon,
    /// A tab where YAML wants blanks.
    #[serde(rename = "tab-indent")]
    TabIndentation,
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
    #[serde(rename = "bad-indent")]
    InconsistentIndentation,
    /// A non-breaking or full-width blank in the indentation.
    #[serde(rename = "invisible-indent")]
    NonBreakingIndentation,
    /// The same key twice in one map.
    DuplicateKey,
    /// Typographic quotes around a whole value.
    SmartQuotes,
    /// A plain value that starts with a character YAML keeps for itself: `@`, `` ` ``, `%`.
    #[serde(rename = "reserved-start")]
    ReservedCharacter,
    /// `*name` without an `&name` before it.
    #[serde(rename = "unknown-alias")]
    UndefinedAlias,
    /// `&x y` or `!x y`: YAML takes the first word for itself.
    #[serde(rename = "swallowed-start")]
    ParsedAsAnchorOrTag,
    /// ` #` and all after it are a comment.
    #[serde(rename = "swallowed-by-comment")]
    ParsedAsComment,
    /// `<<<<<<<`, `=======`, `>>>>>>>`
    #[serde(rename = "conflict-mark")]
    MergeConflictMarker,
    /// A backslash in double quotes that means nothing: `"C:\Users"`.
    #[serde(rename = "bad-escape")]
    InvalidEscape,
    /// A line that is neither `key: value` nor part of one.
    #[serde(rename = "not-an-entry")]
    MissingKey,
    /// The block is one text or a list, not `key: value` lines.
    #[serde(rename = "not-a-map")]
    NotAMapping,
    /// `{{ … }}` or `<% … %>` left from a template.
    #[serde(rename = "template-residue")]
    UnrenderedTemplate,
    /// The opening fence is never closed.
    Unclosed,
    /// A blank line, text or a comment before the opening fence.
    #[serde(rename = "not-first")]
    NotAtStart,
    /// A byte-order mark before the opening fence.
    ByteOrderMark,
    /// `----`, `—--`, `++++`: nearly a fence.
    #[serde(rename = "near-fence")]
    MalformedDelimiter,
    /// Too large or nested too deep to be read.
    TooLarge,
    /// Aliases that expand without end.
    TooManyAliases,
    /// Anything else, in the reader's own words.
    Other,
}
