//! A baseline: findings that are known and left out. They are known by their fingerprints, which survive moved lines.

use crate::diagnostic::{Diagnostic, fingerprint};
use crate::fs::{self, FileSystem, FsError, MAX_FILE_SIZE, Os, Root};
use crate::source::{Source, display_path};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The file: fingerprints by path, relative to the file's own folder, and rule.
#[derive(Clone, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    version: u32,
    findings: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

/// The findings that are known.
#[derive(Clone, Debug)]
pub(crate) struct Baseline {
    /// Its file (absolute).
    file: PathBuf,
    known: Known,
}

/// A finding's path, rule and fingerprint.
pub(crate) type Entry = (String, String, String);

impl Baseline {
    /// One without findings, whose file is at `path` (absolute).
    pub(crate) fn new(path: &Path) -> Self {
        Self { file: path.to_owned(), known: Known { version: 1, findings: BTreeMap::new() } }
    }

    /// Reads the file at `path` (absolute). A link out of the project at `cwd` isn't followed.
    ///
    /// # Errors
    /// Why it can't be read.
    pub(crate) fn read(fs: &dyn FileSystem, cwd: &Path, path: &Path) -> Result<Self, String> {
        let text = fs::check_links(fs, cwd, path).and_then(|()| fs.read(path, MAX_FILE_SIZE));
        let text = text.map_err(|error| error.to_string())?;
        let known = serde_json::from_slice(&text).map_err(|error| {
            format!("invalid baseline (line {}); create a new one with --write-baseline", error.line())
        })?;
        Ok(Self { file: path.to_owned(), known })
    }

    /// Adds the findings of the file at `path` (absolute).
    pub(crate) fn add(&mut self, path: &Path, source: &Source, diagnostics: &[Diagnostic]) {
        let name = self.name(path);
        for (diagnostic, print) in diagnostics.iter().zip(fingerprint::all(source, &name, diagnostics)) {
            let rules = self.known.findings.entry(name.clone()).or_default();
            rules.entry(diagnostic.rule.to_string()).or_default().insert(print);
        }
    }

    /// How many findings are known.
    pub(crate) fn count(&self) -> usize {
        self.known.findings.values().flat_map(BTreeMap::values).map(BTreeSet::len).sum()
    }

    /// Takes the known ones out of the findings of the file at `path` (absolute). Gives them.
    pub(crate) fn leave_out(&self, path: &Path, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
        let name = self.name(path);
        let mut met = Vec::new();
        let Some(rules) = self.known.findings.get(&name) else { return met };
        let mut prints = fingerprint::all(source, &name, diagnostics).into_iter();
        diagnostics.retain(|diagnostic| {
            let print = prints.next().unwrap_or_default();
            let is_known = rules.get(&*diagnostic.rule).is_some_and(|prints| prints.contains(&print));
            if is_known {
                met.push((name.clone(), diagnostic.rule.to_string(), print));
            }
            !is_known
        });
        met
    }

    /// The known findings that were not met though their files (absolute) were looked at, or are no more.
    pub(crate) fn gone(&self, met: &BTreeSet<Entry>, files: &[PathBuf]) -> BTreeSet<Entry> {
        let looked_at: BTreeSet<String> = files.iter().map(|path| self.name(path)).collect();
        let folder = self.file.parent().unwrap_or(&self.file);
        let root = Root::containing(Arc::new(Os), folder);
        // A path outside the project isn't looked up, and its entry stays.
        let is_missing =
            |path: &str| matches!(root.metadata(&folder.join(path)), Err(FsError::NotFound | FsError::DanglingLink));
        let is_seen = |path: &String| looked_at.contains(path) || is_missing(path);
        self.entries().filter(|entry| is_seen(&entry.0) && !met.contains(entry)).collect()
    }

    fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        self.known.findings.iter().flat_map(|(path, rules)| {
            rules.iter().flat_map(move |(rule, prints)| {
                prints.iter().map(move |print| (path.clone(), rule.clone(), print.clone()))
            })
        })
    }

    /// The same without these findings.
    pub(crate) fn without(&self, gone: &BTreeSet<Entry>) -> Self {
        let mut rest = Self::new(&self.file);
        for (path, rule, print) in self.entries().filter(|entry| !gone.contains(entry)) {
            rest.known.findings.entry(path).or_default().entry(rule).or_default().insert(print);
        }
        rest
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Why it can't be written.
    pub(crate) fn write(&self) -> Result<(), String> {
        let text = serde_json::to_string_pretty(&self.known).map_err(|error| error.to_string())? + "\n";
        fs::create(&Os, &self.file, text.as_bytes()).map_err(|error| error.to_string())
    }

    /// A file's name in the baseline: relative to its folder, wherever the run began.
    fn name(&self, path: &Path) -> String {
        let path = fs::absolute(path).unwrap_or_else(|_| path.to_owned());
        display_path(&fs::relative(&path, self.file.parent().unwrap_or(&self.file))).into_owned()
    }
}
