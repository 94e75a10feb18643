//! Hugo shortcodes that stop the build: malformed, unknown, unclosed, closed without need.

use crate::checks::build::code_regions::code_at;
use crate::checks::check::{Check, Context};
use crate::checks::finding::{Finding, Findings};
use crate::checks::support::fields;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::markup::syntax::shortcodes::{Shortcode, ShortcodeError, shortcodes};
use crate::generator::markup::{ShortcodeContent, Shortcodes};
use crate::source::Span;
use crate::text::similarity;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShortcodeSyntax {}

impl Check for ShortcodeSyntax {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(known) = &cx.profile.markup.shortcodes else { return };
        let text = cx.doc.source.text();
        let found_shortcodes = shortcodes(text, cx.doc.body.span);
        let mut open: Vec<&Shortcode> = Vec::new();
        for shortcode in &found_shortcodes {
            let name = &text[shortcode.name.range()];
            if let Some(error) = &shortcode.error {
                report_error(cx, shortcode, error, found);
            } else if shortcode.closing {
                close(cx, known, shortcode, &mut open, found);
            } else {
                match lookup(cx, known, name) {
                    Known::Not => report_unknown(cx, known, shortcode, name, found),
                    Known::Content(ShortcodeContent::Required) if !shortcode.self_closing => open.push(shortcode),
                    Known::Content(ShortcodeContent::Unknown) | Known::Maybe if !shortcode.self_closing => {
                        open.push(shortcode);
                    }
                    Known::Content(ShortcodeContent::None) if shortcode.self_closing => {
                        found
                            .at(shortcode.span, format!("shortcode `{name}` takes no closing slash"))
                            .help("Hugo stops because its template has no `.Inner`: remove the slash");
                    }
                    Known::Content(ShortcodeContent::None) if matches!(name, "ref" | "relref") => {
                        report_missing_page(cx, shortcode, name, found);
                    }
                    _ => {}
                }
            }
        }
        for shortcode in open.into_iter().filter(|_| !known.may_stay_open) {
            let name = &text[shortcode.name.range()];
            if lookup(cx, known, name) == Known::Content(ShortcodeContent::Required) {
                let finding = found.at(shortcode.span, format!("shortcode `{name}` is never closed"));
                finding.help(format!("Hugo stops: add `{}`", closing_tag(&text[shortcode.span.range()], name)));
            }
        }
    }
}

/// What is known of a shortcode's template.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Known {
    Content(ShortcodeContent),
    /// It may come from a theme or module that isn't in the repository.
    Maybe,
    Not,
}

/// Names that themes give to shortcodes of their own, next to a built-in one.
const THEME_SHORTCODES: [&str; 2] = ["video", "detail"];

fn lookup(cx: &Context, known: &Shortcodes, name: &str) -> Known {
    // `{{< x.inline >}}` brings its own template.
    if name.ends_with(".inline") {
        return Known::Maybe;
    }
    let files = cx.site.build_files();
    if let Some(template) = files.templates.get(name) {
        let has_inner = template.contains(".Inner");
        return Known::Content(if has_inner { ShortcodeContent::Required } else { ShortcodeContent::None });
    }
    match known.built_in.get(name) {
        Some(ShortcodeContent::Removed) => return if has_missing_theme(cx) { Known::Maybe } else { Known::Not },
        Some(&content) => return Known::Content(content),
        None => {}
    }
    if has_missing_theme(cx) && (THEME_SHORTCODES.contains(&name) || nearest(cx, known, name).is_none()) {
        Known::Maybe
    } else {
        Known::Not
    }
}

/// Whether a shortcode may come from a theme or a module that isn't in the repository.
fn has_missing_theme(cx: &Context) -> bool {
    cx.site.build_files().lacks_theme(|path| cx.site.has_entry(path))
}

fn nearest<'a>(cx: &'a Context, known: &'a Shortcodes, name: &str) -> Option<&'a str> {
    let own = cx.site.build_files().templates.keys().map(String::as_str);
    similarity::nearest(name, own.chain(known.built_in.keys().map(String::as_str)).filter(|other| *other != name))
}

fn report_unknown(cx: &Context, known: &Shortcodes, shortcode: &Shortcode, name: &str, found: &mut Findings) {
    let near = nearest(cx, known, name);
    let message = similarity::with_suggestion(format!("unknown shortcode `{name}`"), near);
    let finding = found.at(shortcode.span, message);
    match code_at(&cx.doc.body, shortcode.span.start) {
        Some(_) => {
            let text = cx.doc.slice(shortcode.span);
            let inner = &text[3..text.len() - 3];
            let (open, close) = (&text[..3], &text[text.len() - 3..]);
            finding.help(format!("Hugo stops, in code too: write `{open}/*{inner}*/{close}` to show it"));
            let edits = [(shortcode.span.start + 3, "/*"), (shortcode.span.end - 3, "*/")];
            let edits = edits.map(|(at, insert)| Edit::replace(Span::empty(at), insert)).to_vec();
            finding.unsafe_fix("Show the shortcode as text", edits).fix_effect(FixEffect::Structure);
        }
        None => {
            finding.help(format!(
                "Hugo stops with \"template for shortcode not found\": add `layouts/_shortcodes/{name}.html`"
            ));
            if let Some(near) = nearest(cx, known, name) {
                finding.unsafe_fix(format!("Replace with `{near}`"), vec![Edit::replace(shortcode.name, near)]);
            }
        }
    }
}

