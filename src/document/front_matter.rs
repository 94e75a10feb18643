//! The front matter of a file: what it is, and everything that can be wrong about it.

use crate::data::limits::Limits;
use crate::data::node::{Tree, Value};
use crate::data::problem::{Cause, Problem, Syntax};
use crate::diagnostic::Edit;
use crate::document::fences;
use crate::document::fences::Block;
use crate::source::{Source, Span};

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
    pub(crate) keys: u64,
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
pub(crate) fn keys(tree: &Tree) -> u64 {
    let entries = tree.root().into_iter().flat_map(Value::entries);
    entries.filter_map(|entry| entry.key.text()).fold(0, |bits, key| bits | key_bit(key))
}

/// Finds and reads the front matter of a page. Also gives what is wrong about its place, and the byte at which the body
/// starts.
pub fn read(source: &Source) -> (Option<FrontMatter>, Vec<Problem>, usize) {
    read_with(source, Limits::FrontMatter)
}

/// As [`read`], with other limits.
pub fn read_with(source: &Source, limits: Limits) -> (Option<FrontMatter>, Vec<Problem>, usize) {
    let text = source.text();
    let Some(mut block) = fences::find(text, source.bom_len()) else {
        return (None, Vec::new(), source.bom_len());
    };
    let (mut tree, mut problems) = parse(text, &block, limits);
    if !problems.is_empty()
        && let Some(shorter) = fences::cut_short(text, &block)
    {
        let (shorter_tree, shorter_problems) = parse(text, &shorter, limits);
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

fn parse(text: &str, block: &Block, limits: Limits) -> (Tree, Vec<Problem>) {
    block.syntax.parse(&text[block.inner.range()], block.inner.start, limits)
}

fn not_a_map(text: &str, tree: &Tree) -> Option<Problem> {
    let root = tree.root().filter(|root| !root.is_map() && !root.is_null())?;
    let whole = &text[root.span().range()];
    let first_line = whole.split(['\n', '\r']).next().unwrap_or(whole).trim_end();
    let span = Span::new(root.span().start, root.span().start + first_line.len());
    let what = if root.items().is_some() { "a list" } else { "one text" };
    Some(Problem { cause: Cause::NotAMap, span, other: None, detail: what.to_owned(), fix: None })
}
