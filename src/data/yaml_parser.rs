//! Wrapper around `granit_parser`: text → spanned tree, or the first error.

use crate::data::node::{Node, NodeId, Scalar, ScalarStyle, ScalarType, Tree};
use crate::data::scalar;
use crate::source::Span;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle as WrittenStyle, ScanError, StructureStyle};
use std::collections::HashMap;

/// Where the parser failed.
pub(crate) struct ParseError {
    /// The byte where it stopped, which is often after the error.
    pub(crate) offset: usize,
    /// What it says.
    pub(crate) message: String,
    /// The kind of error, as far as it matters for repairs.
    pub(crate) kind: ParseErrorKind,
}

/// Why the parser stopped, where that is more specific than the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ParseErrorKind {
    /// A quoted string continues at the left margin, which most parsers of site generators allow.
    QuotedAtMargin,
    /// A backslash that starts no valid escape.
    InvalidEscape,
    /// A tab in the indentation of a line.
    Tab,
    /// Anything else.
    Other,
}

/// Parses a text without errors.
pub(crate) fn parse_strict(text: &str) -> Result<Tree, ParseError> {
    // The default of 96 comment lines between a key and its list is too few for real files.
    let options = granit_parser::options! { max_buffered_comment_events: 1 << 16, emit_unresolved_aliases: true };
    let mut builder = Builder::default();
    // A key and its value take at least about twenty bytes.
    builder.tree.nodes.reserve(text.len() / 12 + 2);
    for item in Parser::new_from_str_with_options(text, options) {
        let (event, place) = item.map_err(|error| parse_error(&error, text))?;
        let span = place.byte_range().map_or(Span::default(), Span::from);
        builder.event(event, span);
    }
    Ok(builder.tree)
}

fn parse_error(error: &ScanError, text: &str) -> ParseError {
    let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let trouble = match error.kind() {
        ErrorKind::InvalidQuotedScalarIndent => ParseErrorKind::QuotedAtMargin,
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate => ParseErrorKind::InvalidEscape,
        ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => ParseErrorKind::Tab,
        _ => ParseErrorKind::Other,
    };
    ParseError { offset: text.floor_char_boundary(at), message: error.kind().to_string(), kind: trouble }
}

/// Events → arena.
#[derive(Default)]
struct Builder {
    tree: Tree,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
}

/// A list or mapping that isn't finished.
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
            // A second document is never front matter: the first one counts.
            None => _ = self.tree.root.get_or_insert(id),
        }
    }

    /// From first to last byte. The parser ends a block collection only where the next token starts.
    fn extent(&self, open: &Open, end: Span) -> Span {
        if open.flow {
            return Span::new(open.start, end.end);
        }
        let end = open.children.iter().rev().map(|&child| self.tree.span(child)).find(|span| !span.is_empty());
        Span::new(open.start, end.map_or(open.start, |span| span.end))
    }
}

fn scalar(value: String, style: WrittenStyle, tag: Option<String>, span: Span) -> Scalar {
    let style = match style {
        WrittenStyle::SingleQuoted => ScalarStyle::SingleQuoted,
        WrittenStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
        WrittenStyle::Literal => ScalarStyle::Literal,
        WrittenStyle::Folded => ScalarStyle::Folded,
        _ => ScalarStyle::Plain,
    };
    // An absent value is parsed as `~` with an empty span.
    let value = if style == ScalarStyle::Plain && span.is_empty() { String::new() } else { value };
    let kind = match tag.as_deref() {
        Some(tag) => scalar::tagged_scalar_type(tag).unwrap_or(ScalarType::String),
        None if style == ScalarStyle::Plain => scalar::plain_scalar_type(&value),
        None => ScalarType::String,
    };
    Scalar { value, style, kind, tag, span }
}
