//! Limits checked before a text is parsed, so that no malicious block costs much time or memory.

use crate::data::node::{Node, Tree};
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::source::Span;

/// Whose text it is, which decides how long it may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Limits {
    /// A page's front matter, which may be a stranger's: 64 KiB, ten times the longest seen that a person wrote.
    FrontMatter,
    /// A file of the project, such as its config or a list of tags: 8 MiB, as for any file that is read.
    ProjectFile,
}

impl Limits {
    /// The longest text that is parsed, in bytes.
    fn max_bytes(self) -> usize {
        match self {
            Self::FrontMatter => 64 << 10,
            Self::ProjectFile => 8 << 20,
        }
    }
}

/// The maximum nesting of `[` and `{`.
const MAX_FLOW_DEPTH: usize = 64;
/// The maximum nesting by indentation, including `- - -` and `? ? ?`.
const MAX_BLOCK_DEPTH: usize = 255;
/// The maximum number of nodes of a tree with its aliases expanded.
const MAX_EXPANDED_NODES: u64 = 100_000;

/// Why `text` must not be parsed, if so. The span is the offending part.
pub(crate) fn check_size_and_depth(text: &str, limits: Limits) -> Option<SyntaxProblem> {
    let refuse = |span: Span, detail: String| SyntaxProblem::new(SyntaxErrorKind::TooLarge, span, detail);
    let max_bytes = limits.max_bytes();
    if text.len() > max_bytes {
        let first_line = text.find(['\n', '\r']).unwrap_or(text.len());
        let shown = text.floor_char_boundary(first_line.min(80));
        return Some(refuse(Span::new(0, shown), format!("larger than {} KiB", max_bytes >> 10)));
    }
    if !may_exceed_depth(text.as_bytes()) {
        return None;
    }
    // A bracket in a string counts too: a block with 65 unbalanced ones isn't worth an exact count.
    let mut depth = 0_usize;
    let mut indents: Vec<usize> = Vec::new();
    let mut at_indent = true;
    let mut column = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_FLOW_DEPTH {
            return Some(refuse(Span::new(at, at + 1), format!("nested more than {MAX_FLOW_DEPTH} brackets deep")));
        }
        match byte {
            b'\n' | b'\r' => (at_indent, column) = (true, 0),
            b' ' | b'\t' if at_indent => column += 1,
            _ if at_indent => {
                let mark = matches!(byte, b'-' | b'?' | b':')
                    && matches!(text.as_bytes().get(at + 1), None | Some(b' ' | b'\t' | b'\n' | b'\r'));
                at_indent = mark;
                indents.truncate(indents.partition_point(|&indent| indent < column));
                indents.push(column);
                column += 1;
                if indents.len() > MAX_BLOCK_DEPTH {
                    let span = Span::new(at, text.ceil_char_boundary(at + 1));
                    return Some(refuse(span, format!("nested more than {MAX_BLOCK_DEPTH} levels deep")));
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a text has enough brackets, or a deep enough line, for the exact count to reject it.
fn may_exceed_depth(bytes: &[u8]) -> bool {
    let is_indent = |byte: &u8| matches!(byte, b' ' | b'\t' | b'-' | b'?' | b':');
    let is_deep = |line: &[u8]| line.len() >= MAX_BLOCK_DEPTH && line[..MAX_BLOCK_DEPTH].iter().all(is_indent);
    let mut lines = std::iter::once(0).chain(memchr::memchr2_iter(b'\n', b'\r', bytes).map(|end| end + 1));
    memchr::memchr2_iter(b'[', b'{', bytes).nth(MAX_FLOW_DEPTH).is_some() || lines.any(|start| is_deep(&bytes[start..]))
}

/// Whether the tree would be too large with its aliases expanded; the span is the first alias too many.
pub(crate) fn check_aliases(tree: &Tree) -> Option<SyntaxProblem> {
    // Children and targets of aliases come before their parents: one pass counts without expanding.
    let mut sizes: Vec<u64> = Vec::new();
    let mut last_alias = None;
    if !tree.nodes.iter().any(|node| matches!(node, Node::Alias { .. })) {
        return None;
    }
    for node in &tree.nodes {
        let size = |id: &crate::data::node::NodeId| sizes.get(id.0 as usize).copied().unwrap_or(0);
        let total = match node {
            Node::Scalar(_) => 1,
            Node::Sequence { items, .. } => items.iter().map(size).fold(1, u64::saturating_add),
            Node::Mapping { entries, .. } => {
                entries.iter().map(|(key, value)| size(key).saturating_add(size(value))).fold(1, u64::saturating_add)
            }
            Node::Alias { target, span } => {
                last_alias = Some(*span);
                target.as_ref().map_or(1, size)
            }
        };
        if total > MAX_EXPANDED_NODES {
            let detail = format!("more than {MAX_EXPANDED_NODES} values");
            let span = last_alias.unwrap_or_default();
            return Some(SyntaxProblem::new(SyntaxErrorKind::TooManyAliases, span, detail));
        }
        sizes.push(total);
    }
    None
}
