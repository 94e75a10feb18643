//! The file system: one door to the disk, and everything that is about paths.

mod cached;
mod error;
mod globs;
mod ignore_files;
mod links;
mod memory;
mod os;
mod path;
mod project;
mod resolve;
mod root;
mod system;
mod walk;
mod write;

pub use cached::Cached;
pub use error::FsError;
pub use globs::Globs;
pub use links::check_links;
pub use memory::Memory;
pub use os::Os;
pub use path::{absolute, is_markdown, normalize, path_from_bytes, relative, unquoted};
pub use project::ProjectFiles;
pub use root::{Root, repository_root};
pub use system::{DirEntry, EntryKind, FileSystem, Metadata};
pub use walk::{Exclude, Walk, Walked};
pub use write::{create, create_with};

/// The largest file that is read: 8 MiB.
pub const MAX_FILE_SIZE: u64 = 8 << 20;
