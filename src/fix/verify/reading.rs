//! A page as it is read before its fixes.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::document::body::outline::{Outline, outline};
use crate::source::Span;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The page as it is.
pub(super) struct Reading<'a> {
    pub(super) doc: &'a Document<'a>,
    outline: OnceCell<Outline>,
    /// How many findings each rule has.
    pub(super) counts: BTreeMap<Box<str>, usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(doc: &'a Document<'a>, diagnostics: &[Diagnostic]) -> Self {
        Self { doc, outline: OnceCell::new(), counts: counts(diagnostics) }
    }

    /// The structure of its body.
    pub(super) fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| outline(self.doc.source, self.doc.body.span.start))
    }
}

/// How many findings each rule has.
pub(super) fn counts(diagnostics: &[Diagnostic]) -> BTreeMap<Box<str>, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(Box::from(&*diagnostic.rule)).or_default() += 1;
    }
    counts
}

/// Side by side counts as meeting: what one reads may be what the other writes.
pub(super) fn meet(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}
