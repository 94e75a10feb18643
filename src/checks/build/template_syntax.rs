//! Template tags that stop the build: unclosed, without a counterpart, unknown, or without an argument.

use crate::checks::build::code_regions::code_at;
use crate::checks::build::template_page::{SiteTags, TemplatePage, keep_raw};
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::document::markup::syntax::template_blocks::{self, StructureErrorKind};
use crate::document::markup::syntax::template_lexer::{Token, TokenKind};
use crate::generator::markup::TemplateLanguage;
use crate::source::Span;
use crate::text::similarity;
use serde::Deserialize;
use std::collections::HashSet;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TemplateSyntax {}

impl Check for TemplateSyntax {
    fn check(&self, cx: &Context, found: &mut Findings) {
        TemplatePage::of_fields(cx).iter().chain(&TemplatePage::of(cx)).for_each(|page| report_errors(cx, page, found));
    }
}

fn report_errors(cx: &Context, page: &TemplatePage, found: &mut Findings) {
    let text = cx.doc.source.text();
    let is_hexo = page.language == TemplateLanguage::HexoTags;
    // After a mistyped end, it isn't certain where Hexo ends the tag.
    if is_hexo && cx.doc.slice(cx.doc.body.span).contains("% }") {
        return;
    }
    let names = SiteTags::new(cx, page.tags);
    let mut regions: HashSet<Span> = HashSet::new();
    for error in template_blocks::check(text, &page.tokens, page.tags, &names) {
        let token = &page.tokens[error.token];
        let region = code_at(&cx.doc.body, token.span.start);
        let is_reported = region.is_some_and(|region| regions.contains(&region));
        if is_reported || is_hexo && !stops_hexo(text, token, &error.kind) {
            continue;
        }
        let message = describe(text, page, token, &error.kind, &names);
        let finding = found.at(token.span, message);
        if let StructureErrorKind::Crossed(open) = error.kind {
            finding.label(page.tokens[open].span, "open block");
        }
        explain(cx, page.tags.error.as_str(), region, finding);
        regions.extend(region);
    }
    report_expressions(cx, page, &mut regions, found);
}

/// Whether Hexo certainly stops: for an unknown tag, and for a block without any end. It takes code out before it looks for
/// tags, but not before it looks for `raw`.
fn stops_hexo(text: &str, token: &Token, kind: &StructureErrorKind) -> bool {
    let name = &text[token.name.range()];
    match kind {
        StructureErrorKind::Unknown | StructureErrorKind::Stray => true,
        StructureErrorKind::Crossed(_) | StructureErrorKind::NoArgument => {
            matches!(name, "if" | "for" | "endif" | "endfor")
        }
        StructureErrorKind::NeverClosed => {
            !matches!(name, "raw" | "verbatim") && !text[token.span.end..].contains(&format!("end{name}"))
        }
        _ => false,
    }
}

fn describe(text: &str, page: &TemplatePage, token: &Token, kind: &StructureErrorKind, names: &SiteTags) -> String {
    let name = &text[token.name.range()];
    match kind {
        StructureErrorKind::Unclosed => {
            let (open, close) = match &text[token.span.start..token.span.start + 2] {
                "{%" => ("{%", "%}"),
                "{#" => ("{#", "#}"),
                _ => ("{{", "}}"),
            };
            format!("`{open}` without `{close}`")
        }
        StructureErrorKind::Nameless => "template tag without a name".to_owned(),
        StructureErrorKind::Unknown => {
            let end =
                if name.starts_with("end") && name.len() > 3 && names.nearest(name).is_some() { "end" } else { "" };
            let near = names.nearest(name).map(|near| format!("{end}{near}"));
            similarity::with_suggestion(format!("unknown template tag `{name}`"), near.as_deref())
        }
        StructureErrorKind::NeverClosed => format!("`{{% {name} %}}` without `{{% end{name} %}}`"),
        StructureErrorKind::Stray => format!("`{{% {name} %}}` without an open block"),
        StructureErrorKind::Crossed(open) => {
            let open = &text[page.tokens[*open].name.range()];
            format!("`{{% {name} %}}` while `{{% {open} %}}` is open")
        }
        StructureErrorKind::NoArgument => format!("`{{% {name} %}}` without an argument"),
    }
}

