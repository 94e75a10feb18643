//! Syntax errors of YAML, TOML and JSON, by kind.

use crate::diagnostic::Edit;
use crate::source::Span;

/// One syntax error, or a value that isn't parsed as intended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SyntaxProblem {
    /// Why.
    pub(crate) kind: SyntaxErrorKind,
    /// Where the error is, which is often not where a parser fails.
    pub(crate) span: Span,
    /// A related span: the first of two equal keys, the bracket that is never closed.
    pub(crate) other: Option<Span>,
    /// What the error is about: a key, a character, or the parser's message.
    pub(crate) detail: String,
    /// What to do about it, where the kind alone doesn't say; else empty.
    pub(crate) help: &'static str,
    /// An edit that fixes it without changing the intended value.
    pub(crate) fix: Option<Edit>,
    /// Whether other edits would fix it too, and give other data: nobody but the writer knows which is meant.
    pub(crate) has_alternatives: bool,
}

impl SyntaxProblem {
    /// A problem without a fix.
    pub(crate) fn new(kind: SyntaxErrorKind, span: Span, detail: impl Into<String>) -> Self {
        Self { kind, span, other: None, detail: detail.into(), help: "", fix: None, has_alternatives: false }
    }
}

/// Why front matter cannot be parsed, or isn't parsed as intended.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SyntaxErrorKind {
    /// `title: Rust: the book`
    UnquotedColon,
    /// A tab where YAML requires spaces.
    TabIndentation,
    /// A `"` or `'` that is never closed.
    UnclosedQuote,
    /// Text after a closing quote: `'It's here'`, `"a" b`.
    TextAfterQuote,
    /// A `[` or `{` that is never closed.
    UnclosedBracket,
    /// Text after a closing bracket: `[WIP] post`, `{{ x }}`.
    TextAfterBracket,
    /// `title:Hello`, also with a non-breaking space or a full-width colon.
    NoSpaceAfterColon,
    /// Deeper or shallower than the lines around it.
    InconsistentIndentation,
    /// A non-breaking or full-width space in the indentation.
    NonBreakingIndentation,
    /// The same key twice in one mapping.
    DuplicateKey,
    /// Typographic quotes around a whole value.
    SmartQuotes,
    /// A plain value that starts with a character reserved by YAML: `@`, `` ` ``, `%`.
    ReservedCharacter,
    /// `*name` without an `&name` before it.
    UndefinedAlias,
    /// `&x y` or `!x y`: YAML takes the first word for itself.
    ParsedAsAnchorOrTag,
    /// ` #` and all after it are a comment.
    ParsedAsComment,
    /// `<<<<<<<`, `=======`, `>>>>>>>`
    MergeConflictMarker,
    /// An invalid escape in double quotes: `"C:\Users"`.
    InvalidEscape,
    /// A line that is neither `key: value` nor part of one.
    MissingKey,
    /// The block is a single string or a list, not `key: value` lines.
    NotAMapping,
    /// `{{ … }}` or `<% … %>` left from a template.
    UnrenderedTemplate,
    /// The opening delimiter is never closed.
    Unclosed,
    /// A blank line, text or a comment before the opening delimiter.
    NotAtStart,
    /// A byte-order mark before the opening delimiter.
    ByteOrderMark,
    /// `----`, `—--`, `++++`: nearly a fence.
    MalformedDelimiter,
    /// The lines of front matter and its closing delimiter, without an opening one.
    MissingOpeningDelimiter,
    /// YAML between `+++`, or TOML between `---`.
    WrongDelimiter,
    /// A line under a list item that starts with a hyphen and is part of the item above.
    MergedListItem,
    /// `-<TAB>alpha`, which libyaml rejects.
    TabAfterHyphen,
    /// `-alpha` below a key: a string, not a list.
    NoSpaceAfterHyphen,
    /// `a, b]`
    UnopenedBracket,
    /// `Hello"`: a quote that opens nothing.
    StrayQuote,
    /// `title:: Hello`, whose key is `title:`.
    DoubledColon,
    /// Too large or nested too deeply to be parsed.
    TooLarge,
    /// Aliases that expand to too many nodes.
    TooManyAliases,
    /// Anything else, with the parser's message.
    Other,
}

impl SyntaxErrorKind {
    /// Whether the text can be parsed all the same, and only its meaning may not be what was intended.
    pub(crate) fn is_misread(self) -> bool {
        matches!(
            self,
            Self::ParsedAsComment
                | Self::ParsedAsAnchorOrTag
                | Self::SmartQuotes
                | Self::DuplicateKey
                | Self::MergedListItem
                | Self::NoSpaceAfterHyphen
                | Self::TabAfterHyphen
                | Self::UnopenedBracket
                | Self::StrayQuote
                | Self::DoubledColon
        )
    }
}
