//! Extensions of Markdown that the generator shows as text.

use crate::checks::build::code_regions::code_at;
use crate::checks::build::unsupported_marks as marks;
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::{BlockKind, DirectiveKind, InlineKind};
use crate::generator::markdown::MarkdownEngine;
use crate::generator::markup::MarkdownExtension;
use crate::source::Span;
use memchr::memmem;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnsupportedMarkup {}

impl Check for UnsupportedMarkup {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let profile = cx.profile;
        for (&extension, unsupported) in &profile.markup.unsupported {
            let places = places(cx, extension);
            let Some((&first, others)) = places.split_first() else { continue };
            let files = cx.site.build_files();
            let by_file = || unsupported.enabled_by_files.iter().any(|path| cx.site.has_entry(path.as_ref()));
            if unsupported.enabled_by.iter().any(|word| files.config_has(word)) || by_file() {
                continue;
            }
            let name = name_of(extension);
            let message = format!("{} does not support {name}: it shows {}", profile.name, unsupported.shown);
            let finding = found.at(first, message);
            finding.help(unsupported.help.clone());
            for &other in others {
                finding.also_at(other);
            }
        }
    }
}

fn name_of(extension: MarkdownExtension) -> &'static str {
    match extension {
        MarkdownExtension::Shortcodes => "Hugo shortcodes",
        MarkdownExtension::LiquidTags => "Liquid tags",
        MarkdownExtension::Directives => "`:::` containers",
        MarkdownExtension::Admonitions => "`!!!` admonitions",
        MarkdownExtension::Alerts => "`[!NOTE]` alerts",
        MarkdownExtension::AttributeLists => "attribute lists",
        MarkdownExtension::Footnotes => "footnotes",
        MarkdownExtension::Strikethrough => "strikethrough",
        MarkdownExtension::TaskLists => "task lists",
        MarkdownExtension::ListsInParagraphs => "lists without a blank line before them",
        MarkdownExtension::NarrowNesting => "nesting by two or three spaces",
        MarkdownExtension::WikiLinks => "wiki links",
        MarkdownExtension::Highlights => "highlighted text",
        MarkdownExtension::EmojiCodes => "emoji codes",
        MarkdownExtension::ContentsMarks => "marks for a table of contents",
    }
}

fn places(cx: &Context, extension: MarkdownExtension) -> Vec<Span> {
    let text = cx.doc.source.text();
    let marks = |kind: DirectiveKind, starts: &[&str]| -> Vec<Span> {
        let marks = cx.doc.body.directives.iter().filter(|mark| mark.kind == kind).map(|mark| mark.span);
        let is_wanted = |span: &Span| starts.iter().any(|start| text[span.range()].starts_with(start));
        marks.filter(|span| is_wanted(span) && code_at(&cx.doc.body, span.start).is_none()).collect()
    };
    match extension {
        MarkdownExtension::Shortcodes => marks(DirectiveKind::Shortcode, &["{{<", "{{%"]),
        MarkdownExtension::LiquidTags => marks(DirectiveKind::Tag, &["{%"]),
        MarkdownExtension::Directives => {
            // `    :::python` names the language of an indented block in Python-Markdown.
            let is_language = |span: &Span| {
                cx.profile.markdown == MarkdownEngine::PythonMarkdown && text[..span.start].ends_with("    ")
            };
            let is_opening = |span: &Span| {
                !is_language(span)
                    && text[span.range()].trim_start_matches(':').trim().starts_with(|c: char| c.is_alphabetic())
            };
            marks(DirectiveKind::Admonition, &[":::"]).into_iter().filter(is_opening).collect()
        }
        MarkdownExtension::Admonitions => marks(DirectiveKind::Admonition, &["!!!", "???"]),
        MarkdownExtension::AttributeLists => {
            let names = |span: &Span| {
                text[span.start + 2..].starts_with(|c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '#'))
                    && !text[span.range()].starts_with("{..")
            };
            let is_list =
                |span: &Span| names(span) && text[..span.start].ends_with([' ', '\n', '\t', ')', '*', '_', '`', '|']);
            marks(DirectiveKind::Attribute, &["{:", "{#", "{."]).into_iter().filter(is_list).collect()
        }
        MarkdownExtension::Alerts => alerts(cx),
        MarkdownExtension::Footnotes => inlines(cx, &["[^"]),
        MarkdownExtension::TaskLists => inlines(cx, &["[ ]", "[x]", "[X]"]),
        MarkdownExtension::Strikethrough => deletions(cx),
        MarkdownExtension::ListsInParagraphs => lists_in_paragraphs(cx),
        MarkdownExtension::NarrowNesting => narrow_nesting(cx),
        MarkdownExtension::WikiLinks => marks::wiki_links(cx),
        MarkdownExtension::Highlights => marks::highlights(cx),
        MarkdownExtension::EmojiCodes => marks::emoji_codes(cx),
        MarkdownExtension::ContentsMarks => marks::contents_marks(cx),
    }
}

