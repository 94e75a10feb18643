//! `--fix` and `--diff`: fix, look again, and again where fixes met; then write, or show what would be written.

use super::args::CheckArgs;
use crate::diagnostic::{Diagnostic, Level};
use crate::document::{Document, unharmed};
use crate::files;
use crate::fix::{self, Pass};
use crate::linter::INTERNAL_ERROR;
use crate::source::{Source, Span};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// More passes than any honest fixes need; what is left then is reported.
const MOST_PASSES: usize = 10;

/// A text after its fixes, and what is left to say of it.
pub(super) struct Mended {
    /// The text now.
    pub(super) source: Source,
    /// What is left.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many findings are gone.
    pub(super) fixed: usize,
}

/// Whether fixes are asked for.
pub(super) fn wanted(args: &CheckArgs) -> bool {
    args.fix || args.diff
}

/// Fixes a text until nothing more can be fixed. What isn't text as it stands on disk is left alone.
pub(super) fn mend(mut source: Source, unsafe_too: bool, lint: impl Fn(&Source) -> Vec<Diagnostic>) -> Mended {
    let mut diagnostics = lint(&source);
    let mut fixed = 0;
    for _ in 0..MOST_PASSES {
        let pass = source.is_intact().then(|| fix::pass(source.text(), &diagnostics, unsafe_too)).flatten();
        let Some(Pass { text, edits, mended }) = pass else { break };
        let next = Source::new(source.path(), text.into_bytes());
        if let Some(what) = unharmed::harm(&Document::parse(&source), &Document::parse(&next), &edits) {
            let fault = harmful(&mended.iter().map(|&index| &diagnostics[index]).collect::<Vec<_>>(), &what);
            diagnostics.insert(0, fault);
            break;
        }
        (diagnostics, source, fixed) = (lint(&next), next, fixed + mended.len());
    }
    Mended { source, diagnostics, fixed }
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

/// Writes a mended file.
///
/// # Errors
/// Why not; the file is then as it was.
pub(super) fn write(path: &Path, old: &[u8], new: &Source) -> Result<(), String> {
    if asked_to_end() != 0 {
        return Err("not fixed: stopped before".to_owned());
    }
    files::replace(path, old, new.text().as_bytes())
}

/// The signal by which the program was asked to end; 0 for none.
static SIGNAL: OnceLock<Arc<AtomicUsize>> = OnceLock::new();

/// From here on Ctrl-C lets the file at hand be finished, so that nothing half done and no temporary file is left.
/// A second one ends the program at once.
pub(super) fn heed_interrupts() {
    let asked = SIGNAL.get_or_init(Arc::default);
    let again = Arc::new(AtomicBool::new(false));
    for &signal in signal_hook::consts::TERM_SIGNALS {
        // Where a handler can't be set, the signal does what it always does.
        let _ = signal_hook::flag::register_conditional_default(signal, again.clone());
        let _ = signal_hook::flag::register(signal, again.clone());
        let _ = signal_hook::flag::register_usize(signal, asked.clone(), signal as usize);
    }
}

/// Ends the program as the signal would have, if there was one.
pub(super) fn obey_interrupts() {
    let signal = asked_to_end();
    if signal != 0 {
        let _ = signal_hook::low_level::emulate_default_handler(signal as i32);
    }
}

fn asked_to_end() -> usize {
    SIGNAL.get().map_or(0, |signal| signal.load(Ordering::Relaxed))
}
