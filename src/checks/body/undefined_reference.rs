//! A reference to a link definition or a footnote that the page doesn't have.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::checks::support::includes;
use crate::diagnostic::{Edit, FixEffect};
use crate::source::Span;
use crate::text::brackets;
use crate::text::similarity;
use memchr::memmem;
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::HashSet;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UndefinedReference {}

/// The maximum length of a label and of a link's text, in bytes.
const MAX_LEN: usize = 300;

/// How many labels are compared with others to suggest one, at most.
const MAX_COMPARISONS: usize = 100_000;

impl Check for UndefinedReference {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if !cx.profile.markdown.has_reference_links() || !has_candidate(cx) {
            return;
        }
        // Definitions may be in a file that is included.
        let is_partial = includes::is_partial(cx.doc) && cx.doc.body.definitions.is_empty();
        if is_partial || includes::has_include(cx.doc) || !cx.profile.is_known() && is_material(cx) {
            return;
        }
        check_links(cx, found);
        check_footnotes(cx, found);
    }
}

/// Whether brackets that could be a reference are shown as text.
fn has_candidate(cx: &Context) -> bool {
    let body = &cx.doc.body;
    let bytes = &cx.doc.source.text().as_bytes()[body.span.range()];
    let shows = |mark: &[u8]| memmem::find_iter(bytes, mark).any(|at| body.is_prose(at + body.span.start));
    shows(b"][") || shows(b"[^")
}

/// `[text][label]` without `[label]: …`
fn check_links(cx: &Context, found: &mut Findings) {
    let body = &cx.doc.body;
    let text = cx.doc.source.text();
    let followed = OnceCell::new();
    let mut comparisons = 0;
    for joint in memmem::find_iter(&text.as_bytes()[body.span.range()], b"][").map(|at| at + body.span.start) {
        if !body.is_prose(joint) || !body.is_prose(joint + 1) || text[..joint].ends_with('\\') {
            continue;
        }
        let Some((open, close)) = brackets_around(text, joint) else { continue };
        let (name, label) = (&text[open + 1..joint], &text[joint + 2..close]);
        let span = Span::new(open, close + 1);
        if !is_label(label) || !is_link_text(name) || !stands_alone(text, span) {
            continue;
        }
        comparisons += body.definitions.len();
        let known = if comparisons > MAX_COMPARISONS { &[] } else { &*body.definitions };
        let labels = known.iter().map(|definition| definition.label.as_str());
        let near = similarity::nearest(label, labels).filter(|near| digits(near) == digits(label));
        // Without any definition on the page, brackets next to brackets may be something else.
        let is_word = |text: &str| text.len() > 2 && text.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_slug = label.is_ascii() && name.contains(char::is_whitespace)
            || is_word(label)
                && is_word(name)
                && text[..open].ends_with(' ')
                && !is_in_table(text, open)
                && !is_usage(text, open);
        if body.definitions.is_empty() && !is_slug || followed.get_or_init(|| followed_labels(text)).contains(label) {
            continue;
        }
        let finding = found.at(
            span,
            similarity::with_suggestion(format!("link reference `{}` is not defined", truncate(label)), near),
        );
        finding.label_primary("rendered as text").help(format!("add `[{label}]: URL`, or write `[text](URL)`"));
        if let Some(near) = near {
            let edit = Edit::replace(Span::new(joint + 2, close), near);
            finding.unsafe_fix(format!("Replace with `{near}`"), vec![edit]).fix_effect(FixEffect::Structure);
        }
    }
}

/// What is between brackets before a colon, as a label in a definition is, also where that is in code.
fn followed_labels(text: &str) -> HashSet<&str> {
    let ends = memmem::find_iter(text.as_bytes(), b"]:");
    let labels = ends.filter_map(|end| {
        let near = &text[text.ceil_char_boundary(end.saturating_sub(MAX_LEN))..end];
        near.rsplit_once('[').map(|(_, label)| label)
    });
    labels.collect()
}

/// The brackets of `[text][label]` around the joint, on one line.
fn brackets_around(text: &str, joint: usize) -> Option<(usize, usize)> {
    let near = text.ceil_char_boundary(joint.saturating_sub(MAX_LEN));
    let line = text[near..joint].rfind('\n').map_or(near, |end| near + end + 1);
    let open = brackets::opening(&text[line..joint], b'[', b']')?;
    let close =
        text[joint + 2..].bytes().take(MAX_LEN).take_while(|&byte| byte != b'\n').position(|byte| byte == b']')?;
    Some((line + open, joint + 2 + close))
}

