//! Every rule page: complete, honest in its examples, and in the index.

use super::program::{matterlint, rule_ids};
use crate::config::Config;
use crate::rule::{Group, RuleDoc};
use crate::workspace::examples;
use std::fmt::Write as _;
use std::sync::Arc;

#[test]
fn pages_give_a_reason() {
    for page in pages() {
        let (id, reason) = (&page.id, page.documentation().split("## Bad").next().unwrap_or_default().trim());
        assert!(reason.len() > 80, "rules/{id}.md doesn't say why");
        assert!(!page.metadata.summary.ends_with('.'), "rules/{id}.md: the summary is a phrase, without a period");
        assert!(!id.starts_with("no-") || **id == *"no-headings", "rules/{id}.md: name the fault, not its absence");
    }
}

#[test]
fn examples_hold() {
    let config = Config::built_in().expect("what is built in can be read");
    let mut failures = String::new();
    for page in config.pages() {
        // A site's own pages needn't have these.
        let says = |key: &str| page.source.text().contains(&format!("\n{key}: "));
        assert!(says("group") && says("since"), "rules/{}.md has no `group` or no `since`", page.id);
        for failure in examples::failures(page, &config) {
            let line = page.source.point(failure.span.start).line;
            writeln!(failures, "rules/{}.md:{line}: {}", page.id, failure.message).expect("a string can be written to");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn the_index_is_the_pages() {
    let mut index = String::from(
        "# Rules\n\nOne page per rule: what it reports, why, and examples, which are run as its tests.\n\
         `matterlint explain RULE` shows a page in the terminal.\n\
         The tests generate this index; to update it, run `INSTA_UPDATE=always cargo test`.\n",
    );
    for group in Group::ALL {
        let pages: Vec<_> = pages().into_iter().filter(|page| page.metadata.group == group).collect();
        if pages.is_empty() {
            continue;
        }
        write!(index, "\n## {}\n\n| rule | level | finds |\n|---|---|---|\n", group.as_str()).expect("a string");
        for page in pages {
            let (id, level) = (&page.id, page.metadata.level.as_str());
            let level = if page.metadata.preview { format!("{level} (preview)") } else { level.to_owned() };
            writeln!(index, "| [`{id}`]({id}.md) | {level} | {} |", page.metadata.summary).expect("a string");
        }
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write("rules/README.md", &index).expect("rules/README.md can be written");
    }
    let now = std::fs::read_to_string("rules/README.md").unwrap_or_default();
    assert_eq!(now, index, "rules/README.md is stale: run `INSTA_UPDATE=always cargo test`");
}

#[test]
fn our_own_pages_are_clean() {
    let run = matterlint(&["check", "rules", "README.md", "CONTRIBUTING.md", "--quiet"], "");
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
}

/// In the section about options, `name: value` in the text is an option of the rule, a key of every rule, or `extends`.
#[test]
fn every_option_that_a_page_names_exists() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = page.documentation();
        let Some(section) = text.split("\n## Options\n").nth(1) else { continue };
        let section = section.split("\n## ").next().unwrap_or_default();
        let prose: String = section.split("```").step_by(2).collect();
        let (rows, prose): (Vec<&str>, Vec<&str>) = prose.lines().partition(|line| line.starts_with('|'));
        let options: Vec<&str> = rows.iter().filter_map(|row| row.split('`').nth(1)).collect();
        for code in prose.join("\n").split('`').skip(1).step_by(2) {
            let Some((name, _)) = code.split_once(": ") else { continue };
            let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            if is_name && !options.contains(&name) && !["extends", "level", "drafts"].contains(&name) {
                wrong.push(format!("rules/{}.md: `{code}`", page.id));
            }
        }
    }
    assert!(wrong.is_empty(), "not in the table of options:\n{}", wrong.join("\n"));
}

#[test]
fn every_page_can_be_explained() {
    for id in rule_ids() {
        let run = matterlint(&["explain", &id], "");
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stdout.contains(&id) && run.stdout.contains("Bad"), "{}", run.stdout);
    }
}

fn pages() -> Vec<Arc<RuleDoc>> {
    Config::built_in().expect("what is built in can be read").pages().cloned().collect()
}
