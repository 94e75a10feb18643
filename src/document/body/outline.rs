//! The structure of a body without its text: what a fix must not change.

use super::{grammar, markup_of};
use crate::source::{Source, Span};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};
use std::borrow::Cow;

/// What a part of a body is, in words.
pub(crate) type Shape = Cow<'static, str>;

/// The structure of a body.
#[derive(PartialEq, Eq, Default, Debug)]
pub(crate) struct Outline {
    /// Where each block begins and ends, in order.
    pub(crate) blocks: Vec<BlockShape>,
    /// Emphasis, links, images, code spans and inline HTML, in order.
    pub(crate) inlines: Vec<Shape>,
}

/// A place where a block begins or ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct BlockShape {
    /// What begins or ends, with what belongs to it: a heading's level, a table's columns, a code block's language.
    pub(crate) shape: Shape,
    /// The block, in bytes of the file.
    pub(crate) span: Span,
}

/// Reads the structure of the body that begins at byte `start`.
pub(crate) fn outline(source: &Source, start: usize) -> Outline {
    let text = source.text().get(start..).unwrap_or_default();
    let marks = markup_of(source, text);
    let mut outline = Outline::default();
    let mut code_lines: Option<usize> = None;
    for (event, range) in Parser::new_ext(marks.masked.as_deref().unwrap_or(text), grammar()).into_offset_iter() {
        let span = Span::from(range).shift(start);
        let mut block = |shape: Shape| outline.blocks.push(BlockShape { shape, span });
        match event {
            Event::Start(tag) => match inline_shape(&tag) {
                Some(shape) => outline.inlines.push(shape),
                None => {
                    code_lines = matches!(tag, Tag::CodeBlock(_)).then_some(0);
                    block(block_shape(&tag));
                }
            },
            Event::End(TagEnd::CodeBlock) => {
                block(format!("end of code, {} lines", code_lines.take().unwrap_or(0)).into())
            }
            Event::End(tag) if is_inline(tag) => outline.inlines.push("end".into()),
            Event::End(tag) => block(end_shape(tag)),
            Event::Rule => block("rule".into()),
            Event::Text(text) => {
                if let Some(lines) = &mut code_lines {
                    *lines += text.matches('\n').count();
                }
            }
            Event::Code(_) => outline.inlines.push("code".into()),
            Event::InlineHtml(html) | Event::Html(html) => outline.inlines.push(format!("html {html}").into()),
            Event::FootnoteReference(name) => outline.inlines.push(format!("footnote {name}").into()),
            Event::TaskListMarker(checked) => outline.inlines.push(format!("task {checked}").into()),
            Event::HardBreak => outline.inlines.push("hard break".into()),
            Event::SoftBreak => outline.inlines.push("break".into()),
            Event::InlineMath(_) | Event::DisplayMath(_) => outline.inlines.push("math".into()),
        }
    }
    outline
}

fn inline_shape(tag: &Tag<'_>) -> Option<Shape> {
    Some(match tag {
        Tag::Emphasis => "emphasis".into(),
        Tag::Strong => "strong".into(),
        Tag::Strikethrough => "strikethrough".into(),
        Tag::Superscript => "superscript".into(),
        Tag::Subscript => "subscript".into(),
        Tag::Link { link_type: LinkType::Inline, .. } => "link".into(),
        Tag::Image { link_type: LinkType::Inline, .. } => "image".into(),
        Tag::Link { link_type, .. } => format!("link {link_type:?}").into(),
        Tag::Image { link_type, .. } => format!("image {link_type:?}").into(),
        _ => return None,
    })
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

fn block_shape(tag: &Tag<'_>) -> Shape {
    match tag {
        Tag::Paragraph => "paragraph".into(),
        Tag::Item => "item".into(),
        Tag::TableRow => "table row".into(),
        Tag::TableCell => "table cell".into(),
        Tag::Heading { level, .. } => format!("heading {level}").into(),
        Tag::Table(columns) => format!("table of {}", columns.len()).into(),
        Tag::List(start) => format!("list {start:?}").into(),
        Tag::CodeBlock(CodeBlockKind::Indented) => "indented code".into(),
        Tag::CodeBlock(CodeBlockKind::Fenced(_)) => "fenced code".into(),
        Tag::FootnoteDefinition(name) => format!("footnote {name}").into(),
        Tag::BlockQuote(kind) => format!("quote {kind:?}").into(),
        tag => format!("{:?}", tag.to_end()).into(),
    }
}

fn end_shape(tag: TagEnd) -> Shape {
    match tag {
        TagEnd::Paragraph => "end of paragraph".into(),
        TagEnd::Item => "end of item".into(),
        TagEnd::TableRow => "end of table row".into(),
        TagEnd::TableCell => "end of table cell".into(),
        tag => format!("end of {tag:?}").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(text: &str) -> (Vec<Shape>, Vec<Shape>) {
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
