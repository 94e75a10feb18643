//! Runs a rule set over a document: adds rule and level, applies suppressions, sorts.

mod suppression;

use crate::checks::{Context, Finding, Findings, Scope};
use crate::content::ContentType;
use crate::diagnostic::{Diagnostic, Level};
use crate::document::Document;
use crate::document::suppressions;
use crate::document::suppressions::{Suppression, SuppressionKind};
use crate::linter::suppression::Suppressions;
use crate::rule::{Rule, RuleSet};
use crate::site::Site;
use crate::source::Span;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The id of the finding about a panic in a check.
pub(crate) const INTERNAL_ERROR: &str = "internal-error";

/// What the linter needs besides the document.
#[derive(Clone, Copy)]
pub(crate) struct LintContext<'a> {
    /// The rules that run on the file.
    pub(crate) rules: &'a RuleSet,
    /// The content type of the page.
    pub(crate) content: &'a ContentType,
    /// The site the file belongs to.
    pub(crate) site: &'a Site,
    /// Whether disable comments in the file apply.
    pub(crate) use_suppressions: bool,
}

/// The rules that run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RuleSubset {
    /// All.
    Whole,
    /// Those that need only the page.
    Page,
    /// Those that need the site index.
    Site,
}

/// Lints one document with all rules.
pub(crate) fn lint(doc: &Document, cx: LintContext) -> Vec<Diagnostic> {
    lint_subset(doc, cx, RuleSubset::Whole)
}

/// Lints a document. Sorted by span, then rule, then message. A check that panics becomes an `internal-error` finding;
/// the findings of the other checks are kept.
pub(crate) fn lint_subset(doc: &Document, cx: LintContext, subset: RuleSubset) -> Vec<Diagnostic> {
    let context = Context::new(doc, cx.content, cx.site);
    let comments = if cx.use_suppressions { suppressions::parse_suppressions(doc) } else { Vec::new() };
    let mut suppressions = Suppressions::new(&comments, doc.source, cx.rules);
    let draft = std::cell::OnceCell::new();
    let mut diagnostics = Vec::new();
    let is_in_subset = |rule: &&Rule| match rule.scope {
        Scope::Page => subset != RuleSubset::Site,
        Scope::Site => subset != RuleSubset::Page,
        Scope::UnexplainedSuppressions | Scope::UnusedSuppressions => false,
    };
    for rule in cx.rules.rules.iter().filter(is_in_subset) {
        let mut found = Findings::default();
        if catch_unwind(AssertUnwindSafe(|| rule.check.check(&context, &mut found))).is_err() {
            diagnostics.push(internal_error(rule));
            continue;
        }
        let findings = found.into_findings();
        if findings.is_empty() {
            continue;
        }
        let Some(level) = level_on_page(rule, || *draft.get_or_init(|| doc.is_draft())) else { continue };
        diagnostics.extend(
            findings
                .into_iter()
                .filter_map(|finding| suppressions.retain_unsuppressed(rule, finding))
                .map(|f| diagnostic(rule, level, f)),
        );
    }
    // These come last: only now is it known which comments suppress something. Nothing suppresses them in turn.
    for rule in cx.rules.rules.iter().filter(|_| subset != RuleSubset::Site) {
        let findings = match rule.scope {
            Scope::UnexplainedSuppressions => unexplained_suppressions(&comments),
            Scope::UnusedSuppressions => suppressions.unused(cx.rules),
            Scope::Page | Scope::Site => continue,
        };
        diagnostics.extend(findings.into_iter().map(|finding| diagnostic(rule, rule.level, finding)));
    }
    diagnostics.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
    diagnostics
}

fn level_on_page(rule: &Rule, is_draft: impl Fn() -> bool) -> Option<Level> {
    match rule.drafts {
        Some(drafts) if is_draft() => drafts.level().map(|drafts| drafts.min(rule.level)),
        _ => Some(rule.level),
    }
}

fn diagnostic(rule: &Rule, level: Level, finding: Finding) -> Diagnostic {
    Diagnostic {
        label: finding.primary_label,
        also_at: finding.also_at,
        labels: finding.labels,
        help: finding.help,
        fix: finding.fix,
        ..Diagnostic::new(
            rule.doc.id.clone(),
            finding.max_level.map_or(level, |max| max.min(level)),
            finding.span,
            finding.message,
        )
    }
}

fn internal_error(rule: &Rule) -> Diagnostic {
    Diagnostic {
        help: Some(format!(
            "this is a bug in matterlint {}, not a problem in your file: please report it",
            env!("CARGO_PKG_VERSION")
        )),
        ..Diagnostic::new(
            INTERNAL_ERROR,
            Level::Error,
            Span::empty(0),
            format!("internal error: rule `{}` crashed on this file, so its findings are missing", rule.doc.id),
        )
    }
}

fn unexplained_suppressions(comments: &[Suppression]) -> Vec<Finding> {
    let mut found = Findings::default();
    for comment in comments.iter().filter(|comment| comment.kind != SuppressionKind::Enable) {
        if comment.kind == SuppressionKind::Unknown {
            found
                .at(comment.span, "unknown disable comment")
                .help("use matterlint-disable-line, -disable-next-line, -disable, -enable, or -disable-file");
        } else if comment.rules.is_empty() {
            found
                .at(comment.span, "disable comment without a rule name")
                .help("name the rule: `<!-- matterlint-disable-next-line leftover-placeholder: quoted on purpose -->`");
        } else if comment.reason.is_none() {
            found
                .at(comment.span, "disable comment without a reason")
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
    use std::sync::Arc;

    /// A check with a bug.
    struct Failing;

    impl Check for Failing {
        fn check(&self, _: &Context, found: &mut Findings) {
            found.at(Span::empty(0), "half done");
            panic!("on purpose");
        }
    }

    #[test]
    fn a_panic_in_a_check_keeps_other_findings() {
        let config = Config::built_in().expect("what is built in can be read");
        let mut rules = (*config.rules_for("a.md")).clone();
        let failing = rules.rules.iter_mut().find(|rule| &*rule.doc.id == "duplicate-key").expect("it runs");
        failing.check = Arc::new(Failing);
        let source = Source::new("a.md", "TODO: write this\n".into());
        let (content, site) = (ContentType::default(), Site::alone());
        let cx = LintContext { rules: &rules, content: &content, site: &site, use_suppressions: true };
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let found = lint(&Document::parse(&source), cx);
        std::panic::set_hook(hook);
        let ids: Vec<&str> = found.iter().map(|diagnostic| &*diagnostic.rule).collect();
        assert_eq!(ids, [INTERNAL_ERROR, "leftover-placeholder"]);
        assert!(found[0].message.contains("rule `duplicate-key` crashed"), "{}", found[0].message);
    }
}
