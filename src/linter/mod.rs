//! Runs a rule set over a document: stamps rule and level, drops what is switched off, sorts.

pub mod off;

use crate::checks::{Context, Finding, Found};
use crate::content::ContentType;
use crate::diagnostic::{Diagnostic, Label, Level};
use crate::document::Document;
use crate::document::suppressions;
use crate::document::suppressions::{Suppression, SuppressionKind};
use crate::linter::off::Off;
use crate::rule::{Rule, RuleSet};
use crate::site::Site;
use crate::source::Span;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Id of the finding that reports a fault of our own.
pub const INTERNAL_ERROR: &str = "internal-error";

/// The label on a further place of the same finding.
pub const AGAIN: &str = "and here";

/// What the linter needs to know besides the document.
#[derive(Clone, Copy)]
pub struct Setup<'a> {
    /// The rules that run on the file.
    pub rules: &'a RuleSet,
    /// What the config says of this kind of page.
    pub content: &'a ContentType,
    /// The files around it.
    pub site: &'a Site,
    /// Whether comments in the file may switch rules off.
    pub switches: bool,
}

/// Which rules look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// All.
    Whole,
    /// Those that need nothing but the page.
    Page,
    /// Those that ask what other pages have.
    Site,
}

/// Lints one document with all rules.
pub fn lint(doc: &Document, setup: Setup) -> Vec<Diagnostic> {
    lint_part(doc, setup, Part::Whole)
}

/// Lints one document. Sorted by span, then rule, then message. A check that panics becomes an `internal-error`
/// finding; the others' findings are kept.
pub fn lint_part(doc: &Document, setup: Setup, part: Part) -> Vec<Diagnostic> {
    let cx = Context { doc, content: setup.content, site: setup.site };
    let switches = if setup.switches { suppressions::parse_suppressions(doc) } else { Vec::new() };
    let mut off = Off::new(&switches, doc.source);
    let draft = std::cell::OnceCell::new();
    let mut diagnostics = Vec::new();
    let looks = |rule: &&Rule| match part {
        Part::Whole => true,
        Part::Page => !rule.asks_site,
        Part::Site => rule.asks_site,
    };
    for rule in setup.rules.rules.iter().filter(looks) {
        let mut found = Found::default();
        if catch_unwind(AssertUnwindSafe(|| rule.check.check(&cx, &mut found))).is_err() {
            diagnostics.push(internal_error(rule));
            continue;
        }
        let findings = found.into_findings();
        if findings.is_empty() {
            continue;
        }
        let Some(level) = level_here(rule, || *draft.get_or_init(|| doc.is_draft())) else { continue };
        diagnostics.extend(
            findings.into_iter().filter_map(|finding| off.filter(rule, finding)).map(|f| stamp(rule, level, f)),
        );
    }
    // These two speak about the switches themselves, so they come last.
    let about_switches = |id: &str| setup.rules.get(id).filter(|_| part != Part::Site);
    if let Some(rule) = about_switches("unexplained-suppression") {
        diagnostics.extend(unexplained(&switches).into_iter().map(|finding| stamp(rule, rule.level, finding)));
    }
    if let Some(rule) = about_switches("unused-suppression") {
        diagnostics.extend(off.unused(setup.rules).into_iter().map(|finding| stamp(rule, rule.level, finding)));
    }
    diagnostics.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
    diagnostics
}

fn level_here(rule: &Rule, is_draft: impl Fn() -> bool) -> Option<Level> {
    match rule.drafts {
        Some(drafts) if is_draft() => drafts.level().map(|drafts| drafts.min(rule.level)),
        _ => Some(rule.level),
    }
}

fn stamp(rule: &Rule, level: Level, finding: Finding) -> Diagnostic {
    let again = finding.again.into_iter().map(|span| Label { span, text: AGAIN.to_owned() });
    Diagnostic {
        rule: rule.page.id.clone(),
        level,
        message: finding.message,
        span: finding.span,
        label: finding.here,
        labels: again.chain(finding.labels).collect(),
        help: finding.help,
        fix: finding.fix,
    }
}

fn internal_error(rule: &Rule) -> Diagnostic {
    Diagnostic {
        rule: Arc::from(INTERNAL_ERROR),
        level: Level::Error,
        message: format!("`{}` failed on this file; its findings are missing", rule.page.id),
        span: Span::empty(0),
        label: None,
        labels: vec![],
        help: Some(format!(
            "this is a fault of matterlint {}, not of the file: please report it",
            env!("CARGO_PKG_VERSION")
        )),
        fix: None,
    }
}

fn unexplained(switches: &[Suppression]) -> Vec<Finding> {
    let mut found = Found::default();
    for switch in switches.iter().filter(|switch| switch.kind != SuppressionKind::Enable) {
        if switch.kind == SuppressionKind::Unknown {
            found.at(switch.span, "this looks like a switch for rules, and isn't one").help(
                "the switches are matterlint-disable-line, -disable-next-line, -disable, -enable and -disable-file",
            );
        } else if switch.rules.is_empty() {
            found.at(switch.span, "this switches off no rule, because it names none").help(
                "name the rules: `<!-- matterlint-disable-next-line leftover-placeholder: quoted on purpose -->`",
            );
        } else if switch.reason.is_none() {
            found
                .at(switch.span, "this switches rules off without saying why")
                .help("add the reason after a colon: `… leftover-placeholder: quoted on purpose`");
        }
    }
    found.into_findings()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Check;
    use crate::config::Config;
    use crate::source::Source;

    /// A check that fails, as a fault of our own would.
    struct Failing;

    impl Check for Failing {
        fn check(&self, _: &Context, found: &mut Found) {
            found.at(Span::empty(0), "half done");
            panic!("on purpose");
        }
    }

    #[test]
    fn a_check_that_fails_takes_no_other_with_it() {
        let config = Config::built_in().expect("what is built in can be read");
        let mut rules = (*config.rules_for("a.md")).clone();
        let failing = rules.rules.iter_mut().find(|rule| &*rule.page.id == "duplicate-key").expect("it runs");
        failing.check = Arc::new(Failing);
        let source = Source::new("a.md", "TODO: write this\n".into());
        let (content, site) = (ContentType::default(), Site::alone());
        let setup = Setup { rules: &rules, content: &content, site: &site, switches: true };
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let found = lint(&Document::parse(&source), setup);
        std::panic::set_hook(hook);
        let ids: Vec<&str> = found.iter().map(|diagnostic| &*diagnostic.rule).collect();
        assert_eq!(ids, [INTERNAL_ERROR, "leftover-placeholder"]);
        assert!(found[0].message.contains("`duplicate-key` failed"), "{}", found[0].message);
    }
}
