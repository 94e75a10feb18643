//! The comment that suppresses a finding, where a page can hold one.

use crate::data::format::FrontMatterFormat;
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::Document;
use crate::source::{Source, Span};

/// What a suppression says until its writer does.
const REASON: &str = "reason";

/// The comment that switches a finding's rule off, and nothing more. None where no comment can stand: in JSON, and in
/// code.
pub(super) fn edit(doc: &Document, diagnostic: &Diagnostic) -> Option<Edit> {
    let (source, rule) = (doc.source, &diagnostic.rule);
    let line = source.line_of(diagnostic.span.start);
    let span = source.line_span(line);
    if let Some(front) = doc.front_matter.as_ref().filter(|front| diagnostic.span.start < front.span.end) {
        let on_line = format!(" # matterlint-disable-line {rule}: {REASON}");
        let is_fence = span.start == front.opening_delimiter.start;
        return match front.format {
            FrontMatterFormat::Json => None,
            // A fence takes no comment.
            _ if is_fence => Some(below(source, line, &format!("# matterlint-disable-file {rule}: {REASON}"))),
            _ => Some(Edit::replace(Span::empty(span.end), on_line)),
        };
    }
    if doc.body.code.iter().any(|code| code.span.start < diagnostic.span.end && diagnostic.span.start < code.span.end) {
        return None;
    }
    let is_mdx = source.path().extension().is_some_and(|extension| extension == "mdx");
    let (open, close) = if is_mdx { ("{/*", "*/}") } else { ("<!--", "-->") };
    let above = line.checked_sub(1).map(|above| source.slice(source.line_span(above)));
    // Within a paragraph, a table or a list, a line of its own would tear it apart.
    let starts_block = above.is_none_or(|above| above.trim().is_empty() || line == 1);
    Some(if starts_block {
        let indent: String = source.slice(span).chars().take_while(|c| c.is_whitespace()).collect();
        let comment = format!("{indent}{open} matterlint-disable-next-line {rule}: {REASON} {close}");
        Edit::replace(Span::empty(span.start), comment + line_end(source, line))
    } else {
        Edit::replace(Span::empty(span.end), format!(" {open} matterlint-disable-line {rule}: {REASON} {close}"))
    })
}

/// A line of its own below line `number`.
fn below(source: &Source, number: usize, text: &str) -> Edit {
    Edit::replace(Span::empty(source.line_span(number + 1).start), format!("{text}{}", line_end(source, number)))
}

/// How line `number` ends.
fn line_end(source: &Source, number: usize) -> &str {
    let end = source.line_span(number).end;
    if source.text()[end..].starts_with("\r\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;
    use crate::fix;

    /// The text after the finding on `marked` is suppressed.
    fn suppressed(name: &str, text: &str, marked: &str) -> Option<String> {
        let source = Source::new(name, text.into());
        let at = text.find(marked).expect("it is there");
        let diagnostic = Diagnostic::new("some-rule", Level::Warning, Span::new(at, at + marked.len()), "");
        edit(&Document::parse(&source), &diagnostic).map(|edit| fix::apply(text, &[edit]))
    }

    #[test]
    fn a_comment_stands_where_it_tears_nothing_apart() {
        let post = "---\ntitle: a\n---\n\none x\ntwo y\n\n- z\n";
        let expect = |marked: &str, line: &str| {
            let text = suppressed("x.md", post, marked).expect("a comment");
            assert!(text.contains(line), "{text}");
        };
        expect("title", "\ntitle: a # matterlint-disable-line some-rule: reason\n---");
        expect("---", "---\n# matterlint-disable-file some-rule: reason\ntitle");
        expect("x", "\n\n<!-- matterlint-disable-next-line some-rule: reason -->\none x\n");
        expect("y", "\ntwo y <!-- matterlint-disable-line some-rule: reason -->\n");
        let mdx = suppressed("x.mdx", "a\r\n\r\nb\r\n", "b").expect("a comment");
        assert_eq!(mdx, "a\r\n\r\n{/* matterlint-disable-next-line some-rule: reason */}\r\nb\r\n");
    }

    #[test]
    fn where_no_comment_can_stand_there_is_none() {
        assert_eq!(suppressed("x.md", "```\nx\n```\n", "x"), None);
        assert_eq!(suppressed("x.md", "{\n  \"a\": 1\n}\n\nb\n", "1"), None);
    }
}
