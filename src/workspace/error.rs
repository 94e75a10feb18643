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
    #[error("cannot start threads: {0}")]
    Threads(String),
    /// A line of a diff that opens a hunk, but doesn't say of which lines.
    #[error("invalid unified diff: malformed hunk header; expected `@@ -1,2 +3,4 @@`")]
    MalformedHunk,
    /// A text that was to be a diff, without a hunk.
    #[error("invalid unified diff: no hunk header (`@@ -1,2 +3,4 @@`)")]
    NoHunk,
}
