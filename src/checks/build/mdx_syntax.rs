//! MDX that can't be compiled.

use crate::checks::build::code_regions::code_at;
use crate::checks::check::{Check, Context};
use crate::checks::finding::{Finding, Findings};
use crate::diagnostic::{Edit, FixEffect};
use crate::document::markup::syntax::elements;
use crate::document::markup::syntax::javascript::{self, Expression};
use crate::document::markup::syntax::mdx_grammar::{self, MdxContent, MdxError, MdxErrorKind};
use crate::generator::markup::MdxPages;
use crate::source::Span;
use serde::Deserialize;

/// How many errors of a page are found: each needs the page to be parsed again.
const MAX_ERRORS: usize = 12;
/// How many bytes are parsed for that, at most.
const MAX_BYTES: usize = 512 << 10;
/// How long a page may be, and how many braces and angle brackets it may have outside code. The parser takes four times as
/// long for twice as many, so that nothing is said about longer pages.
const MAX_LEN: usize = 256 << 10;
const MAX_MARKS: usize = 4_000;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MdxSyntax {}

impl Check for MdxSyntax {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some((content, errors)) = content_of(cx) else { return };
        for error in errors {
            report(cx, &error, found);
        }
        for expression in content.expressions {
            let written = cx.doc.slice(expression.span);
            let Some(what) = fault_of(written, expression.in_attribute) else { continue };
            let braces = Span::new(expression.span.start - 1, expression.span.end + 1);
            let name = crate::checks::support::fields::truncate(written);
            let finding = found.at(braces, format!("`{{{name}}}` {what}"));
            finding.help("MDX evaluates what is in braces: write `\\{`, or put the text in code");
            if !expression.in_attribute {
                escape_brace(braces, finding);
            }
        }
        // Astro renders it as HTML does.
        let is_react = cx.profile.markup.mdx == MdxPages::All;
        for style in content.styles.into_iter().filter(|_| is_react) {
            found
                .at(style, "attribute `style` with a string")
                .help("React stops at it: write an object, as in `style={{color: 'red'}}`");
        }
        for statement in content.statements {
            let written = cx.doc.slice(statement);
            if !is_statement(written) {
                let line = written.lines().next().unwrap_or_default();
                let word = line.split_whitespace().next().unwrap_or_default();
                found
                    .at(
                        Span::new(statement.start, statement.start + line.len()),
                        format!("MDX parses the line after `{word}` as JavaScript"),
                    )
                    .help(format!("a paragraph must not start with `{word} `: start it with another word"));
            }
        }
    }
}

/// What is wrong with an expression by itself.
fn fault_of(written: &str, in_attribute: bool) -> Option<&'static str> {
    let first = written.trim_start().chars().next();
    match javascript::parse(written) {
        Expression::Invalid(_) => Some("is not a JavaScript expression"),
        _ if in_attribute => None,
        Expression::Valid(_) if first == Some('{') => Some("is an object, which cannot be displayed"),
        Expression::Valid(variables) if variables.is_empty() && first.is_some_and(|c| c.is_ascii_digit()) => {
            Some("is displayed without its braces")
        }
        _ => None,
    }
}

/// What MDX makes of the page, with its syntax errors; none if it isn't MDX or has nothing that could be wrong.
pub(super) fn content_of(cx: &Context) -> Option<(MdxContent, Vec<MdxError>)> {
    let relaxed = match cx.profile.markup.mdx {
        MdxPages::None => return None,
        MdxPages::ByExtension if !has_extension(cx, "mdx") => return None,
        MdxPages::ByExtension => false,
        MdxPages::All if is_common_mark(cx) => return None,
        MdxPages::All => true,
    };
    let area = cx.doc.body.span;
    let text = cx.doc.source.text();
    let bytes = &text.as_bytes()[area.range()];
    let places = memchr::memchr2_iter(b'{', b'<', bytes).map(|at| area.start + at);
    let marks = places.filter(|&at| code_at(&cx.doc.body, at).is_none()).take(MAX_MARKS + 1).count();
    let has_statement =
        || text[area.range()].lines().any(|line| line.starts_with("import ") || line.starts_with("export "));
    if marks == 0 && !has_statement() {
        return None;
    }
    if marks > MAX_MARKS || area.len() > MAX_LEN || has_other_syntax(cx) {
        return None;
    }
    // A line of a directive ends the list or the paragraph above it, in which a tag would have to be closed.
    let has_directives = text[area.range()].lines().any(|line| line.trim_start().starts_with(":::"));
    let mut copy = text.to_owned();
    // An HTML comment is one expression of MDX, and nothing to evaluate.
    let is_written = |span: &Span| text[..span.start].ends_with('{');
    let mut errors: Vec<MdxError> = Vec::new();
    let attempts = (MAX_BYTES / area.len().max(1)).min(MAX_MARKS / marks.max(1)).clamp(1, MAX_ERRORS);
    for _ in 0..attempts {
        let mut content = mdx_grammar::parse(&copy, area, relaxed);
        content
            .expressions
            .retain(|expression| is_written(&expression.span) && !is_of_directive(text, expression.span.start));
        let Some(error) = content.error.take() else { return Some((content, errors)) };
        if has_directives && matches!(error.kind, MdxErrorKind::NeverClosed(_) | MdxErrorKind::StrayClosing(_)) {
            return None;
        }
        hide(&mut copy, &error);
        errors.push(error);
    }
    Some((MdxContent::default(), errors))
}

