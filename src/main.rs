//! matterlint: parse, run, exit code.

use matterlint::cli::{self, Io, Patient};
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::install_panic_hook();
    // Not locked: the language server reads and writes in threads of its own.
    let (mut stdin, mut stdout, mut stderr) =
        (std::io::stdin(), Patient(std::io::stdout()), Patient(std::io::stderr()));
    let mut io = Io::terminal(&mut stdin, &mut stdout, &mut stderr);
    ExitCode::from(cli::run(std::env::args_os(), &mut io))
}
