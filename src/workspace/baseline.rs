//! Baselines: existing findings that are recorded and left out, so that only new ones are reported.
//!
//! They are recognized by their fingerprints, which survive moved lines.

use crate::diagnostic::{Diagnostic, fingerprint};
use crate::fs::{FileSystem, FsError, MAX_FILE_SIZE, Root, absolute, check_links, relative};
use crate::source::{Source, display_path};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Which baseline applies.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum BaselineSource {
    /// That of the config of each file, if it names one.
    #[default]
    Config,
    /// This one, for all files.
    File(PathBuf),
    /// None.
    Off,
}

/// The file: fingerprints by path, relative to the folder of the file, and by rule.
#[derive(Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Recorded {
    version: u32,
    findings: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

/// The path, the rule, and the fingerprint of a finding.
type Entry = (String, String, String);

/// A baseline that was read, and what was met of it.
#[derive(Debug)]
pub struct Baseline {
    file: PathBuf,
    recorded: Recorded,
    met: Mutex<BTreeSet<Entry>>,
}

impl Baseline {
    /// Reads the baseline in `file` (absolute). A link out of the project isn't followed.
    pub(super) fn read(fs: &Arc<dyn FileSystem>, cwd: &Path, file: &Path) -> Result<Self, String> {
        let shown = relative(file, cwd);
        let failed = |reason: &dyn std::fmt::Display| format!("{}: {reason}", display_path(&shown));
        let text = check_links(&**fs, cwd, file).and_then(|()| fs.read(file, MAX_FILE_SIZE));
        let text = text.map_err(|error| failed(&error))?;
        let recorded = serde_json::from_slice(&text).map_err(|error| {
            failed(&format!("invalid baseline (line {}); create a new one with --write-baseline", error.line()))
        })?;
        Ok(Self { file: file.to_owned(), recorded, met: Mutex::default() })
    }

    /// The file (absolute).
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// How many recorded findings were left out so far.
    pub fn ignored(&self) -> usize {
        lock(&self.met).len()
    }

    /// Keeps only findings of the file at `path` (absolute) that aren't recorded.
    pub(super) fn retain_new(&self, path: &Path, source: &Source, found: &mut Vec<Diagnostic>) {
        let name = name(path, &self.file);
        let Some(rules) = self.recorded.findings.get(&name).filter(|_| !found.is_empty()) else { return };
        let mut prints = fingerprint::all(source, &name, found).into_iter();
        found.retain(|diagnostic| {
            let print = prints.next().unwrap_or_default();
            let is_recorded = rules.get(&*diagnostic.rule).is_some_and(|known| known.contains(&print));
            if is_recorded {
                lock(&self.met).insert((name.clone(), diagnostic.rule.to_string(), print));
            }
            !is_recorded
        });
    }

    /// The text of the file without fixed findings, and how many those are: recorded findings that a run over `checked`
    /// (absolute) did not meet, or whose file no longer exists.
    pub(super) fn without_fixed(&self, fs: &Arc<dyn FileSystem>, checked: &[PathBuf]) -> (String, usize) {
        let checked: BTreeSet<String> = checked.iter().map(|path| name(path, &self.file)).collect();
        let folder = self.file.parent().unwrap_or(&self.file);
        let root = Root::containing(fs.clone(), folder);
        // A path outside the project isn't looked up, and its entry stays.
        let is_missing =
            |path: &str| matches!(root.metadata(&folder.join(path)), Err(FsError::NotFound | FsError::DanglingLink));
        let met = lock(&self.met);
        let mut kept = Recorded::new();
        let mut fixed = 0;
        for (path, rules) in &self.recorded.findings {
            let is_seen = checked.contains(path) || is_missing(path);
            for (rule, prints) in rules {
                for print in prints {
                    if is_seen && !met.contains(&(path.clone(), rule.clone(), print.clone())) {
                        fixed += 1;
                    } else {
                        kept.add(path, rule, print.clone());
                    }
                }
            }
        }
        (kept.text(), fixed)
    }
}

/// The text of a baseline at `file` (absolute) with these findings, the sources by their absolute paths; and how many
/// there are.
pub(super) fn record<'a>(
    files: impl Iterator<Item = (PathBuf, &'a Source, &'a [Diagnostic])>,
    file: &Path,
) -> (String, usize) {
    let mut recorded = Recorded::new();
    for (path, source, found) in files {
        let name = name(&path, file);
        for (diagnostic, print) in found.iter().zip(fingerprint::all(source, &name, found)) {
            recorded.add(&name, &diagnostic.rule, print);
        }
    }
    let count = recorded.findings.values().flat_map(BTreeMap::values).map(BTreeSet::len).sum();
    (recorded.text(), count)
}

impl Recorded {
    fn new() -> Self {
        Self { version: 1, findings: BTreeMap::new() }
    }

    fn add(&mut self, path: &str, rule: &str, print: String) {
        let rules = self.findings.entry(path.to_owned()).or_default();
        rules.entry(rule.to_owned()).or_default().insert(print);
    }

    fn text(&self) -> String {
        // Strings and numbers can always be written.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

// A poisoned lock only means that another thread panicked; what it guards is whole.
fn lock(met: &Mutex<BTreeSet<Entry>>) -> MutexGuard<'_, BTreeSet<Entry>> {
    met.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of a file (absolute) in a baseline: relative to the baseline's folder, wherever the run began.
fn name(path: &Path, baseline: &Path) -> String {
    let path = absolute(path).unwrap_or_else(|_| path.to_owned());
    display_path(&relative(&path, baseline.parent().unwrap_or(baseline))).into_owned()
}

#[cfg(test)]
mod tests {
    use crate::source::Source;
    use crate::workspace::{LintedFile, Memory, Options, Workspace};
    use std::path::Path;
    use std::sync::Arc;

    #[test]
    fn an_editor_shows_only_new_findings() {
        let page = Path::new("/site/a.md");
        let old = "---\ntitle: a\n---\n\nTODO: 하나\n";
        let files = |baseline: &str| {
            let config = "baseline: known.json\n";
            Memory::new([("/site/matterlint.yaml", config), ("/site/known.json", baseline), ("/site/a.md", old)])
        };
        let rules = |baseline: &str, text: &str| {
            let workspace = Workspace::new(Arc::new(files(baseline)), Options::new("/site"));
            let source = Source::new("a.md", text.as_bytes().to_vec());
            let (diagnostics, omitted) = workspace.lint_page(page, &source).expect("the config has no errors");
            let count = diagnostics.len();
            let linted = LintedFile { source, diagnostics, omitted };
            (count, workspace.record_baseline(&[linted], Path::new("/site/known.json")))
        };
        let empty = "{ \"version\": 1, \"findings\": {} }";
        let (count, (recorded, written)) = rules(empty, old);
        assert_eq!((count, written), (1, 1));
        assert_eq!(rules(&recorded, old).0, 0);
        assert_eq!(rules(&recorded, &old.replace("title: a", "title: b\nlang: ko")).0, 0, "it moved");
        assert_eq!(rules(&recorded, &format!("{old}\nTODO: 둘\n")).0, 1);
    }
}
