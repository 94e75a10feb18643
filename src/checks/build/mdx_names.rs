//! A variable or a component in MDX that nothing defines.

use crate::checks::build::mdx_syntax::{content_of, escape_brace};
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::markup::syntax::elements;
use crate::document::markup::syntax::javascript::{self, Expression};
use crate::site::build_files::BuildFiles;
use crate::source::Span;
use serde::Deserialize;

/// Options: names that exist on every page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MdxNames {
    /// Variables.
    variables: Vec<String>,
    /// Components.
    components: Vec<String>,
}

impl Check for MdxNames {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some((content, errors)) = content_of(cx) else { return };
        // With a syntax error, what comes out isn't what the writer will get.
        if !errors.is_empty() {
            return;
        }
        let statements: Vec<&str> = content.statements.iter().map(|&span| cx.doc.slice(span)).collect();
        for expression in &content.expressions {
            let Expression::Valid(variables) = javascript::parse(cx.doc.slice(expression.span)) else { continue };
            let is_known = |name: &str| {
                self.variables.iter().any(|known| known == name) || statements.iter().any(|text| has_word(text, name))
            };
            let Some(variable) = variables.iter().find(|variable| !is_known(&variable.name)) else { continue };
            let start = expression.span.start + variable.at;
            let span = Span::new(start, start + variable.name.len());
            let finding = found.at(span, format!("undefined variable `{}` in an MDX expression", variable.name));
            finding.help("the build stops with a ReferenceError: write `\\{` for a brace, put the text in code, or import the name");
            if !expression.in_attribute {
                escape_brace(Span::new(expression.span.start - 1, expression.span.end + 1), finding);
            }
        }
        report_imports(cx, &content.statements, found);
        let files = cx.site.build_files();
        let is_open = cx.profile.markup.files.open_ended.iter().any(|word| files.config_has(word)) || has_spread(files);
        for (span, name) in &content.components {
            let root = name.split('.').next().unwrap_or(name);
            let is_known = self.components.iter().any(|known| known == root)
                || statements.iter().any(|text| has_word(text, root))
                || files.mentions(root);
            if is_known || is_open {
                continue;
            }
            let finding = found.at(*span, format!("component `{name}` is not imported"));
            finding.help(format!("the build stops: import `{root}`, or write `&lt;{name}>` for text"));
            let is_closed = cx.doc.source.text()[span.end..].contains(&format!("</{name}"));
            if !is_closed && !elements::is_known(name) {
                let edit = Edit::replace(Span::new(span.start - 1, span.start), "&lt;");
                finding.unsafe_fix("Replace with `&lt;`", vec![edit]).fix_effect(FixEffect::Structure);
            }
        }
    }
}

/// Relative imports of files that don't exist.
fn report_imports(cx: &Context, statements: &[Span], found: &mut Findings) {
    const ENDINGS: [&str; 15] = [
        "",
        ".js",
        ".jsx",
        ".ts",
        ".tsx",
        ".mjs",
        ".md",
        ".mdx",
        ".json",
        ".astro",
        ".svelte",
        ".vue",
        ".css",
        "/index.js",
        "/index.tsx",
    ];
    let page = cx.site.path_in_site(cx.doc.source.path());
    let folder = page.parent().unwrap_or(std::path::Path::new(""));
    for &statement in statements {
        for (at, quote) in cx.doc.slice(statement).match_indices(['"', '\'']) {
            let rest = &cx.doc.slice(statement)[at + 1..];
            let before = cx.doc.slice(statement)[..at].trim_end();
            let Some(path) = rest.split(quote).next().filter(|path| path.starts_with("./") || path.starts_with("../"))
            else {
                continue;
            };
            // Formatters write `\\_` in such a line, which is `_` to JavaScript.
            let bare = &path.split(['?', '#']).next().unwrap_or(path).replace('\\', "");
            let target = |ending: &str| {
                cx.site.has_source(
                    &crate::checks::build::dead_link::normalized(&folder.join(format!("{bare}{ending}")))
                        .unwrap_or_default(),
                )
            };
            let is_import = before.ends_with("from") || before.ends_with("import");
            let has_index = || ["/index.ts", "/index.jsx", "/index.mjs"].into_iter().any(target);
            let leaves = crate::checks::build::dead_link::normalized(&folder.join(bare)).is_none();
            if is_import
                && cx.site.has_files()
                && !leaves
                && !ENDINGS.iter().any(|ending| target(ending))
                && !has_index()
            {
                let start = statement.start + at + 1;
                found
                    .at(Span::new(start, start + path.len()), format!("imported file `{path}` does not exist"))
                    .help("the build stops: correct the path");
            }
        }
    }
}

/// Whether components are registered by spreading a module: `...ModuleBadges`, next to the theme's own.
fn has_spread(files: &BuildFiles) -> bool {
    let mut spreads = files.code().match_indices("...").map(|(at, _)| &files.code()[at + 3..]);
    spreads.any(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()) && !rest.starts_with("MDXComponents"))
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}
