//! Errors in a config or in a rule's documentation, as findings.

use crate::checks;
use crate::checks::SpecError;
use crate::data::problem::SyntaxProblem;
use crate::data::typed::DeserializeError;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Span;
use crate::text::similarity::{nearest, with_suggestion};

/// A finding about a rule's documentation or a config, which prevents the run.
pub(crate) fn config_error(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new("broken-config", Level::Error, span, message)
}

/// The errors in a command spec.
pub(crate) fn spec_errors(text: &str) -> Vec<Diagnostic> {
    let finding = |error: SpecError| Diagnostic { help: error.help, ..config_error(error.span, error.message) };
    checks::validate_spec(text).into_iter().map(finding).collect()
}

/// A finding about a syntax error in a config or in a rule's documentation.
pub(crate) fn syntax_error(problem: &SyntaxProblem, text: &str) -> Diagnostic {
    let finding = checks::describe_syntax_error(problem, text);
    let mut error = config_error(finding.span, finding.message);
    (error.label, error.labels, error.help) = (finding.primary_label, finding.labels, finding.help);
    error
}

/// A finding about invalid options, with a suggestion if one is near.
pub(crate) fn options_error(span: Span, error: &DeserializeError) -> Diagnostic {
    let unknown = error.unknown.as_deref();
    let near = unknown.and_then(|unknown| nearest(unknown, error.expected.iter().map(String::as_str)));
    let help = || {
        let expected: Vec<String> = error.expected.iter().map(|name| format!("`{name}`")).collect();
        (unknown.is_some() && !expected.is_empty()).then(|| format!("expected one of {}", expected.join(", ")))
    };
    let mut finding = config_error(span, with_suggestion(error.message.clone(), near));
    finding.help = if near.is_some() { None } else { help() };
    finding
}
