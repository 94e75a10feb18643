//! Fixes a text until nothing more can be fixed, and takes back what would do harm.

use crate::diagnostic::{Change, Diagnostic, Level};
use crate::document::Document;
use crate::fix::apply;
use crate::fix::apply::Pass;
use crate::fix::changes;
use crate::fix::unharmed;
use crate::linter::INTERNAL_ERROR;
use crate::source::{Source, Span};

/// More passes than any honest fixes need; what is left then is reported.
const MOST_PASSES: usize = 10;

/// A text after its fixes, and what is left to say of it.
#[derive(Debug)]
pub struct Mended {
    /// The text now.
    pub source: Source,
    /// What is left.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings are gone.
    pub fixed: usize,
    /// Where the text differs from what it was.
    pub changes: Vec<Change>,
}

/// Fixes a text until nothing more can be fixed, guesses included if `unsafe_too`; `lint` finds what is wrong with it.
/// What isn't text as it stands on disk is left alone.
pub fn mend(mut source: Source, unsafe_too: bool, lint: impl Fn(&Source) -> Vec<Diagnostic>) -> Mended {
    let mut diagnostics = lint(&source);
    let (mut fixed, mut changed) = (0, Vec::new());
    for _ in 0..MOST_PASSES {
        let pass = source.is_intact().then(|| apply::pass(source.text(), &diagnostics, unsafe_too)).flatten();
        let Some(Pass { text, edits, mended }) = pass else { break };
        let next = Source::new(source.path(), text.into_bytes());
        if let Some(what) = unharmed::harm(&Document::parse(&source), &Document::parse(&next), &edits) {
            let fault = harmful(&mended.iter().map(|&index| &diagnostics[index]).collect::<Vec<_>>(), &what);
            diagnostics.insert(0, fault);
            break;
        }
        changed = changes::compose(&changed, &changes::of_edits(&edits));
        (diagnostics, source, fixed) = (lint(&next), next, fixed + mended.len());
    }
    Mended { source, diagnostics, fixed, changes: changed }
}

/// Our own fault: fixes that would have changed more than they say, and so were not made.
fn harmful(fixes: &[&Diagnostic], what: &str) -> Diagnostic {
    let mut rules: Vec<&str> = fixes.iter().map(|diagnostic| &*diagnostic.rule).collect();
    rules.dedup();
    let version = env!("CARGO_PKG_VERSION");
    Diagnostic {
        rule: INTERNAL_ERROR.into(),
        level: Level::Error,
        message: format!("fixes by `{}` would have changed `{what}` too, so they were not made", rules.join("`, `")),
        span: Span::empty(fixes.first().map_or(0, |diagnostic| diagnostic.span.start)),
        label: None,
        labels: vec![],
        help: Some(format!("this is a fault of matterlint {version}, not of the file: please report it")),
        fix: None,
    }
}
