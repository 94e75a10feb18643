//! Findings and the ways out of them, as an editor shows them: fixes, and comments that switch a rule off.

use crate::data::format::FrontMatterFormat;
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::Document;
use crate::fix::apply;
use crate::lsp::place::Units;
use crate::lsp::severity;
use crate::source::{Source, Span};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, DiagnosticRelatedInformation, DocumentChanges, Location,
    NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

/// What can be asked for.
pub(super) const KINDS: [&str; 2] = ["quickfix", "source.fixAll.matterlint"];

/// What a suppression says until its writer does.
const REASON: &str = "why this is meant";

/// A finding as the editor shows it.
pub(super) fn shown(diagnostic: &Diagnostic, source: &Source, units: Units, uri: &Uri) -> lsp_types::Diagnostic {
    let related = diagnostic.labels.iter().map(|label| DiagnosticRelatedInformation {
        location: Location { uri: uri.clone(), range: units.range(source, label.span) },
        message: label.text.clone(),
    });
    let help = diagnostic.help.iter().map(|help| format!("\n{help}")).collect::<String>();
    lsp_types::Diagnostic {
        range: units.range(source, diagnostic.span),
        severity: Some(severity(diagnostic.level)),
        code: Some(NumberOrString::String(diagnostic.rule.to_string())),
        source: Some("matterlint".to_owned()),
        message: format!("{}{help}", diagnostic.message),
        related_information: Some(related.collect::<Vec<_>>()).filter(|related| !related.is_empty()),
        ..lsp_types::Diagnostic::default()
    }
}

/// What can be done about the findings that the range in `params` meets: each fix, then each suppression; and all
/// safe fixes of the text at once.
pub(super) fn all(
    found: &[Diagnostic],
    source: &Source,
    units: Units,
    params: &CodeActionParams,
    version: i32,
) -> Vec<CodeAction> {
    let uri = &params.text_document.uri;
    let range = units.span(source, params.range);
    let here = || found.iter().filter(|found| found.span.start <= range.end && range.start <= found.span.end);
    let edit = |edits: &[Edit]| {
        let edits = edits
            .iter()
            .map(|edit| OneOf::Left(TextEdit { range: units.range(source, edit.span), new_text: edit.insert.clone() }));
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: Some(version) };
        let edit = TextDocumentEdit { text_document, edits: edits.collect() };
        let changes = Some(DocumentChanges::Edits(vec![edit]));
        Some(WorkspaceEdit { document_changes: changes, ..WorkspaceEdit::default() })
    };
    let quick = |title: String, diagnostic: &Diagnostic, edits: &[Edit], is_preferred| CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![shown(diagnostic, source, units, uri)]),
        edit: edit(edits),
        is_preferred,
        ..CodeAction::default()
    };
    let mut actions = Vec::new();
    for diagnostic in here() {
        if let Some(fix) = &diagnostic.fix {
            let guess = if fix.safe { "" } else { " (a guess)" };
            actions.push(quick(format!("{}{guess}", fix.title), diagnostic, &fix.edits, fix.safe.then_some(true)));
        }
    }
    let doc = Document::parse(source);
    for diagnostic in here() {
        if let Some(comment) = suppression(&doc, diagnostic) {
            actions.push(quick(format!("switch `{}` off here", diagnostic.rule), diagnostic, &[comment], None));
        }
    }
    if let Some(pass) = apply::pass(source.text(), found, false) {
        actions.push(CodeAction {
            title: "fix all that matterlint is sure of".to_owned(),
            kind: Some(CodeActionKind::new(KINDS[1])),
            edit: edit(&pass.edits),
            ..CodeAction::default()
        });
    }
    actions.retain(|action| wanted(action, params.context.only.as_deref()));
    actions
}

/// Whether an action is of a kind asked for: `source` asks for `source.fixAll.matterlint` too.
fn wanted(action: &CodeAction, only: Option<&[CodeActionKind]>) -> bool {
    let kind = action.kind.as_ref().map_or("", CodeActionKind::as_str);
    let asks = |only: &CodeActionKind| {
        kind.strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(asks))
}

/// The comment that switches a finding's rule off, and nothing more. None where no comment can stand: in JSON, and in
/// code.
fn suppression(doc: &Document, diagnostic: &Diagnostic) -> Option<Edit> {
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

    /// The text after the finding on `marked` is suppressed.
    fn suppressed(name: &str, text: &str, marked: &str) -> Option<String> {
        let source = Source::new(name, text.into());
        let at = text.find(marked).expect("it is there");
        let diagnostic = Diagnostic {
            rule: "some-rule".into(),
            level: Level::Warning,
            message: String::new(),
            span: Span::new(at, at + marked.len()),
            label: None,
            labels: vec![],
            help: None,
            fix: None,
        };
        suppression(&Document::parse(&source), &diagnostic).map(|edit| apply::apply(text, &[edit]))
    }

    #[test]
    fn a_comment_stands_where_it_tears_nothing_apart() {
        let post = "---\ntitle: a\n---\n\none x\ntwo y\n\n- z\n";
        let expect = |marked: &str, line: &str| {
            let text = suppressed("x.md", post, marked).expect("a comment");
            assert!(text.contains(line), "{text}");
        };
        expect("title", "\ntitle: a # matterlint-disable-line some-rule: why this is meant\n---");
        expect("---", "---\n# matterlint-disable-file some-rule: why this is meant\ntitle");
        expect("x", "\n\n<!-- matterlint-disable-next-line some-rule: why this is meant -->\none x\n");
        expect("y", "\ntwo y <!-- matterlint-disable-line some-rule: why this is meant -->\n");
        let mdx = suppressed("x.mdx", "a\r\n\r\nb\r\n", "b").expect("a comment");
        assert_eq!(mdx, "a\r\n\r\n{/* matterlint-disable-next-line some-rule: why this is meant */}\r\nb\r\n");
    }

    #[test]
    fn where_no_comment_can_stand_there_is_none() {
        assert_eq!(suppressed("x.md", "```\nx\n```\n", "x"), None);
        assert_eq!(suppressed("x.md", "{\n  \"a\": 1\n}\n\nb\n", "1"), None);
    }
}