/// Whether the brace before byte `at` opens the attributes of a directive: `:::tip{icon="x"}`, `:abbr[a]{title="x"}`.
fn is_of_directive(text: &str, at: usize) -> bool {
    let line = text[..at - 1].rsplit('\n').next().unwrap_or_default();
    let before = line.trim_end_matches(']');
    let before =
        if before.len() == line.len() { before } else { before.rsplit_once('[').map_or(before, |(name, _)| name) };
    let name = before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_'));
    name.len() < before.len() && name.ends_with(':')
}

fn has_extension(cx: &Context, extension: &str) -> bool {
    cx.doc.source.path().extension().is_some_and(|own| own == extension)
}

/// Whether Docusaurus parses the page as `CommonMark`.
fn is_common_mark(cx: &Context) -> bool {
    let format = cx.doc.field("mdx").and_then(|mdx| mdx.get("format")).and_then(|format| format.text());
    let config = cx.site.build_files().config.as_deref().unwrap_or_default();
    let is_set = |value: &str| {
        config
            .match_indices("format:")
            .any(|(at, _)| config[at + 7..].trim_start().trim_start_matches(['"', '\'', '`']).starts_with(value))
    };
    let by_config = is_set("md'") || is_set("md\"") || is_set("detect");
    !has_extension(cx, "mdx") && (format.is_some_and(|format| format != "mdx") || format.is_none() && by_config)
}

/// Words in a config that names a plugin for math, in which braces have no meaning to MDX.
const MATH: [&str; 4] = ["katex", "mathjax", "remark-math", "remarkMath"];

/// Plugins of remark that add no syntax in which braces or angle brackets have another meaning; one that ends with `-`
/// stands for all that start with it.
const WITHOUT_SYNTAX: [&str; 15] = [
    "remark-cli",
    "remark-frontmatter",
    "remark-gfm",
    "remark-lint",
    "remark-lint-",
    "remark-mdx",
    "remark-mdx-frontmatter",
    "remark-parse",
    "remark-preset-lint-",
    "remark-reading-time",
    "remark-rehype",
    "remark-smartypants",
    "remark-stringify",
    "remark-toc",
    "remark-validate-links",
];

/// Whether a plugin of the site may add syntax to MDX, such as math or directives. Docusaurus has directives of its own.
fn has_other_syntax(cx: &Context) -> bool {
    let config = cx.site.build_files().config.as_deref().unwrap_or_default();
    let has_math = MATH.iter().any(|word| config.contains(word));
    has_math || cx.profile.markup.mdx == MdxPages::ByExtension && names_syntax_plugin(config)
}

fn names_syntax_plugin(config: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let adds_no_syntax = |plugin: &str| {
        WITHOUT_SYNTAX.iter().any(|known| *known == plugin || known.ends_with('-') && plugin.starts_with(known))
    };
    config.match_indices("remark-").any(|(at, _)| {
        let rest = &config[at..];
        let plugin = &rest[..rest.find(|c: char| !is_part(c)).unwrap_or(rest.len())];
        !config[..at].ends_with(is_part) && !adds_no_syntax(plugin)
    })
}

/// Replaces characters of one byte by others.
fn replace(copy: &mut String, span: Span, with: impl Fn(char) -> char) {
    let replaced: String = copy[span.range()].chars().map(with).collect();
    if replaced.len() == span.len() {
        copy.replace_range(span.range(), &replaced);
    }
}

/// Hides an error, so that the next one is found.
fn hide(copy: &mut String, error: &MdxError) {
    let is_whole = error.kind == MdxErrorKind::Comment;
    let end = if is_whole { error.span.end } else { (error.span.start + 1).min(copy.len()) };
    replace(copy, Span::new(error.span.start, end.max(error.span.start)), |c| {
        if matches!(c, '<' | '{' | '}' | '!') { 'x' } else { c }
    });
}

