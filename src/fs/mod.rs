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
mod user_cache;
mod walk;
mod write;

pub(crate) use cached::Cached;
pub use error::FsError;
pub(crate) use globs::Globs;
pub(crate) use links::check_links;
pub use memory::Memory;
pub use os::Os;
pub(crate) use path::{absolute, below, is_markdown, normalize, path_from_bytes, relative, unquoted};
pub(crate) use project::ProjectFiles;
pub(crate) use root::{Root, repository_root};
pub use system::{DirEntry, EntryKind, FileSystem, Metadata};
pub(crate) use user_cache::{UserCache, program};
pub(crate) use walk::{Exclude, Walk};
pub(crate) use write::{create, create_with};

/// The largest file that is read: 8 MiB.
pub(crate) const MAX_FILE_SIZE: u64 = 8 << 20;
