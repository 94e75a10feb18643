//! The structure of a body: leaf blocks and their inline spans, code, links, HTML, template tags.

use crate::source::Span;
use std::ops::Range;

/// The structure of the Markdown after the front matter. All spans are bytes of the file.
#[derive(Clone, Default, Debug)]
pub(crate) struct Body {
    /// From after the front matter to the end of the file.
    pub(crate) span: Span,
    /// Leaf blocks that hold text, in order.
    pub(crate) blocks: Vec<LeafBlock>,
    /// The inline spans of all blocks, in order; each block has a range of them.
    pub(crate) inlines: Vec<InlineSpan>,
    /// Code blocks: fenced, indented, and what templates and `<pre>` mark as code.
    pub(crate) code: Vec<CodeBlock>,
    /// Links and images, in order.
    pub(crate) links: Vec<Link>,
    /// Definitions of reference links, in no particular order.
    pub(crate) definitions: Vec<Definition>,
    /// Definitions of footnotes, in order.
    pub(crate) footnotes: Vec<Span>,
    /// HTML comments, each from `<!--` to `-->`.
    pub(crate) comments: Vec<Span>,
    /// HTML blocks, comments included.
    pub(crate) html: Vec<Span>,
    /// Tables.
    pub(crate) tables: Vec<Span>,
    /// Thematic breaks.
    pub(crate) thematic_breaks: Vec<Span>,
    /// Shortcodes, template tags, MDX imports and expressions, admonition delimiters.
    pub(crate) directives: Vec<Directive>,
}

/// What a leaf block is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BlockKind {
    /// A paragraph, also one in a loose list item or a quote.
    Paragraph,
    /// A heading, with its level from 1 to 6.
    Heading(u8),
    /// The text of a tight list item.
    ListItem,
    /// A cell of a table.
    TableCell {
        /// Whether it is in the table's header.
        head: bool,
    },
}

/// A leaf block that holds text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct LeafBlock {
    /// What it is.
    pub(crate) kind: BlockKind,
    /// As the Markdown parser reports it: a heading with its markers, a paragraph without its line ending.
    pub(crate) span: Span,
    /// Its inline spans, as indices into [`Body::inlines`].
    pub(crate) inlines: Range<u32>,
    /// Inside a block quote.
    pub(crate) in_quote: bool,
    /// Inside a list item.
    pub(crate) in_item: bool,
}

/// The kind of an inline span.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum InlineKind {
    /// Prose. The span may hold backslash escapes and entities as written.
    Text,
    /// The end of a line within a block; the span is the line ending.
    Break,
    /// Inline code with its backticks.
    Code,
    /// An inline HTML tag or comment.
    Html,
    /// A shortcode, template tag, MDX expression: not prose.
    Directive,
    /// An image, whole.
    Image,
    /// A bare or bracketed URL, footnote reference, or task box: displayed, but not prose.
    Other,
}

/// A part of a leaf block. Markers of emphasis and of links lie between inline spans and belong to none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct InlineSpan {
    /// What it is.
    pub(crate) kind: InlineKind,
    /// Where it is.
    pub(crate) span: Span,
    /// Inside a link's text.
    pub(crate) in_link: bool,
}

/// How a code block is marked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CodeKind {
    /// Backticks or tildes.
    Fenced,
    /// Four spaces.
    Indented,
    /// `{% highlight %}`, `{{< highlight >}}`, `<pre>`.
    Marked,
}

/// A block of code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct CodeBlock {
    /// How it is marked.
    pub(crate) kind: CodeKind,
    /// With its fences.
    pub(crate) span: Span,
    /// The info string; for [`CodeKind::Marked`] the language's name; empty where there is none.
    pub(crate) info: Span,
    /// The lines of code, each without the container's indentation, line endings included.
    pub(crate) lines: Vec<Span>,
    /// Whether a fence closes it; true if it needs none.
    pub(crate) closed: bool,
}

