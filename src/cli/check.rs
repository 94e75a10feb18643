//! `matterlint check`: lint the files, report, and set the exit status.

use crate::cli::args::{CheckArgs, FailOn};
use crate::cli::baseline::{self, Checked};
use crate::cli::input;
use crate::cli::interrupt;
use crate::cli::progress::Progress;
use crate::cli::workspace::{check_options, open, report_config_errors, rule_notes};
use crate::cli::{CLEAN, FAILED, FINDINGS, Io, settings};
use crate::diagnostic::Level;
use crate::fs;
use crate::linter::INTERNAL_ERROR;
use crate::report::{self, FileReport, Format, Report, Style};
use crate::source::Source;
use crate::workspace::{FixMode, Outcome, RunOptions, Text, Workspace};
use std::collections::BTreeMap;
use std::io::{self, Write};

pub(super) fn run(args: &CheckArgs, io: &mut Io) -> io::Result<u8> {
    let Ok(cwd) = std::env::current_dir() else {
        writeln!(io.stderr, "matterlint: the folder this was started in is gone")?;
        return Ok(FAILED);
    };
    let colour = io.use_colour(args.color);
    let workspace = open(check_options(args, &cwd));
    if args.show_settings {
        return settings::show(args, &workspace, io, colour);
    }
    if args.fix {
        interrupt::install_signal_handler();
    }
    let (outcome, text) = match lint(args, &workspace, io) {
        Ok(done) => done,
        Err(message) => {
            writeln!(io.stderr, "matterlint: {message}")?;
            return Ok(FAILED);
        }
    };
    if report_config_errors(workspace.take_config_errors(), io, colour)? {
        return Ok(FAILED);
    }
    for warning in warnings(args, &outcome) {
        writeln!(io.stderr, "matterlint: warning: {}", report::sanitise(&warning))?;
    }
    if args.verbose > 0 {
        settings::show_run(args, &workspace, &outcome, io)?;
    }
    let (mut checked, changes) = into_report(outcome, text.is_some());
    match baseline::apply(args, &mut checked, &cwd) {
        Ok(Some(said)) if !args.quiet => writeln!(io.stderr, "matterlint: {}", report::sanitise(&said))?,
        Ok(_) => {}
        Err(message) => checked.report.errors.push(message),
    }
    let mut report = checked.report;
    for error in &report.errors {
        writeln!(io.stderr, "matterlint: {}", report::sanitise(error))?;
    }
    let failed = !report.errors.is_empty()
        || report.diagnostics().any(|diagnostic| &*diagnostic.rule == INTERNAL_ERROR)
        || (args.error_on_empty && report.checked == 0);
    report.rules = rule_notes(&workspace, &report);
    if args.diff {
        show_changes(args, io, &changes, &report, colour)?;
    } else if let Some(text) = &text {
        io.stdout.write_all(text)?;
        print(args, io.stderr, None, &report, colour)?;
    } else {
        print(args, io.stdout, io.width, &report, colour)?;
    }
    interrupt::exit_on_signal();
    Ok(if failed { FAILED } else { status(args, &report) })
}

/// Lints what the arguments name. Gives the text to print too, where a text from standard input is fixed.
fn lint(args: &CheckArgs, workspace: &Workspace, io: &mut Io) -> Result<(Outcome, Option<Vec<u8>>), String> {
    let input = input::read(args, workspace, io)?;
    let progress = Progress::new(io.width.is_some() && !args.no_progress && !args.quiet);
    let fix = match (args.fix, args.diff) {
        (_, true) => FixMode::Preview,
        (true, false) => FixMode::Write,
        (false, false) => FixMode::Off,
    };
    let options =
        RunOptions { fix, unsafe_fixes: args.unsafe_fixes, changed: input.changed.as_ref(), observer: Some(&progress) };
    let Some(bytes) = input.text else {
        return Ok((workspace.run(&input.paths, options).map_err(|error| error.to_string())?, None));
    };
    // What isn't fixed comes back as it was.
    let as_it_was = (args.fix && !args.diff).then(|| bytes.clone());
    if args.is_editor_view() {
        return Ok((Outcome::default(), as_it_was));
    }
    let text = Text { path: args.stdin_name(), bytes };
    let (outcome, fixed) = workspace.run_text(text, options).map_err(|error| error.to_string())?;
    Ok((outcome, as_it_was.map(|bytes| fixed.map_or(bytes, String::into_bytes))))
}

/// What doesn't stop the run, but changes what it means.
fn warnings(args: &CheckArgs, outcome: &Outcome) -> Vec<String> {
    let mut warnings = outcome.warnings.clone();
    let is_whole = args.diff_from.is_none() && outcome.errors.is_empty();
    if is_whole && outcome.checked == 0 && outcome.ignored > 0 {
        let left_out = match outcome.ignored {
            1 => "1 file or folder".to_owned(),
            count => format!("{count} files and folders"),
        };
        warnings.push(format!(
            "no files were checked: ignore files (.gitignore, .ignore) left out {left_out}; use --no-exclude to check them"
        ));
    }
    warnings
}

/// The outcome as it is reported, and the texts before and after fixes.
fn into_report(outcome: Outcome, is_text: bool) -> (Checked, Vec<(Source, String)>) {
    let files = outcome.files.into_iter();
    let report = Report {
        files: files.map(|file| FileReport { source: file.source, diagnostics: file.diagnostics }).collect(),
        errors: outcome.errors,
        checked: outcome.checked,
        fixed: outcome.fixed,
        fixed_files: outcome.fixed_files,
        ..Report::default()
    };
    (Checked { report, files: outcome.checked_files, is_text }, outcome.changes)
}

fn status(args: &CheckArgs, report: &Report) -> u8 {
    let count = |level| report.diagnostics().filter(|diagnostic| diagnostic.level == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let found = match args.fail_on {
        FailOn::Warning => errors + warnings > 0,
        FailOn::Error => errors > 0,
        FailOn::Never => false,
    } || args.max_warnings.is_some_and(|most| warnings > most);
    let found = if args.diff { report.fixed > 0 } else { found };
    if found && !args.exit_zero { FINDINGS } else { CLEAN }
}

/// Prints the report, and writes the further formats to their files.
fn print(args: &CheckArgs, out: &mut dyn Write, width: Option<usize>, report: &Report, colour: bool) -> io::Result<()> {
    for (format, path) in &args.output {
        let mut bytes = Vec::new();
        report::write(*format, &mut bytes, report, &Style::default())?;
        if path.as_os_str() == "/dev/stdout" {
            // Opened anew, a file that standard output goes to would be written from its start.
            out.write_all(&bytes)?;
        } else if let Err(reason) = fs::create(&fs::Os, path, &bytes) {
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