/// Whether a line is a row of a table, where `[target][rel]` is a selector or an index.
fn is_in_table(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..].trim_start().starts_with('|')
}

/// Whether brackets on a line may be the arguments of a command: `npm [command][parameters]`.
fn is_usage(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let before = text[line..at].trim_matches([' ', '>', '-', '*', '$', '#']);
    !before.is_empty()
        && before.split(' ').count() < 4
        && before.bytes().all(|byte| byte.is_ascii_lowercase() || b" -_.".contains(&byte))
}

/// Words on a page that explains patterns, in which `[^5]` is any character but 5.
const PATTERN_WORDS: [&str; 7] = ["regex", "Regex", "regular expression", "正则", "正規表現", "정규식", "정규 표현식"];

/// The digits of a label: dates and versions next to each other aren't typos of one another.
fn digits(label: &str) -> String {
    label.chars().filter(char::is_ascii_digit).collect()
}

/// Whether the page is written in the dialect of Material for `MkDocs`, whose snippets define references for all pages.
fn is_material(cx: &Context) -> bool {
    const MARKS: [&str; 6] = ["\n!!! ", "\n??? ", "\n=== \"", ":octicons-", ":material-", "{ .md-button"];
    let body = cx.doc.slice(cx.doc.body.span);
    MARKS.iter().any(|mark| body.contains(mark))
}

/// Whether `label` is written as a label is: a word or a few, or a number. `a-z` and `0-9` are character classes.
fn is_label(label: &str) -> bool {
    let is_class = matches!(label.as_bytes(), [_, b'-', _] | [_, b'-', _, ..] if label.len() < 8 && label.contains("-z"))
        || label.contains("0-9");
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ':' | '/' | '\'' | '’' | '#');
    !label.trim().is_empty()
        && !is_class
        && label.chars().all(is_word)
        && !label.contains("::")
        && !is_object_path(label)
        && label.chars().count() < 60
        && label.contains(char::is_alphanumeric)
}

/// Whether a label is the path of an object, which plugins resolve: `config.log`, `package.Class.method`.
fn is_object_path(label: &str) -> bool {
    label.contains('.')
        && !label.contains([' ', '/'])
        && label.split('.').all(|part| part.contains(char::is_alphabetic))
}

/// Whether the text is long enough for a link, and isn't an index, a placeholder or an option.
fn is_link_text(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !text.starts_with(['-', '^', '<', '|', '\\', '.'])
        && !text.ends_with(['+', '*', '|', '\\'])
        && !text.contains("a-z")
}

/// Whether the brackets belong to no expression: `list[index][key]`, `[a][b](c)`, `[a][b][c]`.
fn stands_alone(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back().unwrap_or(' ');
    let after = text[span.end..].chars().next().unwrap_or(' ');
    !before.is_ascii_alphanumeric()
        && !matches!(before, ')' | ']' | '}' | '\\' | '[' | '_' | '.' | '$' | '{')
        && !matches!(after, '(' | '[' | '{' | '=' | ']' | '+' | '*' | '?' | ':' | '\\')
}

