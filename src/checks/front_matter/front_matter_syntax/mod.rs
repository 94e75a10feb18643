//! Front matter that can't be parsed, or whose meaning isn't what its writer intended, by cause.

mod messages;

use crate::checks::check::{Check, Context};
use crate::checks::finding::{Finding, Findings};
use crate::checks::front_matter::front_matter_syntax::messages::{MessageParts, SyntaxProblem};
use crate::data::problem::{Cause, Problem, Syntax};
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::{Faults, Profile};
use crate::generator::reader::Reader;
use serde::Deserialize;

/// Options: the causes that the rule reports.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FrontMatterSyntax {
    causes: Vec<Cause>,
}

/// Folders of page templates, whose front matter is valid only once `{{ title }}` and the like are filled in.
const TEMPLATE_FOLDERS: [&str; 4] = ["archetypes", "scaffolds", "templates", "_templates"];

impl Check for FrontMatterSyntax {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let front = cx.doc.front_matter.as_ref();
        let inside = front.iter().flat_map(|front| &front.problems);
        let problems = cx.doc.misplaced.iter().chain(inside);
        let mut problems = problems.filter(|problem| self.causes.contains(&problem.cause)).peekable();
        if problems.peek().is_none() {
            return;
        }
        let profile = cx.site.profile();
        if is_template(cx) && front.is_some_and(|front| cx.doc.slice(front.inner).contains("{{")) {
            return;
        }
        let syntax = front.map_or(Syntax::Yaml, |front| front.syntax);
        // A generator that reads its front matter line by line knows no YAML, and so no YAML errors.
        let is_error = |problem: &&Problem| {
            profile.reader != Reader::Lines || matches!(problem.cause, Cause::NotFirst | Cause::ConflictMark)
        };
        for problem in problems.filter(is_error).filter(|problem| !is_harmless(problem, profile)) {
            let key = || key_at(front, problem);
            let text = cx.doc.slice(problem.span);
            let mut parts = SyntaxProblem { problem, text, key: &key, syntax }.message_parts();
            if let Some(consequence) = generator_behavior(problem.cause, &profile.front_matter) {
                parts.consequence = consequence.to_owned();
            }
            report(found, problem, parts);
        }
    }
}

/// Whether the generator is known to build the page as if the problem weren't there.
fn is_harmless(problem: &Problem, profile: &Profile) -> bool {
    let behavior = &profile.front_matter;
    match problem.cause {
        Cause::TabIndent => !profile.is_known() || behavior.takes_tabs,
        Cause::ByteOrderMark => profile.is_known() && behavior.mark.is_none(),
        Cause::NotFirst => profile.is_known() && behavior.late.is_none() && problem.fix.is_some(),
        _ => false,
    }
}

/// What the generator does with a page that has such a problem, if its profile says so.
fn generator_behavior(cause: Cause, behavior: &Faults) -> Option<&str> {
    match cause {
        Cause::DuplicateKey => behavior.twice.as_deref(),
        Cause::Unclosed => behavior.unclosed.as_deref(),
        Cause::NotFirst => behavior.late.as_deref(),
        Cause::ByteOrderMark => behavior.mark.as_deref(),
        Cause::UnquotedColon
        | Cause::UnclosedQuote
        | Cause::TextAfterQuote
        | Cause::UnclosedBracket
        | Cause::TextAfterBracket
        | Cause::ReservedStart
        | Cause::BadEscape => behavior.broken.as_deref(),
        _ => None,
    }
}

/// The finding for a config or the front matter of a rule page, where `text` is nothing but YAML.
pub(crate) fn describe(problem: &Problem, text: &str) -> Finding {
    let mut found = Findings::default();
    let marked = text.get(problem.span.range()).unwrap_or_default();
    let problem_in_yaml = SyntaxProblem { problem, text: marked, key: &|| "the value".into(), syntax: Syntax::Yaml };
    report(&mut found, problem, problem_in_yaml.message_parts()).clone()
}

fn report<'a>(found: &'a mut Findings, problem: &Problem, parts: MessageParts) -> &'a Finding {
    let finding = found.at(problem.span, parts.message);
    if !parts.label.is_empty() {
        finding.label_primary(parts.label);
    }
    if let (Some(span), false) = (problem.other, parts.other_label.is_empty()) {
        finding.label(span, parts.other_label);
    }
    let help = parts.help;
    finding.help(if parts.consequence.is_empty() { help } else { format!("{help}: {}", parts.consequence) });
    if let Some(edit) = &problem.fix {
        finding.fix(parts.fix, vec![edit.clone()]);
    }
    finding
}

fn is_template(cx: &Context) -> bool {
    let parts = || cx.doc.source.path().components();
    TEMPLATE_FOLDERS.iter().any(|folder| parts().any(|part| part.as_os_str() == *folder))
}

/// Names the key whose value the problem is in, or `the value` where that isn't known.
fn key_at(front: Option<&FrontMatter>, problem: &Problem) -> String {
    let root = front.and_then(FrontMatter::root);
    let holds = |entry: &crate::data::node::Entry<'_>| entry.key.span().start <= problem.span.start;
    let entry = root.and_then(|root| root.entries().filter(holds).last());
    entry
        .and_then(|entry| entry.key.text())
        .filter(|key| !key.is_empty())
        .map_or("the value".into(), |key| format!("`{key}`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::ContentType;
    use crate::document::Document;
    use crate::site::Site;
    use crate::source::Source;

    fn findings(path: &str, page: &str, causes: &[Cause]) -> Vec<Finding> {
        let source = Source::new(path, page.as_bytes().to_vec());
        let doc = Document::parse(&source);
        let (content, site) = (ContentType::default(), Site::alone());
        let mut found = Findings::default();
        let check = FrontMatterSyntax { causes: causes.to_vec() };
        check.check(&Context { doc: &doc, content: &content, site: &site }, &mut found);
        found.into_findings()
    }

    #[test]
    fn a_finding_says_what_is_wrong_and_the_way_out() {
        let page = "---\ntitle: Rust: the book\nauthor: @kim\n---\n";
        let found = findings("x.md", page, &[Cause::UnquotedColon, Cause::ReservedStart]);
        let said: Vec<_> = found.iter().map(|f| (f.message.as_str(), f.help.as_deref().unwrap_or_default())).collect();
        assert_eq!(
            said,
            [
                ("`title` holds a colon that needs quotes", "put the value in quotes: `\"Rust: the book\"`"),
                ("`author` starts with `@`, which YAML keeps for itself", "put the value in quotes: `\"@kim\"`"),
            ]
        );
        assert!(found.iter().all(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe)));
    }

    #[test]
    fn only_the_causes_asked_for_are_told() {
        assert!(findings("x.md", "---\ntitle: Rust: the book\n---\n", &[Cause::TabIndent]).is_empty());
    }

    #[test]
    fn templates_are_left_alone() {
        let page = "---\ntitle: {{ title }}\nx: \"{{ replace .Name \"-\" }}\"\n---\n";
        let causes = [Cause::TemplateResidue, Cause::TextAfterQuote];
        assert!(findings("archetypes/default.md", page, &causes).is_empty());
        assert!(!findings("posts/a.md", page, &causes).is_empty());
    }
}
