//! What is left to do when the whole body was read: code that templates mark, and offsets in the file.

use super::{Body, CodeBlock, CodeKind, Directive, Pass};
use crate::source::Span;

impl Pass<'_> {
    /// The body, once every event was seen.
    pub(super) fn finish(mut self, directives: Vec<Directive>, marked: Vec<CodeBlock>) -> Body {
        self.close_block();
        let base = self.base;
        let mut body = self.body;
        body.span = Span::new(0, self.text.len());
        body.directives = directives;
        if !marked.is_empty() {
            body.code.extend(marked);
            body.code.sort_by_key(|code| code.span.start);
            let mut end = 0;
            body.code.retain(|code| {
                let outside = end <= code.span.start;
                end = end.max(code.span.end);
                outside
            });
        }
        outside_code(&mut body);
        shift(&mut body, base);
        body
    }
}

/// Drops what looks like a template mark but is code that shows one.
fn outside_code(body: &mut Body) {
    let mut code = body.code.iter().filter(|code| code.kind != CodeKind::Marked).map(|code| code.span).peekable();
    body.directives.retain(|directive| {
        while code.next_if(|span| span.end <= directive.span.start).is_some() {}
        code.peek().is_none_or(|span| span.start > directive.span.start)
    });
}

/// Turns bytes of the body into bytes of the file.
fn shift(body: &mut Body, by: usize) {
    if by == 0 {
        return;
    }
    let move_on = |span: &mut Span| *span = span.shift(by);
    move_on(&mut body.span);
    body.blocks.iter_mut().for_each(|block| move_on(&mut block.span));
    body.pieces.iter_mut().for_each(|piece| move_on(&mut piece.span));
    for code in &mut body.code {
        move_on(&mut code.span);
        move_on(&mut code.info);
        code.lines.iter_mut().for_each(move_on);
    }
    for link in &mut body.links {
        move_on(&mut link.span);
        move_on(&mut link.text);
    }
    for spans in [&mut body.comments, &mut body.html, &mut body.tables, &mut body.rules] {
        spans.iter_mut().for_each(move_on);
    }
    body.directives.iter_mut().for_each(|directive| move_on(&mut directive.span));
}
