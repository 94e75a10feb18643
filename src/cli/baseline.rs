//! `--write-baseline` and `--update-baseline`, and what is said of baselines that were used.

use crate::cli::args::CheckArgs;
use crate::fs::{self, Os};
use crate::source::display_path;
use crate::text::plural::plural;
use crate::workspace::{BaselineSource, LintedFile, Outcome, Workspace};
use std::path::Path;

/// The name of a baseline where none is given.
const NAME: &str = "matterlint-baseline.json";

/// Which baseline a run uses.
pub(super) fn source(args: &CheckArgs) -> BaselineSource {
    match &args.baseline {
        _ if args.write_baseline => BaselineSource::Off,
        Some(file) => BaselineSource::File(file.clone()),
        None => BaselineSource::Config,
    }
}

/// Writes baselines where that is asked for. Gives what is to be said of those that were used.
///
/// # Errors
/// Why a file can't be written.
pub(super) fn apply(args: &CheckArgs, workspace: &Workspace, outcome: &mut Outcome) -> Result<Vec<String>, String> {
    if args.write_baseline {
        return record(args, workspace, &mut outcome.files).map(|said| vec![said]);
    }
    let mut said = Vec::new();
    for baseline in workspace.baselines() {
        let shown = shown(workspace, baseline.file());
        if baseline.ignored() > 0 {
            said.push(format!("ignored {} recorded in {shown}", plural(baseline.ignored(), "finding")));
        }
        if args.update_baseline && outcome.errors.is_empty() {
            let (text, fixed) = workspace.baseline_without_fixed(&baseline, &outcome.checked_files);
            if fixed > 0 {
                write(baseline.file(), &text, &shown)?;
                said.push(format!("removed {} from {shown}", plural(fixed, "fixed finding")));
            }
        }
    }
    Ok(said)
}

fn record(args: &CheckArgs, workspace: &Workspace, files: &mut Vec<LintedFile>) -> Result<String, String> {
    let cwd = workspace.cwd();
    let named = args.baseline.as_deref().map(|name| cwd.join(name));
    let file = named.or_else(|| workspace.baseline_file(cwd)).unwrap_or_else(|| cwd.join(NAME));
    let file = fs::absolute(&file).map_err(|error| error.to_string())?;
    let (text, count) = workspace.record_baseline(files, &file);
    files.clear();
    let shown = shown(workspace, &file);
    write(&file, &text, &shown)?;
    Ok(format!("wrote {} to {shown}", plural(count, "finding")))
}

fn write(file: &Path, text: &str, shown: &str) -> Result<(), String> {
    fs::create(&Os, file, text.as_bytes()).map_err(|error| format!("{shown}: {error}"))
}

fn shown(workspace: &Workspace, file: &Path) -> String {
    display_path(&fs::relative(file, workspace.cwd())).into_owned()
}
