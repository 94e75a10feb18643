//! The program as the shell sees it: commands, streams, exit status.

mod args;
mod baseline;
mod check;
mod explain;
mod init;
mod input;
mod interrupt;
mod manual;
mod patient;
mod progress;
mod rules;
mod settings;
mod tags;
mod test;
mod workspace;

use crate::cli::args::{Colour, Command};
use crate::report::Sanitized;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};

pub use crate::cli::patient::Patient;

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
    /// Whether standard output goes to a file or another program, and not into a log that a CI runner reads.
    pub is_data: bool,
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
        let is_data = width.is_none() && !is_ci() && goes_to_file_or_pipe();
        Self { stdin, stdout, stderr, width, colour, is_data }
    }
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
fn is_ci() -> bool {
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
    stdin: &'a mut dyn Read,
    stdout: Sanitized<&'a mut dyn Write>,
    stderr: Sanitized<&'a mut dyn Write>,
    width: Option<usize>,
    colour: Option<bool>,
    is_data: bool,
}

impl<'a> Streams<'a> {
    fn new(io: &'a mut Io<'_>) -> Self {
        let Io { width, colour, is_data, .. } = *io;
        let (stdout, stderr): (&mut dyn Write, &mut dyn Write) = (&mut *io.stdout, &mut *io.stderr);
        let (stdout, stderr) = (Sanitized::new(stdout, false), Sanitized::new(stderr, false));
        let mut streams = Self { stdin: &mut *io.stdin, stdout, stderr, width, colour, is_data };
        streams.set_colour(streams.use_colour(Colour::Auto));
        streams
    }

    /// From here on, colours pass or don't.
    fn set_colour(&mut self, colour: bool) {
        self.stdout.set_colour(colour);
        self.stderr.set_colour(colour);
    }

    fn use_colour(&self, wish: Colour) -> bool {
        match wish {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => self.colour.unwrap_or(self.width.is_some()),
        }
    }
}

/// Runs the program with its arguments (the program's name first); gives the exit status.
pub fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io) -> u8 {
    let io = &mut Streams::new(io);
    let status = match args::parse(args, io.use_colour(Colour::Auto)) {
        Ok(cli) => match cli.command {
            Command::Check(args) => check::run(&args, io),
            Command::Explain(args) => explain::run(&args, io),
            Command::Init(args) => init::run(&args, io),
            Command::Tags(args) => tags::run(&args, io),
            Command::Rules(args) => rules::run(&args, io),
            Command::Server(_) => server(io),
            Command::Schema => manual::schema(io),
            Command::Completions(args) => manual::completions(&args, io),
            Command::Man => manual::man(io),
            Command::Test(args) => test::run(&args, io),
        },
        Err((text, true)) => io.stdout.write_all(text.as_bytes()).map(|()| CLEAN),
        Err((text, false)) => io.stderr.write_all(text.as_bytes()).map(|()| FAILED),
    };
    match status.and_then(|status| io.stdout.flush().map(|()| status)) {
        Ok(status) => status,
        // Whoever read us has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => PIPE_CLOSED,
        Err(error) => {
            // Where standard error can't be written to either, the status alone has to say it.
            let _ = writeln!(io.stderr, "matterlint: cannot write output: {error}");
            FAILED
        }
    }
}

fn server(io: &mut Streams) -> io::Result<u8> {
    match crate::lsp::stdio(std::env::current_dir()?) {
        Ok(()) => Ok(CLEAN),
        Err(message) => writeln!(io.stderr, "matterlint: {}", crate::report::sanitise(&message)).map(|()| FAILED),
    }
}
