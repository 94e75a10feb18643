//! A page as a template: its language, its tokens, and the names that its site defines.

use crate::checks::build::code_regions::{code_at, is_within, wrap};
use crate::checks::check::Context;
use crate::checks::finding::Finding;
use crate::diagnostic::FixEffect;
use crate::document::markup::syntax::template_blocks::TagNames;
use crate::document::markup::syntax::template_lexer::{Token, TokenKind, tokens};
use crate::generator::markup::{TemplateLanguage, TemplateTags};
use crate::source::Span;
use memchr::memmem;
use std::cell::OnceCell;
use std::collections::HashSet;

/// A page that a template engine processes before Markdown.
pub(super) struct TemplatePage<'a> {
    pub(super) language: TemplateLanguage,
    pub(super) tags: &'a TemplateTags,
    pub(super) tokens: Vec<Token>,
    /// The variables that the page itself defines.
    defined: OnceCell<HashSet<&'a str>>,
    /// Whether the page includes a file that may define variables.
    pub(super) has_includes: bool,
}

impl<'a> TemplatePage<'a> {
    /// None for a page without template delimiters or that no engine processes.
    pub(super) fn of(cx: &Context<'a>) -> Option<Self> {
        let markup = &cx.profile.markup;
        let default = markup.template?;
        let area = cx.doc.body.span;
        let bytes = cx.doc.slice(area).as_bytes();
        if memmem::find(bytes, b"{{").is_none()
            && memmem::find(bytes, b"{%").is_none()
            && memmem::find(bytes, b"{#").is_none()
        {
            return None;
        }
        let language = language_of(cx, default)?;
        let tags = markup.languages.get(&language)?;
        let mut tokens = tokens(cx.doc.source.text(), area, language);
        if !language.evaluates_code() {
            let in_html = |at: usize| is_within(&cx.doc.body.html, at);
            // Hexo looks for `raw` before it takes code out.
            let is_raw = |token: &Token| matches!(cx.doc.slice(token.name), "raw" | "endraw");
            let in_code = |at: usize| code_at(&cx.doc.body, at).is_some();
            let is_hidden = |at: usize| in_code(at) || in_html(at);
            // A delimiter without its end is text to Hexo.
            tokens.retain(|token| token.kind != TokenKind::Unclosed && (is_raw(token) || !is_hidden(token.span.start)));
        }
        let name = |token: &Token| cx.doc.slice(token.name);
        let is_include = |token: &Token| matches!(name(token), "include" | "include_relative" | "import");
        let has_includes = tokens.iter().any(|token| token.kind == TokenKind::Tag && is_include(token));
        Some(Self { language, tags, tokens, defined: OnceCell::new(), has_includes })
    }

    /// The values of the front matter that the engine processes, too, each as a page of its own.
    pub(super) fn of_fields(cx: &Context<'a>) -> Vec<Self> {
        let markup = &cx.profile.markup;
        let Some(default) = markup.template.filter(|_| !markup.template_fields.is_empty()) else { return Vec::new() };
        let values = markup.template_fields.iter().filter_map(|field| cx.doc.field(field));
        let texts = values.flat_map(|value| std::iter::once(value).chain(value.entries().map(|entry| entry.value)));
        let spans = texts.filter(|value| value.text().is_some_and(|text| text.contains("{{") || text.contains("{%")));
        let spans: Vec<Span> = spans.map(|value| value.span()).collect();
        let Some(language) = (!spans.is_empty()).then(|| language_of(cx, default)).flatten() else { return Vec::new() };
        let Some(tags) = markup.languages.get(&language) else { return Vec::new() };
        let page = |span| {
            let tokens = tokens(cx.doc.source.text(), span, language);
            Self { language, tags, tokens, defined: OnceCell::new(), has_includes: false }
        };
        spans.into_iter().map(page).collect()
    }