/// What happens, and how to prevent it: `raw` around code.
fn explain(cx: &Context, consequence: &str, region: Option<Span>, finding: &mut crate::checks::finding::Finding) {
    match region {
        Some(region) => {
            finding.help(format!("{consequence}, in code too: wrap the code in `{{% raw %}}` and `{{% endraw %}}`"));
            keep_raw(cx, region, finding);
        }
        None => {
            finding.help(format!(
                "{consequence}: correct the tag, or wrap the text in `{{% raw %}}` and `{{% endraw %}}`"
            ));
        }
    }
}

/// Outputs that the engine can't parse: Ruby's Liquid makes nothing of them, `liquidjs` stops, Hexo isn't certain to.
fn report_expressions(cx: &Context, page: &TemplatePage, regions: &mut HashSet<Span>, found: &mut Findings) {
    let text = cx.doc.source.text();
    let (name, is_liquid) = match page.language {
        TemplateLanguage::Liquid => return,
        TemplateLanguage::LiquidJs => ("Liquid", true),
        TemplateLanguage::Nunjucks | TemplateLanguage::HexoTags => ("Nunjucks", false),
    };
    let is_incomplete = |written: &str| written.is_empty() || written.ends_with('|');
    let is_refused = |written: &str| if is_liquid { is_invalid(written) } else { is_incomplete(written) };
    for token in page.tokens.iter().filter(|token| token.kind == TokenKind::Output) {
        let written = &text[token.arguments.range()];
        let region = code_at(&cx.doc.body, token.span.start);
        if region.is_some_and(|region| regions.contains(&region)) {
            continue;
        }
        let filter = if is_liquid { unknown_filter(cx, page, written) } else { None };
        let finding = if let Some(filter) = filter {
            let near = similarity::nearest(&filter, page.tags.filters.iter().map(String::as_str));
            let message = format!("unknown filter `{filter}`");
            found.at(token.span, similarity::with_suggestion(message, near))
        } else if is_refused(written) {
            found.at(token.span, format!("`{}` is not a {name} expression", fields::truncate(written)))
        } else {
            continue;
        };
        explain(cx, page.tags.error.as_str(), region, finding);
        regions.extend(region);
    }
}

/// A filter that neither the engine nor the site has; none if a plugin that isn't in the repository may define it.
fn unknown_filter(cx: &Context, page: &TemplatePage, written: &str) -> Option<String> {
    let files = cx.site.build_files();
    let plain = without_strings(written);
    let mut filters = plain.split('|').skip(1).map(|filter| filter.trim().split([':', ' ']).next().unwrap_or_default());
    let unknown = filters.find(|filter| {
        let is_word = !filter.is_empty() && filter.chars().all(|c| c.is_alphanumeric() || c == '_');
        is_word && !page.tags.filters.iter().any(|known| known == filter) && !files.mentions(filter)
    })?;
    let is_near = similarity::nearest(unknown, page.tags.filters.iter().map(String::as_str)).is_some();
    let is_open = cx.profile.markup.files.open_ended.iter().any(|word| files.config_has(word));
    (is_near || !is_open).then(|| unknown.to_owned())
}

/// Whether `liquidjs` refuses what comes before the first filter.
pub(super) fn is_invalid(written: &str) -> bool {
    let plain = without_strings(written);
    let value = plain.split('|').next().unwrap_or_default().trim();
    let is_range = value.starts_with('(');
    let first = value.chars().next();
    let has_operator = value.contains(['+', '&', ':', '*', '%', '#', ';'])
        || value.contains("..") && !is_range
        || value.starts_with('/')
        || value.contains("()");
    first.is_none() || has_operator
}

/// Text with the content of its strings taken out.
fn without_strings(text: &str) -> String {
    let mut quote = None;
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => continue,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => {}
        }
        plain.push(c);
    }
    plain
}
