//! The streams of a run, and the exit statuses that it ends with.

use crate::cli::args::Color;
use crate::report::Sanitized;
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
    /// Whether the environment asks for colors (`true`), forbids them (`false`), or leaves it to the terminal.
    pub color: Option<bool>,
    /// Whether standard output goes to a file or another program, and not into a log that a CI runner reads.
    pub is_data: bool,
}

impl<'a> Io<'a> {
    /// The process's own streams.
    pub fn terminal(stdin: &'a mut dyn Read, stdout: &'a mut dyn Write, stderr: &'a mut dyn Write) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let color = match (set("NO_COLOR"), std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0")) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            _ => None,
        };
        let columns = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = io::stdout().is_terminal().then(|| terminal_width().or_else(columns).unwrap_or(80));
        let is_data = width.is_none() && !is_ci() && goes_to_file_or_pipe();
        Self { stdin, stdout, stderr, width, color, is_data }
    }
}

/// The width of the terminal in cells. Some pseudo-terminals report columns but no rows.
fn terminal_width() -> Option<usize> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
        Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
    }
    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

/// Reports an error of our own on standard error without what would drive a terminal: a message may quote a page.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|error| {
        // Where standard error can't be written to, the exit status says it.
        let _ = writeln!(Sanitized::new(io::stderr(), false), "{error}");
    }));
}

/// Whether this runs in somebody's CI, whichever it is: where what is printed lands in a log, and nobody is there to commit
/// a file.
pub(super) fn is_ci() -> bool {
    const VARIABLES: [&str; 18] = [
        "CI",
        "GITHUB_ACTIONS",
        "GITLAB_CI",
        "TF_BUILD",
        "TEAMCITY_VERSION",
        "BUILD_NUMBER",
        "BUILD_ID",
        "JENKINS_URL",
        "BUILDKITE",
        "CIRCLECI",
        "TRAVIS",
        "APPVEYOR",
        "DRONE",
        "BITBUCKET_BUILD_NUMBER",
        "CODEBUILD_BUILD_ID",
        "BAMBOO_BUILDKEY",
        "CIRRUS_CI",
        "RUNNER_OS",
    ];
    VARIABLES.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Whether standard output is a regular file or a pipe.
fn goes_to_file_or_pipe() -> bool {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        use std::os::unix::fs::FileTypeExt;
        let stdout = io::stdout().as_fd().try_clone_to_owned().map(std::fs::File::from);
        let kind = stdout.and_then(|stdout| stdout.metadata()).map(|metadata| metadata.file_type());
        kind.is_ok_and(|kind| kind.is_file() || kind.is_fifo())
    }
    #[cfg(not(unix))]
    !io::stdout().is_terminal()
}

/// The streams as commands use them. What is printed for people goes through the sanitizer; formats that are read by programs
/// ask for the [exact](Sanitized::exact) stream.
pub(crate) struct Streams<'a> {
    pub(super) stdin: &'a mut dyn Read,
    pub(super) stdout: Sanitized<&'a mut dyn Write>,
    pub(super) stderr: Sanitized<&'a mut dyn Write>,
    pub(super) width: Option<usize>,
    pub(super) color: Option<bool>,
    pub(super) is_data: bool,
}

impl<'a> Streams<'a> {
    pub(super) fn new(io: &'a mut Io<'_>) -> Self {
        let Io { width, color, is_data, .. } = *io;
        let (stdout, stderr): (&mut dyn Write, &mut dyn Write) = (&mut *io.stdout, &mut *io.stderr);
        let (stdout, stderr) = (Sanitized::new(stdout, false), Sanitized::new(stderr, false));
        let mut streams = Self { stdin: &mut *io.stdin, stdout, stderr, width, color, is_data };
        streams.set_color(streams.use_color(Color::Auto));
        streams
    }

    /// From here on, colors pass or don't.
    pub(super) fn set_color(&mut self, color: bool) {
        self.stdout.set_color(color);
        self.stderr.set_color(color);
    }

    pub(super) fn use_color(&self, wish: Color) -> bool {
        match wish {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => self.color.unwrap_or(self.width.is_some()),
        }
    }
}
