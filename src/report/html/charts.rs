//! The findings by level, rule, and folder, as bars.

use crate::diagnostic::Level;
use crate::report::html::markup::{bar, escape};
use crate::report::model::{Report, RuleNote};
use crate::text::plural::thousands;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The maximum number of folders shown; more are one line.
const MOST_FOLDERS: usize = 30;

/// Errors, warnings, and infos.
#[derive(Clone, Copy, Default)]
struct Tally([usize; 3]);

impl Tally {
    fn add(&mut self, level: Level, count: usize) {
        self.0[2 - level as usize] += count;
    }

    fn total(self) -> usize {
        self.0.iter().sum()
    }

    fn parts(self) -> [(&'static str, usize); 3] {
        let [errors, warnings, infos] = self.0;
        [("error", errors), ("warning", warnings), ("info", infos)]
    }
}

/// The number of findings by rule and by folder.
#[derive(Default)]
pub(super) struct Tallies {
    all: Tally,
    rules: BTreeMap<String, Tally>,
    folders: BTreeMap<String, Tally>,
}

impl Tallies {
    /// Counts the findings of a report, those that aren't listed included.
    pub(super) fn of(report: &Report) -> Self {
        let mut tallies = Self::default();
        for file in &report.files {
            let name = file.source.name();
            let folder = folder_of(&name);
            let listed = file.diagnostics.iter().map(|found| (&*found.rule, found.level, 1));
            let omitted = file.omitted.counts().map(|(rule, level, count)| (rule, level, count.findings));
            for (rule, level, count) in listed.chain(omitted) {
                tallies.all.add(level, count);
                tallies.rules.entry(rule.to_owned()).or_default().add(level, count);
                tallies.folders.entry(folder.to_owned()).or_default().add(level, count);
            }
        }
        tallies
    }

    /// Whether there are no findings.
    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The rules with findings, by name.
    pub(super) fn rules(&self) -> impl Iterator<Item = &str> {
        self.rules.keys().map(String::as_str)
    }

    /// Writes the charts.
    pub(super) fn write(&self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        writeln!(out, "<section>\n<h2>Findings by level</h2>\n<ul class=\"chart\">")?;
        for (level, count) in self.all.parts().into_iter().filter(|(_, count)| *count > 0) {
            row(out, level, &[(level, count)], count, self.all.total())?;
        }
        writeln!(out, "</ul>\n</section>")?;
        writeln!(out, "<section>\n<h2>Findings by rule</h2>\n<ul class=\"chart\">")?;
        let rules = ranked(&self.rules);
        let most = rules.first().map_or(0, |(_, tally)| tally.total());
        for (rule, tally) in rules {
            let note = report.rules.iter().find(|note| &*note.id == rule);
            let summary = note.map_or(String::new(), summary);
            let rule = escape(rule);
            let name = format!("<a href=\"#findings\" data-rule=\"{rule}\">{rule}</a>{summary}");
            row(out, &name, &tally.parts(), tally.total(), most)?;
        }
        writeln!(out, "</ul>\n</section>")?;
        writeln!(out, "<section>\n<h2>Findings by folder</h2>\n<ul class=\"chart\">")?;
        let folders = ranked(&self.folders);
        let most = folders.first().map_or(0, |(_, tally)| tally.total());
        for (folder, tally) in folders.iter().take(MOST_FOLDERS) {
            let folder = escape(folder);
            let name = format!("<a href=\"#findings\" data-folder=\"{folder}\">{folder}</a>");
            row(out, &name, &tally.parts(), tally.total(), most)?;
        }
        writeln!(out, "</ul>")?;
        if let Some(rest @ [_, ..]) = folders.get(MOST_FOLDERS..) {
            let findings: usize = rest.iter().map(|(_, tally)| tally.total()).sum();
            writeln!(out, "<p>{} more folders with {} findings.</p>", thousands(rest.len()), thousands(findings))?;
        }
        writeln!(out, "</section>")
    }
}

/// What a rule reports, with a link to its documentation.
fn summary(note: &RuleNote) -> String {
    let text = escape(&note.summary);
    match &note.url {
        Some(url) => format!("<small><a href=\"{}\">{text}</a></small>", escape(url)),
        None => format!("<small>{text}</small>"),
    }
}

/// The folder of a path, with a slash at its end.
pub(super) fn folder_of(path: &str) -> &str {
    path.rfind(['/', '\\']).map_or("./", |at| &path[..=at])
}

/// The most findings first.
fn ranked(tallies: &BTreeMap<String, Tally>) -> Vec<(&str, Tally)> {
    let mut ranked: Vec<_> = tallies.iter().map(|(name, tally)| (name.as_str(), *tally)).collect();
    ranked.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.total()));
    ranked
}

/// A line of a chart. `name` is HTML.
fn row(out: &mut dyn Write, name: &str, parts: &[(&str, usize)], count: usize, most: usize) -> io::Result<()> {
    let bar = bar(parts, most);
    writeln!(out, "<li><span class=\"name\">{name}</span>{bar}<span class=\"count\">{}</span></li>", thousands(count))
}
