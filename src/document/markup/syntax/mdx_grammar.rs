//! Wrapper around `markdown` for MDX: whether a page can be compiled, and what it evaluates.

use crate::document::markup::syntax::indentation::Untabbed;
use crate::document::markup::syntax::mdx_rewriting::{equals_signs_before_values, without_relaxed};
use crate::source::Span;
use markdown::mdast::{AttributeContent, AttributeValue, Node};
use markdown::message::{Message, Place};
use markdown::unist::Position;
use markdown::{Constructs, MdxSignal, ParseOptions};
use std::borrow::Cow;

/// What MDX makes of a body.
#[derive(Debug, Default)]
pub(crate) struct MdxContent {
    /// The first error; the compiler stops there.
    pub(crate) error: Option<MdxError>,
    /// Expressions in braces, without the braces.
    pub(crate) expressions: Vec<MdxExpression>,
    /// Components, with the names of their tags.
    pub(crate) components: Vec<(Span, String)>,
    /// `import` and `export` statements.
    pub(crate) statements: Vec<Span>,
    /// `style="…"` of HTML elements.
    pub(crate) styles: Vec<Span>,
}

impl MdxContent {
    fn for_each_span(&mut self, change: impl FnMut(&mut Span)) {
        let error = self.error.iter_mut().map(|error| &mut error.span);
        let expressions = self.expressions.iter_mut().map(|expression| &mut expression.span);
        let components = self.components.iter_mut().map(|(span, _)| span);
        let others = self.statements.iter_mut().chain(&mut self.styles);
        error.chain(expressions).chain(components).chain(others).for_each(change);
    }
}

/// An expression in braces.
#[derive(Debug)]
pub(crate) struct MdxExpression {
    pub(crate) span: Span,
    /// In an attribute, where objects may be.
    pub(crate) in_attribute: bool,
}

/// A syntax error.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MdxError {
    pub(crate) span: Span,
    pub(crate) kind: MdxErrorKind,
}

/// The kinds of syntax errors, by what the writer wanted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum MdxErrorKind {
    /// An HTML comment.
    Comment,
    /// `<` that is text.
    LessThan,
    /// `<https://…>`
    Autolink,
    /// A tag that isn't closed where it has to be.
    NeverClosed(String),
    /// A closing tag that closes nothing.
    StrayClosing(String),
    /// An expression that isn't closed.
    OpenBrace,
    /// An attribute that JSX doesn't allow.
    Attribute,
    /// Anything else, in the parser's words.
    Other(String),
}

/// Parses the MDX in `area`. With `relaxed`, HTML comments and `{#id}` after headings are allowed, as Docusaurus does.
pub(crate) fn parse(text: &str, area: Span, relaxed: bool) -> MdxContent {
    let body = &text[area.range()];
    let rewritten = if relaxed { Cow::Owned(without_relaxed(body)) } else { Cow::Borrowed(body) };
    let untabbed = Untabbed::new(equals_signs_before_values(rewritten));
    let body = &*untabbed.text;
    let options = ParseOptions {
        constructs: constructs(),
        mdx_esm_parse: Some(Box::new(statement_signal)),
        mdx_expression_parse: Some(Box::new(|expression, _| expression_signal(expression))),
        ..ParseOptions::mdx()
    };
    let mut content = MdxContent::default();
    match markdown::to_mdast(body, &options) {
        Ok(root) => collect(&root, body, &mut content),
        // A statement that seems unclosed: more JavaScript than is read here.
        Err(message) if message.source.as_str() == SOURCE => {}
        Err(message) => content.error = Some(describe(body, &message)),
    }
    content.for_each_span(|span| *span = untabbed.original(*span).shift(area.start));
    content
}

/// The source of messages about statements.
const SOURCE: &str = "matterlint";

/// Whether a statement ends here, or goes on after a blank line because a bracket is open.
fn statement_signal(statement: &str) -> MdxSignal {
    let depth: isize = statement
        .bytes()
        .map(|byte| match byte {
            b'{' | b'(' | b'[' => 1,
            b'}' | b')' | b']' => -1,
            _ => 0,
        })
        .sum();
    let is_open = depth > 0 || statement.matches('`').count() % 2 == 1;
    if is_open {
        MdxSignal::Eof("unclosed statement".to_owned(), Box::new(SOURCE.to_owned()), Box::new("open".to_owned()))
    } else {
        MdxSignal::Ok
    }
}

/// Whether an expression ends here: its braces are closed, and no template literal is open.
fn expression_signal(expression: &str) -> MdxSignal {
    let mut depth = 0_isize;
    let mut in_template = false;
    for byte in expression.bytes() {
        match byte {
            b'`' => in_template = !in_template,
            b'{' if !in_template => depth += 1,
            b'}' if !in_template => depth -= 1,
            _ => {}
        }
    }
    if depth > 0 || in_template {
        let (source, rule) = (Box::new("markdown-rs".to_owned()), Box::new("unexpected-eof".to_owned()));
        MdxSignal::Eof(
            "Unexpected end of file in expression, expected a corresponding closing brace".to_owned(),
            source,
            rule,
        )
    } else {
        MdxSignal::Ok
    }
}

