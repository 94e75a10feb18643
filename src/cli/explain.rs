//! `matterlint explain RULE`: the rule's page, for a terminal or as JSON.

use crate::cli::args::ExplainArgs;
use crate::cli::rules::RuleRow;
use crate::cli::{CLEAN, FAILED, Streams, workspace};
use crate::report::{self, page};
use crate::rule::{Fixable, RuleDoc};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Explained<'a> {
    #[serde(flatten)]
    row: RuleRow<'a>,
    documentation: &'a str,
}

pub(super) fn run(args: &ExplainArgs, io: &mut Streams) -> io::Result<u8> {
    let root = workspace::open(workspace::options(&std::env::current_dir()?)).rules();
    let config = &root.config;
    let page = match config.page(&args.rule) {
        Ok(page) => page,
        Err(message) => {
            writeln!(io.stderr, "matterlint: {}", report::sanitise(&message))?;
            return Ok(FAILED);
        }
    };
    if args.format == "json" {
        let explained = Explained { row: RuleRow::new(page), documentation: page.documentation() };
        report::write_json(io.stdout.exact(), &explained)?;
    } else {
        let colour = io.use_colour(crate::cli::args::Colour::Auto);
        page::write(&mut io.stdout, &text(page), io.width.unwrap_or(80), colour)?;
    }
    Ok(CLEAN)
}

/// The page with its head in words.
fn text(page: &RuleDoc) -> String {
    let head = &page.metadata;
    let drafts = head.drafts.map(|drafts| format!(", {} in drafts", drafts.as_str())).unwrap_or_default();
    let fix = match head.fix {
        Fixable::No => "",
        Fixable::Unsafe => " Sometimes fixable with `--fix --unsafe-fixes`.",
        Fixable::Safe => " Sometimes fixable with `--fix`.",
    };
    let (id, level, group) = (&page.id, head.level.as_str(), head.group.as_str());
    let preview = if head.preview {
        " Preview: runs only with `--preview`, with `preview: true` in the config, or if the config sets its level."
    } else {
        ""
    };
    let since = if head.since.is_empty() { String::new() } else { format!(" Added in {}.", head.since) };
    let summary = &head.summary;
    format!(
        "# {id}\n\n{summary}\n\nLevel: {level}{drafts}. Group: {group}.{since}{preview}{fix}\n\n{}\n",
        page.documentation()
    )
}