fn inlines(cx: &Context, starts: &[&str]) -> Vec<Span> {
    let others = cx.doc.body.inlines.iter().filter(|inline| inline.kind == InlineKind::Other);
    let spans = others.map(|inline| inline.span);
    spans.filter(|span| starts.iter().any(|start| cx.doc.slice(*span).starts_with(start))).collect()
}

/// `> [!NOTE]`
fn alerts(cx: &Context) -> Vec<Span> {
    let (text, area) = (cx.doc.source.text(), cx.doc.body.span);
    let body = &text[area.range()];
    let found = memmem::find_iter(body.as_bytes(), "[!").filter_map(|at| {
        let at = area.start + at;
        let before = text[..at].trim_end_matches([' ', '\t', '>']);
        let is_quoted = (before.is_empty() || before.ends_with('\n')) && text[before.len()..at].contains('>');
        let rest = &text[at + 2..];
        let len = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let is_alert = len > 2;
        let span = Span::new(at, at + 2 + len + 1);
        (is_quoted && is_alert && rest[len..].starts_with(']') && code_at(&cx.doc.body, at).is_none()).then_some(span)
    });
    found.collect()
}

/// `~~deleted~~`
fn deletions(cx: &Context) -> Vec<Span> {
    let (text, area) = (cx.doc.source.text(), cx.doc.body.span);
    let mut places = Vec::new();
    let mut at = area.start;
    while let Some(next) = memmem::find(&text.as_bytes()[at..area.end], b"~~") {
        let start = at + next;
        let inner = &text[start + 2..area.end];
        let end = inner.find("~~").map(|len| start + 2 + len + 2);
        let is_pair = end.is_some_and(|end| {
            let inner = &text[start + 2..end - 2];
            !inner.is_empty() && !inner.contains(['\n', '~']) && !inner.starts_with(' ') && !inner.ends_with(' ')
        });
        match end.filter(|_| is_pair && code_at(&cx.doc.body, start).is_none() && !text[..start].ends_with(['~', '\\']))
        {
            Some(end) => {
                places.push(Span::new(start, end));
                at = end;
            }
            None => at = start + 2,
        }
    }
    places
}

/// The first line of each list that directly follows a paragraph.
fn lists_in_paragraphs(cx: &Context) -> Vec<Span> {
    let text = cx.doc.source.text();
    let paragraphs = cx
        .doc
        .body
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph && !block.in_item && !block.in_quote);
    let starts = paragraphs.filter_map(|block| {
        let rest = &text[block.span.end..];
        let line = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
        let at = text.len() - line.len();
        // One line may begin with a dash of its sentence, or with the `+` of a formula.
        let items = line.lines().take_while(|line| !line.trim().is_empty()).filter(|line| is_item(line));
        (is_item(line) && !line.starts_with('+') && items.count() > 1)
            .then(|| Span::new(at, at + line.lines().next().unwrap_or_default().len()))
    });
    starts.collect()
}

/// Items indented by two or three spaces below an item that isn't indented.
fn narrow_nesting(cx: &Context) -> Vec<Span> {
    let (text, body) = (cx.doc.source.text(), &cx.doc.body);
    let mut places = Vec::new();
    let mut last_parent = None;
    for block in body.blocks.iter().filter(|block| block.in_item && !block.in_quote) {
        let start = text[..block.span.start].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !is_item(line.trim_start_matches(' ')) {
            continue;
        }
        match indent {
            0 => last_parent = Some(start + line.len()),
            2 | 3
                if last_parent.is_some_and(|end| text[end..start].trim().is_empty() && text[end..start].len() <= 2) =>
            {
                places.push(Span::new(start + indent, start + line.len()));
            }
            _ => {}
        }
    }
    places
}

/// Whether a line is an item of a list.
fn is_item(line: &str) -> bool {
    let bullet = line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ");
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    bullet || (1..4).contains(&digits) && line[digits..].starts_with(". ")
}
