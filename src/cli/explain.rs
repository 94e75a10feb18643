//! `matterlint explain RULE`: the rule's page, for a terminal or as JSON.

use crate::cli::args::ExplainArgs;
use crate::cli::rules::RuleRow;
use crate::cli::{CLEAN, FAILED, Streams, workspace};
use crate::config::Config;
use crate::report::{self, page};
use crate::rule::{Fixable, RuleDoc, RuleLevel};
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
    if args.url {
        let Some(url) = page.url() else {
            writeln!(io.stderr, "matterlint: `{}` is a custom rule without a page on the web", page.id)?;
            return Ok(FAILED);
        };
        writeln!(io.stdout, "{url}")?;
        return Ok(CLEAN);
    }
    if args.format == "json" {
        let explained = Explained { row: RuleRow::new(page, page.metadata.level), documentation: page.documentation() };
        report::write_json(io.stdout.exact(), &explained)?;
    } else {
        let color = io.use_color(crate::cli::args::Color::Auto);
        page::write(&mut io.stdout, &text(page, config), io.width.unwrap_or(80), color)?;
    }
    Ok(CLEAN)
}

/// The documentation between a summary of the front matter and how to configure the rule.
fn text(page: &RuleDoc, config: &Config) -> String {
    let head = &page.metadata;
    let is_off = head.level == RuleLevel::Off;
    let drafts = head.drafts.filter(|_| !is_off).map(|drafts| format!(", {} in drafts", drafts.as_str()));
    let drafts = drafts.unwrap_or_default();
    let fix = match head.fix {
        Fixable::No => "",
        Fixable::Unsafe => " Sometimes fixable with `--fix --unsafe-fixes`.",
        Fixable::Safe => " Sometimes fixable with `--fix`.",
    };
    let (id, group) = (&page.id, head.group.as_str());
    let default = if is_off { "off by default".to_owned() } else { format!("{}{drafts}", head.level.as_str()) };
    let current = config.level(page);
    let current = match current == head.level {
        true => String::new(),
        false => format!(" ({} in your config)", current.as_str()),
    };
    let preview = match head.preview {
        true => {
            " Preview: runs only with `--preview`, with `preview: true` in the config, or if the config sets its level."
        }
        false => "",
    };
    let since = if head.since.is_empty() { String::new() } else { format!(" Added in {}.", head.since) };
    let summary = &head.summary;
    let documentation = page.documentation();
    let level = if is_off { RuleLevel::Warning } else { RuleLevel::Error }.as_str();
    format!(
        "# {id}\n\n{summary}\n\nLevel: {default}{current}. Group: {group}.{since}{preview}{fix}\n\n{documentation}\n\n\
        ## Configure\n\n\
        Set the level (`off`, `info`, `warning`, or `error`), or options next to `level`:\n\n\
        ```yaml matterlint.yaml\nrules:\n  {id}: {level}\n```\n\n\
        Suppress one finding with a comment on the line before it:\n\n\
        ```md\n<!-- matterlint-disable-next-line {id}: the reason -->\n```\n\n\
        In YAML front matter, use a YAML comment: `# matterlint-disable-next-line {id}: the reason`. To disable the rule \
        for one run, use `matterlint check --ignore {id}`.\n"
    )
}
