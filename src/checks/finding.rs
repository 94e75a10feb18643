//! A finding as a check reports it, before the linter adds rule and level.

use crate::diagnostic::{Edit, Fix, FixEffect, Label, Level};
use crate::source::Span;

/// A finding without rule and level.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// Where the problem is.
    pub(crate) span: Span,
    /// What is wrong.
    pub(crate) message: String,
    /// The label of `span`.
    pub(crate) primary_label: Option<String>,
    /// Further places of the same problem: one finding, several places.
    pub(crate) also_at: Vec<Span>,
    /// Labels of other places that explain the problem.
    pub(crate) labels: Vec<Label>,
    /// What to do about it.
    pub(crate) help: Option<String>,
    /// Edits that fix it.
    pub(crate) fix: Option<Fix>,
    /// The highest level, where this finding is less serious than others of its rule.
    pub(crate) max_level: Option<Level>,
}

impl Finding {
    /// Adds a further place of the same problem.
    pub(crate) fn also_at(&mut self, span: Span) -> &mut Self {
        self.also_at.push(span);
        self
    }

    /// Sets the label of the finding's own span.
    pub(crate) fn label_primary(&mut self, text: impl Into<String>) -> &mut Self {
        self.primary_label = Some(text.into());
        self
    }

    /// Adds a label at another place.
    pub(crate) fn label(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Sets the help.
    pub(crate) fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    /// Sets a fix that is right even if the writer never looks at it.
    pub(crate) fn fix(&mut self, title: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safe: true, edits, effect: FixEffect::Spelling });
        self
    }

    /// Sets a fix that the writer has to review.
    pub(crate) fn unsafe_fix(&mut self, title: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safe: false, edits, effect: FixEffect::Spelling });
        self
    }

    /// Reports it as a warning at most: the build goes on.
    pub(crate) fn warning(&mut self) -> &mut Self {
        self.max_level = Some(Level::Warning);
        self
    }

    /// Sets what the fix may change besides the characters at its edits: nothing, unless this is called.
    pub(crate) fn fix_effect(&mut self, effect: FixEffect) -> &mut Self {
        if let Some(fix) = &mut self.fix {
            fix.effect = effect;
        }
        self
    }
}

/// Collects the findings of one check in one document.
#[derive(Default, Debug)]
pub(crate) struct Findings {
    findings: Vec<Finding>,
}

impl Findings {
    /// Starts a finding at `span`.
    pub(crate) fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        let message = message.into();
        let finding = Finding {
            span,
            message,
            primary_label: None,
            also_at: vec![],
            labels: vec![],
            help: None,
            fix: None,
            max_level: None,
        };
        let index = self.findings.len();
        self.findings.push(finding);
        &mut self.findings[index]
    }

    /// An earlier finding, by its index.
    pub(crate) fn nth(&mut self, index: usize) -> &mut Finding {
        &mut self.findings[index]
    }

    /// The number of findings so far.
    pub(crate) fn len(&self) -> usize {
        self.findings.len()
    }

    /// The findings, in the order in which they were reported.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}
