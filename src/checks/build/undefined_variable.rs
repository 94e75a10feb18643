//! An output that a template engine replaces by nothing, because no such variable exists.

use crate::checks::build::code_regions::code_at;
use crate::checks::build::template_page::{TemplatePage, keep_raw};
use crate::checks::build::template_syntax::is_invalid;
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::document::markup::syntax::template_lexer::{Token, TokenKind};
use crate::generator::markup::TemplateLanguage;
use crate::source::Span;
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UndefinedVariable {}

/// Names that are values.
const LITERALS: [&str; 8] = ["true", "false", "nil", "null", "empty", "blank", "not", "none"];

impl Check for UndefinedVariable {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(page) = TemplatePage::of(cx) else { return };
        let text = cx.doc.source.text();
        let data = OnceCell::new();
        let mut last_region: Option<(Span, usize)> = None;
        for token in &page.tokens {
            let region = code_at(&cx.doc.body, token.span.start);
            // Whoever builds a URL or an attribute means the variable.
            if !is_lost(cx, &page, token, &data, region.is_some()) || region.is_none() && is_in_address(text, token) {
                continue;
            }
            if let (Some(region), Some((last, index))) = (region, last_region)
                && region == last
            {
                found.nth(index).also_at(token.span);
                continue;
            }
            last_region = region.map(|region| (region, found.len()));
            let written = fields::truncate(&text[token.span.range()]);
            let finding = found.at(token.span, format!("{}: `{written}`", page.tags.undefined));
            match region {
                Some(region) => {
                    finding.help("wrap the code in `{% raw %}` and `{% endraw %}`");
                    keep_raw(cx, region, finding);
                }
                None => {
                    finding.help("wrap it in `{% raw %}` and `{% endraw %}` if readers should see it as written");
                    if !is_in_value(&text[cx.doc.body.span.start..token.span.start]) {
                        keep_raw(cx, token.span, finding);
                    }
                }
            }
        }
    }
}

/// Whether the token is part of an attribute, or of the destination of a link.
fn is_in_address(text: &str, token: &Token) -> bool {
    let line = text[..token.span.start].rsplit('\n').next().unwrap_or_default();
    let word = line.rsplit([' ', '\t']).next().unwrap_or_default();
    let is_attribute = line.rfind('<').is_some_and(|at| !line[at..].contains('>') && line[at..].contains('='));
    is_attribute || word.contains("](") || word.ends_with('/') || text[token.span.end..].starts_with('/')
}

/// Whether readers see nothing where the token is.
fn is_lost<'a>(
    cx: &Context<'a>,
    page: &TemplatePage<'a>,
    token: &Token,
    data: &OnceCell<HashSet<String>>,
    in_code: bool,
) -> bool {
    let text = cx.doc.source.text();
    let written = &text[token.arguments.range()];
    let value = match token.kind {
        TokenKind::Output => written.split('|').next().unwrap_or_default().trim(),
        // A condition or loop in code whose variable doesn't exist hides its content.
        TokenKind::Tag if in_code && matches!(&text[token.name.range()], "if" | "for" | "unless") => {
            let value = written.strip_prefix("not ").unwrap_or(written);
            value.split_once(" in ").map_or(value, |(_, list)| list).trim()
        }
        _ => return false,
    };
    // `{{ x | default: "y" }}` has a value.
    if written.contains("default")
        || value.starts_with(['"', '\'', '(', '[', '-'])
        || value.starts_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    if value.is_empty() {
        return in_code && page.language == TemplateLanguage::Liquid;
    }
    let end = value.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(value.len());
    let root = &value[..end];
    if root.is_empty() {
        // What `liquidjs` refuses is reported by `template-syntax-error`.
        return page.language != TemplateLanguage::LiquidJs || !is_invalid(written);
    }
    let is_known = LITERALS.contains(&root)
        || page.tags.variables.iter().any(|known| known == root)
        || page.defines(text, root)
        || (page.language != TemplateLanguage::Liquid
            && (cx.doc.field(root).is_some()
                || cx.site.build_files().mentions(root)
                || data.get_or_init(|| words_in_data(cx)).contains(root)))
        || page.has_includes && (cx.site.build_files().assigns(root) || !has_includes(cx));
    !is_known
}

/// The words in the data files of Eleventy's next to the page, and in those that are named as a folder above it:
/// `posts/first.11tydata.js`, `posts/posts.json`.
fn words_in_data(cx: &Context) -> HashSet<String> {
    let (Some(project), Some(root)) = (cx.site.project(), cx.site.folder()) else { return HashSet::new() };
    let page = root.join(cx.site.path_in_site(cx.doc.source.path()));
    let folders = page.ancestors().skip(1).take_while(|folder| folder.starts_with(&root));
    let of_folder = |folder: &Path| Some(folder.join(folder.file_name()?));
    let stems = std::iter::once(page.with_extension("")).chain(folders.filter_map(of_folder));
    let files = stems.flat_map(|stem| DATA_ENDINGS.map(|ending| PathBuf::from(format!("{}{ending}", stem.display()))));
    let texts = files.filter_map(|path| project.read_to_string(&path).ok());
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    texts.flat_map(|text| text.split(|c| !is_word(c)).map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// The endings of data files of a page or a folder in Eleventy.
const DATA_ENDINGS: [&str; 5] = [".json", ".11tydata.json", ".11tydata.js", ".11tydata.cjs", ".11tydata.mjs"];

/// The maximum length of a tag or a URL before an output in it, in bytes.
const MAX_VALUE_LEN: usize = 300;

/// Whether what follows `before` is in an HTML tag, a URL or the destination of a link, where braces are not for readers.
fn is_in_value(before: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(MAX_VALUE_LEN))..];
    let is_in_tag = near.rfind('<').is_some_and(|at| {
        !near[at..].contains('>') && near[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
    });
    let word = near.rsplit(char::is_whitespace).next().unwrap_or(near);
    is_in_tag || word.contains("](") || word.contains("://") || word.contains("]:")
}

/// Whether the files that a page includes are in the repository.
fn has_includes(cx: &Context) -> bool {
    !cx.site.has_files() || ["_includes", "src/_includes"].iter().any(|folder| cx.site.has_entry(folder.as_ref()))
}
