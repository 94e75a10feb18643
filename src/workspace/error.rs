//! Why a workspace can't do what it was asked.

use crate::fs::FsError;
use std::io;

/// Why a workspace can't do what it was asked. `Display` is a sentence without its full stop.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The working directory of the process can't be asked for.
    #[error(transparent)]
    WorkingDirectory(#[from] io::Error),
    /// A path that isn't followed.
    #[error("{path}: {reason}")]
    Path {
        /// The path, as it is shown.
        path: String,
        /// Why it isn't followed.
        #[source]
        reason: FsError,
    },
    /// The system starts no threads, for this reason.
    #[error("no threads can be started: {0}")]
    Threads(String),
    /// A line of a diff that opens a hunk, but doesn't say of which lines.
    #[error("not a unified diff: a hunk starts with `@@ -1,2 +3,4 @@`")]
    MalformedHunk,
    /// A text that was to be a diff, without a hunk.
    #[error("not a unified diff: it has no hunk (`@@ -1,2 +3,4 @@`)")]
    NoHunk,
}