fn constructs() -> Constructs {
    Constructs {
        gfm_autolink_literal: true,
        gfm_footnote_definition: true,
        gfm_label_start_footnote: true,
        gfm_strikethrough: true,
        gfm_table: true,
        gfm_task_list_item: true,
        ..Constructs::mdx()
    }
}

fn span_of(position: &Position) -> Span {
    Span::new(position.start.offset, position.end.offset)
}

fn collect(node: &Node, body: &str, content: &mut MdxContent) {
    let (attributes, name, position) = match node {
        Node::MdxTextExpression(expression) => {
            content.expressions.extend(expression.position.as_ref().map(braces));
            return;
        }
        Node::MdxFlowExpression(expression) => {
            content.expressions.extend(expression.position.as_ref().map(braces));
            return;
        }
        Node::MdxjsEsm(statement) => {
            content.statements.extend(statement.position.as_ref().map(span_of));
            return;
        }
        Node::MdxJsxFlowElement(element) => (&element.attributes, &element.name, &element.position),
        Node::MdxJsxTextElement(element) => (&element.attributes, &element.name, &element.position),
        _ => return children(node, body, content),
    };
    if let (Some(name), Some(position)) = (name, position)
        && name.starts_with(|c: char| c.is_ascii_uppercase()) | name.contains('.')
    {
        let start = position.start.offset + 1;
        content.components.push((Span::new(start, start + name.len()), name.clone()));
    }
    let is_html = name.as_ref().is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
    let has_style = attributes.iter().any(|attribute| match attribute {
        AttributeContent::Property(property) => {
            property.name == "style" && matches!(property.value, Some(AttributeValue::Literal(_)))
        }
        AttributeContent::Expression(_) => false,
    });
    if is_html
        && has_style
        && let Some(start) = position.as_ref().map(|position| position.start.offset)
    {
        let at = body[start..].find("style").map_or(start, |at| start + at);
        content.styles.push(Span::new(at, at + "style".len()));
    }
    for attribute in attributes {
        let (value, stops) = match attribute {
            AttributeContent::Property(property) => match &property.value {
                Some(AttributeValue::Expression(expression)) => (&expression.value, &expression.stops),
                _ => continue,
            },
            // `{...props}` is no expression.
            AttributeContent::Expression(_) => continue,
        };
        if let Some(&(relative, absolute)) = stops.first() {
            let span = Span::new(absolute - relative, absolute - relative + value.len());
            // Over several lines, indentation is stripped.
            if body.get(span.range()) == Some(value.as_str()) {
                content.expressions.push(MdxExpression { span, in_attribute: true });
            }
        }
    }
    children(node, body, content);
}

fn children(node: &Node, body: &str, content: &mut MdxContent) {
    for child in node.children().into_iter().flatten() {
        collect(child, body, content);
    }
}

fn braces(position: &Position) -> MdxExpression {
    let span = span_of(position);
    MdxExpression { span: Span::new(span.start + 1, span.end - 1), in_attribute: false }
}

fn describe(body: &str, message: &Message) -> MdxError {
    let at = match message.place.as_deref() {
        Some(Place::Position(position)) => position.start.offset,
        Some(Place::Point(point)) => point.offset,
        None => 0,
    };
    let at = body.floor_char_boundary(at);
    let reason = message.reason.as_str();
    if message.rule_id.as_str() == "end-tag-mismatch" {
        return mismatch(body, reason, at);
    }
    let line_start = body[..at].rfind('\n').map_or(0, |end| end + 1);
    if message.rule_id.as_str() == "unexpected-eof" && reason.contains("in expression") {
        let open = open_brace(&body[..at]);
        return MdxError { span: Span::new(open, line_end(body, open).min(open + 40)), kind: MdxErrorKind::OpenBrace }
            .on_boundaries(body);
    }
    let tag = body[..at].rfind('<').unwrap_or(line_start);
    let after = &body[tag..];
    let kind = if after.starts_with("<!--") || reason.contains("to create a comment") {
        MdxErrorKind::Comment
    } else if reason.contains("before name") || reason.contains("in name") && !body[at..].starts_with(['@', ':']) {
        if reason.contains("closing slash") { MdxErrorKind::Other(reason.to_owned()) } else { MdxErrorKind::LessThan }
    } else if reason.contains("to create a link") || reason.contains("local name") {
        MdxErrorKind::Autolink
    } else if reason.contains("attribute") {
        MdxErrorKind::Attribute
    } else if reason.contains("closing slash") {
        MdxErrorKind::StrayClosing(tag_name(after))
    } else if reason.contains("name") || reason.contains("self-closing slash") {
        MdxErrorKind::LessThan
    } else {
        MdxErrorKind::Other(reason.to_owned())
    };
    let stop =
        after.find(['>', '\r', '\n']).map_or(body.len(), |len| tag + len + usize::from(after[len..].starts_with('>')));
    MdxError { span: Span::new(tag, stop.min(tag + 60).max((at + 1).min(stop))), kind }.on_boundaries(body)
}

