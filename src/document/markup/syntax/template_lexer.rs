//! The tokens of a template language, as the template engine reads them: before Markdown, so that code is no exception.

use crate::generator::markup::TemplateLanguage;
use crate::source::Span;
use memchr::memmem;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TokenKind {
    /// `{{ … }}`
    Output,
    /// `{% … %}`
    Tag,
    /// `{# … #}`
    Comment,
    /// A delimiter that is never closed.
    Unclosed,
    /// The content of `{% raw %}`.
    Raw,
}

/// A token between text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    /// With its delimiters; of an unclosed one, the part on its first line that the engine parses.
    pub(crate) span: Span,
    /// The name of a tag; empty if it has none.
    pub(crate) name: Span,
    /// What follows the name of a tag, or is in an output, without spaces around it.
    pub(crate) arguments: Span,
}

/// The tags whose content isn't read. Nor is that of `highlight` in Eleventy, which its plugin for syntax highlighting
/// defines. Run with 2.0.1 and 3.1.8.
const RAW_TAGS: [&str; 2] = ["raw", "verbatim"];

/// The tokens in `area`.
pub(crate) fn tokens(text: &str, area: Span, language: TemplateLanguage) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = area.start;
    while let Some(next) = memchr::memchr(b'{', &bytes[at..area.end]) {
        let start = at + next;
        let token = match bytes[..area.end].get(start + 1) {
            Some(b'{') => output(text, Span::new(start, area.end), language),
            Some(b'%') => tag(text, Span::new(start, area.end)),
            Some(b'#') if language.has_comments() => comment(text, Span::new(start, area.end)),
            _ => {
                at = start + 1;
                continue;
            }
        };
        at = token.span.end;
        found.push(token);
        let name = &text[token.name.range()];
        let is_highlight = name == "highlight" && language == TemplateLanguage::LiquidJs;
        if token.kind == TokenKind::Tag && (RAW_TAGS.contains(&name) || is_highlight) {
            let rest = Span::new(at, area.end);
            // Nothing after a raw block without an end is read.
            let Some(end) = raw_end(text, rest, name, language) else {
                if is_highlight {
                    continue;
                }
                break;
            };
            at = end;
            let content = Span::new(rest.start, at);
            found.push(Token { kind: TokenKind::Raw, span: content, name: Span::empty(at), arguments: content });
        }
    }
    found
}

/// The output at the start of `area`. Ruby's Liquid ends it at the first `}`, and fails unless a second one follows.
fn output(text: &str, area: Span, language: TemplateLanguage) -> Token {
    let bytes = &text.as_bytes()[area.range()];
    let end = if language.respects_quotes() {
        end_outside_quotes(bytes)
    } else {
        memchr::memchr(b'}', bytes).filter(|&end| bytes.get(end + 1) == Some(&b'}')).map(|end| end + 2)
    };
    match end {
        Some(end) => inside(text, TokenKind::Output, Span::new(area.start, area.start + end)),
        None => unclosed(text, area),
    }
}

/// The end of `{{ … }}`, where `}}` in a quoted string doesn't count.
fn end_outside_quotes(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    let mut at = 2;
    while at < bytes.len() {
        match (bytes[at], quote) {
            (b'\\', Some(_)) => at += 1,
            (byte, Some(open)) if byte == open => quote = None,
            (_, Some(_)) => {}
            (byte @ (b'"' | b'\''), None) => quote = Some(byte),
            (b'}', None) if bytes.get(at + 1) == Some(&b'}') => return Some(at + 2),
            _ => {}
        }
        at += 1;
    }
    None
}

fn tag(text: &str, area: Span) -> Token {
    match memmem::find(&text.as_bytes()[area.start + 2..area.end], b"%}") {
        Some(len) => inside(text, TokenKind::Tag, Span::new(area.start, area.start + 2 + len + 2)),
        None => unclosed(text, area),
    }
}

fn comment(text: &str, area: Span) -> Token {
    match memmem::find(&text.as_bytes()[area.start + 2..area.end], b"#}") {
        Some(len) => inside(text, TokenKind::Comment, Span::new(area.start, area.start + 2 + len + 2)),
        None => unclosed(text, area),
    }
}