/// A link or an image.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Link {
    /// The whole construct.
    pub(crate) span: Span,
    /// The text between the brackets; empty for a bare URL.
    pub(crate) text: Span,
    /// The destination, escapes resolved.
    pub(crate) dest: String,
    /// Whether it is an image.
    pub(crate) image: bool,
    /// `<https://…>` or a bare URL.
    pub(crate) auto: bool,
}

/// The definition of a reference link: `[label]: destination`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Definition {
    /// The label, as it is written.
    pub(crate) label: String,
    /// The whole definition.
    pub(crate) span: Span,
}

/// The kind of a template tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DirectiveKind {
    /// `{% … %}`
    Tag,
    /// `{{ … }}`
    Output,
    /// `{{< … >}}`, `{{% … %}}`
    Shortcode,
    /// MDX `import`/`export` lines and `{…}` expressions.
    Mdx,
    /// `:::`, `!!!`, `???`, `===` lines.
    Admonition,
    /// Kramdown `{: … }` and heading ids `{#…}`.
    Attribute,
    /// `<% … %>`
    Erb,
    /// `$$ … $$`
    Math,
}

/// A template tag in the body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Directive {
    /// What kind.
    pub(crate) kind: DirectiveKind,
    /// With its delimiters.
    pub(crate) span: Span,
}

/// A line of a leaf block as a reader sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// The block it belongs to.
    pub(crate) block: &'a LeafBlock,
    /// Its inline spans, without breaks.
    pub(crate) inlines: &'a [InlineSpan],
}

impl Line<'_> {
    /// From the first byte of its first inline span to the last byte of its last one; none for an empty line.
    pub(crate) fn span(&self) -> Option<Span> {
        Some(self.inlines.first()?.span.join(self.inlines.last()?.span))
    }
}

impl Body {
    /// The pieces of a block.
    pub(crate) fn inlines_of(&self, block: &LeafBlock) -> &[InlineSpan] {
        &self.inlines[block.inlines.start as usize..block.inlines.end as usize]
    }

    /// The lines of a block, in order, without empty ones.
    pub(crate) fn lines_of<'a>(&'a self, block: &'a LeafBlock) -> impl Iterator<Item = Line<'a>> {
        self.inlines_of(block)
            .split(|inline| inline.kind == InlineKind::Break)
            .filter(|inlines| !inlines.is_empty())
            .map(move |inlines| Line { block, inlines })
    }

    /// The inline span that contains byte `at`, if any. Binary search.
    pub(crate) fn inline_at(&self, at: usize) -> Option<&InlineSpan> {
        let index = self.inlines.partition_point(|inline| inline.span.end <= at);
        self.inlines.get(index).filter(|inline| inline.span.contains(at))
    }

    /// Whether byte `at` is prose.
    pub(crate) fn is_prose(&self, at: usize) -> bool {
        self.inline_at(at).is_some_and(|inline| inline.kind == InlineKind::Text)
    }

    /// The block with an inline span that contains byte `at`, if any. Binary search.
    pub(crate) fn block_at(&self, at: usize) -> Option<&LeafBlock> {
        let index = self.inlines.partition_point(|inline| inline.span.end <= at);
        self.inlines.get(index).filter(|inline| inline.span.contains(at))?;
        self.blocks.get(self.blocks.partition_point(|block| block.inlines.end as usize <= index))
    }

    /// The line with an inline span that contains byte `at`, if any. Binary search.
    pub(crate) fn line_at(&self, at: usize) -> Option<Line<'_>> {
        let index = self.inlines.partition_point(|inline| inline.span.end <= at);
        if !self.inlines.get(index)?.span.contains(at) {
            return None;
        }
        let owner = self.blocks.partition_point(|block| block.inlines.end as usize <= index);
        let block = self.blocks.get(owner)?;
        self.lines_of(block).find(|line| line.span().is_some_and(|span| span.contains(at)))
    }
}
