//! Fixes: choose edits that don't overlap, apply them, verify the result.

mod apply;
mod changes;
mod verify;

use crate::diagnostic::{Change, Diagnostic};
use crate::document::Document;
use crate::source::Source;

pub(crate) use apply::{apply, apply_fixes};
pub(crate) use changes::of_edits;
pub(crate) use verify::retain_verified;

/// More passes than any honest fixes need; what is left then is reported.
const MAX_PASSES: usize = 10;

/// A text after its fixes, and what is left to report of it.
#[derive(Debug)]
pub(crate) struct FixResult {
    /// The text now.
    pub(crate) source: Source,
    /// What is left.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How many findings are gone.
    pub(crate) fixed: usize,
    /// Where the text differs from what it was.
    pub(crate) changes: Vec<Change>,
}

/// Fixes a text until nothing more can be fixed; `lint` finds what is wrong with it, with verified fixes. A file
/// that isn't valid UTF-8 isn't changed.
pub(crate) fn fix_all(source: Source, unsafe_too: bool, lint: impl Fn(&Document) -> Vec<Diagnostic>) -> FixResult {
    let Passes { source: fixed_source, diagnostics, fixed, changes } = {
        let doc = Document::parse(&source);
        let found = lint(&doc);
        let passes = if source.is_valid_utf8() { MAX_PASSES } else { 0 };
        run_passes(&doc, found, passes, unsafe_too, &lint)
    };
    FixResult { source: fixed_source.unwrap_or(source), diagnostics, fixed, changes }
}

/// As [`FixResult`], with the text only where something was fixed.
struct Passes {
    source: Option<Source>,
    diagnostics: Vec<Diagnostic>,
    fixed: usize,
    changes: Vec<Change>,
}

fn run_passes(
    doc: &Document,
    mut diagnostics: Vec<Diagnostic>,
    passes: usize,
    unsafe_too: bool,
    lint: &dyn Fn(&Document) -> Vec<Diagnostic>,
) -> Passes {
    let mut at_most = if passes == 0 { 0 } else { usize::MAX };
    while let Some(pass) = apply_fixes(doc.source.text(), &diagnostics, unsafe_too, at_most) {
        let next = Source::new(doc.source.path(), pass.text.clone().into_bytes());
        let result = {
            let after = Document::parse(&next);
            let is_kept = verify::keeps_everything_else(doc, &after, &pass, &diagnostics);
            is_kept.then(|| run_passes(&after, lint(&after), passes - 1, unsafe_too, lint))
        };
        match result {
            Some(further) => {
                return Passes {
                    source: Some(further.source.unwrap_or(next)),
                    diagnostics: further.diagnostics,
                    fixed: further.fixed + pass.fixed.len(),
                    changes: changes::compose(&changes::of_edits(&pass.edits), &further.changes),
                };
            }
            // Each was verified, but not with all others.
            None if pass.fixed.len() > 1 => at_most = pass.fixed.len() / 2,
            None => diagnostics[pass.fixed[0]].fix = None,
        }
    }
    Passes { source: None, diagnostics, fixed: 0, changes: Vec::new() }
}
