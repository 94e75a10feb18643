//! One spanned tree for YAML, TOML and JSON: front matter, rule documentation and configs alike.

use crate::source::Span;

/// Index of a node in its [`Tree`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct NodeId(pub(crate) u32);

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ScalarStyle {
    /// Without quotes (YAML), or a bare key, number, date or boolean (TOML, JSON).
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// YAML `|`, or a multi-line TOML string.
    Literal,
    /// YAML `>`
    Folded,
}

/// The type of a scalar in the YAML 1.2 core schema, with dates; exact for TOML and JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ScalarType {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction, an exponent, or `.inf`, `.nan`.
    Float,
    /// A day: `2024-01-31`.
    Date,
    /// A day with a time.
    DateTime,
    /// Text.
    String,
}

/// A value without parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Scalar {
    /// The value: quotes and escapes resolved, folded lines joined.
    pub(crate) value: String,
    /// How it is written.
    pub(crate) style: ScalarStyle,
    /// What it is.
    pub(crate) kind: ScalarType,
    /// The YAML tag as written, such as `!x` or `!!str`.
    pub(crate) tag: Option<String>,
    /// With its quotes; empty where a YAML value is absent; the content alone for a block scalar.
    pub(crate) span: Span,
}

/// A node of the tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Node {
    /// A value without parts.
    Scalar(Scalar),
    /// A list.
    Sequence {
        /// Its items, in order.
        items: Vec<NodeId>,
        /// Whether it is written `[…]`.
        flow: bool,
        /// From its first to its last byte.
        span: Span,
    },
    /// A mapping. Duplicate keys are kept.
    Mapping {
        /// Its keys and values, in order.
        entries: Vec<(NodeId, NodeId)>,
        /// Whether it is written `{…}`.
        flow: bool,
        /// From its first to its last byte.
        span: Span,
    },
    /// A YAML `*alias`.
    Alias {
        /// The earlier, finished node it refers to; none if the anchor is undefined.
        target: Option<NodeId>,
        /// The `*name`.
        span: Span,
    },
}

impl Node {
    fn span(&self) -> Span {
        match self {
            Node::Scalar(scalar) => scalar.span,
            Node::Sequence { span, .. } | Node::Mapping { span, .. } | Node::Alias { span, .. } => *span,
        }
    }
}

/// A spanned tree in an arena: dropping it needs no recursion, and an alias costs nothing.
#[derive(Clone, Default, Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) root: Option<NodeId>,
    /// Comments, each with its `#`, in order.
    pub(crate) comments: Vec<Span>,
}

impl Tree {
    /// The outermost value, if there is any.
    pub(crate) fn root(&self) -> Option<Value<'_>> {
        self.root.map(|id| Value { tree: self, id })
    }

    /// Every node, children before their parents.
    pub(crate) fn values(&self) -> impl Iterator<Item = Value<'_>> {
        (0..self.nodes.len() as u32).map(|index| Value { tree: self, id: NodeId(index) })
    }

    pub(crate) fn push(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        NodeId(self.nodes.len() as u32 - 1)
    }

    pub(crate) fn span(&self, id: NodeId) -> Span {
        self.nodes[id.0 as usize].span()
    }

    /// Moves every span.
    pub(crate) fn map_spans(&mut self, to: impl Fn(Span) -> Span) {
        for node in &mut self.nodes {
            let (Node::Scalar(Scalar { span, .. })
            | Node::Sequence { span, .. }
            | Node::Mapping { span, .. }
            | Node::Alias { span, .. }) = node;
            *span = to(*span);
        }
        for span in &mut self.comments {
            *span = to(*span);
        }
    }
}

/// A node with its tree, which checks walk. All methods except [`Value::span`] follow aliases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value<'a> {
    tree: &'a Tree,
    id: NodeId,
}

/// A key and its value in a mapping.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    /// The key.
    pub(crate) key: Value<'a>,
    /// The value.
    pub(crate) value: Value<'a>,
}

