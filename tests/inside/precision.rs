//! How often each rule is right, from `docs/precision.tsv`: shown in its documentation, and a condition for running by
//! default.

use crate::config::Config;
use crate::rule::{RuleDoc, RuleLevel};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A default rule with this many reviewed findings or more has to reach [`MINIMUM`].
const ENOUGH: u32 = 20;

/// The share of reviewed findings, in percent, that a default rule needs not to be false alarms.
const MINIMUM: u32 = 93;

/// Default rules that were below the minimum when they were last measured and have been changed since: the rule, and
/// the date of that measurement. With a newer row the entry has to go.
const REMEASURE: &[(&str, &str)] = &[
    ("leftover-placeholder", "2026-11-30"),
    ("mdx-syntax-error", "2026-11-30"),
    ("misplaced-front-matter", "2026-11-30"),
    ("missing-anchor", "2026-11-30"),
    ("repeated-punctuation", "2026-11-30"),
    ("unrendered-emphasis", "2026-11-30"),
];

/// Default rules without a row, each with the reason.
const UNMEASURED: &[(&str, &[&str])] = &[
    (
        "checks only what the user's config says, so it was silent without one",
        &[
            "invalid-value",
            "missing-asset",
            "missing-field",
            "missing-front-matter",
            "duplicate-value",
            "schema-mismatch",
            "inconsistent-terminology",
            "unknown-field",
            "unknown-tag",
            "unordered-fields",
            "wrong-type",
        ],
    ),
    ("is about matterlint's own comments", &["unexplained-suppression", "unused-suppression"]),
    (
        "follows from what a known generator or reader was recorded to do with the page, and was not met in the sample",
        &[
            "ambiguous-scalar",
            "comma-in-tag",
            "comma-separated-tags",
            "conflicting-fields",
            "dead-link",
            "dropped-html",
            "future-date",
            "malformed-metadata",
            "missing-template-target",
            "undefined-reference",
            "unsupported-markup",
            "ignored-field",
            "malformed-permalink",
            "numeric-tag",
            "shortcode-error",
            "unclosed-comment",
            "undefined-mdx-name",
            "unknown-author",
            "unsupported-front-matter",
        ],
    ),
    (
        "needs a shape that no writer makes on purpose, and was not met in the sample",
        &["broken-encoding", "lost-formatting"],
    ),
];

/// A row of the table.
struct Measurement {
    date: String,
    repositories: String,
    read: u32,
    right: u32,
    wrong: u32,
}

fn measurements() -> BTreeMap<String, Measurement> {
    let table = std::fs::read_to_string(PRECISION).expect("the table can be read");
    let rows = table.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let count = |index: usize| cells[index].parse::<u32>().unwrap_or_else(|_| panic!("no count in `{line}`"));
        let (read, right, arguable, wrong) = (count(3), count(4), count(5), count(6));
        assert_eq!(read, right + arguable + wrong, "{line}");
        let (date, repositories) = (cells[1].to_owned(), cells[2].to_owned());
        (cells[0].to_owned(), Measurement { date, repositories, read, right, wrong })
    });
    rows.collect()
}

fn runs_by_default(page: &RuleDoc) -> bool {
    page.metadata.level != RuleLevel::Off && !page.metadata.preview
}

#[test]
fn default_rules_are_measured_and_precise() {
    let rows = measurements();
    let mut unmeasured: BTreeSet<&str> = UNMEASURED.iter().flat_map(|(_, rules)| *rules).copied().collect();
    for page in pages().iter().filter(|page| runs_by_default(page)) {
        let id = &*page.id;
        let Some(row) = rows.get(id) else {
            assert!(unmeasured.remove(id), "`{id}` has no row in {PRECISION}: measure it, or make it a preview rule");
            continue;
        };
        let is_precise = row.read < ENOUGH || (row.read - row.wrong) * 100 >= MINIMUM * row.read;
        let is_changed = REMEASURE.contains(&(id, row.date.as_str()));
        assert!(
            is_precise || is_changed,
            "{} of {} findings of `{id}` were false alarms: fix it, or make it a preview rule",
            row.wrong,
            row.read
        );
        assert!(!is_precise || !REMEASURE.iter().any(|(rule, _)| *rule == id), "`{id}` needs no exception");
    }
    assert!(unmeasured.is_empty(), "no exception is needed for {unmeasured:?}");
}

#[test]
fn every_row_and_exception_is_of_a_rule() {
    let known: BTreeSet<String> = pages().iter().map(|page| page.id.to_string()).collect();
    let exceptions = REMEASURE.iter().map(|(rule, _)| (*rule).to_owned());
    for rule in measurements().into_keys().chain(exceptions) {
        assert!(known.contains(&rule), "`{rule}` is no rule");
    }
}

/// Where the figures of the rules' documentation come from.
const PRECISION: &str = "docs/precision.tsv";

/// The marks around the line that the tests write.
const BEGIN: &str = "<!-- precision: generated by the tests from docs/precision.tsv -->";
const END: &str = "<!-- end of precision -->";

/// With `INSTA_UPDATE=always`, the lines are written.
#[test]
fn every_page_shows_its_measured_precision() {
    let rows = measurements();
    let mut stale = Vec::new();
    for page in pages() {
        let path = format!("rules/{}.md", page.id);
        let text = std::fs::read_to_string(&path).expect("the page can be read");
        let Some((before, rest)) = text.split_once(BEGIN) else { continue };
        let (_, after) = rest.split_once(END).expect("the mark's end");
        let line = rows.get(&*page.id).map_or("Not measured yet.".to_owned(), |row| {
            let share = (f64::from(row.right) * 100.0 / f64::from(row.read)).round();
            format!(
                "{share} % of {} reviewed findings in {} repositories were true positives ({}).",
                row.read, row.repositories, row.date
            )
        });
        let now = format!("{before}{BEGIN}\n{line}\n{END}{after}");
        if now != text {
            if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
                std::fs::write(&path, now).expect("the page can be written");
            } else {
                stale.push(path);
            }
        }
    }
    assert!(stale.is_empty(), "run INSTA_UPDATE=always cargo test --lib: {stale:?}");
}

fn pages() -> Vec<Arc<RuleDoc>> {
    Config::built_in().expect("what is built in can be read").pages().cloned().collect()
}
