//! `matterlint check --watch`: a new report whenever a file changes, until Ctrl-C.

use crate::cli::args::CheckArgs;
use crate::cli::{CLEAN, FAILED, Streams, check, interrupt};
use crate::fs;
use crate::report::sanitise;
use notify::{Event, EventKind, RecursiveMode, Watcher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// An editor that saves writes several times; what follows within this time belongs together.
const QUIET: Duration = Duration::from_millis(100);

/// After this time there is a report, even if files keep changing.
const LONGEST: Duration = Duration::from_secs(2);

/// How often it is asked whether somebody pressed Ctrl-C.
const TICK: Duration = Duration::from_millis(50);

/// What pages, configs and the files that they name end in.
const ENDINGS: [&str; 22] = [
    "md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd", "Rmd", "yaml", "yml", "toml", "json", "csv", "png", "jpg",
    "jpeg", "gif", "svg", "webp", "avif", "html", "lock",
];

/// Folders in which nothing that matters changes.
const SKIPPED: [&str; 3] = [".git", "node_modules", "target"];

type Events = Receiver<notify::Result<Event>>;

pub(super) fn run(args: &CheckArgs, io: &mut Streams) -> io::Result<u8> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        writeln!(io.stderr, "matterlint: --watch cannot read standard input")?;
        return Ok(FAILED);
    }
    interrupt::install_signal_handler();
    let (sender, events) = channel();
    // The watcher ends with this function.
    let watcher = notify::recommended_watcher(sender).and_then(|mut watcher| {
        watch(args, &mut watcher)?;
        Ok(watcher)
    });
    let _watcher = match watcher {
        Ok(watcher) => watcher,
        Err(error) => {
            writeln!(io.stderr, "matterlint: cannot watch files: {}", sanitise(&error.to_string()))?;
            return Ok(FAILED);
        }
    };
    let written: Vec<PathBuf> = args.output.iter().filter_map(|(_, path)| fs::absolute(path).ok()).collect();
    loop {
        check::run(args, io)?;
        io.stdout.flush()?;
        writeln!(io.stderr, "matterlint: watching for changes; press Ctrl-C to end")?;
        if !wait(&events, &written) {
            interrupt::exit_on_signal();
            return Ok(CLEAN);
        }
    }
}

/// Watches what is checked, and the working directory, where the config may be.
fn watch(args: &CheckArgs, watcher: &mut dyn Watcher) -> notify::Result<()> {
    let here = [PathBuf::from(".")];
    let named = if args.paths.is_empty() { &here[..] } else { &args.paths };
    watcher.watch(Path::new("."), RecursiveMode::NonRecursive)?;
    for path in named {
        if path.is_dir() {
            watcher.watch(path, RecursiveMode::Recursive)?;
        } else {
            // An editor may replace a file by another one.
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            watcher.watch(folder.unwrap_or(Path::new(".")), RecursiveMode::NonRecursive)?;
        }
    }
    Ok(())
}

/// Waits until files have changed, and change no more. Gives whether they have: else somebody wants to end.
fn wait(events: &Events, written: &[PathBuf]) -> bool {
    let (mut first, mut last): (Option<Instant>, Option<Instant>) = (None, None);
    while interrupt::received_signal() == 0 {
        match events.recv_timeout(TICK) {
            Ok(Ok(event)) if is_relevant(&event, written) => {
                last = Some(Instant::now());
                first = first.or(last);
            }
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
        if last.is_some_and(|last| last.elapsed() >= QUIET) || first.is_some_and(|first| first.elapsed() >= LONGEST) {
            return true;
        }
    }
    false
}

/// Whether an event is of a file that a report depends on, and that the report isn't written to.
fn is_relevant(event: &Event, written: &[PathBuf]) -> bool {
    let is_change = !matches!(event.kind, EventKind::Access(_));
    let is_of_interest = |path: &PathBuf| {
        let is_skipped = path.components().any(|part| SKIPPED.iter().any(|skipped| part.as_os_str() == *skipped));
        // A folder has no ending.
        let has_ending = path.extension().is_none_or(|end| ENDINGS.iter().any(|known| end == *known));
        let is_written = fs::absolute(path).is_ok_and(|path| written.contains(&path));
        !is_skipped && has_ending && !is_written
    };
    is_change && (event.paths.is_empty() || event.paths.iter().any(is_of_interest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind};

    #[test]
    fn what_a_report_depends_on_is_relevant() {
        let event = |path: &str| Event::new(EventKind::Create(CreateKind::Any)).add_path(PathBuf::from(path));
        let written = [fs::absolute(Path::new("report.json")).expect("a path")];
        for (path, expected) in [
            ("a.md", true),
            ("posts", true),
            ("_config.yml", true),
            ("a.md.swp", false),
            (".git/index.lock", false),
            ("report.json", false),
            ("other.json", true),
        ] {
            assert_eq!(is_relevant(&event(path), &written), expected, "{path}");
        }
        assert!(!is_relevant(&Event { kind: EventKind::Access(AccessKind::Any), ..event("a.md") }, &[]));
    }
}
