//! What a page refers to: links and images, template tags, HTML, fields of the front matter that name files.

use crate::data::node::Value;
use crate::document::Document;
use crate::document::body::{DirectiveKind, InlineKind, Link};
use crate::source::Span;
use crate::url::has_scheme;

/// How a reference is written, which decides where its target is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ReferenceKind {
    /// The destination of a link, of a definition, or of an attribute in HTML.
    Link,
    /// The destination of an image.
    Image,
    /// A link that gets its destination from a definition: it can be followed, but there is nothing to edit.
    Label,
    /// A field of the front matter that may name a file.
    Field,
    /// The field `layout`.
    Layout,
    /// `{% include file %}`
    Include,
    /// `{% include_relative file %}`
    IncludeRelative,
    /// `{% link file %}`
    SourceFile,
    /// `{% post_url name %}`
    Post,
    /// `[[page]]`
    Wiki,
}

/// A reference to a file or a part of one.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) kind: ReferenceKind,
    /// Where the destination is written, or what refers to it.
    pub(crate) span: Span,
    /// The destination, escapes resolved.
    pub(crate) dest: String,
}

/// The references of a page, in no particular order. Those to other sites are left out.
pub(crate) fn of_page(doc: &Document, has_wiki_links: bool) -> Vec<Reference> {
    let mut found = Vec::new();
    for link in doc.body.links.iter().filter(|link| !link.auto) {
        let kind = if link.image { ReferenceKind::Image } else { ReferenceKind::Link };
        found.push(match destination(doc, link) {
            Some(span) => Reference { kind, span, dest: link.dest.clone() },
            None => Reference { kind: ReferenceKind::Label, span: link.span, dest: link.dest.clone() },
        });
    }
    for definition in &doc.body.definitions {
        let text = doc.slice(definition.span);
        let Some(colon) = text.find("]:") else { continue };
        let Some(span) = written(text, colon + 2) else { continue };
        let span = span.shift(definition.span.start);
        found.push(Reference { kind: ReferenceKind::Link, span, dest: doc.slice(span).to_owned() });
    }
    html(doc, &mut found);
    tags(doc, &mut found);
    fields(doc, &mut found);
    if has_wiki_links {
        wiki_links(doc, &mut found);
    }
    let is_local =
        |dest: &str| !dest.is_empty() && !has_scheme(dest) && !dest.starts_with("//") && !dest.contains(['{', '\n']);
    found.retain(|reference| is_local(&reference.dest));
    found
}

/// Where the destination of a link is written in it.
fn destination(doc: &Document, link: &Link) -> Option<Span> {
    let rest = Span::new(link.text.end, link.span.end);
    let text = doc.slice(rest);
    let open = text.find("](")?;
    // Between the text and the bracket there is nothing but markup.
    (!text[..open].contains(['[', '\n'])).then_some(())?;
    written(text, open + 2).map(|span| span.shift(rest.start))
}

/// The destination that starts at byte `at` of `text`, without angle brackets.
fn written(text: &str, at: usize) -> Option<Span> {
    let start = at + text[at..].len() - text[at..].trim_start().len();
    if text[start..].starts_with('<') {
        let end = text[start..].find('>')?;
        return Some(Span::new(start + 1, start + end));
    }
    let mut depth = 0;
    let mut is_escaped = false;
    for (offset, c) in text[start..].char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(Span::new(start, start + offset)),
            ')' => depth -= 1,
            c if c.is_whitespace() => return Some(Span::new(start, start + offset)),
            _ => {}
        }
    }
    Some(Span::new(start, text.len()))
}

/// The attributes `src` and `href` of HTML.
fn html(doc: &Document, found: &mut Vec<Reference>) {
    let inline = doc.body.inlines.iter().filter(|inline| inline.kind == InlineKind::Html).map(|inline| inline.span);
    for area in doc.body.html.iter().copied().chain(inline) {
        if doc.body.comments.iter().any(|comment| comment.contains_span(area)) {
            continue;
        }
        let text = doc.slice(area);
        for (name, kind) in [(" src=", ReferenceKind::Image), (" href=", ReferenceKind::Link)] {
            for (at, _) in text.match_indices(name) {
                let start = at + name.len();
                let Some(quote) = text[start..].chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
                let Some(len) = text[start + 1..].find([quote, '\n']) else { continue };
                let span = Span::new(start + 1, start + 1 + len).shift(area.start);
                found.push(Reference { kind, span, dest: doc.slice(span).to_owned() });
            }
        }
    }
}

