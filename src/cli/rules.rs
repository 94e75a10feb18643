//! `matterlint rules`: a list of the rules, including custom ones.

use crate::cli::args::RulesArgs;
use crate::cli::{CLEAN, FAILED, Streams, workspace};
use crate::config::Config;
use crate::report;
use crate::rule::{Fixable, Group, RuleDoc, RuleLevel};
use serde::Serialize;
use std::io::{self, Write};

/// A rule as `--format json` shows it.
#[derive(Serialize)]
pub(super) struct RuleRow<'a> {
    id: &'a str,
    group: &'static str,
    level: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    drafts: Option<&'static str>,
    stability: &'static str,
    /// `site` if the rule compares pages.
    scope: &'static str,
    fix: &'static str,
    since: &'a str,
    summary: &'a str,
    custom: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl<'a> RuleRow<'a> {
    pub(super) fn new(page: &'a RuleDoc, level: RuleLevel) -> Self {
        let head = &page.metadata;
        Self {
            id: &page.id,
            group: head.group.as_str(),
            level: level.as_str(),
            drafts: head.drafts.map(RuleLevel::as_str),
            stability: if head.preview { "preview" } else { "stable" },
            scope: if page.compares_pages() { "site" } else { "page" },
            fix: match head.fix {
                Fixable::No => "none",
                Fixable::Unsafe => "unsafe",
                Fixable::Safe => "safe",
            },
            since: &head.since,
            summary: &head.summary,
            custom: !page.is_built_in(),
            url: page.url(),
        }
    }
}

pub(super) fn run(args: &RulesArgs, io: &mut Streams) -> io::Result<u8> {
    let config = &workspace::open(workspace::options(&std::env::current_dir()?)).rules().config;
    let rows = match rows(args, config) {
        Ok(rows) => rows,
        Err(message) => {
            writeln!(io.stderr, "matterlint: {}", report::sanitise(&message))?;
            return Ok(FAILED);
        }
    };
    if args.format == "json" {
        report::write_json(io.stdout.exact(), &rows)?;
        return Ok(CLEAN);
    }
    let width = rows.iter().map(|row| row.id.len()).max().unwrap_or(0);
    for group in Group::ALL.map(Group::as_str) {
        let rows: Vec<&RuleRow> = rows.iter().filter(|row| row.group == group).collect();
        if !rows.is_empty() {
            writeln!(io.stdout, "{group}")?;
        }
        for row in rows {
            let fix = if row.fix == "none" { "" } else { "fix" };
            let notes = [("custom", row.custom), ("preview", row.stability == "preview")];
            let notes =
                notes.iter().filter(|(_, holds)| *holds).map(|(note, _)| format!(" ({note})")).collect::<String>();
            let start = format!("  {:<width$} {:<8} {fix:<4} ", row.id, row.level);
            let summary = report::page::wrapped_after(&start, &format!("{}{notes}", row.summary), io.width);
            writeln!(io.stdout, "{summary}")?;
        }
    }
    Ok(CLEAN)
}

/// The rules that the arguments select, each with its level in the config.
fn rows<'a>(args: &RulesArgs, config: &'a Config) -> Result<Vec<RuleRow<'a>>, String> {
    let known = Group::ALL.map(Group::as_str);
    if let Some(unknown) = args.group.iter().find(|group| !known.contains(&group.as_str())) {
        return Err(format!("unknown group `{unknown}`; expected one of {}", known.join(", ")));
    }
    let is_selected = |row: &RuleRow| {
        (args.group.is_empty() || args.group.iter().any(|group| group == row.group))
            && (args.level.is_empty() || args.level.iter().any(|level| level == row.level))
    };
    Ok(config.pages().map(|page| RuleRow::new(page, config.level(page))).filter(is_selected).collect())
}
