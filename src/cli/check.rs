//! `matterlint check`: lint the files, report, and set the exit status.

use crate::cli::args::{CheckArgs, FailOn};
use crate::cli::baseline;
use crate::cli::health;
use crate::cli::input;
use crate::cli::interrupt;
use crate::cli::progress::Progress;
use crate::cli::workspace::{check_options, open, report_config_errors, rule_notes};
use crate::cli::{CLEAN, FAILED, FINDINGS, Streams, settings};
use crate::diagnostic::Level;
use crate::fs;
use crate::linter::INTERNAL_ERROR;
use crate::report::diff::Texts;
use crate::report::{self, FileReport, Format, Report, Sanitized, Style};
use crate::text::plural::plural;
use crate::workspace::{FixMode, FixedText, LintedFile, Outcome, RunOptions, Text, Workspace};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// `matterlint check`. It is over 60 lines because it is the list of what a run does, in order.
pub(super) fn run(args: &CheckArgs, io: &mut Streams) -> io::Result<u8> {
    let Ok(cwd) = std::env::current_dir() else {
        writeln!(io.stderr, "matterlint: the current directory no longer exists")?;
        return Ok(FAILED);
    };
    let color = io.use_color(args.color);
    io.set_color(color);
    let workspace = open(check_options(args, &cwd));
    if args.show_settings {
        return settings::show(args, &workspace, io, color);
    }
    if args.fix {
        interrupt::install_signal_handler();
    }
    let (mut outcome, text) = match lint(args, &workspace, io) {
        Ok(done) => done,
        Err(message) => {
            writeln!(io.stderr, "matterlint: {}", report::sanitise(&message))?;
            return Ok(FAILED);
        }
    };
    if report_config_errors(workspace.take_config_errors(), io, args.format, color)? {
        return Ok(FAILED);
    }
    for warning in warnings(args, &outcome) {
        writeln!(io.stderr, "matterlint: warning: {}", report::sanitise(&warning))?;
    }
    if args.verbose > 0 {
        settings::show_run(args, &workspace, &outcome, io)?;
    }
    match baseline::apply(args, &workspace, &mut outcome) {
        Ok(said) if !args.quiet => {
            for line in said {
                writeln!(io.stderr, "matterlint: {}", report::sanitise(&line))?;
            }
        }
        Ok(_) => {}
        Err(message) => outcome.errors.push(message),
    }
    let checked_files = std::mem::take(&mut outcome.checked_files);
    let (mut report, changes) = into_report(outcome);
    for error in &report.errors {
        writeln!(io.stderr, "matterlint: {}", report::sanitise(error))?;
    }
    let failed = !report.errors.is_empty()
        || report.diagnostics().any(|diagnostic| &*diagnostic.rule == INTERNAL_ERROR)
        || (args.error_on_empty && report.checked == 0);
    report.rules = rule_notes(&workspace, &report);
    if is_html(args) {
        report.health = Some(health::of_pages(&workspace, &checked_files));
    }
    if args.diff {
        show_changes(args, io, &changes, &report, color)?;
    } else if let Some(text) = &text {
        io.stdout.exact().write_all(text)?;
        print(args, &mut io.stderr, None, &report, color)?;
    } else {
        print(args, &mut io.stdout, io.width, &report, color)?;
        let says_so = args.statistics || matches!(args.format, None | Some(Format::Full | Format::Concise));
        if let Some(omitted) = report::omitted(&report).filter(|_| !says_so && !args.quiet) {
            writeln!(io.stderr, "matterlint: {omitted}")?;
        }
    }
    interrupt::exit_on_signal();
    Ok(if failed { FAILED } else { status(args, &report) })
}

/// Whether the report is written as HTML, to standard output or to a file.
fn is_html(args: &CheckArgs) -> bool {
    args.format == Some(Format::Html) || args.output.iter().any(|(format, _)| *format == Format::Html)
}

