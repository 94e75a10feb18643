//! A line on standard error that says how far a long run is.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Counts files; shows the count after a second, on a terminal only, and takes it away at the end.
pub(super) struct Progress {
    done: Arc<AtomicUsize>,
    ended: Arc<(Mutex<bool>, Condvar)>,
    ticker: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts counting up to `all` files.
    pub(super) fn start(all: usize, wanted: bool) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        let ended = Arc::new((Mutex::new(false), Condvar::new()));
        // A run of fewer files is over within the second.
        let wanted = wanted && all > 1000 && std::io::stderr().is_terminal();
        let ticker = wanted.then(|| {
            let (done, ended) = (done.clone(), ended.clone());
            std::thread::spawn(move || tick(all, &done, &ended))
        });
        Self { done, ended, ticker }
    }

    /// One more file is done.
    pub(super) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        *self.ended.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.ended.1.notify_all();
        if let Some(ticker) = self.ticker.take() {
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
        let _ = write!(std::io::stderr(), "\r\x1b[K{} of {all} files", done.load(Ordering::Relaxed));
        shown.store(true, Ordering::Relaxed);
        wait = Duration::from_millis(100);
    }
    if shown.load(Ordering::Relaxed) {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}
