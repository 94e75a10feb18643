//! CPU time of the thread at hand: a bound on it holds however busy the machine is.

use std::time::Instant;

/// Started when the work starts.
pub(crate) struct Clock {
    began: Instant,
    before: Option<f64>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { began: Instant::now(), before: used() }
    }

    /// CPU seconds of this thread since then where the system tells, else of the wall.
    pub(crate) fn seconds(&self) -> f64 {
        let used = used().zip(self.before).map(|(now, before)| now - before);
        used.unwrap_or_else(|| self.began.elapsed().as_secs_f64())
    }
}

fn used() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(stat.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
