//! `matterlint check`: find the files, lint them on all cores, report, and say it by the exit status.

use super::args::{CheckArgs, FailOn};
use super::ground::{self, Grounds};
use super::project::Scopes;
use super::survey::Surveyor;
use super::{CLEAN, FAILED, FINDINGS, Io};
use crate::diagnostic::{Diagnostic, Level};
use crate::files::{self, Walk};
use crate::linter::{INTERNAL_ERROR, Part};
use crate::report::{self, FileReport, Format, Report, Style};
use crate::source::Source;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(super) fn run(args: &CheckArgs, io: &mut Io) -> io::Result<u8> {
    let Ok(cwd) = std::env::current_dir() else {
        writeln!(io.stderr, "matterlint: the folder this was started in is gone")?;
        return Ok(FAILED);
    };
    let colour = io.use_colour(args.color);
    let scopes = Scopes::new(args, cwd.clone());
    let grounds = Grounds::new(&scopes, args.now.unwrap_or_else(ground::today));
    if args.show_settings {
        return show_settings(args, &grounds, &cwd, io, colour);
    }
    let mut report = match gather(args, &grounds, &cwd, io) {
        Ok(report) => report,
        Err(message) => {
            writeln!(io.stderr, "matterlint: {message}")?;
            return Ok(FAILED);
        }
    };
    if scopes.report_faults(io, colour)? {
        return Ok(FAILED);
    }
    for error in &report.errors {
        writeln!(io.stderr, "matterlint: {}", report::sanitise(error))?;
    }
    let failed = !report.errors.is_empty()
        || report.diagnostics().any(|diagnostic| &*diagnostic.rule == INTERNAL_ERROR)
        || (args.error_on_empty && report.checked == 0);
    report.rules = scopes.notes(&report);
    print(args, io, &report, colour)?;
    let count = |level| report.diagnostics().filter(|diagnostic| diagnostic.level == level).count();
    let (errors, warnings) = (count(Level::Error), count(Level::Warning));
    let found = match args.fail_on {
        FailOn::Warning => errors + warnings > 0,
        FailOn::Error => errors > 0,
        FailOn::Never => false,
    } || args.max_warnings.is_some_and(|most| warnings > most);
    Ok(if failed {
        FAILED
    } else if found && !args.exit_zero {
        FINDINGS
    } else {
        CLEAN
    })
}

/// Lints everything that was named.
fn gather(args: &CheckArgs, grounds: &Grounds, cwd: &Path, io: &mut Io) -> Result<Report, String> {
    let scopes = grounds.scopes;
    let surveyor = Surveyor::new(grounds, cwd, !args.no_inline_config, !args.no_exclude);
    let mut paths = args.paths.clone();
    let from_stdin = |path: &PathBuf| path.as_os_str() == "-";
    if args.stdin_filename.is_some() && paths.is_empty() && args.files_from.is_none() {
        paths.push("-".into());
    }
    if paths.iter().any(from_stdin) {
        if paths.len() > 1 || args.files_from.is_some() {
            return Err("`-` reads one post from standard input; no other path can be named with it".to_owned());
        }
        return stdin(args, grounds, &surveyor, cwd, io);
    }
    if let Some(list) = &args.files_from {
        paths.extend(read_list(list, io)?);
    } else if paths.is_empty() {
        paths.push(".".into());
    }
    let leave_out = |path: &Path, is_dir: bool| {
        let dir = if is_dir { path } else { path.parent().unwrap_or(path) };
        let scope = scopes.of_dir(dir);
        !args.no_exclude && scope.config.excludes(&scope.inside(path))
    };
    let walk = Walk { leave_out: &leave_out, force: args.force_exclude > 0 };
    let (files, errors) = walk.files(&paths);
    let progress =
        super::progress::Progress::start(files.len(), io.width.is_some() && !args.no_progress && !args.quiet);
    let first = |path: &PathBuf| {
        progress.step();
        one_file(cwd, path, |source| surveyor.first_look(path, source))
    };
    let second = |(path, part): &(PathBuf, Part)| one_file(cwd, path, |source| surveyor.lint(path, source, *part));
    let two_looks = |is_parallel: bool| {
        let results: Vec<_> =
            if is_parallel { files.par_iter().map(first).collect() } else { files.iter().map(first).collect() };
        let again = surveyor.learn(&files.iter().map(PathBuf::as_path).collect());
        let more: Vec<_> =
            if is_parallel { again.par_iter().map(second).collect() } else { again.iter().map(second).collect() };
        (results, more)
    };
    // A thread pool costs more than one file does.
    let (results, more) = match (files.len(), args.threads) {
        (0 | 1, _) | (_, Some(1)) => two_looks(false),
        (_, threads) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).stack_size(8 << 20).build();
            let pool = pool.map_err(|error| format!("no threads can be started: {error}"))?;
            pool.install(|| two_looks(true))
        }
    };
    let mut report = Report { checked: 0, errors, ..Report::default() };
    for result in results {
        match result {
            Ok(file) => {
                report.checked += 1;
                report.files.extend(file);
            }
            Err(error) => report.errors.push(error),
        }
    }
    // A file that can't be read again was read a moment ago, and is told of next time.
    for file in more.into_iter().flatten().flatten() {
        match report.files.iter_mut().find(|known| known.source.path() == file.source.path()) {
            Some(known) => {
                known.diagnostics.extend(file.diagnostics);
                known.diagnostics.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
            }
            None => report.files.push(file),
        }
    }
    report.errors.sort();
    report.files.sort_by(|a, b| {
        let bytes = |file: &FileReport| file.source.path().as_os_str().as_encoded_bytes().to_vec();
        bytes(a).cmp(&bytes(b))
    });
    Ok(report)
}