fn report_error(cx: &Context, shortcode: &Shortcode, error: &ShortcodeError, found: &mut Findings) {
    let written = fields::truncate(cx.doc.slice(shortcode.span));
    let (message, help) = match error {
        ShortcodeError::Unclosed => (format!("shortcode without an end: `{written}`"), "end it with `>}}` or `%}}`"),
        ShortcodeError::UnclosedComment => ("shortcode comment without `*/`".to_owned(), "end it with `*/>}}`"),
        ShortcodeError::Character(c @ ('>' | '%' | '}')) => (
            format!("unexpected `{c}` in a shortcode: `{written}`"),
            "end `{{<` with `>}}` and `{{%` with `%}}`, without spaces in between",
        ),
        ShortcodeError::Character(c) => (
            format!("unexpected `{c}` in a shortcode: `{written}`"),
            "put arguments in straight quotes: `src=\"image.png\"`",
        ),
        ShortcodeError::Quote => (format!("unclosed quote in a shortcode: `{written}`"), "add the closing quote"),
        ShortcodeError::MixedArguments => (
            format!("named and positional arguments in a shortcode: `{written}`"),
            "name all arguments or none, and escape quotes in a value as `\\\"`",
        ),
        ShortcodeError::JoinedEnd => (
            format!("no space before the end of a shortcode: `{written}`"),
            "put the value in straight quotes, or add a space after it",
        ),
        ShortcodeError::NoName => ("shortcode without a name".to_owned(), "write its name after `{{<`"),
    };
    let finding = found.at(shortcode.span, message);
    finding.help(format!("Hugo stops: {help}"));
}

fn close(cx: &Context, known: &Shortcodes, shortcode: &Shortcode, open: &mut Vec<&Shortcode>, found: &mut Findings) {
    let text = cx.doc.source.text();
    let name = &text[shortcode.name.range()];
    // One without a name closes the last that was opened. Run with 0.168.
    match open.iter().rposition(|opened| name.is_empty() || &text[opened.name.range()] == name) {
        // Hugo doesn't mind if pairs cross. Run with 0.168.
        Some(at) => drop(open.remove(at)),
        None if name.is_empty() => {}
        None => {
            let help = match lookup(cx, known, name) {
                Known::Content(ShortcodeContent::None) => "its template has no `.Inner`, so it takes no closing tag",
                Known::Maybe => return,
                _ => "remove it, or add the opening tag",
            };
            let finding: &mut Finding =
                found.at(shortcode.span, format!("closing tag of shortcode `{name}` without an opening tag"));
            finding.help(format!("Hugo stops: {help}"));
        }
    }
}

/// A page that `ref` names and that isn't there.
fn report_missing_page(cx: &Context, shortcode: &Shortcode, name: &str, found: &mut Findings) {
    let written = cx.doc.slice(shortcode.span);
    let arguments = written[3..written.len() - 3].trim().strip_prefix(name).unwrap_or_default().trim();
    if arguments.is_empty() {
        found
            .at(shortcode.span, format!("shortcode `{name}` without a page"))
            .help("Hugo stops: name the page, for example `\"about.md\"`");
        return;
    }
    let path = arguments.trim_matches(['"', '`', ' ']);
    let page = path.split('#').next().unwrap_or_default().trim_end_matches('/');
    let is_plain = !path.contains([' ', '=', '"', '$', '{']);
    if page.is_empty() || !is_plain || !cx.site.has_files() || !cx.site.has_entry("content".as_ref()) {
        return;
    }
    let stem = page.rsplit('/').next().unwrap_or(page);
    let stem = stem.trim_end_matches(".md").trim_end_matches(".html").trim_end_matches(".markdown");
    let is_page = |file: &String| {
        let parts: Vec<&str> = file.split('/').collect();
        let last = parts.last().and_then(|last| last.split('.').next()).unwrap_or_default();
        last.eq_ignore_ascii_case(stem) || parts.iter().any(|part| part.eq_ignore_ascii_case(stem))
    };
    // A content adapter may add pages.
    let may_be = |file: &String| file.ends_with("_content.gotmpl") || is_page(file);
    if !matches!(stem, "_index" | "index" | "." | "..") && !cx.site.source_files("content").iter().any(may_be) {
        found
            .at(shortcode.span, format!("page `{page}` does not exist"))
            .help(format!("Hugo stops because `{name}` finds no such page"));
    }
}

/// The tag that closes a shortcode, with its delimiters.
fn closing_tag(opening: &str, name: &str) -> String {
    if opening.starts_with("{{%") { format!("{{{{% /{name} %}}}}") } else { format!("{{{{< /{name} >}}}}") }
}
