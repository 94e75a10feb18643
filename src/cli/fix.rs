//! `--fix`: writing what was mended, and what Ctrl-C does meanwhile.

use crate::cli::args::CheckArgs;
use crate::fs;
use crate::source::Source;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// Whether fixes are asked for.
pub(super) fn wanted(args: &CheckArgs) -> bool {
    args.fix || args.diff
}

/// Writes a mended file.
///
/// # Errors
/// Why not; the file is then as it was.
pub(super) fn write(path: &Path, old: &[u8], new: &Source) -> Result<(), String> {
    if asked_to_end() != 0 {
        return Err("not fixed: stopped before".to_owned());
    }
    fs::replace(path, old, new.text().as_bytes())
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
