//! The counts of a run, and the sentence that ends it.

use crate::diagnostic::{Fix, Level};
use crate::report::model::Report;
use crate::text::plural::plural;

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
    /// Findings that are counted and not listed.
    pub(super) omitted: usize,
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
        for (_, level, count) in report.files.iter().flat_map(|file| file.omitted.counts()) {
            *summary.of_level(level) += count.findings;
            summary.fixable += count.safely_fixable;
            summary.unsafely_fixable += count.unsafely_fixable;
            summary.omitted += count.findings;
        }
        for diagnostic in report.diagnostics() {
            *summary.of_level(diagnostic.level) += 1;
            match &diagnostic.fix {
                Some(Fix { safe: true, .. }) => summary.fixable += 1,
                Some(_) => summary.unsafely_fixable += 1,
                None => {}
            }
        }
        summary
    }

    fn of_level(&mut self, level: Level) -> &mut usize {
        match level {
            Level::Error => &mut self.errors,
            Level::Warning => &mut self.warnings,
            Level::Info => &mut self.infos,
        }
    }

    /// `Found 9 problems (2 errors, 7 warnings) in 3 of 118 files; 1 fixable with --fix`, without a line end.
    pub(super) fn sentence(&self) -> String {
        let found = self.errors + self.warnings + self.infos;
        let fixed = match self.fixed {
            0 => String::new(),
            _ => format!("Fixed {} in {}. ", plural(self.fixed, "problem"), plural(self.fixed_files, "file")),
        };
        let mut sentence = fixed
            + &match (found, self.checked) {
                (0, 0) => "No files checked".to_owned(),
                (0, _) => format!("No problems in {}", plural(self.checked, "file")),
                _ => format!(
                    "Found {} ({}) in {} of {}",
                    plural(found, "problem"),
                    self.levels(),
                    self.files,
                    plural(self.checked, "file")
                ),
            };
        if self.fixable > 0 {
            sentence += &format!("; {} fixable with --fix", self.fixable);
        }
        if self.unsafely_fixable > 0 {
            let more = if self.fixable > 0 { ", " } else { "; " };
            let can = if self.fixable > 0 { "more" } else { "fixable" };
            sentence += &format!("{more}{} {can} with --fix --unsafe-fixes", self.unsafely_fixable);
        }
        if self.unread > 0 {
            sentence += &format!("; {} could not be read", plural(self.unread, "file"));
        }
        sentence
    }

    /// `Would fix 3 problems in 2 files`, without a line end.
    pub(super) fn would(&self) -> String {
        match self.fixed {
            0 => "Nothing to fix".to_owned(),
            _ => format!("Would fix {} in {}", plural(self.fixed, "problem"), plural(self.fixed_files, "file")),
        }
    }

    fn levels(&self) -> String {
        let levels = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let words: Vec<_> = levels
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| if word == "info" { format!("{number} info") } else { plural(number, word) })
            .collect();
        words.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        let clean = Summary { checked: 118, ..Summary::default() };
        assert_eq!(clean.sentence(), "No problems in 118 files");
        assert_eq!(Summary::default().sentence(), "No files checked");
        let found = Summary { errors: 2, warnings: 7, fixable: 1, files: 3, checked: 118, ..Summary::default() };
        assert_eq!(found.sentence(), "Found 9 problems (2 errors, 7 warnings) in 3 of 118 files; 1 fixable with --fix");
        let unsafely = Summary { infos: 1, unsafely_fixable: 1, files: 1, checked: 1, unread: 1, ..Summary::default() };
        assert_eq!(
            unsafely.sentence(),
            "Found 1 problem (1 info) in 1 of 1 file; 1 fixable with --fix --unsafe-fixes; 1 file could not be read"
        );
        let fixed = Summary { fixed: 3, fixed_files: 1, checked: 2, ..Summary::default() };
        assert_eq!(fixed.sentence(), "Fixed 3 problems in 1 file. No problems in 2 files");
        assert_eq!(fixed.would(), "Would fix 3 problems in 1 file");
    }
}
