//! The front matter of a file: what it is, and everything that can be wrong about it.

use super::fences::{self, Block};
use super::node::{Tree, Value};
use super::{json, toml, yaml};
use crate::diagnostic::Edit;
use crate::source::{Source, Span};

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
    pub fn parse(self, text: &str, base: usize) -> (Tree, Vec<Problem>) {
        match self {
            Syntax::Yaml => yaml::parse(text, base),
            Syntax::Toml => toml::parse(text, base),
            Syntax::Json => json::parse(text, base),
        }
    }
}

/// The block of metadata at the top of a file.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// What it is written in.
    pub syntax: Syntax,
    /// From the first byte of the opening fence to the last of the closing one, without its line end.
    pub span: Span,
    /// The opening fence's line: where a finding about something absent points.
    pub fence: Span,
    /// Between the fences.
    pub inner: Span,
    /// The closing fence; none where the block is never closed (and for bare JSON).
    pub close: Option<Span>,
    /// What could be read, whatever is broken.
    pub tree: Tree,
    /// What is broken, in file order.
    pub problems: Vec<Problem>,
    /// A bit for each of its keys, by which most names are told that are none.
    pub(super) keys: u64,
}

impl FrontMatter {
    /// The outermost map, if there is one.
    pub fn root(&self) -> Option<Value<'_>> {
        self.tree.root().filter(|root| root.is_map())
    }

    /// Whether `name` may be one of its keys, in whatever case: told at once of most names that aren't.
    #[inline]
    pub fn may_have(&self, name: &str) -> bool {
        self.keys & key_bit(name) != 0
    }

    /// The value of field `name`.
    pub fn get(&self, name: &str) -> Option<Value<'_>> {
        self.root()?.get(name)
    }
}

/// A bit for a key's first letter and its length.
#[inline]
fn key_bit(key: &str) -> u64 {
    let first = key.as_bytes().first().map_or(0, |first| usize::from(first.to_ascii_lowercase()));
    1 << ((first * 7 + key.len()) % 64)
}

/// A bit for each key of the outermost map.
pub(super) fn keys(tree: &Tree) -> u64 {
    let entries = tree.root().into_iter().flat_map(Value::entries);
    entries.filter_map(|entry| entry.key.text()).fold(0, |bits, key| bits | key_bit(key))
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

/// Finds and reads the front matter. Also gives what is wrong about its place, and the byte at which the body starts.
pub fn read(source: &Source) -> (Option<FrontMatter>, Vec<Problem>, usize) {
    let text = source.text();
    let Some(mut block) = fences::find(text, source.bom_len()) else {
        return (None, Vec::new(), source.bom_len());
    };
    let (mut tree, mut problems) = parse(text, &block);
    if !problems.is_empty()
        && let Some(shorter) = fences::cut_short(text, &block)
    {
        let (shorter_tree, shorter_problems) = parse(text, &shorter);
        if shorter_problems.len() < problems.len() {
            (block, tree, problems) = (shorter, shorter_tree, shorter_problems);
        }
    }
    let Block { syntax, fence, inner, close, body, misplaced, unclosed } = block;
    problems.extend(not_a_map(text, &tree));
    if unclosed {
        // What was read of the lines below says whether they are surely all of the block.
        let is_sure = problems.is_empty() && tree.root().is_some_and(Value::is_map);
        let line_end = if text[fence.end..].starts_with("\r\n") { "\r\n" } else { "\n" };
        let ends_short = !text[..inner.end].ends_with(['\n', '\r']);
        let own_line = if ends_short { line_end } else { "" };
        // The opening fence may be nearly one.
        let mark = if text[fence.range()].starts_with('+') { "+++" } else { "---" };
        let fix = is_sure.then(|| Edit::replace(Span::empty(inner.end), format!("{own_line}{mark}{line_end}")));
        problems.push(Problem { cause: Cause::Unclosed, span: fence, other: None, detail: mark.to_owned(), fix });
    }
    problems.sort_by_key(|problem| problem.span);
    let span = Span::new(fence.start, close.map_or(inner.end, |close| close.end));
    let keys = keys(&tree);
    (Some(FrontMatter { syntax, span, fence, inner, close, tree, problems, keys }), misplaced, body)
}

/// The opening fence of a further block of metadata, where one stands at the start of the body, which begins at byte
/// `body`.
pub fn second(source: &Source, body: usize) -> Option<Span> {
    let text = source.text();
    let start = body + text[body..].len() - text[body..].trim_start().len();
    // A body that starts with a fence is rare, and nothing else is looked at.
    if !text[start..].starts_with("---") && !text[start..].starts_with("+++") {
        return None;
    }
    fences::second(text, start)
}

/// The first of the lines of metadata that stand between a `...` and a `---`, where the body begins with such, at byte
/// `body`.
pub fn rest(source: &Source, body: usize) -> Option<Span> {
    fences::rest(source.text(), body)
}

fn parse(text: &str, block: &Block) -> (Tree, Vec<Problem>) {
    block.syntax.parse(&text[block.inner.range()], block.inner.start)
}

fn not_a_map(text: &str, tree: &Tree) -> Option<Problem> {
    let root = tree.root().filter(|root| !root.is_map() && !root.is_null())?;
    let whole = &text[root.span().range()];
    let first_line = whole.split(['\n', '\r']).next().unwrap_or(whole).trim_end();
    let span = Span::new(root.span().start, root.span().start + first_line.len());
    let what = if root.items().is_some() { "a list" } else { "one text" };
    Some(Problem { cause: Cause::NotAMap, span, other: None, detail: what.to_owned(), fix: None })
}
