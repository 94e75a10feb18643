//! A line on standard error that says how far a long run is.

use crate::cli::interrupt;
use crate::workspace::Observer;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Counts files; shows the count after a second, on a terminal only, and removes it at the end.
pub(super) struct Progress {
    is_wanted: bool,
    done: Arc<AtomicUsize>,
    ended: Arc<(Mutex<bool>, Condvar)>,
    ticker: Mutex<Option<JoinHandle<()>>>,
}

impl Progress {
    /// Counts from nought; shown only where that is wanted.
    pub(super) fn new(is_wanted: bool) -> Self {
        let (done, ended, ticker) = Default::default();
        Self { is_wanted, done, ended, ticker }
    }
}

impl Observer for Progress {
    fn start(&self, files: usize) {
        // A run of fewer files is over within the second.
        if self.is_wanted && files > 1000 && std::io::stderr().is_terminal() {
            let (done, ended) = (self.done.clone(), self.ended.clone());
            let ticker = std::thread::spawn(move || tick(files, &done, &ended));
            *self.ticker.lock().unwrap_or_else(PoisonError::into_inner) = Some(ticker);
        }
    }

    fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    fn is_cancelled(&self) -> bool {
        interrupt::received_signal() != 0
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        *self.ended.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.ended.1.notify_all();
        if let Some(ticker) = self.ticker.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = ticker.join();
        }
    }
}

fn tick(all: usize, done: &AtomicUsize, ended: &(Mutex<bool>, Condvar)) {
    let shown = AtomicBool::new(false);
    let mut wait = Duration::from_secs(1);
    let mut over = ended.0.lock().unwrap_or_else(PoisonError::into_inner);
    while !*over {
        over = ended.1.wait_timeout(over, wait).unwrap_or_else(PoisonError::into_inner).0;
        if *over {
            break;
        }
        // A terminal that can't be written to only loses the progress.
        let _ = write!(std::io::stderr(), "\r\x1b[K{} of {all} files checked", done.load(Ordering::Relaxed));
        shown.store(true, Ordering::Relaxed);
        wait = Duration::from_millis(100);
    }
    if shown.load(Ordering::Relaxed) {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}
