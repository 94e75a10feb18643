//! Why a file can't be read or written.

use std::io;

/// Why a file can't be read, listed or written. `Display` is a short reason that follows the file's name and a colon.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FsError {
    /// Nothing is there.
    #[error("no such file or directory")]
    NotFound,
    /// The user running the program has no permission.
    #[error("permission denied")]
    PermissionDenied,
    /// A symbolic link to a place inside the project where nothing is.
    #[error("broken symbolic link")]
    DanglingLink,
    /// The path, or the target of a symbolic link in it, is outside of the project.
    #[error("symbolic link points outside the project; not read")]
    OutsideProject,
    /// A folder, device, pipe or socket where a file is needed.
    #[error("not a regular file")]
    NotRegular,
    /// Larger than this many bytes.
    #[error("larger than {}", size(*.0))]
    TooLarge(u64),
    /// Written by somebody else since it was read.
    #[error("changed on disk since it was read; not written")]
    Changed,
    /// Not UTF-8.
    #[error("not valid UTF-8")]
    NotUtf8,
    /// Anything else, in the system's words.
    #[error("{0}")]
    Other(String),
}

impl From<io::Error> for FsError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::PermissionDenied,
            _ => Self::Other(error.to_string()),
        }
    }
}

/// `8 MiB`, `64 KiB`
fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{} KiB", bytes >> 10) }
}