/// Template tags and shortcodes that name a file.
fn tags(doc: &Document, found: &mut Vec<Reference>) {
    let is_tag = |kind| matches!(kind, DirectiveKind::Tag | DirectiveKind::Output | DirectiveKind::Shortcode);
    for directive in doc.body.directives.iter().filter(|directive| is_tag(directive.kind)) {
        let text = doc.slice(directive.span);
        let inside = text.trim_start_matches(['{', '%', '<', '-', ' ']);
        let start = text.len() - inside.len();
        let name = inside.split(char::is_whitespace).next().unwrap_or_default();
        let kind = match name {
            "include" | "render" => ReferenceKind::Include,
            "include_relative" => ReferenceKind::IncludeRelative,
            "link" => ReferenceKind::SourceFile,
            "post_url" => ReferenceKind::Post,
            "ref" | "relref" => ReferenceKind::Link,
            _ => continue,
        };
        let rest = &inside[name.len()..];
        let start = start + name.len() + rest.len() - rest.trim_start().len();
        let Some(word) = text[start..].split(|c: char| c.is_whitespace() || matches!(c, '%' | '}' | '>' | ',')).next()
        else {
            continue;
        };
        let quotes = usize::from(word.starts_with(['"', '\'']));
        let Some(dest) = word.get(quotes..word.len() - quotes.min(word.len())) else { continue };
        let start = directive.span.start + start + quotes;
        found.push(Reference { kind, span: Span::new(start, start + dest.len()), dest: dest.to_owned() });
    }
}

/// Values of the front matter that may be paths.
fn fields(doc: &Document, found: &mut Vec<Reference>) {
    let Some(front) = &doc.front_matter else { return };
    if let Some(layout) = front.get("layout")
        && let Some(text) = layout.text()
    {
        found.push(Reference { kind: ReferenceKind::Layout, span: inner(doc, layout), dest: text.trim().to_owned() });
    }
    for value in front.tree.values().filter(|value| !value.is_alias()) {
        let Some(text) = value.text().map(str::trim) else { continue };
        let name = text.rsplit('/').next().unwrap_or(text);
        let has_ending = name.rsplit_once('.').is_some_and(|(stem, end)| {
            !stem.is_empty() && (2..=8).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if has_ending && text.len() < 300 {
            found.push(Reference { kind: ReferenceKind::Field, span: inner(doc, value), dest: text.to_owned() });
        }
    }
}

/// The span of a scalar without its quotes.
fn inner(doc: &Document, value: Value<'_>) -> Span {
    let span = value.span();
    let raw = doc.slice(span);
    let is_quoted = raw.len() >= 2 && raw.starts_with(['"', '\'']);
    if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// `[[page#heading|text]]`, `![[image.png]]`
fn wiki_links(doc: &Document, found: &mut Vec<Reference>) {
    let area = doc.body.span;
    let text = doc.slice(area);
    for (at, _) in text.match_indices("[[") {
        let start = area.start + at + 2;
        let rest = &text[at + 2..];
        let Some(end) = rest.find("]]").filter(|end| *end < 300 && !rest[..*end].contains(['\n', '['])) else {
            continue;
        };
        if !doc.body.is_prose(start) {
            continue;
        }
        let dest = rest[..end].split('|').next().unwrap_or_default();
        found.push(Reference {
            kind: ReferenceKind::Wiki,
            span: Span::new(start, start + dest.len()),
            dest: dest.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn seen(text: &str) -> Vec<String> {
        let source = Source::new("a.md", text.into());
        let doc = Document::parse(&source);
        let mut all = of_page(&doc, true);
        all.sort_by_key(|reference| reference.span);
        all.iter().map(|one| format!("{:?} {} {}", one.kind, source.slice(one.span), one.dest)).collect()
    }

    #[test]
    fn each_way_to_name_a_file_is_known() {
        for (text, expected) in [
            ("[a](b.md)\n", &["Link b.md b.md"][..]),
            ("[a `x` *y*](<b c.md> \"t\")\n", &["Link b c.md b c.md"]),
            ("![a](b(1).png)\n", &["Image b(1).png b(1).png"]),
            (
                "[a](b.md#c 'x') and [x][r]\n\n[r]: c.md\n",
                &["Link b.md#c b.md#c", "Label [x][r] c.md", "Link c.md c.md"],
            ),
            ("<https://a.b> [a](https://a.b) [a](//a.b) [a](mailto:x@y.z)\n", &[]),
            ("<img src=\"a.png\"> <a href='b.md'>x</a>\n", &["Image a.png a.png", "Link b.md b.md"]),
            (
                "{% include a.html x=1 %} {% link _posts/a.md %}\n",
                &["Include a.html a.html", "SourceFile _posts/a.md _posts/a.md"],
            ),
            (
                "{% post_url 2024-01-01-a %} {{< ref \"b.md\" >}}\n",
                &["Post 2024-01-01-a 2024-01-01-a", "Link b.md b.md"],
            ),
            ("---\nlayout: post\nimage: 'a/b.png'\nversion: v1\n---\n", &["Layout post post", "Field a/b.png a/b.png"]),
            ("See [[Page one#Part|text]] and `[[x]]`.\n", &["Wiki Page one#Part Page one#Part"]),
            ("`[a](b.md)`\n\n```\n[a](b.md)\n```\n", &[]),
        ] {
            assert_eq!(seen(text), expected, "{text}");
        }
    }
}