/// The tag that isn't closed, from the line and column in the message, or the closing tag that closes nothing.
fn mismatch(body: &str, reason: &str, at: usize) -> MdxError {
    let name = reason.split('`').nth(1).unwrap_or_default().trim_matches(['<', '>', '/']).to_owned();
    if reason.starts_with("Expected a closing tag") {
        let place = reason.split('(').nth(1).and_then(|rest| rest.split(')').next());
        let place = place.and_then(|place| place.split_once(':'));
        let start = place.and_then(|(line, column)| offset(body, line.parse().ok()?, column.parse().ok()?));
        let start = start.unwrap_or(at);
        let end = body[start..].find('>').map_or(body.len(), |len| start + len + 1);
        return MdxError { span: Span::new(start, end), kind: MdxErrorKind::NeverClosed(name) }.on_boundaries(body);
    }
    let end = body[at..].find('>').map_or(body.len(), |len| at + len + 1);
    MdxError { span: Span::new(at, end), kind: MdxErrorKind::StrayClosing(name) }.on_boundaries(body)
}

impl MdxError {
    fn on_boundaries(mut self, body: &str) -> Self {
        let start = body.floor_char_boundary(self.span.start);
        self.span = Span::new(start, body.floor_char_boundary(self.span.end).max(start));
        self
    }
}

/// The byte at a line and column, both from 1; columns count bytes.
fn offset(body: &str, line: usize, column: usize) -> Option<usize> {
    let start = if line == 1 { 0 } else { memchr::memchr_iter(b'\n', body.as_bytes()).nth(line - 2)? + 1 };
    Some((start + column - 1).min(body.len()))
}

/// The last `{` that nothing closes.
fn open_brace(before: &str) -> usize {
    let mut depth = 0_usize;
    let braces = before.bytes().enumerate().rev().filter(|(_, byte)| matches!(byte, b'{' | b'}'));
    for (at, byte) in braces {
        match (byte, depth) {
            (b'{', 0) => return at,
            (b'{', _) => depth -= 1,
            _ => depth += 1,
        }
    }
    0
}

fn line_end(body: &str, at: usize) -> usize {
    body[at..].find(['\r', '\n']).map_or(body.len(), |len| at + len)
}

fn tag_name(tag: &str) -> String {
    let rest = tag.trim_start_matches(['<', '/']);
    rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str, relaxed: bool) -> Option<(String, MdxErrorKind)> {
        let content = parse(text, Span::new(0, text.len()), relaxed);
        content.error.map(|error| (text[error.span.range()].to_owned(), error.kind))
    }

    #[test]
    fn errors_are_named_at_their_place() {
        use MdxErrorKind::{Autolink, Comment, LessThan, NeverClosed, OpenBrace, StrayClosing};
        for (text, marked, kind) in [
            ("a <!-- b --> c", "<!-- b -->", Comment),
            ("takes <5ms here", "<5ms here", LessThan),
            ("see <https://a.example> now", "<https://a.example>", Autolink),
            ("one<br>two", "<br>", NeverClosed("br".into())),
            ("one\n\n**two</b>**", "</b>", StrayClosing("b".into())),
            ("a { b", "{ b", OpenBrace),
        ] {
            assert_eq!(error(text, false), Some((marked.to_owned(), kind)), "{text}");
        }
        assert_eq!(error("<!-- b -->\n\n## C {#c}\n", true), None);
        assert_eq!(error("`{` and `<` \\{ &lt;\n\n```\n{ <\n```\n", false), None);
    }

    #[test]
    fn a_tab_may_indent_a_list_below_a_tag() {
        let text = "<A>\n    \t<B>\n    \t1. c {d}\n    \t</B>\n</A>\n";
        let content = parse(text, Span::new(0, text.len()), false);
        assert_eq!(content.error, None);
        assert_eq!(&text[content.expressions[0].span.range()], "d");
        assert_eq!(error("\t<B>\n", false), Some(("<B>".to_owned(), MdxErrorKind::NeverClosed("B".into()))));
    }

    #[test]
    fn whitespace_around_an_equals_sign_is_allowed() {
        let text = "<A b = \"c\" d =\n{e}>\n```\nf\n```\n</A>\n";
        let content = parse(text, Span::new(0, text.len()), false);
        assert_eq!(content.error, None);
        assert_eq!(&text[content.expressions[0].span.range()], "e");
        assert_eq!(&text[content.components[0].0.range()], "A");
    }

    #[test]
    fn expressions_and_components_have_their_places() {
        let text = "import A from 'a'\n\nsay {name} <A b={c} />\n\n{d}\n";
        let content = parse(text, Span::new(0, text.len()), false);
        let seen: Vec<&str> = content.expressions.iter().map(|expression| &text[expression.span.range()]).collect();
        assert_eq!(seen, ["name", "c", "d"]);
        assert_eq!(content.components.iter().map(|(span, _)| &text[span.range()]).collect::<Vec<_>>(), ["A"]);
        assert_eq!(&text[content.statements[0].range()], "import A from 'a'");
    }
}
