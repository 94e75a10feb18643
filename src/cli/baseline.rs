//! `--baseline`: findings that are known and left out, so that an old site can start today.
//!
//! The file that an option names only ever shrinks: fixed findings are removed. The one that the config names is left as it
//! is until somebody writes it anew.

use crate::cli::args::CheckArgs;
use crate::cli::io::is_ci;
use crate::fs::{self, Os};
use crate::report::Report;
use crate::text::plural::plural;
use crate::workspace::Baseline;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
    let shown = fs::relative(&path, cwd);
    let shown = if args.is_baseline_of_config { shown.display() } else { name.display() };
    let failed = |reason: String| format!("{shown}: {reason}");
    if args.write_baseline {
        let mut known = Baseline::new(&path);
        for report in &checked.report.files {
            known.add(&cwd.join(report.source.path()), &report.source, &report.diagnostics);
        }
        checked.report.files.clear();
        let said = format!("wrote {} to {shown}", plural(known.count(), "finding"));
        return known.write().map_err(failed).map(|()| Some(said));
    }
    let known = Baseline::read(&Os, cwd, &path).map_err(failed)?;
    let mut met = BTreeSet::new();
    for report in &mut checked.report.files {
        met.extend(known.leave_out(&cwd.join(report.source.path()), &report.source, &mut report.diagnostics));
    }
    checked.report.files.retain(|report| !report.diagnostics.is_empty());
    let said = (!met.is_empty()).then(|| format!("ignored {} recorded in {shown}", plural(met.len(), "finding")));
    if !may_shrink(args, checked) {
        return Ok(said);
    }
    let gone = known.gone(&met, &checked.files);
    if gone.is_empty() {
        return Ok(said);
    }
    known.without(&gone).write().map_err(failed)?;
    Ok(Some(format!(
        "{}removed {} from {shown}",
        said.map_or(String::new(), |s| s + "; "),
        plural(gone.len(), "fixed finding")
    )))
}

/// Whether what wasn't found is gone, and not only out of sight; and whether anybody is there to commit the file.
fn may_shrink(args: &CheckArgs, checked: &Checked) -> bool {
    let all_rules = args.select.is_empty() && args.ignore.is_empty() && args.level.is_empty();
    let all_lines = args.diff_from.is_none() && !checked.is_text && args.stdin_filename.is_none();
    let is_of_config = args.is_baseline_of_config;
    !is_of_config && all_rules && all_lines && !args.diff && checked.report.errors.is_empty() && !is_ci()
}