    /// Whether the page itself defines a variable of this name; `text` is that of the page.
    pub(super) fn defines(&self, text: &'a str, name: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let words = |token: &Token| {
            let arguments = &text[token.arguments.range()];
            let assigned = match &text[token.name.range()] {
                "assign" | "capture" | "increment" | "decrement" => {
                    arguments.split(|c| !is_part(c)).next().unwrap_or_default()
                }
                "for" | "tablerow" => arguments.split(" in ").next().unwrap_or_default(),
                "set" | "macro" | "import" | "from" => arguments,
                _ => "",
            };
            assigned.split(move |c| !is_part(c))
        };
        let tags = || self.tokens.iter().filter(|token| token.kind == TokenKind::Tag);
        self.defined.get_or_init(|| tags().flat_map(words).collect()).contains(name)
    }
}

/// The language that applies to the page; none if its front matter or the site's config turns templates off.
fn language_of(cx: &Context, default: TemplateLanguage) -> Option<TemplateLanguage> {
    let path = cx.site.path_in_site(cx.doc.source.path());
    let is_partial = path.components().any(|part| {
        part.as_os_str()
            .to_str()
            .is_some_and(|name| matches!(name, "_includes" | "_layouts" | "_partials" | "node_modules"))
    });
    if is_partial {
        return None;
    }
    match default {
        TemplateLanguage::Liquid => {
            // Without front matter, Jekyll copies the file.
            cx.doc.front_matter.as_ref()?;
            let is_on = cx.doc.field("render_with_liquid").and_then(|value| value.bool()) != Some(false);
            let by_config = || cx.site.build_files().config_has("render_with_liquid: false");
            (is_on && !by_config()).then_some(default)
        }
        TemplateLanguage::LiquidJs => {
            let name = cx.doc.source.path().file_stem()?.to_str()?;
            if cx.doc.field("templateEngineOverride").is_some() || matches!(name, "README" | "CHANGELOG") {
                return None;
            }
            let files = cx.site.build_files();
            let config = files.config.as_deref().unwrap_or_default();
            let Some(at) = config.find("markdownTemplateEngine") else { return Some(default) };
            let value =
                config[at + "markdownTemplateEngine".len()..].trim_start_matches([':', ' ', '"', '\'', '`', '=']);
            match value {
                value if value.starts_with("njk") => Some(TemplateLanguage::Nunjucks),
                value if value.starts_with("liquid") => Some(default),
                _ => None,
            }
        }
        TemplateLanguage::HexoTags => {
            let is_off = cx.doc.field("disableNunjucks").and_then(|value| value.bool()) == Some(true);
            (!is_off).then_some(default)
        }
        TemplateLanguage::Nunjucks => Some(default),
    }
}

/// The tags that the site's plugins define.
pub(super) struct SiteTags<'a> {
    cx: Context<'a>,
    known: &'a TemplateTags,
    /// Whether plugins that aren't in the repository may define more.
    is_open: bool,
}

impl<'a> SiteTags<'a> {
    pub(super) fn new(cx: &Context<'a>, known: &'a TemplateTags) -> Self {
        let files = cx.site.build_files();
        let is_open = cx.profile.markup.files.open_ended.iter().any(|word| files.config_has(word));
        Self { cx: *cx, known, is_open }
    }

    /// The known tag that an unknown one is probably a typo for.
    pub(super) fn nearest(&self, name: &str) -> Option<&'a str> {
        let known = self.known;
        let parts = known.blocks.values().flatten();
        let names = known.tags.iter().chain(known.blocks.keys()).chain(parts).map(String::as_str);
        match name.strip_prefix("end") {
            Some(ended) if !ended.is_empty() => {
                crate::text::similarity::nearest(ended, known.blocks.keys().map(String::as_str))
            }
            _ => crate::text::similarity::nearest(name, names),
        }
    }
}

impl TagNames for SiteTags<'_> {
    /// Also where plugins that aren't in the repository may define it.
    fn defines(&self, name: &str) -> bool {
        self.cx.site.build_files().names(name) || self.is_open && self.nearest(name).is_none()
    }
}

/// Adds the fix that keeps the template engine out of a region.
pub(super) fn keep_raw(cx: &Context, region: Span, finding: &mut Finding) {
    if let Some(edits) = wrap(cx.doc, region, "{% raw %}", "{% endraw %}") {
        finding.unsafe_fix("Wrap in `{% raw %}`", edits).fix_effect(FixEffect::Structure);
    }
}
