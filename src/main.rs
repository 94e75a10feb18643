//! matterlint: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut stdin, mut stdout, mut stderr) = (std::io::stdin().lock(), std::io::stdout().lock(), std::io::stderr());
    let mut io = matterlint::cli::Io::terminal(&mut stdin, &mut stdout, &mut stderr);
    ExitCode::from(matterlint::cli::run(std::env::args_os(), &mut io))
}
