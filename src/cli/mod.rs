//! The program as the shell sees it: commands, streams, exit status.

mod args;
mod baseline;
mod check;
mod explain;
mod health;
mod init;
mod input;
mod interrupt;
mod io;
mod manual;
mod patient;
mod progress;
mod rules;
mod settings;
mod tags;
mod test;
mod watch;
mod workspace;

use crate::cli::args::{Color, Command};
use std::ffi::OsString;
use std::io::{ErrorKind, Write};

pub(crate) use crate::cli::io::Streams;
pub use crate::cli::io::{CLEAN, FAILED, FINDINGS, Io, PIPE_CLOSED, install_panic_hook};
pub use crate::cli::patient::Patient;

/// Runs the program with its arguments (the program's name first); gives the exit status.
pub fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io) -> u8 {
    let io = &mut Streams::new(io);
    let status = match args::parse(args, io.use_color(Color::Auto)) {
        Ok(cli) => match cli.command {
            Command::Check(args) if args.watch => watch::run(&args, io),
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
        Err(error) if error.kind() == ErrorKind::BrokenPipe => PIPE_CLOSED,
        Err(error) => {
            // Where standard error can't be written to either, the status alone has to say it.
            let _ = writeln!(io.stderr, "matterlint: cannot write output: {error}");
            FAILED
        }
    }
}

fn server(io: &mut Streams) -> std::io::Result<u8> {
    match crate::lsp::stdio(std::env::current_dir()?) {
        Ok(()) => Ok(CLEAN),
        Err(message) => writeln!(io.stderr, "matterlint: {}", crate::report::sanitise(&message)).map(|()| FAILED),
    }
}
