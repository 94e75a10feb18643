//! Wrapper around `pulldown_cmark`: one pass over the body that fills [`Body`], so that no check has to ask whether it
//! is in code.

pub(crate) mod blocks;
mod closing_fences;
pub(crate) mod code;
pub(crate) mod finish;
pub(crate) mod html;
pub(crate) mod inline;
pub(crate) mod links;
pub(crate) mod outline;
#[cfg(test)]
mod tests;

pub(crate) use crate::document::body::blocks::*;

use crate::document::markup::template_tags;
use crate::document::markup::template_tags::mask::unmask;
use crate::document::markup::template_tags::tags::{MaskedKind, MaskedSpan, TemplateTags};
use crate::source::{Source, Span};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// Parses the Markdown from byte `start` to the end of the file.
pub(crate) fn read(source: &Source, start: usize) -> Body {
    let text = source.text().get(start..).unwrap_or_default();
    let mdx = is_mdx(source);
    let mut marks = markup_of(source, text);
    marks.shift(start);
    let TemplateTags { masked_spans, directives, code, masked } = marks;
    let seen = closing_fences::without_tabs(masked.as_deref().unwrap_or(text));
    let seen = seen.as_ref();
    let mut events = Parser::new_ext(seen, grammar()).into_offset_iter();
    let mut pass = Pass::new(source.text(), start, mdx, &masked_spans);
    // By reference: an event is large, and moving each took a twentieth of the whole pass.
    while let Some((event, range)) = &events.next() {
        if let Event::Start(Tag::Link { link_type, dest_url, id, .. } | Tag::Image { link_type, dest_url, id, .. }) =
            event
            && !masked_spans.is_empty()
        {
            let definition = events.reference_definitions().get(id).map(|definition| definition.span.clone());
            let written = if matches!(link_type, LinkType::Inline) { Some(range.clone()) } else { definition };
            pass.covered_dest =
                written.and_then(|written| unmask(source.text(), (seen, start), written, dest_url, &masked_spans));
        }
        pass.event(event, Span::from(range.clone()).shift(start));
    }
    let definitions = events.reference_definitions().iter();
    pass.body.definitions = definitions
        .map(|(label, definition)| Definition {
            label: label.to_owned(),
            span: Span::from(definition.span.clone()).shift(start),
        })
        .collect();
    pass.finish(directives, code)
}

fn is_mdx(source: &Source) -> bool {
    source.path().extension().is_some_and(|extension| extension == "mdx")
}

/// The template marks of a body.
fn markup_of(source: &Source, body: &str) -> TemplateTags {
    template_tags::find(body, is_mdx(source))
}

/// No metadata option: it would treat any `---` … `---` after the front matter as metadata and hide what is between.
fn grammar() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// A leaf block that isn't finished.
struct Open {
    kind: BlockKind,
    /// As the parser reports it; none for the text of a tight list item, which no event opens.
    span: Option<Span>,
    /// Its first inline span.
    first_inline: usize,
}

/// The state of the pass. All spans are bytes of the file.
struct Pass<'a> {
    /// The file's.
    text: &'a str,
    mdx: bool,
    masked_spans: &'a [MaskedSpan],
    body: Body,
    block: Option<Open>,
    /// Adjacent text events, not yet split into inline spans.
    run: Option<Span>,
    /// Where bare URLs may be in the text, and the first of these positions that hasn't been passed.
    bare_url_hints: Vec<usize>,
    next_hint: usize,
    /// Open links (and one image, innermost), as indices into `body.links`; none for one that isn't kept.
    links: Vec<Option<usize>>,
    /// The number of open images: their content is no text of the page.
    images: usize,
    quotes: usize,
    /// For each open list item, whether it represents an admonition.
    items: Vec<bool>,
    in_head: bool,
    /// The open code block, and whether its last line is open.
    code: Option<CodeBlock>,
    line_open: bool,
    /// An inline tag such as `<code>` whose content isn't prose.
    code_tag: Option<&'static str>,
    /// The destination of the next link, if a template tag is part of it.
    covered_dest: Option<String>,
}

