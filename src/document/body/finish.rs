//! The end of the pass over a body: adds the code that templates mark.

use crate::document::body::{Body, CodeBlock, CodeKind, Directive, Pass};

impl Pass<'_> {
    /// The body, after the last event.
    pub(crate) fn finish(mut self, directives: Vec<Directive>, marked: Vec<CodeBlock>) -> Body {
        self.close_block();
        let mut body = self.body;
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
        body
    }
}

/// Removes what looks like a template tag but is in a code block.
fn outside_code(body: &mut Body) {
    let mut code = body.code.iter().filter(|code| code.kind != CodeKind::Marked).map(|code| code.span).peekable();
    body.directives.retain(|directive| {
        while code.next_if(|span| span.end <= directive.span.start).is_some() {}
        code.peek().is_none_or(|span| span.start > directive.span.start)
    });
}
