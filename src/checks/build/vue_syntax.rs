//! What Vue's compiler refuses in a page of `VitePress`: tags that aren't closed, and interpolations.

use crate::checks::build::code_regions::{code_at, code_block_at, is_within, wrap};
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::body::InlineKind;
use crate::document::markup::syntax::elements;
use crate::document::markup::syntax::html::{HtmlTag, tags};
use crate::document::markup::syntax::javascript::{self, Expression};
use crate::generator::markup::RawHtml;
use crate::source::Span;
use crate::text::pattern::MAX_LINE_BYTES;
use memchr::memmem;
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::HashSet;

/// Options: names that exist on every page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct VueSyntax {
    /// Variables.
    variables: Vec<String>,
}

impl Check for VueSyntax {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if cx.profile.markup.raw_html != RawHtml::Vue {
            return;
        }
        report_tags(cx, found);
        report_comments(cx, found);
        self.report_interpolations(cx, found);
    }
}

/// Inline tags must be closed in their paragraph, others in the HTML blocks of the page.
fn report_tags(cx: &Context, found: &mut Findings) {
    let (text, body) = (cx.doc.source.text(), &cx.doc.body);
    let mut open: Vec<HtmlTag> = Vec::new();
    for &block in &body.html {
        for tag in tags(text, block) {
            step(text, tag, &mut open, found);
        }
    }
    open.drain(..).for_each(|tag| report_open(text, &tag, found));
    for block in &body.blocks {
        let html = body.inlines_of(block).iter().filter(|inline| inline.kind == InlineKind::Html);
        for inline in html {
            for tag in tags(text, inline.span) {
                // `<a @click="…">` is no tag of CommonMark, but one of `VitePress`.
                let is_opened = || {
                    let before = &text[block.span.start..tag.span.start];
                    before.len() > MAX_LINE_BYTES || before.contains(&format!("<{} @", &text[tag.name.range()]))
                };
                if tag.closing && open.is_empty() && is_opened() {
                    continue;
                }
                step(text, tag, &mut open, found);
            }
        }
        open.drain(..).for_each(|tag| report_open(text, &tag, found));
    }
}

/// How many open tags a closing one is compared with.
const MAX_DEPTH: usize = 1_000;

fn step(text: &str, tag: HtmlTag, open: &mut Vec<HtmlTag>, found: &mut Findings) {
    let name = &text[tag.name.range()];
    if tag.self_closing || elements::is_void(name) {
        return;
    }
    if !tag.closing {
        report_attributes(text, &tag, found);
        return open.push(tag);
    }
    let near = open.len().saturating_sub(MAX_DEPTH);
    match open[near..].iter().rposition(|opened| text[opened.name.range()].eq_ignore_ascii_case(name)) {
        Some(at) => open.drain(near + at..).skip(1).for_each(|inner| report_open(text, &inner, found)),
        None if near > 0 => {}
        None => {
            found
                .at(tag.span, format!("`</{name}>` closes no open tag of its paragraph or block"))
                .help("VitePress stops with \"Invalid end tag\": remove it, or correct the opening tag");
        }
    }
}

/// A duplicate attribute, or an object in braces instead of quotes.
fn report_attributes(text: &str, tag: &HtmlTag, found: &mut Findings) {
    let inside = &text[tag.name.end..tag.span.end - 1];
    if inside.contains("={{") {
        found
            .at(tag.span, "attribute value in braces instead of quotes")
            .help("VitePress stops: bind it in Vue's way: `:style=\"{ color: 'red' }\"`");
        return;
    }
    let mut names: Vec<&str> = Vec::new();
    let mut quote = None;
    let mut start = None;
    for (at, c) in inside.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(c),
            (' ' | '\n' | '\t' | '=' | '/', None) => {
                let Some(name) = start.take().map(|start| &inside[start..at]) else { continue };
                if names.contains(&name) {
                    found
                        .at(tag.span, format!("attribute `{name}` appears twice"))
                        .help("VitePress stops with \"Duplicate attribute\": remove one");
                    return;
                }
                names.push(name);
            }
            _ if start.is_none() && (at == 0 || inside[..at].ends_with([' ', '\n', '\t'])) => start = Some(at),
            _ => {}
        }
    }
}

fn report_open(text: &str, tag: &HtmlTag, found: &mut Findings) {
    let name = &text[tag.name.range()];
    let finding = found.at(tag.span, format!("`<{name}>` is not closed in its paragraph or block"));
    if elements::is_known(name) || tag.has_attributes {
        finding.help(format!("VitePress stops with \"Element is missing end tag\": add `</{name}>`"));
        return;
    }
    finding.help(format!("VitePress stops with \"Element is missing end tag\": write `&lt;{name}&gt;` for text"));
    let edits = vec![
        Edit::replace(Span::new(tag.span.start, tag.span.start + 1), "&lt;"),
        Edit::replace(Span::new(tag.span.end - 1, tag.span.end), "&gt;"),
    ];
    finding.unsafe_fix("Escape the angle brackets", edits).fix_effect(FixEffect::Structure);
}

/// A comment without an end, and a second `<script setup>`.
fn report_comments(cx: &Context, found: &mut Findings) {
    let text = cx.doc.source.text();
    for &comment in &cx.doc.body.comments {
        if !text[comment.range()].ends_with("-->") {
            found
                .at(Span::new(comment.start, comment.start + 4), "comment without `-->`")
                .help("VitePress stops with \"Unexpected EOF in comment\": add `-->`");
        }
    }
    let line_of =
        |span: &Span| Span::new(span.start, span.start + text[span.range()].find(['\r', '\n']).unwrap_or(span.len()));
    let mut scripts = cx.doc.body.html.iter().filter(|span| text[span.range()].starts_with("<script setup"));
    let Some(first) = scripts.next() else { return };
    for second in scripts {
        found
            .at(line_of(second), "second `<script setup>`")
            .label(line_of(first), "first one")
            .help("VitePress stops: a page may have only one; merge them");
    }
}

