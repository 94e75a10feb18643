//! A syntax error of YAML together with the edits that repair it.

use crate::data::problem::SyntaxErrorKind;
use crate::diagnostic::Edit;
use crate::source::Span;

/// An error and the edits with which parsing continues. Spans are bytes of the text examined.
#[derive(Debug)]
pub(crate) struct RepairableError {
    /// Why.
    pub(crate) kind: SyntaxErrorKind,
    /// The thing itself.
    pub(crate) span: Span,
    /// A second place.
    pub(crate) other: Option<Span>,
    /// The key, character or text it is about.
    pub(crate) detail: String,
    /// The edits that repair it; never empty for an error that stops the parser.
    pub(crate) repair: Vec<Edit>,
    /// Whether the repair is a single edit that preserves the intended value.
    pub(crate) is_safe: bool,
    /// Whether other repairs are possible that give other data.
    pub(crate) has_alternatives: bool,
}

impl RepairableError {
    /// An error whose repair is certain.
    pub(crate) fn new(cause: SyntaxErrorKind, span: Span, detail: impl Into<String>, repair: Edit) -> Self {
        Self {
            kind: cause,
            span,
            other: None,
            detail: detail.into(),
            repair: vec![repair],
            is_safe: true,
            has_alternatives: false,
        }
    }

    /// The same, with a repair that lets parsing continue but may not be what was intended.
    pub(crate) fn with_uncertain_repair(self, guess: bool) -> Self {
        Self { is_safe: self.is_safe && !guess, ..self }
    }

    /// The same, with a related span.
    pub(crate) fn with_related_span(self, other: Span) -> Self {
        Self { other: Some(other), ..self }
    }
}
