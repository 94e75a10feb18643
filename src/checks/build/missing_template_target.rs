//! A file that a template tag names and that doesn't exist: an include, a post, a page.

use crate::checks::build::code_regions::code_at;
use crate::checks::build::template_page::TemplatePage;
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::markup::syntax::template_lexer::{Token, TokenKind};
use crate::generator::markup::TemplateLanguage;
use crate::text::similarity;
use serde::Deserialize;
use std::path::Path;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MissingTemplateTarget {}

impl Check for MissingTemplateTarget {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if cx.profile.markup.template == Some(TemplateLanguage::LiquidJs) {
            layout(cx, found);
        }
        theme_template(cx, found);
        let Some(page) = TemplatePage::of(cx) else { return };
        let text = cx.doc.source.text();
        for token in page.tokens.iter().filter(|token| token.kind == TokenKind::Tag) {
            let arguments = &text[token.arguments.range()];
            // A variable decides.
            if arguments.is_empty() || arguments.contains("{{") || code_at(&cx.doc.body, token.span.start).is_some() {
                continue;
            }
            match (page.language, &text[token.name.range()]) {
                (TemplateLanguage::Liquid, "include") => include(cx, token, arguments, found),
                (TemplateLanguage::Liquid, "post_url") => post(cx, token, arguments, found),
                (TemplateLanguage::Liquid, "link") => link(cx, token, arguments, found),
                (TemplateLanguage::LiquidJs, "include" | "render") => quoted_include(cx, token, arguments, found),
                _ => {}
            }
        }
    }
}

/// `template: post.html` of `MkDocs`, a file of the theme.
fn theme_template(cx: &Context, found: &mut Findings) {
    let known = &cx.profile.theme_templates;
    let Some(value) = cx.doc.field("template").filter(|_| !known.is_empty()) else { return };
    let Some(name) = value.text().filter(|name| !name.is_empty()) else { return };
    let files = cx.site.build_files();
    // Another theme, or a folder of the site's own, brings more.
    let is_open = ["custom_dir", "theme: {", "plugins_dir"].iter().any(|word| files.config_has(word))
        || files.config_has("theme:") && !files.config_has("name: material");
    if !is_open && files.config.is_some() && !known.iter().any(|template| template == name) {
        let near = similarity::nearest(name, known.iter().map(String::as_str));
        found
            .at(value.span(), similarity::with_suggestion(format!("template `{name}` does not exist"), near))
            .help(format!("{} stops because the theme has no such file", cx.profile.name));
    }
}

/// Settings that move the folder of layouts, or give them other names.
const LAYOUT_SETTINGS: [&str; 7] = ["layouts", "includes", "input", "Layout", "Includes", "Input", "irectory"];

/// Eleventy's `layout: post.njk`, a file of `_includes` whose extension may be left out.
fn layout(cx: &Context, found: &mut Findings) {
    let Some(value) = cx.doc.field("layout") else { return };
    let Some(name) = value.text().filter(|name| !name.is_empty() && !name.contains(['{', ' '])) else { return };
    let files = cx.site.build_files();
    let is_moved = LAYOUT_SETTINGS.iter().any(|setting| files.config_has(setting)) || files.config.is_none();
    if !cx.site.has_files() || is_moved {
        return;
    }
    let is_it = |file: &String| file == name || file.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    let layouts = cx.site.source_files("_includes");
    if !layouts.iter().any(is_it) {
        let near = similarity::nearest(name, layouts.iter().map(String::as_str));
        found
            .at(value.span(), similarity::with_suggestion(format!("layout `{name}` does not exist"), near))
            .help("Eleventy stops because it finds no such file in `_includes`");
    }
}

