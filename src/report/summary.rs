//! The counts of a run, and the sentence that ends it.

use crate::diagnostic::{Fix, Level};
use crate::report::model::Report;

/// How many of what.
#[derive(Default)]
pub(super) struct Summary {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) infos: usize,
    /// Findings with a fix that `--fix` applies.
    pub(super) fixable: usize,
    /// Findings with a fix that needs `--unsafe-fixes` too.
    pub(super) unsafely_fixable: usize,
    /// Files with at least one finding.
    files: usize,
    checked: usize,
    unread: usize,
    /// Findings that are gone, and the files that they were in.
    fixed: usize,
    fixed_files: usize,
}

impl Summary {
    /// Counts a report.
    pub(super) fn of(report: &Report) -> Self {
        let mut summary = Self {
            checked: report.checked,
            unread: report.errors.len(),
            fixed: report.fixed,
            fixed_files: report.fixed_files,
            ..Self::default()
        };
        summary.files = report.files.iter().filter(|file| !file.diagnostics.is_empty()).count();
        for diagnostic in report.diagnostics() {
            match diagnostic.level {
                Level::Error => summary.errors += 1,
                Level::Warning => summary.warnings += 1,
                Level::Info => summary.infos += 1,
            }
            match &diagnostic.fix {
                Some(Fix { safe: true, .. }) => summary.fixable += 1,
                Some(_) => summary.unsafely_fixable += 1,
                None => {}
            }
        }
        summary
    }

    /// `Found 9 problems (2 errors, 7 warnings) in 3 of 118 files; 1 can be fixed with --fix`, without a line end.
    pub(super) fn sentence(&self) -> String {
        let found = self.errors + self.warnings + self.infos;
        let fixed = match self.fixed {
            0 => String::new(),
            _ => format!("Fixed {} in {}. ", count(self.fixed, "problem"), count(self.fixed_files, "file")),
        };
        let mut sentence = fixed
            + &match (found, self.checked) {
                (0, 0) => "No files were checked".to_owned(),
                (0, _) => format!("No problems in {}", count(self.checked, "file")),
                _ => format!(
                    "Found {} ({}) in {} of {}",
                    count(found, "problem"),
                    self.levels(),
                    self.files,
                    count(self.checked, "file")
                ),
            };
        if self.fixable > 0 {
            sentence += &format!("; {} can be fixed with --fix", self.fixable);
        }
        if self.unsafely_fixable > 0 {
            let more = if self.fixable > 0 { ", " } else { "; " };
            let can = if self.fixable > 0 { "more" } else { "can be fixed" };
            sentence += &format!("{more}{} {can} with --fix --unsafe-fixes", self.unsafely_fixable);
        }
        if self.unread > 0 {
            sentence += &format!("; {} could not be read", count(self.unread, "file"));
        }
        sentence
    }

    /// `Would fix 3 problems in 2 files`, without a line end.
    pub(super) fn would(&self) -> String {
        match self.fixed {
            0 => "Nothing to fix".to_owned(),
            _ => format!("Would fix {} in {}", count(self.fixed, "problem"), count(self.fixed_files, "file")),
        }
    }

    fn levels(&self) -> String {
        let levels = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let words: Vec<_> = levels
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| if word == "info" { format!("{number} info") } else { count(number, word) })
            .collect();
        words.join(", ")
    }
}

/// `1 file`, `2 files`
pub(super) fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        let clean = Summary { checked: 118, ..Summary::default() };
        assert_eq!(clean.sentence(), "No problems in 118 files");
        assert_eq!(Summary::default().sentence(), "No files were checked");
        let found = Summary { errors: 2, warnings: 7, fixable: 1, files: 3, checked: 118, ..Summary::default() };
        assert_eq!(
            found.sentence(),
            "Found 9 problems (2 errors, 7 warnings) in 3 of 118 files; 1 can be fixed with --fix"
        );
        let unsafely = Summary { infos: 1, unsafely_fixable: 1, files: 1, checked: 1, unread: 1, ..Summary::default() };
        assert_eq!(
            unsafely.sentence(),
            "Found 1 problem (1 info) in 1 of 1 file; 1 can be fixed with --fix --unsafe-fixes; 1 file could not be read"
        );
        let fixed = Summary { fixed: 3, fixed_files: 1, checked: 2, ..Summary::default() };
        assert_eq!(fixed.sentence(), "Fixed 3 problems in 1 file. No problems in 2 files");
        assert_eq!(fixed.would(), "Would fix 3 problems in 1 file");
    }
}
