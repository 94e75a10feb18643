//! `matterlint rules`: every rule in a line.

use crate::cli::args::RulesArgs;
use crate::cli::{CLEAN, FAILED, Streams};
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
    fix: &'static str,
    since: &'a str,
    summary: &'a str,
}

impl<'a> RuleRow<'a> {
    pub(super) fn new(page: &'a RuleDoc) -> Self {
        let head = &page.metadata;
        Self {
            id: &page.id,
            group: head.group.as_str(),
            level: head.level.as_str(),
            drafts: head.drafts.map(RuleLevel::as_str),
            stability: if head.preview { "preview" } else { "stable" },
            fix: match head.fix {
                Fixable::No => "none",
                Fixable::Unsafe => "unsafe",
                Fixable::Safe => "safe",
            },
            since: &head.since,
            summary: &head.summary,
        }
    }
}

pub(super) fn run(args: &RulesArgs, io: &mut Streams) -> io::Result<u8> {
    let Ok(config) = Config::built_in() else {
        writeln!(io.stderr, "matterlint: cannot load the built-in rules; please report this bug")?;
        return Ok(FAILED);
    };
    if args.format == "json" {
        let rows: Vec<RuleRow> = config.pages().map(|page| RuleRow::new(page)).collect();
        report::write_json(io.stdout.exact(), &rows)?;
        return Ok(CLEAN);
    }
    for group in Group::ALL {
        let pages: Vec<_> = config.pages().filter(|page| page.metadata.group == group).collect();
        if pages.is_empty() {
            continue;
        }
        writeln!(io.stdout, "{}", group.as_str())?;
        for page in pages {
            let row = RuleRow::new(page);
            let fix = if row.fix == "none" { "" } else { "fix" };
            let preview = if page.metadata.preview { " (preview)" } else { "" };
            writeln!(io.stdout, "  {:<26} {:<8} {:<4} {}{preview}", row.id, row.level, fix, row.summary)?;
        }
    }
    Ok(CLEAN)
}
