//! `<word>` that was meant as text: browsers treat it as an element, and readers see nothing.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::body::InlineKind;
use crate::document::markup::syntax::elements;
use crate::document::markup::syntax::html::{ElementEnds, HtmlTag, tags};
use crate::generator::markup::{MdxPages, RawHtml};
use crate::source::Span;
use memchr::memmem;
use serde::Deserialize;
use std::collections::HashMap;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnknownElement {}

impl Check for UnknownElement {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let profile = cx.profile;
        let is_mdx = cx.doc.source.path().extension().is_some_and(|extension| extension == "mdx");
        let is_html = profile.markup.raw_html != RawHtml::Escaped;
        if !profile.is_known() || !is_html || is_mdx || profile.markup.mdx == MdxPages::All {
            return;
        }
        let is_vue = profile.markup.raw_html == RawHtml::Vue;
        let mut ends = ElementEnds::new(cx.doc.source.text());
        let mut names = HashMap::new();
        let body = &cx.doc.body;
        let inline = body.inlines.iter().filter(|inline| inline.kind == InlineKind::Html).map(|inline| inline.span);
        for (span, is_inline) in inline.map(|span| (span, true)).chain(body.html.iter().map(|&span| (span, false))) {
            let found_tags = tags(cx.doc.source.text(), span);
            // Among other tags, it is a mistake in HTML, which hides no text.
            if !is_vue && !is_inline && found_tags.len() > 1 {
                continue;
            }
            for tag in found_tags {
                if is_vue {
                    report_unresolved(cx, &tag, &mut ends, &mut names, found);
                } else {
                    report(cx, (&tag, is_inline), &mut ends, found);
                }
            }
        }
    }
}

/// Whether a tag is between `$` signs: `$D(<D>)$`.
fn is_in_math(text: &str, tag: Span) -> bool {
    const MAX_LEN: usize = 200;
    let before = &text[text.floor_char_boundary(tag.start.saturating_sub(MAX_LEN))..tag.start];
    let after = &text[tag.end..text.ceil_char_boundary((tag.end + MAX_LEN).min(text.len()))];
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.lines().next().unwrap_or_default();
    before.matches('$').count() % 2 == 1 && after.contains('$')
}

fn report<'a>(cx: &Context<'a>, (tag, is_inline): (&HtmlTag, bool), ends: &mut ElementEnds<'a>, found: &mut Findings) {
    let text = cx.doc.source.text();
    if is_in_math(text, tag.span) {
        return;
    }
    let name = &text[tag.name.range()];
    let follows_word = text[..tag.span.start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    // `Vec<T>`, `List<Object>`: a type parameter, also where HTML has an element of that name.
    // `(a)<BR>(b)` is an element in capitals.
    let is_shouted = name.len() > 1 && !name.contains(|c: char| c.is_ascii_lowercase());
    let is_parameter = is_inline
        && follows_word
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && !is_shouted
        && !tag.has_attributes;
    let is_element = elements::is_known(name) && !is_parameter;
    let is_foreign = name.contains([':', '.']) || tag.self_closing || tag.has_attributes || tag.closing;
    if is_element || is_foreign || ends.follow(0, name) || cx.site.build_files().mentions(&format!("<{name}")) {
        return;
    }
    // A custom element has its end, and stands by itself.
    if name.contains('-') && !is_inline {
        return;
    }
    let finding = found.at(tag.span, format!("`<{name}>` is not displayed: it is parsed as an HTML tag"));
    finding.help(format!("write `&lt;{name}&gt;`, or put it in code"));
    let edits = vec![
        Edit::replace(Span::new(tag.span.start, tag.span.start + 1), "&lt;"),
        Edit::replace(Span::new(tag.span.end - 1, tag.span.end), "&gt;"),
    ];
    finding.unsafe_fix("Escape the angle brackets", edits).fix_effect(FixEffect::Structure);
}

/// Names in lower case that Vue doesn't treat as elements: `compiler-dom`, `HTML_TAGS`.
const OBSOLETE: [&str; 8] = ["center", "font", "big", "tt", "strike", "marquee", "acronym", "nobr"];

/// Vue takes an element that it doesn't know for a component, and renders nothing of one that isn't registered. One that
/// isn't closed stops the build, which is another rule's finding.
fn report_unresolved<'a>(
    cx: &Context<'a>,
    tag: &HtmlTag,
    ends: &mut ElementEnds<'a>,
    names: &mut HashMap<&'a str, bool>,
    found: &mut Findings,
) {
    let text = cx.doc.source.text();
    let name = &text[tag.name.range()];
    let has_upper = name.contains(|c: char| c.is_ascii_uppercase());
    let is_native = if has_upper { is_svg_name(name) } else { elements::is_known(name) && !OBSOLETE.contains(&name) };
    if tag.closing
        || is_native
        || !(tag.self_closing || ends.follow(tag.span.end, name))
        || name.contains(['-', ':', '.'])
    {
        return;
    }
    let files = cx.site.build_files();
    let is_built_in = matches!(
        name,
        "Badge"
            | "ClientOnly"
            | "Content"
            | "Transition"
            | "TransitionGroup"
            | "KeepAlive"
            | "Teleport"
            | "Suspense"
            | "VPTeamMembers"
    );
    if is_built_in
        || files.mentions(name)
        || files.config_has("unplugin-vue-components")
        || files.config_has("isCustomElement")
        || is_in_page(text, name, names)
    {
        return;
    }
    let message = format!("`<{name}>` is neither an element nor a registered component");
    found
        .at(tag.span, message)
        .help("VitePress renders it without its content: register the component, or use an HTML element");
}

/// The most names of elements that are looked for on a page: each takes a search of all of it. Others count as there.
const MAX_NAMES: usize = 500;

/// Whether the page has the name outside its tags, as a script that imports the component has.
fn is_in_page<'a>(text: &str, name: &'a str, names: &mut HashMap<&'a str, bool>) -> bool {
    if names.len() >= MAX_NAMES && !names.contains_key(name) {
        return true;
    }
    let count = |word: &str| memmem::find_iter(text.as_bytes(), word).count();
    *names.entry(name).or_insert_with(|| count(name) > count(&format!("<{name}")) + count(&format!("</{name}")))
}

/// `foreignObject` and the like, whose names have capitals.
fn is_svg_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && elements::is_known(name)
}
