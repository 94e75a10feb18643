//! `matterlint completions`, `man` and `schema`: what is written once, for the shell, the reader and the editor.

use crate::cli::args;
use crate::cli::args::CompletionsArgs;
use crate::cli::{CLEAN, Streams};
use crate::config;
use std::io::{self, Write};

/// Prints the completions of a shell.
pub(super) fn completions(args: &CompletionsArgs, io: &mut Streams) -> io::Result<u8> {
    clap_complete::generate(args.shell, &mut args::command(), "matterlint", &mut io.stdout.exact());
    Ok(CLEAN)
}

/// Prints the manual page: the program's, then one section a command.
pub(super) fn man(io: &mut Streams) -> io::Result<u8> {
    let out = io.stdout.exact();
    let mut command = args::command();
    // Gives each command its help as it will be printed.
    command.build();
    clap_mangen::Man::new(command.clone()).render(out)?;
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = format!("matterlint {}", command.get_name());
        let page = clap_mangen::Man::new(command.clone());
        writeln!(out, ".SH \"{}\"", name.to_uppercase())?;
        page.render_description_section(out)?;
        page.render_options_section(out)?;
    }
    Ok(CLEAN)
}

/// Prints the JSON Schema of the config.
pub(super) fn schema(io: &mut Streams) -> io::Result<u8> {
    writeln!(io.stdout.exact(), "{}", config::schema()).map(|()| CLEAN)
}