/// Jekyll's `{% include file.html %}`: the name is written without quotes.
fn include(cx: &Context, token: &Token, arguments: &str, found: &mut Findings) {
    let name = arguments.split_whitespace().next().unwrap_or_default();
    if name.starts_with(['"', '\'']) {
        found
            .at(token.span, format!("file name {name} in quotes"))
            .help("Jekyll stops with \"Invalid syntax for include tag\": remove the quotes");
        return;
    }
    let files = cx.site.build_files();
    // A theme brings its own includes, and so may a gem.
    let is_open = ["theme", "includes_dir", "gem "].iter().any(|word| files.config_has(word));
    if !cx.site.has_files() || cx.site.has_source(&Path::new("_includes").join(name)) {
        return;
    }
    // Of a copy of the pages alone, nothing is known.
    let has_theme = ["_includes", "_layouts"].iter().any(|folder| cx.site.has_entry(folder.as_ref()));
    if !has_theme && (cx.doc.field("layout").is_some() || files.config_has("layout:")) {
        return;
    }
    let names = cx.site.source_files("_includes");
    let near = similarity::nearest(name, names.iter().map(String::as_str));
    if is_open && near.is_none() {
        return;
    }
    let message = similarity::with_suggestion(format!("include `{name}` does not exist"), near);
    found
        .at(token.span, message)
        .help("Jekyll stops with \"Could not locate the included file\": add it to `_includes`");
}

/// `{% post_url 2024-01-31-title %}`, with the folder of the post before it where it is in one.
fn post(cx: &Context, token: &Token, arguments: &str, found: &mut Findings) {
    let name = arguments.trim_matches(['"', '\'']).trim_start_matches('/');
    let posts = cx.site.source_files("_posts");
    // Posts may be in other folders that end in `_posts`, too.
    if !cx.site.has_files() || posts.is_empty() || name.split_whitespace().count() != 1 {
        return;
    }
    let stem = |path: &str| path.rsplit_once('.').map_or(path.to_owned(), |(stem, _)| stem.to_owned());
    let stems: Vec<String> = posts.iter().map(|path| stem(path)).collect();
    let is_there = |wanted: &str| stems.iter().any(|stem| stem == wanted || stem.ends_with(&format!("/{wanted}")));
    if is_there(name) || (name.contains('/') && name.rsplit('/').next().is_some_and(is_there)) {
        return;
    }
    let near = similarity::nearest(name, stems.iter().map(String::as_str));
    found
        .at(token.span, similarity::with_suggestion(format!("post `{name}` does not exist"), near))
        .help("Jekyll stops with \"Could not find post\": use the file name without its extension");
}

/// `{% link _posts/2024-01-31-title.md %}`: a path from the site's root.
fn link(cx: &Context, token: &Token, arguments: &str, found: &mut Findings) {
    let path = arguments.trim_matches(['"', '\'']).trim_start_matches('/');
    let is_moved = cx.site.build_files().config_has("collections_dir") || cx.site.build_files().config_has("source:");
    if !cx.site.has_files() || is_moved || path.split_whitespace().count() != 1 || cx.site.has_source(Path::new(path)) {
        return;
    }
    found
        .at(token.span, format!("file `{path}` does not exist"))
        .help("Jekyll stops with \"Could not find document\": use the path from the root of the site");
}

/// `liquidjs` looks for a quoted name in the folder of includes; a name without quotes is a variable.
fn quoted_include(cx: &Context, token: &Token, arguments: &str, found: &mut Findings) {
    let files = cx.site.build_files();
    let Some(quote) = arguments.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        let name = arguments.split([' ', ',']).next().unwrap_or_default();
        let is_file = name.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "html" | "liquid" | "md" | "njk"));
        if is_file && !files.config_has("dynamicPartials") {
            found
                .at(token.span, format!("file name `{name}` without quotes"))
                .help(format!("Eleventy parses it as a variable and stops; write `\"{name}\"`"));
        }
        return;
    };
    let Some(name) = arguments[1..].split(quote).next().filter(|name| !name.is_empty()) else { return };
    let is_moved = files.config_has("includes") || files.config_has("input") || files.config_has("setLiquidOptions");
    if !cx.site.has_files() || is_moved {
        return;
    }
    let folder = cx.site.path_in_site(cx.doc.source.path());
    let folder = folder.parent().unwrap_or(Path::new(""));
    let endings = ["", ".liquid", ".html"];
    let places = [Path::new("_includes"), Path::new(""), folder];
    let is_there =
        |place: &&Path| endings.iter().any(|ending| cx.site.has_source(&place.join(format!("{name}{ending}"))));
    if !places.iter().any(is_there) {
        found
            .at(token.span, format!("include `{name}` does not exist"))
            .help("Eleventy stops with \"Failed to lookup\": add it to `_includes`");
    }
}
