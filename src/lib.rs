//! A linter for Markdown files with front matter: posts and documentation that are published from a repository.
//!
//! This is the library behind the program `matterlint`. It does what the program does: find the config of a file, lint
//! files, folders and texts, fix them, and write reports. Data flows one way:
//!
//! ```text
//! files ──► workspace ──► document ──► checks ──► diagnostics ──► report
//!             ▲                          ▲
//!           config ──────► rules ────────┘
//! ```
//!
//! - [`workspace`] is where to start. A [`Workspace`](workspace::Workspace) finds out which config, which site generator
//!   and which site a file belongs to, lints it, and applies fixes. It reads files through a
//!   [`FileSystem`](workspace::FileSystem): the disk, or files in memory.
//! - [`config`] describes the config file: its JSON Schema, and what is wrong with one that can't be used.
//! - [`source`] holds the text of a file, and turns byte offsets into lines and columns.
//! - [`diagnostic`] is what is found: a message, its place, its level, and a fix where there is one.
//! - [`report`] writes diagnostics in the formats that people, editors and CI services read.
//!
//! ```
//! use matterlint::workspace::{Memory, Options, RunOptions, Workspace};
//! use std::path::PathBuf;
//! use std::sync::Arc;
//!
//! let files = Memory::new([("/site/post.md", "---\ntitle: Hello\ntitle: Hello again\n---\n\nText.\n")]);
//! let workspace = Workspace::new(Arc::new(files), Options::new("/site"));
//! let outcome = workspace.run(&[PathBuf::from("/site/post.md")], RunOptions::default())?;
//! assert_eq!(&*outcome.files[0].diagnostics[0].rule, "duplicate-key");
//! # Ok::<(), matterlint::workspace::Error>(())
//! ```

mod checks;
#[doc(hidden)]
pub mod cli;
pub mod config;
mod content;
mod data;
mod date;
pub mod diagnostic;
mod document;
mod fix;
mod fs;
mod generator;
mod linter;
mod lsp;
mod navigation;
pub mod report;
mod rule;
mod schema;
mod site;
pub mod source;
mod text;
mod url;
pub mod workspace;

#[cfg(any(test, feature = "internals"))]
#[doc(hidden)]
pub mod internals;

#[cfg(test)]
#[path = "../tests/common/clock.rs"]
mod clock;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
#[path = "../tests/inside/mod.rs"]
pub mod inside;

// What unit tests, integration tests and benchmarks share names the crate as those outside do.
#[cfg(test)]
extern crate self as matterlint;