fn report(cx: &Context, error: &MdxError, found: &mut Findings) {
    let written = crate::checks::support::fields::truncate(cx.doc.slice(error.span)).into_owned();
    let span = error.span;
    let first = Span::new(span.start, span.start + 1);
    match &error.kind {
        MdxErrorKind::Comment => {
            let finding = found.at(span, "MDX has no HTML comments");
            finding.help("write `{/* … */}`");
            let comment = cx.doc.slice(span);
            if comment.ends_with("-->") && !comment.contains("*/") {
                let open = Edit::replace(Span::new(span.start, span.start + 4), "{/*");
                let close = Edit::replace(Span::new(span.end - 3, span.end), "*/}");
                finding.unsafe_fix("Convert to an MDX comment", vec![open, close]).fix_effect(FixEffect::Structure);
            }
        }
        MdxErrorKind::LessThan => {
            let finding = found.at(span, format!("MDX parses `{written}` as a tag"));
            finding.help("write `&lt;` for a less-than sign, or put the text in code");
            // `<-- hidden -->` was meant as a comment: readers aren't to see it.
            if !written.starts_with("<-") {
                finding
                    .unsafe_fix("Replace with `&lt;`", vec![Edit::replace(first, "&lt;")])
                    .fix_effect(FixEffect::Structure);
            }
        }
        MdxErrorKind::Autolink => {
            let finding = found.at(span, format!("MDX parses the link `{written}` as a tag"));
            finding.help("remove the angle brackets, or write `[text](url)`");
            if cx.doc.slice(span).ends_with('>') {
                let last = Span::new(span.end - 1, span.end);
                let edits = vec![Edit::replace(first, ""), Edit::replace(last, "")];
                finding.unsafe_fix("Remove the angle brackets", edits).fix_effect(FixEffect::Structure);
            }
        }
        MdxErrorKind::NeverClosed(name) => report_open_tag(span, name, found),
        MdxErrorKind::StrayClosing(name) => {
            let message = format!("`</{name}>` closes no open tag of its paragraph or block");
            found.at(span, message).help("MDX stops: remove it, or correct the opening tag");
        }
        MdxErrorKind::OpenBrace => {
            let finding = found.at(span, "`{` without `}`");
            finding.help("MDX stops: write `\\{`, or put the text in code");
            finding
                .unsafe_fix("Escape the brace", vec![Edit::replace(Span::empty(span.start), "\\")])
                .fix_effect(FixEffect::Structure);
        }
        MdxErrorKind::Attribute => {
            found
                .at(span, format!("attribute that JSX does not allow in `{written}`"))
                .help("MDX stops: quote values, and use JSX names such as `className`");
        }
        MdxErrorKind::Other(reason) => {
            found.at(span, format!("MDX cannot parse `{written}`")).help(reason.clone());
        }
    }
}

/// A tag that isn't closed where it has to be.
fn report_open_tag(span: Span, name: &str, found: &mut Findings) {
    let finding = found.at(span, format!("`<{name}>` is not closed in its paragraph or block"));
    if elements::is_void(name) {
        finding.help(format!("MDX stops: write `<{name} />`"));
        let edit = Edit::replace(Span::empty(span.end - 1), " /");
        finding.unsafe_fix(format!("Write `<{name} />`"), vec![edit]).fix_effect(FixEffect::Structure);
    } else if elements::is_known(name) {
        finding.help(format!("MDX stops: add `</{name}>`, or put both tags on lines of their own"));
    } else {
        finding.help(format!("MDX stops: write `&lt;{name}>` for text, or add `</{name}>`"));
        let edit = Edit::replace(Span::new(span.start, span.start + 1), "&lt;");
        finding.unsafe_fix("Replace with `&lt;`", vec![edit]).fix_effect(FixEffect::Structure);
    }
}

/// Adds the fix that makes an expression text.
pub(super) fn escape_brace(braces: Span, finding: &mut Finding) {
    let edits = vec![Edit::replace(Span::empty(braces.start), "\\")];
    finding.unsafe_fix("Escape the brace", edits).fix_effect(FixEffect::Structure);
}

/// Whether a text that starts with `import` or `export` can be a statement.
fn is_statement(written: &str) -> bool {
    let mut statements = written.lines().filter(|line| line.starts_with("import") || line.starts_with("export"));
    statements.all(|line| {
        let rest = line[6..].trim_start();
        if line.starts_with("export") {
            let words = ["const", "let", "var", "function", "class", "default", "async", "type", "interface", "enum"];
            return rest.starts_with(['{', '*']) || words.iter().any(|word| rest.starts_with(word));
        }
        if rest.starts_with(['"', '\'', '{', '*', '(']) {
            return true;
        }
        let name_len = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or(rest.len());
        let after = rest[name_len..].trim_start();
        if rest.starts_with("type ") || after.starts_with(',') {
            return true;
        }
        after.strip_prefix("from").is_some_and(|from| {
            from.trim_start().starts_with(['"', '\'']) || from.trim().is_empty() && written.lines().count() > 1
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plugins_that_add_syntax_are_found() {
        for config in [
            "\"remark-directive\": \"^3.0.0\"",
            "import custom from './plugins/remark-footsteps.mjs'",
            "remark-gfm, remark-sub-super",
        ] {
            assert!(names_syntax_plugin(config), "{config}");
        }
        for config in [
            "\"remark-gfm\": \"4\", \"remark-lint-no-dead-urls\": \"2\"",
            "\"@astrojs/markdown-remark\": \"6\"",
            "\"remark-mdx-frontmatter\": \"5\"",
        ] {
            assert!(!names_syntax_plugin(config), "{config}");
        }
    }
}
