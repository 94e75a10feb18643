//! The structure of a body without its text: what a fix must not change.

use super::{grammar, markup_of};
use crate::source::{Source, Span};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

/// The structure of a body.
#[derive(PartialEq, Default, Debug)]
pub(crate) struct Outline {
    /// Where each block begins and ends, in order.
    pub(crate) blocks: Vec<BlockPlace>,
    /// Emphasis, links, images, code spans and inline HTML, in order.
    pub(crate) inlines: Vec<InlineShape>,
}

/// A place where a block begins or ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct BlockPlace {
    /// What begins or ends.
    pub(crate) shape: BlockShape,
    /// The block, in bytes of the file.
    pub(crate) span: Span,
}

/// What begins or ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum BlockShape {
    /// A block, with a list's first number, a table's columns, or a footnote's name.
    Start(TagEnd, Option<u64>, String),
    /// A code block by indentation or fence.
    Code { fenced: bool },
    /// A block ends.
    End(TagEnd),
    /// A code block with this many lines ends.
    EndOfCode(usize),
    /// A thematic break.
    Rule,
}

/// Something within a block.
#[derive(PartialEq, Debug)]
pub(crate) enum InlineShape {
    /// Emphasis, a link, or an image, with the link's kind.
    Start(TagEnd, Option<LinkType>),
    /// One of these ends.
    End,
    Code,
    Html(String),
    Footnote(String),
    Task(bool),
    HardBreak,
    Break,
    Math,
}

/// Reads the structure of the body that begins at byte `start`.
pub(crate) fn outline(source: &Source, start: usize) -> Outline {
    let text = source.text().get(start..).unwrap_or_default();
    let marks = markup_of(source, text);
    let mut outline = Outline::default();
    let mut code_lines: Option<usize> = None;
    for (event, range) in Parser::new_ext(marks.masked.as_deref().unwrap_or(text), grammar()).into_offset_iter() {
        let span = Span::from(range).shift(start);
        let mut block = |shape| outline.blocks.push(BlockPlace { shape, span });
        let inline = match event {
            Event::Start(tag) if is_inline(tag.to_end()) => InlineShape::Start(tag.to_end(), link_type(&tag)),
            Event::End(tag) if is_inline(tag) => InlineShape::End,
            Event::Start(tag) => {
                code_lines = matches!(tag, Tag::CodeBlock(_)).then_some(0);
                block(block_shape(tag));
                continue;
            }
            Event::End(tag) => {
                block(match tag {
                    TagEnd::CodeBlock => BlockShape::EndOfCode(code_lines.take().unwrap_or(0)),
                    tag => BlockShape::End(tag),
                });
                continue;
            }
            Event::Rule => {
                block(BlockShape::Rule);
                continue;
            }
            Event::Text(text) => {
                if let Some(lines) = &mut code_lines {
                    *lines += text.matches('\n').count();
                }
                continue;
            }
            Event::Code(_) => InlineShape::Code,
            Event::InlineHtml(html) | Event::Html(html) => InlineShape::Html(html.into_string()),
            Event::FootnoteReference(name) => InlineShape::Footnote(name.into_string()),
            Event::TaskListMarker(checked) => InlineShape::Task(checked),
            Event::HardBreak => InlineShape::HardBreak,
            Event::SoftBreak => InlineShape::Break,
            Event::InlineMath(_) | Event::DisplayMath(_) => InlineShape::Math,
        };
        outline.inlines.push(inline);
    }
    outline
}

fn link_type(tag: &Tag<'_>) -> Option<LinkType> {
    match tag {
        Tag::Link { link_type, .. } | Tag::Image { link_type, .. } => Some(*link_type),
        _ => None,
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn block_shape(tag: Tag<'_>) -> BlockShape {
    let end = tag.to_end();
    match tag {
        Tag::CodeBlock(kind) => BlockShape::Code { fenced: matches!(kind, CodeBlockKind::Fenced(_)) },
        Tag::Table(columns) => BlockShape::Start(end, Some(columns.len() as u64), String::new()),
        Tag::List(start) => BlockShape::Start(end, start, String::new()),
        Tag::FootnoteDefinition(name) => BlockShape::Start(end, None, name.into_string()),
        _ => BlockShape::Start(end, None, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> (Vec<BlockShape>, Vec<InlineShape>) {
        let outline = outline(&Source::new("x.md", text.into()), 0);
        (outline.blocks.into_iter().map(|block| block.shape).collect(), outline.inlines)
    }

    #[test]
    fn text_is_no_part_of_it() {
        assert_eq!(shapes("# A *b*\n\n- [c](d)\n"), shapes("# X *y*\n\n- [z](w)\n"));
        assert_ne!(shapes("# A\n").0, shapes("## A\n").0);
        assert_ne!(shapes("| a |\n|---|\n| b |\n").0, shapes("| a |\n|--|-|\n| b |\n").0);
        assert_ne!(shapes("```\na\n```\n").0, shapes("```\na\nb\n```\n").0);
        assert_ne!(shapes("*a*\n").1, shapes("* a*\n").1);
    }
}
