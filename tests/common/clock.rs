//! CPU time of the thread at hand, or of another process: a bound on it holds however busy the machine is.

use std::time::Instant;

/// Started when the work starts.
pub(crate) struct Clock {
    began: Instant,
    /// Where the system tells.
    stat: String,
    before: Option<f64>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self::reading("/proc/thread-self/schedstat".to_owned())
    }

    /// Counts the main thread of another process.
    #[allow(dead_code, reason = "each test file uses its own part")]
    pub(crate) fn of_process(id: u32) -> Self {
        Self::reading(format!("/proc/{id}/schedstat"))
    }

    fn reading(stat: String) -> Self {
        Self { began: Instant::now(), before: used(&stat), stat }
    }

    /// CPU seconds since then where the system tells, else of the wall.
    pub(crate) fn seconds(&self) -> f64 {
        let used = used(&self.stat).zip(self.before).map(|(now, before)| now - before);
        used.unwrap_or_else(|| self.began.elapsed().as_secs_f64())
    }
}

fn used(stat: &str) -> Option<f64> {
    let stat = std::fs::read_to_string(stat).ok()?;
    Some(stat.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
