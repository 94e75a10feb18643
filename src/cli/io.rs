//! The streams of a run, and the exit statuses that it ends with.

use crate::cli::args::Colour;
use std::io::{self, IsTerminal, Read, Write};

/// Nothing to complain about.
pub const CLEAN: u8 = 0;
/// Findings at or above `--fail-on`.
pub const FINDINGS: u8 = 1;
/// The run is incomplete or could not start.
pub const FAILED: u8 = 2;
/// What a shell shows for a program that died of a closed pipe: 128 + SIGPIPE.
pub const PIPE_CLOSED: u8 = 141;

/// The streams of a run, and what they are; a test gives vectors.
pub struct Io<'a> {
    /// Standard input.
    pub stdin: &'a mut dyn Read,
    /// Standard output.
    pub stdout: &'a mut dyn Write,
    /// Standard error.
    pub stderr: &'a mut dyn Write,
    /// The terminal's width in cells; none where standard output isn't a terminal.
    pub width: Option<usize>,
    /// Whether the environment asks for colours (`true`), forbids them (`false`), or leaves it to the terminal.
    pub colour: Option<bool>,
}

impl<'a> Io<'a> {
    /// The process's own streams.
    pub fn terminal(stdin: &'a mut dyn Read, stdout: &'a mut dyn Write, stderr: &'a mut dyn Write) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let colour = match (set("NO_COLOR"), std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0")) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            _ => None,
        };
        let columns = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = io::stdout().is_terminal().then(|| measured().or_else(columns).unwrap_or(80));
        Self { stdin, stdout, stderr, width, colour }
    }

    pub(super) fn use_colour(&self, wish: Colour) -> bool {
        match wish {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => self.colour.unwrap_or(self.width.is_some()),
        }
    }
}
