//! `matterlint init`: reads the whole site, and writes a config that says what its pages have in common.

use crate::cli::args::InitArgs;
use crate::cli::{CLEAN, FAILED, Streams, workspace};
use crate::fs::{self, Os};
use crate::report;
use crate::source::display_path;
use crate::workspace::ConfigSource;
use std::io::{self, Write};

pub(super) fn run(args: &InitArgs, io: &mut Streams) -> io::Result<u8> {
    let cwd = std::env::current_dir()?;
    let target = cwd.join("matterlint.yaml");
    let mut options = workspace::options(&cwd);
    if let Some(known) = workspace::open(options.clone()).config_file().filter(|_| !args.stdout && !args.force) {
        writeln!(io.stderr, "matterlint: {} already exists; use --force to overwrite it", display_path(&known))?;
        return Ok(FAILED);
    }
    // An earlier config mustn't influence the new one.
    options.config = ConfigSource::BuiltIn;
    let (text, pages) = match workspace::open(options).propose_config(args.from.as_deref()) {
        Ok(proposed) => proposed,
        Err(message) => {
            writeln!(io.stderr, "matterlint: {}", report::sanitise(&message))?;
            return Ok(FAILED);
        }
    };
    if args.stdout {
        io.stdout.write_all(text.as_bytes())?;
        return Ok(CLEAN);
    }
    if let Err(error) = fs::create(&Os, &target, text.as_bytes()) {
        writeln!(io.stderr, "matterlint: cannot write matterlint.yaml: {error}")?;
        return Ok(FAILED);
    }
    let next = match pages {
        0 => "no pages with front matter found, so the config is nearly empty",
        _ => "run `matterlint check` to see which pages don't match",
    };
    writeln!(io.stdout, "wrote matterlint.yaml; {next}")?;
    Ok(CLEAN)
}
