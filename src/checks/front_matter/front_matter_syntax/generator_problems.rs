//! Delimiters that only some generators accept.

use crate::checks::check::Context;
use crate::checks::support::fields;
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::diagnostic::Edit;
use crate::document::front_matter;
use crate::source::Span;

/// The problems that the generator of the site has with delimiters that others accept.
pub(super) fn find(cx: &Context) -> Vec<SyntaxProblem> {
    let profile = cx.profile;
    let Some(front) = &cx.doc.front_matter else {
        return if profile.json_front_matter { json_problem(cx).into_iter().collect() } else { Vec::new() };
    };
    let mut problems = Vec::new();
    let mut push = |span: Span, fix| {
        let detail = cx.doc.slice(span).to_owned();
        let kind = SyntaxErrorKind::MalformedDelimiter;
        problems.push(SyntaxProblem { kind, span, other: None, detail, help: "", fix: Some(fix) });
    };
    let opening = front.opening_delimiter;
    let after = &cx.doc.source.text()[opening.end..];
    let spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
    if profile.errors.rejects_space_after_opening && spaces > 0 && cx.doc.slice(opening) == "---" {
        let span = Span::new(opening.start, opening.end + spaces);
        push(span, Edit::replace(Span::new(opening.end, span.end), ""));
    }
    if let Some(closing) = front.closing_delimiter.filter(|closing| cx.doc.slice(*closing) == "...")
        && profile.errors.rejects_closing_dots
    {
        push(closing, Edit::replace(closing, "---"));
    }
    problems
}

/// The first error of a page that the generator parses as JSON because of its first character.
fn json_problem(cx: &Context) -> Option<SyntaxProblem> {
    // A README isn't a page.
    if !fields::is_in_folder(cx, "content") {
        return None;
    }
    let problem = front_matter::json_problem(cx.doc.source)?;
    let help = "start the page with front matter, or with text: `{` starts JSON front matter";
    Some(SyntaxProblem { help, ..problem })
}