/// A delimiter that is never closed: to the end of its line, for the reader's eye.
fn unclosed(text: &str, area: Span) -> Token {
    let rest = &text.as_bytes()[area.range()];
    let line_end = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    let end = memchr::memchr2(b'`', b'}', &rest[..line_end]).unwrap_or(line_end);
    let span = Span::new(area.start, area.start + end.max(2));
    let trimmed = text[span.range()].trim_end().len().max(2);
    let span = Span::new(span.start, span.start + trimmed);
    Token { kind: TokenKind::Unclosed, span, name: Span::empty(span.start + 2), arguments: Span::empty(span.end) }
}

/// A token with its name and arguments.
fn inside(text: &str, kind: TokenKind, span: Span) -> Token {
    let whole = &text[span.start + 2..span.end - 2];
    let content = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let content = content.strip_suffix(['-', '+']).unwrap_or(content);
    let start = span.start + 2 + usize::from(whole.starts_with(['-', '+']) && whole.len() > content.len());
    let lead = content.len() - content.trim_start().len();
    let content = content.trim();
    let start = start + lead;
    let name_len = match kind {
        TokenKind::Tag => content.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count(),
        _ => 0,
    };
    let arguments = content[name_len..].trim_start();
    let end = start + content.len();
    Token { kind, span, name: Span::new(start, start + name_len), arguments: Span::new(end - arguments.len(), end) }
}

/// Where the `{% endraw %}` that closes a raw block starts. `{%- endraw %}` closes none in Liquid.
fn raw_end(text: &str, area: Span, name: &str, language: TemplateLanguage) -> Option<usize> {
    let bytes = &text.as_bytes()[area.range()];
    memmem::find_iter(bytes, b"{%").map(|at| area.start + at).find(|at| {
        let rest = &text[at + 2..area.end];
        let rest =
            if language == TemplateLanguage::Nunjucks { rest.trim_start_matches('-') } else { rest }.trim_start();
        let rest = rest.strip_prefix("end").and_then(|rest| rest.strip_prefix(name));
        rest.is_some_and(|rest| rest.trim_start().trim_start_matches('-').starts_with("%}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str, language: TemplateLanguage) -> Vec<(TokenKind, &str, &str)> {
        let tokens = tokens(text, Span::new(0, text.len()), language);
        let shown = tokens.into_iter().map(|token| {
            let inner = if token.kind == TokenKind::Tag { token.name } else { token.arguments };
            (token.kind, &text[token.span.range()], &text[inner.range()])
        });
        shown.collect()
    }

    #[test]
    fn delimiters_end_where_each_engine_ends_them() {
        use TemplateLanguage::{Liquid, LiquidJs, Nunjucks};
        assert_eq!(seen("a {{ b }} c", Liquid), [(TokenKind::Output, "{{ b }}", "b")]);
        assert_eq!(seen("{%- if a -%}", Liquid), [(TokenKind::Tag, "{%- if a -%}", "if")]);
        assert_eq!(seen("{{1, 2}, {3, 4}}", Liquid)[0].0, TokenKind::Unclosed);
        assert_eq!(seen("{{1, 2}, {3, 4}}", LiquidJs)[0].1, "{{1, 2}, {3, 4}}");
        assert_eq!(seen("{{ '}}' }}", LiquidJs), [(TokenKind::Output, "{{ '}}' }}", "'}}'")]);
        assert_eq!(seen("{# a #} {{ b", Nunjucks)[1], (TokenKind::Unclosed, "{{ b", ""));
        assert_eq!(seen("${#a[@]}", Liquid), []);
    }

    #[test]
    fn highlighted_code_is_raw_in_eleventy() {
        use TemplateLanguage::{Liquid, LiquidJs};
        let text = "{% highlight js %}{{ a }}{% endhighlight %}";
        assert_eq!(seen(text, LiquidJs)[1].0, TokenKind::Raw);
        assert_eq!(seen(text, Liquid)[1].0, TokenKind::Output);
        assert_eq!(seen("{% highlight js %}{{ a }}", LiquidJs)[1].0, TokenKind::Output);
    }

    #[test]
    fn raw_content_is_one_token() {
        let text = "{% raw %}{{ a }} {% if %}{% endraw -%} {{ b }}";
        let kinds: Vec<_> =
            seen(text, TemplateLanguage::Liquid).into_iter().map(|(kind, text, _)| (kind, text)).collect();
        assert_eq!(
            kinds,
            [
                (TokenKind::Tag, "{% raw %}"),
                (TokenKind::Raw, "{{ a }} {% if %}"),
                (TokenKind::Tag, "{% endraw -%}"),
                (TokenKind::Output, "{{ b }}")
            ]
        );
    }
}
