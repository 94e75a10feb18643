//! `--baseline`: findings that are known and left out, so that an old site can start today.
//!
//! They are known by their fingerprints, which survive moved lines. The file only ever shrinks: fixed findings are removed.

use crate::cli::args::CheckArgs;
use crate::cli::io::is_ci;
use crate::fs::{self, FileSystem, FsError, MAX_FILE_SIZE, Os, Root};
use crate::report::{FileReport, Report, fingerprint};
use crate::text::plural::plural;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A run as the baseline sees it.
pub(super) struct Checked {
    pub(super) report: Report,
    /// The files that were looked at, absolute.
    pub(super) files: Vec<PathBuf>,
    /// Whether it was a text from standard input.
    pub(super) is_text: bool,
}

/// Where the baseline goes when nobody says.
const NAME: &str = "matterlint-baseline.json";

/// The file: fingerprints by path, relative to the file's own folder, and rule.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    version: u32,
    findings: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

/// Leaves known findings out, or writes the file that makes them known. Gives what is to be said on it.
///
/// # Errors
/// Why the file can't be read or written.
pub(super) fn apply(args: &CheckArgs, checked: &mut Checked, cwd: &Path) -> Result<Option<String>, String> {
    let name = match &args.baseline {
        Some(name) => name.as_path(),
        None if args.write_baseline => Path::new(NAME),
        None => return Ok(None),
    };
    let path = fs::absolute(&cwd.join(name)).map_err(|error| error.to_string())?;
    let failed = |reason: String| format!("{}: {reason}", name.display());
    if args.write_baseline {
        let known = Known::of(&checked.report.files, &path, cwd);
        let count = known.count();
        checked.report.files.clear();
        return known
            .write(&path)
            .map_err(failed)
            .map(|()| Some(format!("wrote {} to {}", plural(count, "finding"), name.display())));
    }
    let text = fs::check_links(&Os, cwd, &path).and_then(|()| Os.read(&path, MAX_FILE_SIZE));
    let text = text.map_err(|error| failed(error.to_string()))?;
    let known: Known = serde_json::from_slice(&text).map_err(|error| failed(invalid(&error)))?;
    let (left_out, gone) = known.leave_out(checked, &path, cwd);
    let said =
        (left_out > 0).then(|| format!("ignored {} recorded in {}", plural(left_out, "finding"), name.display()));
    if gone.is_empty() || !may_shrink(args, checked) {
        return Ok(said);
    }
    let count = gone.len();
    known.without(&gone).write(&path).map_err(failed)?;
    Ok(Some(format!(
        "{}removed {} from {}",
        said.map_or(String::new(), |s| s + "; "),
        plural(count, "fixed finding"),
        name.display()
    )))
}

/// Why a file isn't a baseline.
fn invalid(error: &serde_json::Error) -> String {
    format!("invalid baseline (line {}); create a new one with --write-baseline", error.line())
}

/// Whether what wasn't found is gone, and not only out of sight; and whether anybody is there to commit the file.
fn may_shrink(args: &CheckArgs, checked: &Checked) -> bool {
    let all_rules = args.select.is_empty() && args.ignore.is_empty() && args.level.is_empty();
    let all_lines = args.diff_from.is_none() && !checked.is_text && args.stdin_filename.is_none();
    all_rules && all_lines && !args.diff && checked.report.errors.is_empty() && !is_ci()
}

/// A finding's path, rule and fingerprint.
type Entry = (String, String, String);

impl Known {
    fn of(reports: &[FileReport], file: &Path, cwd: &Path) -> Self {
        let mut findings: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for report in reports {
            let name = name(&cwd.join(report.source.path()), file);
            for (diagnostic, print) in report.diagnostics.iter().zip(prints(report, &name)) {
                let rules = findings.entry(name.clone()).or_default();
                rules.entry(diagnostic.rule.to_string()).or_default().insert(print);
            }
        }
        Self { version: 1, findings }
    }

    fn count(&self) -> usize {
        self.findings.values().flat_map(BTreeMap::values).map(BTreeSet::len).sum()
    }

    fn has(&self, path: &str, rule: &str, print: &str) -> bool {
        let rules = self.findings.get(path);
        rules.and_then(|rules| rules.get(rule)).is_some_and(|prints| prints.contains(print))
    }

    /// Takes known findings out of the report. Gives how many, and which of the known were not found though their
    /// files were looked at, or are no more.
    fn leave_out(&self, checked: &mut Checked, file: &Path, cwd: &Path) -> (usize, BTreeSet<Entry>) {
        let mut met: BTreeSet<Entry> = BTreeSet::new();
        for report in &mut checked.report.files {
            let name = name(&cwd.join(report.source.path()), file);
            let mut prints = prints(report, &name).into_iter();
            report.diagnostics.retain(|diagnostic| {
                let print = prints.next().unwrap_or_default();
                let is_known = self.has(&name, &diagnostic.rule, &print);
                if is_known {
                    met.insert((name.clone(), diagnostic.rule.to_string(), print));
                }
                !is_known
            });
        }
        checked.report.files.retain(|report| !report.diagnostics.is_empty());
        let looked_at: BTreeSet<String> = checked.files.iter().map(|path| self::name(path, file)).collect();
        let folder = file.parent().unwrap_or(file);
        let root = Root::containing(Arc::new(Os), folder);
        // A path outside the project isn't looked up, and its entry stays.
        let is_missing =
            |path: &str| matches!(root.metadata(&folder.join(path)), Err(FsError::NotFound | FsError::DanglingLink));
        let is_seen = |path: &String| looked_at.contains(path) || is_missing(path);
        let gone = self.entries().filter(|entry| is_seen(&entry.0) && !met.contains(entry)).collect();
        (met.len(), gone)
    }

    fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        self.findings.iter().flat_map(|(path, rules)| {
            rules.iter().flat_map(move |(rule, prints)| {
                prints.iter().map(move |print| (path.clone(), rule.clone(), print.clone()))
            })
        })
    }

    fn without(&self, gone: &BTreeSet<Entry>) -> Self {
        let mut findings: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for (path, rule, print) in self.entries().filter(|entry| !gone.contains(entry)) {
            findings.entry(path).or_default().entry(rule).or_default().insert(print);
        }
        Self { version: 1, findings }
    }

    fn write(&self, path: &Path) -> Result<(), String> {
        let text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())? + "\n";
        fs::create(&Os, path, text.as_bytes()).map_err(|error| error.to_string())
    }
}

/// A file's name in a baseline: relative to the baseline's folder, wherever the run began.
fn name(path: &Path, baseline: &Path) -> String {
    let path = fs::absolute(path).unwrap_or_else(|_| path.to_owned());
    let relative = fs::relative(&path, baseline.parent().unwrap_or(baseline));
    crate::source::display_path(&relative).into_owned()
}

fn prints(report: &FileReport, name: &str) -> Vec<String> {
    fingerprint::all(&report.source, name, &report.diagnostics)
}
