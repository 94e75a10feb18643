//! The door to the YAML reader: text → spanned tree.

use crate::data::limits::Limits;
use crate::data::node::{Node, NodeId, Scalar, Style, Tree};
use crate::data::problem::Problem;
use crate::data::{duplicates, limits, recovery, scalar};
use crate::source::Span;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};
use std::collections::HashMap;

/// Reads YAML. Never fails: what is broken is told, and what could be read of the rest is in the tree. Spans are
/// bytes of `text`, shifted by `base`.
pub fn parse(text: &str, base: usize, limits: Limits) -> (Tree, Vec<Problem>) {
    let (mut tree, mut problems) = match limits::check(text, limits) {
        Some(problem) => (Tree::default(), vec![problem]),
        None => recovery::read(text),
    };
    if let Some(problem) = limits::check_aliases(&tree) {
        (tree, problems) = (Tree::default(), vec![problem]);
    }
    problems.extend(duplicates::find(&tree));
    for problem in &mut problems {
        problem.span = problem.span.shift(base);
        problem.other = problem.other.map(|span| span.shift(base));
        if let Some(fix) = &mut problem.fix {
            fix.span = fix.span.shift(base);
        }
    }
    problems.sort_by_key(|problem| problem.span);
    tree.map_spans(|span| span.shift(base));
    (tree, problems)
}

/// Where the reader gave up.
pub(crate) struct Stumble {
    /// The byte it stopped at, which is often after the mistake.
    pub(crate) at: usize,
    /// What it says.
    pub(crate) words: String,
    /// What kind of trouble, as far as it matters to the repairs.
    pub(crate) trouble: Trouble,
}

/// What stopped the reader, where that says more than the text does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Trouble {
    /// A quoted text goes on at the left margin, which most readers of sites allow.
    QuotedAtMargin,
    /// A backslash that starts no escape.
    Escape,
    /// A tab among the blanks before a line.
    Tab,
    /// Anything else.
    Other,
}

/// Reads a text that holds no mistake.
pub(crate) fn build(text: &str) -> Result<Tree, Stumble> {
    // The default of 96 comment lines between a key and its list is too few for real files.
    let options = granit_parser::options! { max_buffered_comment_events: 1 << 16, emit_unresolved_aliases: true };
    let mut builder = Builder::default();
    // A key and its value take some twenty bytes or more.
    builder.tree.nodes.reserve(text.len() / 12 + 2);
    for item in Parser::new_from_str_with_options(text, options) {
        let (event, place) = item.map_err(|error| stumble(&error, text))?;
        let span = place.byte_range().map_or(Span::default(), Span::from);
        builder.event(event, span);
    }
    Ok(builder.tree)
}

fn stumble(error: &ScanError, text: &str) -> Stumble {
    let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let trouble = match error.kind() {
        ErrorKind::InvalidQuotedScalarIndent => Trouble::QuotedAtMargin,
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate => Trouble::Escape,
        ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => Trouble::Tab,
        _ => Trouble::Other,
    };
    Stumble { at: text.floor_char_boundary(at), words: error.kind().to_string(), trouble }
}

/// Events → arena.
#[derive(Default)]
struct Builder {
    tree: Tree,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
}

/// A list or map that isn't finished.
struct Open {
    children: Vec<NodeId>,
    flow: bool,
    start: usize,
    anchor: usize,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: Span) {
        let (node, anchor) = match event {
            Event::Scalar(value, style, anchor, tag) => {
                (Node::Scalar(scalar(value.into_owned(), style, tag.map(|tag| tag.original()), span)), anchor)
            }
            Event::Alias(anchor) => (Node::Alias { target: self.anchors.get(&anchor).copied(), span }, 0),
            Event::UnresolvedAlias(_) => (Node::Alias { target: None, span }, 0),
            Event::SequenceStart(style, anchor, _) | Event::MappingStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                self.open.push(Open { children: Vec::new(), flow, start: span.start, anchor });
                return;
            }
            Event::SequenceEnd => {
                let Some(open) = self.open.pop() else { return };
                let (span, anchor) = (self.extent(&open, span), open.anchor);
                (Node::Sequence { items: open.children, flow: open.flow, span }, anchor)
            }
            Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return };
                let (span, anchor) = (self.extent(&open, span), open.anchor);
                let entries = open.children.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                (Node::Mapping { entries, flow: open.flow, span }, anchor)
            }
            Event::Comment(..) => return self.tree.comments.push(span),
            _ => return,
        };
        let id = self.tree.push(node);
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
        match self.open.last_mut() {
            Some(open) => open.children.push(id),
            // A second document is never front matter: the first speaks.
            None => _ = self.tree.root.get_or_insert(id),
        }
    }

    /// From first to last byte. The reader ends a block collection only where the next thing starts.
    fn extent(&self, open: &Open, end: Span) -> Span {
        if open.flow {
            return Span::new(open.start, end.end);
        }
        let end = open.children.iter().rev().map(|&child| self.tree.span(child)).find(|span| !span.is_empty());
        Span::new(open.start, end.map_or(open.start, |span| span.end))
    }
}

fn scalar(value: String, style: ScalarStyle, tag: Option<String>, span: Span) -> Scalar {
    let style = match style {
        ScalarStyle::SingleQuoted => Style::Single,
        ScalarStyle::DoubleQuoted => Style::Double,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
        _ => Style::Plain,
    };
    // An absent value comes as `~` with nothing under it.
    let value = if style == Style::Plain && span.is_empty() { String::new() } else { value };
    let kind = match tag.as_deref() {
        Some(tag) => scalar::kind_of_tag(tag).unwrap_or(crate::data::node::Kind::String),
        None if style == Style::Plain => scalar::kind(&value),
        None => crate::data::node::Kind::String,
    };
    Scalar { value, style, kind, tag, span }
}