impl<'a> Pass<'a> {
    fn new(text: &'a str, start: usize, mdx: bool, masked_spans: &'a [MaskedSpan]) -> Self {
        let span = Span::new(start, text.len());
        let body = Body {
            span,
            inlines: Vec::with_capacity(span.len() / 64),
            blocks: Vec::with_capacity(span.len() / 256),
            ..Body::default()
        };
        Self {
            text,
            mdx,
            masked_spans,
            body,
            block: None,
            run: None,
            bare_url_hints: inline::bare_url_hints(text, span),
            next_hint: 0,
            links: Vec::new(),
            images: 0,
            quotes: 0,
            items: Vec::new(),
            in_head: false,
            code: None,
            line_open: false,
            code_tag: None,
            covered_dest: None,
        }
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Text(_) => self.text(span),
            Event::SoftBreak | Event::HardBreak => self.line_break(span),
            Event::Code(_) => self.inline(InlineKind::Code, span),
            Event::InlineHtml(_) => self.inline_html(span),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => self.inline(InlineKind::Other, span),
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::Rule => {
                self.close_block();
                self.body.thematic_breaks.push(self.trimmed(span));
            }
            // The block's own event has the whole span.
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.open_block(BlockKind::Paragraph, span),
            Tag::Heading { level, .. } => self.open_block(BlockKind::Heading(*level as u8), span),
            Tag::TableCell => self.open_block(BlockKind::TableCell { head: self.in_head }, span),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => self.flush(),
            Tag::Link { link_type, dest_url, .. } => self.open_link(*link_type, dest_url, span, false),
            Tag::Image { link_type, dest_url, .. } => {
                self.inline(InlineKind::Image, span);
                self.open_link(*link_type, dest_url, span, true);
                self.images += 1;
            }
            container => {
                self.close_block();
                self.start_container(container, span);
            }
        }
    }

    fn start_container(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::Item => self.items.push(self.stands_for_admonition(span)),
            Tag::CodeBlock(kind) => self.open_code(kind, span),
            Tag::HtmlBlock => self.html_block(span),
            Tag::FootnoteDefinition(_) => self.body.footnotes.push(span),
            Tag::Table(_) => self.body.tables.push(self.trimmed(span)),
            Tag::TableHead => self.in_head = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                self.flush();
                self.extend_text(span.end);
            }
            TagEnd::Link | TagEnd::Image => {
                self.flush();
                self.images -= usize::from(tag == TagEnd::Image);
                self.close_link(span.end);
            }
            block => {
                self.close_block();
                match block {
                    TagEnd::BlockQuote(_) => self.quotes -= 1,
                    TagEnd::Item => drop(self.items.pop()),
                    TagEnd::CodeBlock => self.close_code(),
                    TagEnd::TableHead => self.in_head = false,
                    _ => {}
                }
            }
        }
    }

    /// `!!! note` is given to the reader as a list item, whose indented content is text (see `directives`).
    fn stands_for_admonition(&self, span: Span) -> bool {
        !self.masked_spans.is_empty()
            && self.cover_at(span.start + self.indent(span)).is_some_and(|masked| masked.kind == MaskedKind::Admonition)
    }

    fn indent(&self, span: Span) -> usize {
        let bytes = &self.text.as_bytes()[span.range()];
        bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }

    fn cover_at(&self, at: usize) -> Option<&MaskedSpan> {
        let next = self.masked_spans.partition_point(|masked| masked.span.end <= at);
        self.masked_spans.get(next).filter(|masked| masked.span.contains(at))
    }

    fn open_block(&mut self, kind: BlockKind, span: Span) {
        self.close_block();
        let span = if matches!(kind, BlockKind::TableCell { .. }) { span } else { self.trimmed(span) };
        self.block = Some(Open { kind, span: Some(span), first_inline: self.body.inlines.len() });
    }

    fn close_block(&mut self) {
        self.flush();
        let Some(Open { kind, span, first_inline }) = self.block.take() else { return };
        self.code_tag = None;
        let own = &self.body.inlines[first_inline..];
        let (first, last) = match own {
            [] if !matches!(kind, BlockKind::Heading(_)) => return,
            [] => (Span::default(), Span::default()),
            [first, .., last] => (first.span, last.span),
            [only] => (only.span, only.span),
        };
        self.body.blocks.push(LeafBlock {
            kind,
            span: span.unwrap_or_else(|| first.join(last)),
            inlines: first_inline as u32..self.body.inlines.len() as u32,
            in_quote: self.quotes > 0,
            in_item: self.in_item(),
        });
    }

    fn in_item(&self) -> bool {
        self.items.iter().any(|admonition| !admonition)
    }

    fn text(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        if self.code.is_some() {
            return self.code_text(span);
        }
        if self.images > 0 {
            return self.extend_text(span.end);
        }
        match &mut self.run {
            Some(run) if run.end == span.start => run.end = span.end,
            // A backslash that escapes what follows belongs to no event.
            Some(run) if run.end + 1 == span.start && self.text.as_bytes()[run.end] == b'\\' => run.end = span.end,
            _ => {
                self.flush();
                let escaped = span.start > 0 && self.text.as_bytes()[span.start - 1] == b'\\';
                let free = self.body.inlines.last().is_none_or(|inline| inline.span.end < span.start);
                let start = if escaped && free { span.start - 1 } else { span.start };
                self.run = Some(Span::new(start, span.end));
            }
        }
    }

    /// Splits the accumulated text into inline spans.
    fn flush(&mut self) {
        let Some(run) = self.run.take() else { return };
        if self.links.last().is_some_and(|link| link.is_some_and(|index| self.body.links[index].auto)) {
            return self.push(InlineKind::Other, run);
        }
        if self.code_tag.is_some() {
            return self.push(InlineKind::Code, run);
        }
        let mut at = run.start;
        let next = self.masked_spans.partition_point(|masked| masked.span.end <= at);
        for masked in self.masked_spans[next..].iter().take_while(|masked| masked.span.start < run.end) {
            self.words(Span::new(at, masked.span.start));
            let shown = Span::new(masked.span.start.max(at), masked.span.end.min(run.end));
            if let Some(kind) = masked.kind.inline_kind() {
                self.push(kind, shown);
            }
            at = shown.end;
        }
        self.words(Span::new(at, run.end));
    }

    /// Text without template tags: bare URLs are split off.
    fn words(&mut self, span: Span) {
        let mut at = span.start;
        while let Some(&hint) = self.bare_url_hints.get(self.next_hint).filter(|&&hint| hint < span.end) {
            self.next_hint += 1;
            if hint < at {
                continue;
            }
            let Some(address) = inline::bare_url(self.text, Span::new(at, span.end), hint) else { continue };
            if at < address.start {
                self.push(InlineKind::Text, Span::new(at, address.start));
            }
            self.push(InlineKind::Other, address);
            if self.links.is_empty() {
                let dest = self.text[address.range()].to_owned();
                let text = Span::empty(address.start);
                self.body.links.push(Link { span: address, text, dest, image: false, auto: true });
            }
            at = address.end;
        }
        if at < span.end {
            self.push(InlineKind::Text, Span::new(at, span.end));
        }
    }

    /// An inline span that isn't text.
    fn inline(&mut self, kind: InlineKind, span: Span) {
        self.flush();
        if self.images > 0 {
            return self.extend_text(span.end);
        }
        self.push(kind, span);
    }

    /// A block doesn't start with a break: what came before is hidden.
    fn line_break(&mut self, span: Span) {
        self.flush();
        if self.block.as_ref().is_some_and(|block| block.first_inline < self.body.inlines.len()) {
            self.inline(InlineKind::Break, self.line_end(span));
        }
    }

    fn push(&mut self, kind: InlineKind, span: Span) {
        self.extend_text(span.end);
        if self.block.is_none() {
            let kind = if self.in_item() { BlockKind::ListItem } else { BlockKind::Paragraph };
            self.block = Some(Open { kind, span: None, first_inline: self.body.inlines.len() });
        }
        self.body.inlines.push(InlineSpan { kind, span, in_link: !self.links.is_empty() });
    }

    /// The line ending in a break event, which may include spaces or a backslash before it.
    fn line_end(&self, span: Span) -> Span {
        let bytes = &self.text.as_bytes()[span.range()];
        match memchr::memchr2(b'\n', b'\r', bytes) {
            Some(at) => {
                let len = if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
                Span::new(span.start + at, span.start + at + len)
            }
            None => span,
        }
    }

    fn trimmed(&self, span: Span) -> Span {
        let bytes = &self.text.as_bytes()[span.range()];
        let blanks = bytes.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r' | b' ' | b'\t')).count();
        Span::new(span.start, span.end - blanks)
    }
}