/// `[^name]` without `[^name]: …`
fn check_footnotes(cx: &Context, found: &mut Findings) {
    let body = &cx.doc.body;
    let text = cx.doc.source.text();
    let followed = OnceCell::new();
    let mut comparisons = 0;
    let names: Vec<&str> = body.footnotes.iter().filter_map(|span| footnote_name(&text[span.range()])).collect();
    if names.is_empty() && PATTERN_WORDS.iter().any(|word| text.contains(word)) {
        return;
    }
    for open in memmem::find_iter(&text.as_bytes()[body.span.range()], b"[^").map(|at| at + body.span.start) {
        let Some(name) = footnote_name(&text[open..]).filter(|_| body.is_prose(open)) else { continue };
        let span = Span::new(open, open + name.len() + 3);
        let is_number = name.len() < 4 && name.bytes().all(|byte| byte.is_ascii_digit());
        // `[^abc]` without any footnote on the page is a pattern, and `[^5]` where the page is about them.
        // `So it was.[^source]`
        let follows_sentence =
            name.len() > 2 && text[..open].ends_with(['.', ',', '!', '?', ';', '。', '、']) && !name.contains('-');
        let is_pattern = names.is_empty() && !is_number && !follows_sentence || !stands_alone_as_footnote(text, span);
        if is_pattern || followed.get_or_init(|| followed_labels(text)).contains(&text[open + 1..open + 2 + name.len()])
        {
            continue;
        }
        comparisons += names.len();
        let is_compared = !is_number && comparisons <= MAX_COMPARISONS;
        let near = if is_compared { similarity::nearest(name, names.iter().copied()) } else { None };
        let near = near.filter(|near| digits(near) == digits(name));
        let finding = found.at(span, similarity::with_suggestion(format!("footnote `{name}` is not defined"), near));
        finding.label_primary("rendered as text").help(format!("add the text of the footnote: `[^{name}]: …`"));
        if let Some(near) = near {
            let edit = Edit::replace(Span::new(open + 2, span.end - 1), near);
            finding.unsafe_fix(format!("Replace with `{near}`"), vec![edit]).fix_effect(FixEffect::Structure);
        }
    }
}

/// Whether the brackets of a footnote belong to no pattern: `[^1]+`, `([^1])`.
fn stands_alone_as_footnote(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back().unwrap_or(' ');
    let after = text[span.end..].chars().next().unwrap_or(' ');
    !matches!(before, '(' | '\\' | '/' | '[' | '^' | '|') && !matches!(after, '+' | '*' | '{' | '(' | '\\' | '|' | '/')
}

/// The name of the footnote at the start of `text`.
fn footnote_name(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("[^")?;
    let name = &inner[..inner.bytes().take(60).position(|byte| byte == b']')?];
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::run;
    use crate::content::ContentType;

    fn findings(text: &str) -> Vec<(String, String)> {
        let text = format!("---\ntitle: A\n---\n\n{text}");
        let findings = run("undefined-reference", &ContentType::default(), &text);
        findings.into_iter().map(|finding| (finding.marked, finding.message)).collect()
    }

    #[test]
    fn labels_without_a_definition_are_found() {
        let found = findings("Read [the manual][manaul] or [the book][b].\n\n[manual]: https://example.com\n");
        let expected = [
            ("[the manual][manaul]", "link reference `manaul` is not defined; did you mean `manual`?"),
            ("[the book][b]", "link reference `b` is not defined"),
        ];
        assert_eq!(found, expected.map(|(marked, message)| (marked.to_owned(), message.to_owned())));
    }

    #[test]
    fn another_number_is_no_typo() {
        let found = findings("See [the notes][2024-01-05] and[^step-12].\n\n[2024-01-06]: /a\n\n[^step-11]: Text.\n");
        let expected = ["link reference `2024-01-05` is not defined", "footnote `step-12` is not defined"];
        assert_eq!(found.into_iter().map(|(_, message)| message).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn footnotes_without_text_are_found() {
        let found = findings("One[^1], two[^note], three[^2].\n\n[^notes]: Text.\n\n[^2]: Text.\n");
        let expected = [
            ("[^1]", "footnote `1` is not defined"),
            ("[^note]", "footnote `note` is not defined; did you mean `notes`?"),
        ];
        assert_eq!(found, expected.map(|(marked, message)| (marked.to_owned(), message.to_owned())));
    }

    #[test]
    fn other_brackets_are_not_reported() {
        for text in [
            "[a b][x]\n\n[x]: https://example.com\n",
            "list[index][key]",
            "!!! note\n\n    Read [the manual][mkdocs].\n\n[other]: https://example.com\n",
            "[1][2] and [3][4]",
            "`[a b][c]` and \\[a b][c]",
            "[a-z][0-9] and [a-zA-Z_][a-zA-Z0-9_]",
            "[ab][cd](https://example.com)",
            "[ab][cd][ef]",
            "[Vec][std::vec::Vec]",
            "[the setting][config.log]",
            "[아이콘][텍스트]",
            "[the book][b]\n\n[^1]: x\n[b]: https://example.com",
            "A pattern: [^abc]",
            "([^1])+ and [^1]*",
            "Text[^1]\n\n<div>\n[^1]: x\n</div>\n",
            "--8<-- \"links.md\"\n\n[the book][b]",
        ] {
            assert_eq!(findings(text), [], "{text}");
        }
    }
}