impl Entry<'_> {
    /// From the key's first to the value's last byte.
    pub(crate) fn span(&self) -> Span {
        let value = self.value.span();
        if value.start < self.key.span().end { self.key.span() } else { self.key.span().join(value) }
    }

    /// The span of the value if there is one, else of the key: where a finding about the value points.
    pub(crate) fn value_or_key_span(&self) -> Span {
        if self.value.span().is_empty() { self.key.span() } else { self.value.span() }
    }
}

impl<'a> Value<'a> {
    fn node(self) -> &'a Node {
        let mut node = &self.tree.nodes[self.id.0 as usize];
        // A target is always an earlier node, so this ends.
        while let Node::Alias { target: Some(target), .. } = node {
            node = &self.tree.nodes[target.0 as usize];
        }
        node
    }

    /// Where it is written; for an alias, the `*name`.
    pub(crate) fn span(self) -> Span {
        self.tree.span(self.id)
    }

    /// Whether it is written as an alias.
    pub(crate) fn is_alias(self) -> bool {
        matches!(self.tree.nodes[self.id.0 as usize], Node::Alias { .. })
    }

    /// The scalar, if it is one.
    pub(crate) fn scalar(self) -> Option<&'a Scalar> {
        match self.node() {
            Node::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The text of a scalar of any kind.
    pub(crate) fn text(self) -> Option<&'a str> {
        self.scalar().map(|scalar| scalar.value.as_str())
    }

    /// The type of the scalar, if it is one.
    pub(crate) fn scalar_type(self) -> Option<ScalarType> {
        self.scalar().map(|scalar| scalar.kind)
    }

    /// Whether it is absent, `~` or `null`.
    pub(crate) fn is_null(self) -> bool {
        self.scalar_type() == Some(ScalarType::Null)
    }

    /// `true` or `false`, if it is a boolean.
    pub(crate) fn bool(self) -> Option<bool> {
        match self.scalar()? {
            Scalar { kind: ScalarType::Bool, value, .. } => Some(value.eq_ignore_ascii_case("true")),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub(crate) fn number(self) -> Option<f64> {
        match self.scalar()? {
            Scalar { kind: ScalarType::Int | ScalarType::Float, value, .. } => parse_number(value),
            _ => None,
        }
    }

    /// The items of a list, if it is one.
    pub(crate) fn items(self) -> Option<impl ExactSizeIterator<Item = Value<'a>>> {
        match self.node() {
            Node::Sequence { items, .. } => Some(items.iter().map(move |&id| Value { tree: self.tree, id })),
            _ => None,
        }
    }

    /// Whether it is a map.
    pub(crate) fn is_map(self) -> bool {
        matches!(self.node(), Node::Mapping { .. })
    }

    /// Whether it is a list or mapping written `[…]` or `{…}`.
    pub(crate) fn is_flow(self) -> bool {
        matches!(self.node(), Node::Sequence { flow: true, .. } | Node::Mapping { flow: true, .. })
    }

    /// The entries of a mapping in order, duplicate keys included; none for anything else.
    pub(crate) fn entries(self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let entries: &'a [(NodeId, NodeId)] = match self.node() {
            Node::Mapping { entries, .. } => entries,
            _ => &[],
        };
        let tree = self.tree;
        entries
            .iter()
            .map(move |&(key, value)| Entry { key: Value { tree, id: key }, value: Value { tree, id: value } })
    }

    /// The first entry of a mapping whose key is `name`.
    pub(crate) fn entry(self, name: &str) -> Option<Entry<'a>> {
        self.entries().find(|entry| entry.key.text() == Some(name))
    }

    /// The value of the first entry of a mapping whose key is `name`.
    pub(crate) fn get(self, name: &str) -> Option<Value<'a>> {
        self.entry(name).map(|entry| entry.value)
    }
}

fn parse_number(text: &str) -> Option<f64> {
    let text = text.replace('_', "");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(&text)),
    };
    let radix = |prefix: &str, radix| digits.strip_prefix(prefix).and_then(|d| i64::from_str_radix(d, radix).ok());
    let whole = radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| radix("0b", 2));
    match whole {
        Some(whole) => Some(sign * whole as f64),
        None => digits.trim_start_matches('.').parse::<f64>().ok().and(digits.parse().ok()).map(|n: f64| sign * n),
    }
}
