//! `--fix`: what Ctrl-C does while files are written.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// The signal by which the program was asked to end; 0 for none.
static SIGNAL: OnceLock<Arc<AtomicUsize>> = OnceLock::new();

/// From here on Ctrl-C lets the file at hand be finished, so that nothing half done and no temporary file is left.
/// A second one ends the program at once.
pub(super) fn install_signal_handler() {
    if SIGNAL.get().is_some() {
        return;
    }
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
pub(super) fn exit_on_signal() {
    let signal = received_signal();
    if signal != 0 {
        let _ = signal_hook::low_level::emulate_default_handler(signal as i32);
    }
}

pub(super) fn received_signal() -> usize {
    SIGNAL.get().map_or(0, |signal| signal.load(Ordering::Relaxed))
}
