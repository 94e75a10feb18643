//! The same work on many things at once: the only place where threads are started for it.

use crate::workspace::error::Error;
use rayon::prelude::*;

/// Below this many things, a thread pool that isn't there yet costs more than it saves.
const MANY: usize = 64;

/// A page that nests as deep as it may needs room on the stack.
const STACK: usize = 8 << 20;

/// As many threads for each of the machine's cores are started at most; more would only cost memory.
const MAX_THREADS_PER_CORE: usize = 4;

/// Runs `work`, in which [`filter_map`] goes on `threads` threads, but no more than four for each core; on as many as the
/// machine has cores where none are named.
///
/// # Errors
/// Why no threads can be started.
pub(crate) fn within<R: Send>(threads: Option<usize>, work: impl FnOnce() -> R + Send) -> Result<R, Error> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = threads.unwrap_or(0).min(cores * MAX_THREADS_PER_CORE);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    Ok(pool.map_err(|error| Error::Threads(error.to_string()))?.install(work))
}

/// What `each` makes of the items that it makes anything of, in their order.
pub(crate) fn filter_map<T: Sync, R: Send>(items: &[T], each: impl Fn(&T) -> Option<R> + Sync + Send) -> Vec<R> {
    let is_within = rayon::current_thread_index().is_some();
    if is_within || items.len() >= MANY {
        items.par_iter().filter_map(each).collect()
    } else {
        items.iter().filter_map(each).collect()
    }
}