/// Lints what the arguments name. Gives the text to print too, where a text from standard input is fixed.
fn lint(args: &CheckArgs, workspace: &Workspace, io: &mut Streams) -> Result<(Outcome, Option<Vec<u8>>), String> {
    let input = input::read(args, workspace, io)?;
    let progress = Progress::new(io.width.is_some() && !args.no_progress && !args.quiet);
    let fix = match (args.fix, args.diff) {
        (_, true) => FixMode::Preview,
        (true, false) => FixMode::Write,
        (false, false) => FixMode::Off,
    };
    let options = RunOptions {
        fix,
        unsafe_fixes: args.unsafe_fixes,
        changed: input.changed.as_ref(),
        // A baseline records each finding.
        group: !args.no_grouping && !args.write_baseline,
        observer: Some(&progress),
    };
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
        let (ignored, them) = match outcome.ignored {
            1 => ("1 path is".to_owned(), "it"),
            count => (format!("{count} paths are"), "them"),
        };
        warnings.push(format!(
            "no files checked: {ignored} excluded by ignore files (.gitignore, .ignore); use --no-exclude to check {them}"
        ));
    }
    if is_whole && outcome.checked == 0 && outcome.unbuilt > 0 {
        let files = plural(outcome.unbuilt, "file");
        warnings.push(format!("no files checked: the generator does not build {files}; name them to check them"));
    }
    warnings
}

/// The outcome as it is reported, and the texts before and after fixes.
fn into_report(outcome: Outcome) -> (Report, Vec<FixedText>) {
    let files = outcome.files.into_iter().map(|file| {
        let LintedFile { source, diagnostics, omitted } = file;
        FileReport { source, diagnostics, omitted }
    });
    let report = Report {
        files: files.collect(),
        errors: outcome.errors,
        checked: outcome.checked,
        fixed: outcome.fixed,
        fixed_files: outcome.fixed_files,
        ..Report::default()
    };
    (report, outcome.changes)
}

fn status(args: &CheckArgs, report: &Report) -> u8 {
    let count = |level| {
        let omitted = report.files.iter().flat_map(|file| file.omitted.counts()).filter(|(_, of, _)| *of == level);
        let omitted: usize = omitted.map(|(.., count)| count.findings).sum();
        omitted + report.diagnostics().filter(|diagnostic| diagnostic.level == level).count()
    };
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
fn print(
    args: &CheckArgs,
    out: &mut Sanitized<&mut dyn Write>,
    width: Option<usize>,
    report: &Report,
    color: bool,
) -> io::Result<()> {
    for (format, path) in &args.output {
        if path.as_os_str() == "/dev/stdout" {
            // Opened anew, a file that standard output goes to would be written from its start.
            write(*format, out, report, &Style::default())?;
            continue;
        }
        let written = fs::create_with(&fs::Os, path, |out| {
            write(*format, &mut Sanitized::new(out, false), report, &Style::default())
        });
        if let Err(reason) = written {
            return Err(io::Error::other(format!("{}: {reason}", path.display())));
        }
    }
    if args.statistics {
        return statistics(&mut io::BufWriter::new(out), report);
    }
    let format = args.format.unwrap_or(if width.is_some() { Format::Full } else { Format::Concise });
    let style = Style { width: width.unwrap_or(80), color, summary: !args.quiet, ..Style::default() };
    write(format, out, report, &style)
}

/// Writes the report in one format: for people through the sanitizer, for programs as it is.
fn write<W: Write>(format: Format, out: &mut Sanitized<W>, report: &Report, style: &Style) -> io::Result<()> {
    let is_for_people = matches!(format, Format::Full | Format::Concise);
    let out: &mut dyn Write = if is_for_people { out } else { out.exact() };
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    report::write(format, &mut out, report, style)?;
    out.flush()
}

/// Writes how often each rule has a finding.
fn statistics(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    report.diagnostics().for_each(|diagnostic| *counts.entry(&diagnostic.rule).or_default() += 1);
    for (rule, _, count) in report.files.iter().flat_map(|file| file.omitted.counts()) {
        *counts.entry(rule).or_default() += count.findings;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    for (rule, count) in counts {
        writeln!(out, "{count:>6}  {rule}")?;
    }
    out.flush()
}

/// Prints what fixes would change, and how much that is on standard error.
fn show_changes(
    args: &CheckArgs,
    io: &mut Streams,
    changes: &[FixedText],
    report: &Report,
    color: bool,
) -> io::Result<()> {
    // Into a file or another program goes what `patch` can apply; a log is read by people and by the runner.
    let is_shown = !io.is_data;
    let out: &mut dyn Write = if is_shown { &mut io.stdout } else { io.stdout.exact() };
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    for FixedText { before, after, changes } in changes {
        let texts = Texts { name: &before.name(), old: before.text(), new: after, changes };
        report::diff::write(&mut out, texts, is_shown, color)?;
    }
    out.flush()?;
    drop(out);
    if args.quiet { Ok(()) } else { writeln!(io.stderr, "{}", report::would_fix(report)) }
}
