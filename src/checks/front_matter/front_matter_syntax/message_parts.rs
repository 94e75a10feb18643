//! The parts of a finding about a syntax problem, and what its message needs to know.

use crate::data::format::FrontMatterFormat;
use crate::data::problem::SyntaxProblem;

/// The parts of a finding. Empty where the finding has no such part.
#[derive(Default)]
pub(super) struct MessageParts {
    pub(super) message: String,
    /// The label of the problem itself.
    pub(super) label: &'static str,
    /// The label of the problem's other place.
    pub(super) other_label: &'static str,
    pub(super) help: String,
    /// What happens otherwise, after the help: what the generator does, where that is known.
    pub(super) consequence: String,
    pub(super) fix: &'static str,
}

/// A syntax problem with what its message needs to know.
pub(super) struct ProblemContext<'a> {
    pub(super) problem: &'a SyntaxProblem,
    /// The text under the problem's span.
    pub(super) text: &'a str,
    /// Names the key whose value the problem is in. Looks at all keys, which few causes need.
    pub(super) key: &'a dyn Fn() -> String,
    pub(super) format: FrontMatterFormat,
}

impl ProblemContext<'_> {
    pub(super) fn detail(&self) -> &str {
        &self.problem.detail
    }
}
