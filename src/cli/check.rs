//! `matterlint check`: look at the files, report, and say it by the exit status.

use crate::cli::args::{CheckArgs, FailOn};
use crate::cli::baseline;
use crate::cli::fix;
use crate::cli::gather::{Gathered, gather};
use crate::cli::project;
use crate::cli::{CLEAN, FAILED, FINDINGS, Io};
use crate::diagnostic::Level;
use crate::fs;
use crate::linter::INTERNAL_ERROR;
use crate::report;
use crate::report::{Format, Report, Style};
use crate::source::Source;
use crate::workspace::{Grounds, Scopes, today};
use std::collections::BTreeMap;
use std::io::{self, Write};

pub(super) fn run(args: &CheckArgs, io: &mut Io) -> io::Result<u8> {
    let Ok(cwd) = std::env::current_dir() else {
        writeln!(io.stderr, "matterlint: the folder this was started in is gone")?;
        return Ok(FAILED);
    };
    let colour = io.use_colour(args.color);
    let scopes = Scopes::new(cwd.clone(), project::choice(args));
    let grounds = Grounds::new(scopes, args.now.unwrap_or_else(today));
    if args.show_settings {
        return crate::cli::settings::show(args, &grounds, &cwd, io, colour);
    }
    if args.fix {
        fix::heed_interrupts();
    }
    let mut gathered = match gather(args, &grounds, &cwd, io) {
        Ok(gathered) => gathered,
        Err(message) => {
            writeln!(io.stderr, "matterlint: {message}")?;
            return Ok(FAILED);
        }
    };
    if project::report_broken(grounds.scopes().take_broken(), io, colour)? {
        return Ok(FAILED);
    }
    match baseline::apply(args, &mut gathered, &cwd) {
        Ok(Some(said)) if !args.quiet => writeln!(io.stderr, "matterlint: {}", report::sanitise(&said))?,
        Ok(_) => {}
        Err(message) => gathered.report.errors.push(message),
    }
    let Gathered { mut report, text, changes, .. } = gathered;
    for error in &report.errors {
        writeln!(io.stderr, "matterlint: {}", report::sanitise(error))?;
    }
    let failed = !report.errors.is_empty()
        || report.diagnostics().any(|diagnostic| &*diagnostic.rule == INTERNAL_ERROR)
        || (args.error_on_empty && report.checked == 0);
    report.rules = project::notes(grounds.scopes(), &report);
    if args.diff {
        show_changes(args, io, &changes, &report, colour)?;
    } else if let Some(text) = &text {
        io.stdout.write_all(text)?;
        print(args, io.stderr, None, &report, colour)?;
    } else {
        print(args, io.stdout, io.width, &report, colour)?;
    }
    fix::obey_interrupts();
    let count = |level| report.diagnostics().filter(|diagnostic| diagnostic.level == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let found = match args.fail_on {
        FailOn::Warning => errors + warnings > 0,
        FailOn::Error => errors > 0,
        FailOn::Never => false,
    } || args.max_warnings.is_some_and(|most| warnings > most);
    let found = if args.diff { report.fixed > 0 } else { found };
    Ok(if failed {
        FAILED
    } else if found && !args.exit_zero {
        FINDINGS
    } else {
        CLEAN
    })
}

/// Prints the report, and writes the further formats to their files.
fn print(args: &CheckArgs, out: &mut dyn Write, width: Option<usize>, report: &Report, colour: bool) -> io::Result<()> {
    for (format, path) in &args.output {
        let mut bytes = Vec::new();
        report::write(*format, &mut bytes, report, &Style::default())?;
        if let Err(reason) = fs::write_atomically(path, &bytes) {
            return Err(io::Error::other(format!("{}: {reason}", path.display())));
        }
    }
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    if args.statistics {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        report.diagnostics().for_each(|diagnostic| *counts.entry(&diagnostic.rule).or_default() += 1);
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
        for (rule, count) in counts {
            writeln!(out, "{count:>6}  {rule}")?;
        }
        return out.flush();
    }
    let format = args.format.unwrap_or(if width.is_some() { Format::Full } else { Format::Concise });
    let style = Style { width: width.unwrap_or(80), colour, summary: !args.quiet, ..Style::default() };
    report::write(format, &mut out, report, &style)?;
    out.flush()
}

/// Prints what fixes would change, and how much that is on standard error.
fn show_changes(
    args: &CheckArgs,
    io: &mut Io,
    changes: &[(Source, String)],
    report: &Report,
    colour: bool,
) -> io::Result<()> {
    // Into a file or another program goes what `patch` can apply; a log is read by people and by the runner.
    let is_shown = io.width.is_some() || std::env::var_os("CI").is_some();
    let mut out = io::BufWriter::with_capacity(1 << 16, &mut *io.stdout);
    for (before, after) in changes {
        report::diff::write(&mut out, &before.name(), before.text(), after, is_shown, colour)?;
    }
    out.flush()?;
    if args.quiet { Ok(()) } else { writeln!(io.stderr, "{}", report::would_fix(report)) }
}