impl VueSyntax {
    fn report_interpolations(&self, cx: &Context, found: &mut Findings) {
        let (text, body) = (cx.doc.source.text(), &cx.doc.body);
        let mut at = body.span.start;
        let page = OnceCell::new();
        while let Some(next) = memmem::find(&text.as_bytes()[at..body.span.end], b"{{") {
            let start = at + next;
            let page = page.get_or_init(|| VuePage::of(cx));
            if code_block_at(body, start).is_some() || page.is_untouched(text, start) {
                at = start + 2;
                continue;
            }
            let Some(len) = memmem::find(&text.as_bytes()[start + 2..body.span.end], b"}}") else {
                let end = text[start..].find(['\r', '\n']).map_or(text.len(), |len| start + len);
                let finding = found.at(Span::new(start, end.min(start + 2)), "`{{` without `}}`");
                finding.help(
                    "VitePress stops with \"Interpolation end sign was not found\": add `v-pre`, or write `&#123;`",
                );
                return;
            };
            let inside = Span::new(start + 2, start + 2 + len);
            at = inside.end + 2;
            self.report_expression(cx, page, inside, found);
        }
    }

    fn report_expression(&self, cx: &Context, page: &VuePage, inside: Span, found: &mut Findings) {
        let text = cx.doc.source.text();
        let written = &text[inside.range()];
        let whole = Span::new(inside.start - 2, inside.end + 2);
        let shown = fields::truncate(written);
        // Vue's templates have no JSX.
        let expression = match written.trim_start().chars().next() {
            Some('<' | '%') => Expression::Invalid(0),
            _ => javascript::parse(written),
        };
        let (message, consequence, stops) = match expression {
            Expression::Invalid(_) => (
                format!("`{{{{ {shown} }}}}` is not a JavaScript expression"),
                "VitePress stops with \"Error parsing JavaScript expression\"",
                true,
            ),
            Expression::Valid(variables) => {
                let is_unknown = |name: &str| {
                    !name.starts_with('$')
                        && !self.variables.iter().any(|known| known == name)
                        && !page.defines(cx, name)
                };
                let Some(variable) = variables.iter().find(|variable| is_unknown(&variable.name)) else { return };
                let consequence = if variable.accessed {
                    "VitePress stops with a TypeError"
                } else {
                    "VitePress renders nothing for it"
                };
                (format!("undefined variable `{}` in an interpolation", variable.name), consequence, variable.accessed)
            }
            Expression::Empty | Expression::Unknown => return,
        };
        let region = code_at(&cx.doc.body, whole.start).unwrap_or(whole);
        let finding = found.at(whole, message);
        finding.help(format!("{consequence}, in inline code too: wrap it in `<span v-pre>`"));
        if !stops {
            finding.warning();
        }
        if let Some(edits) = wrap(cx.doc, region, "<span v-pre>", "</span>") {
            finding.unsafe_fix("Wrap in `<span v-pre>`", edits).fix_effect(FixEffect::Structure);
        }
    }
}

/// What Vue leaves alone on a page, and what the page defines.
struct VuePage<'a> {
    /// Comments, scripts, and what `v-pre` excludes, in order and apart from each other.
    untouched: Vec<Span>,
    /// The words of its scripts.
    script_words: HashSet<&'a str>,
    /// Whether a loop or a slot may define names.
    has_scopes: bool,
}

impl<'a> VuePage<'a> {
    fn of(cx: &Context<'a>) -> Self {
        let (text, body) = (cx.doc.source.text(), &cx.doc.body);
        let own = cx.doc.slice(body.span);
        let is_script = |span: &&Span| {
            let html = &text[span.range()];
            html.starts_with("<script") || html.starts_with("<style")
        };
        let scripts = body.html.iter().filter(is_script).copied();
        let excluded = own.match_indices("v-pre").map(|(at, _)| excluded_by_v_pre(own, at).shift(body.span.start));
        let mut untouched: Vec<Span> = body.comments.iter().copied().chain(scripts).chain(excluded).collect();
        untouched.sort_unstable();
        untouched.dedup_by(|next, last| {
            let meets = next.start <= last.end;
            if meets {
                last.end = last.end.max(next.end);
            }
            meets
        });
        let scripts = own.split("<script").skip(1).filter_map(|rest| rest.split("</script").next());
        let words = scripts.flat_map(|script| script.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))));
        Self {
            untouched,
            script_words: words.collect(),
            has_scopes: ["v-for", "v-slot", "#default", "<template "].iter().any(|mark| own.contains(mark)),
        }
    }

    fn is_untouched(&self, text: &str, at: usize) -> bool {
        is_within(&self.untouched, at) || text[..at].ends_with('\\')
    }

    /// Whether the page, or code of the site, defines a name.
    fn defines(&self, cx: &Context, name: &str) -> bool {
        self.has_scopes || self.script_words.contains(name) || cx.site.build_files().mentions(name)
    }
}

/// What a `v-pre` at byte `at` excludes: up to the end of its container, or to the next closing tag.
fn excluded_by_v_pre(text: &str, at: usize) -> Span {
    let is_container = text[..at].trim_end().ends_with(":::");
    let end = text[at..].find(if is_container { "\n:::" } else { "</" }).map_or(text.len(), |len| at + len);
    Span::new(at, end)
}
