//! matterlint: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Not locked: the language server reads and writes in threads of its own.
    let (mut stdin, mut stdout, mut stderr) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let mut io = matterlint::cli::Io::terminal(&mut stdin, &mut stdout, &mut stderr);
    ExitCode::from(matterlint::cli::run(std::env::args_os(), &mut io))
}