/// Lints a file; none where there is nothing to say of it.
fn one_file(cwd: &Path, path: &Path, lint: impl Fn(&Source) -> Vec<Diagnostic>) -> Result<Option<FileReport>, String> {
    let shown = files::relative(path, cwd);
    let bytes = files::read(path).map_err(|reason| format!("{}: {reason}", crate::source::display_path(&shown)))?;
    let source = Source::new(shown, bytes);
    let diagnostics = lint(&source);
    Ok((!diagnostics.is_empty()).then_some(FileReport { source, diagnostics }))
}

fn stdin(args: &CheckArgs, grounds: &Grounds, surveyor: &Surveyor, cwd: &Path, io: &mut Io) -> Result<Report, String> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(&mut *io.stdin, files::MAX_FILE_SIZE + 1), &mut bytes)
        .map_err(|error| format!("standard input can't be read: {error}"))?;
    if bytes.len() as u64 > files::MAX_FILE_SIZE {
        return Err(format!("standard input is too large: more than {} MiB", files::MAX_FILE_SIZE >> 20));
    }
    let named = args.stdin_filename.as_deref().unwrap_or(Path::new("stdin.md"));
    let path = files::absolute(named).map_err(|error| error.to_string())?;
    let scope = grounds.scopes.of_file(&path);
    let mut report = Report { checked: 1, ..Report::default() };
    if !args.no_exclude && scope.config.excludes(&scope.inside(&path)) {
        report.checked = 0;
        return Ok(report);
    }
    let shown = if args.stdin_filename.is_some() { files::relative(&path, cwd) } else { PathBuf::from("<stdin>") };
    let source = Source::new(shown, bytes);
    if args.stdin_filename.is_some() {
        surveyor.learn_ahead(&path, Some(&source));
    }
    let diagnostics = surveyor.lint(&path, &source, Part::Whole);
    report.files.extend((!diagnostics.is_empty()).then_some(FileReport { source, diagnostics }));
    Ok(report)
}

/// The paths in a list: one a line, or with NUL between them.
fn read_list(list: &Path, io: &mut Io) -> Result<Vec<PathBuf>, String> {
    let mut bytes = Vec::new();
    if list.as_os_str() == "-" {
        io::Read::read_to_end(&mut *io.stdin, &mut bytes)
            .map_err(|error| format!("standard input can't be read: {error}"))?;
    } else {
        bytes = std::fs::read(list).map_err(|error| format!("{}: {error}", list.display()))?;
    }
    let separator = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(|byte| *byte == separator);
    Ok(lines
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| !line.is_empty())
        .map(files::path_from_bytes)
        .collect())
}

/// Prints the report, and writes the further formats to their files.
fn print(args: &CheckArgs, io: &mut Io, report: &Report, colour: bool) -> io::Result<()> {
    for (format, path) in &args.output {
        let mut bytes = Vec::new();
        report::write(*format, &mut bytes, report, &Style::default())?;
        if let Err(reason) = files::write_atomically(path, &bytes) {
            return Err(io::Error::other(format!("{}: {reason}", path.display())));
        }
    }
    let mut out = io::BufWriter::with_capacity(1 << 16, &mut *io.stdout);
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
    let format = args.format.unwrap_or(if io.width.is_some() { Format::Full } else { Format::Concise });
    let style = Style { width: io.width.unwrap_or(80), colour, summary: !args.quiet, ..Style::default() };
    report::write(format, &mut out, report, &style)?;
    out.flush()
}

fn show_settings(args: &CheckArgs, grounds: &Grounds, cwd: &Path, io: &mut Io, colour: bool) -> io::Result<u8> {
    let named = args.stdin_filename.as_ref().or(args.paths.first());
    let path = files::absolute(named.map_or(cwd, PathBuf::as_path))?;
    let ground = if path.is_dir() { grounds.of_dir(&path) } else { grounds.of_file(&path) };
    let scope = &ground.scope;
    if grounds.scopes.report_faults(io, colour)? {
        return Ok(FAILED);
    }
    let inside = scope.inside(&path);
    let config = scope
        .file
        .as_ref()
        .map_or("none found; the built-in defaults hold".into(), |file| crate::source::display_path(file));
    writeln!(io.stdout, "config:  {config}")?;
    writeln!(io.stdout, "root:    {}", crate::source::display_path(&scope.root))?;
    writeln!(
        io.stdout,
        "path:    {inside}{}",
        if scope.config.excludes(&inside) { " (excluded from walks)" } else { "" }
    )?;
    let content = scope.config.content_for(&inside);
    writeln!(io.stdout, "content: {}", if content.name.is_empty() { "no type matches" } else { &content.name })?;
    match &ground.generator {
        Some((name, why)) => {
            writeln!(io.stdout, "generator: {name}, because {why}")?;
            writeln!(io.stdout, "site:    {}", crate::source::display_path(&ground.root))?;
        }
        None => writeln!(io.stdout, "generator: none found; `generator: NAME` in the config names one")?,
    }
    writeln!(io.stdout, "rules:")?;
    for rule in &scope.config.rules_for(&inside).rules {
        let drafts = rule.drafts.map(|drafts| format!(" ({} in drafts)", drafts.word())).unwrap_or_default();
        writeln!(io.stdout, "  {}: {}{drafts}", rule.page.id, rule.level.word())?;
    }
    Ok(CLEAN)
}
