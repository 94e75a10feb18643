//! Front matter that can't be parsed, or whose meaning isn't what its writer intended, by cause.

mod messages;

use crate::checks::check::{Check, Context};
use crate::checks::finding::{Finding, Findings};
use crate::checks::front_matter::front_matter_syntax::messages::{MessageParts, ProblemContext};
use crate::data::format::FrontMatterFormat;
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::diagnostic::FixEffect;
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::{ErrorBehavior, GeneratorProfile};
use crate::generator::yaml_dialect::YamlDialect;
use serde::Deserialize;

/// Options: the causes that the rule reports.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FrontMatterSyntax {
    causes: Vec<SyntaxErrorKind>,
}

/// Folders of page templates, whose front matter is valid only once `{{ title }}` and the like are filled in.
const TEMPLATE_FOLDERS: [&str; 4] = ["archetypes", "scaffolds", "templates", "_templates"];

/// Fields that pages of any generator have.
const COMMON_KEYS: [&str; 20] = [
    "title",
    "date",
    "draft",
    "tags",
    "categories",
    "category",
    "layout",
    "description",
    "author",
    "authors",
    "slug",
    "image",
    "permalink",
    "lang",
    "weight",
    "summary",
    "published",
    "aliases",
    "url",
    "excerpt",
];

impl Check for FrontMatterSyntax {
    /// It is over 60 lines because each condition that makes a problem harmless is one of the page's, not of the problem.
    fn check(&self, cx: &Context, found: &mut Findings) {
        let front = cx.doc.front_matter.as_ref();
        let inside = front.iter().flat_map(|front| &front.problems);
        let problems = cx.doc.placement_problems.iter().chain(inside);
        let mut problems = problems.filter(|problem| self.causes.contains(&problem.kind)).peekable();
        if problems.peek().is_none() {
            return;
        }
        let profile = cx.site.profile();
        if is_template(cx) && front.is_some_and(|front| cx.doc.slice(front.content_span).contains("{{")) {
            return;
        }
        let is_code = |front: &&FrontMatter| {
            profile.code_delimiters.iter().any(|delimiter| delimiter == cx.doc.slice(front.opening_delimiter))
        };
        if front.is_some_and(|front| is_code(&front)) {
            return;
        }
        let has_same_delimiters = front.is_some_and(|front| {
            let opening = cx.doc.slice(front.opening_delimiter);
            opening.bytes().all(|byte| byte == b'-')
                && front.closing_delimiter.is_some_and(|closing| cx.doc.slice(closing) == opening)
        });
        let is_accepted = |problem: &SyntaxProblem| {
            problem.kind == SyntaxErrorKind::MalformedDelimiter
                && has_same_delimiters
                && profile.errors.accepts_long_delimiters
        };
        let format = front.map_or(FrontMatterFormat::Yaml, |front| front.format);
        // A generator that reads its front matter line by line knows no YAML, and so no YAML errors.
        let is_error = |problem: &&SyntaxProblem| {
            profile.yaml_dialect != YamlDialect::MetaLines
                || matches!(problem.kind, SyntaxErrorKind::NotAtStart | SyntaxErrorKind::MergeConflictMarker)
        };
        for problem in
            problems.filter(is_error).filter(|problem| !is_harmless(problem, profile) && !is_accepted(problem))
        {
            let key = || key_at(front, problem);
            let text = cx.doc.slice(problem.span);
            let mut parts = ProblemContext { problem, text, key: &key, format }.message_parts();
            if let Some(consequence) = generator_behavior(problem.kind, &profile.errors) {
                parts.consequence = consequence.to_owned();
            }
            let source = cx.doc.source;
            let line = source.slice(source.line_span(source.line_of(problem.span.start)));
            report(found, problem, parts, line);
        }
    }
}

/// Whether the generator is known to build the page as if the problem weren't there.
fn is_harmless(problem: &SyntaxProblem, profile: &GeneratorProfile) -> bool {
    let behavior = &profile.errors;
    match problem.kind {
        SyntaxErrorKind::TabIndentation => !profile.is_known() || behavior.accepts_tabs,
        SyntaxErrorKind::ByteOrderMark => behavior.byte_order_mark.is_none(),
        SyntaxErrorKind::MalformedDelimiter => {
            let is_doubled = problem.detail.len() == 6 && problem.detail.bytes().all(|byte| byte == b'-');
            let is_indented = matches!(problem.detail.as_str(), "---" | "+++");
            is_doubled && behavior.accepts_doubled_delimiter || is_indented && behavior.accepts_indented_delimiter
        }
        SyntaxErrorKind::NotAtStart => profile.is_known() && behavior.not_at_start.is_none() && problem.fix.is_some(),
        _ => false,
    }
}

/// What the generator does with a page that has such a problem, if its profile says so.
fn generator_behavior(cause: SyntaxErrorKind, behavior: &ErrorBehavior) -> Option<&str> {
    match cause {
        SyntaxErrorKind::DuplicateKey => behavior.duplicate_key.as_deref(),
        SyntaxErrorKind::Unclosed => behavior.unclosed.as_deref(),
        SyntaxErrorKind::NotAtStart => behavior.not_at_start.as_deref(),
        SyntaxErrorKind::ByteOrderMark => behavior.byte_order_mark.as_deref(),
        SyntaxErrorKind::UnquotedColon
        | SyntaxErrorKind::UnclosedQuote
        | SyntaxErrorKind::TextAfterQuote
        | SyntaxErrorKind::UnclosedBracket
        | SyntaxErrorKind::TextAfterBracket
        | SyntaxErrorKind::ReservedCharacter
        | SyntaxErrorKind::InvalidEscape => behavior.parse_error.as_deref(),
        _ => None,
    }
}

/// The finding for a config or the front matter of a rule page, where `text` is nothing but YAML.
pub(crate) fn describe(problem: &SyntaxProblem, text: &str) -> Finding {
    let mut found = Findings::default();
    let marked = text.get(problem.span.range()).unwrap_or_default();
    let problem_in_yaml =
        ProblemContext { problem, text: marked, key: &|| "the value".into(), format: FrontMatterFormat::Yaml };
    let line = text.get(problem.span.start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    report(&mut found, problem, problem_in_yaml.message_parts(), line).clone()
}

/// Adds the finding; `line` is the line that the problem is on.
fn report<'a>(found: &'a mut Findings, problem: &SyntaxProblem, parts: MessageParts, line: &str) -> &'a Finding {
    let finding = found.at(problem.span, parts.message);
    if !parts.label.is_empty() {
        finding.label_primary(parts.label);
    }
    if let (Some(span), false) = (problem.other, parts.other_label.is_empty()) {
        finding.label(span, parts.other_label);
    }
    let help = parts.help;
    finding.help(if parts.consequence.is_empty() { help } else { format!("{help}: {}", parts.consequence) });
    if let Some(edit) = problem.fix.as_ref().filter(|edit| !loses_structure(problem.kind, &edit.insert, line)) {
        let edits = vec![edit.clone()];
        if is_certain(problem.kind) {
            finding.fix(parts.fix, edits)
        } else {
            finding.unsafe_fix(parts.fix, edits)
        };
        finding.fix_effect(match problem.kind {
            SyntaxErrorKind::Unclosed | SyntaxErrorKind::NotAtStart | SyntaxErrorKind::MalformedDelimiter => {
                FixEffect::Structure
            }
            _ => FixEffect::Spelling,
        });
    }
    finding
}

/// Whether the repair of a problem is right even if its writer never looks: it quotes or spaces what is there.
fn is_certain(kind: SyntaxErrorKind) -> bool {
    matches!(
        kind,
        SyntaxErrorKind::UnquotedColon
            | SyntaxErrorKind::ReservedCharacter
            | SyntaxErrorKind::UndefinedAlias
            | SyntaxErrorKind::TextAfterBracket
            | SyntaxErrorKind::TabIndentation
            | SyntaxErrorKind::NoSpaceAfterColon
            | SyntaxErrorKind::ByteOrderMark
    )
}

/// Whether quoting a value would make a string of a list with a stray character behind it (`[a, b];`), or one value of two
/// fields on one line (`title: A  draft: true`).
fn loses_structure(kind: SyntaxErrorKind, quoted: &str, line: &str) -> bool {
    match kind {
        SyntaxErrorKind::TextAfterBracket => {
            let after = quoted.rfind([']', '}']).map_or("", |at| &quoted[at..]);
            !after.contains(char::is_alphanumeric)
        }
        SyntaxErrorKind::UnquotedColon => {
            let words: Vec<&str> = quoted.split_whitespace().skip(1).collect();
            words.iter().any(|word| word.strip_suffix(':').is_some_and(|key| COMMON_KEYS.contains(&key)))
        }
        // The closing character is there, and is a wrong one.
        SyntaxErrorKind::UnclosedQuote => line.trim_end().ends_with(['”', '’', '“', '‘', '»']),
        SyntaxErrorKind::UnclosedBracket => line.trim_end().ends_with([')', '}', '>', ']']),
        _ => false,
    }
}

fn is_template(cx: &Context) -> bool {
    let parts = || cx.doc.source.path().components();
    TEMPLATE_FOLDERS.iter().any(|folder| parts().any(|part| part.as_os_str() == *folder))
}

/// Names the key whose value the problem is in, or `the value` where that isn't known.
fn key_at(front: Option<&FrontMatter>, problem: &SyntaxProblem) -> String {
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

    fn findings(path: &str, page: &str, causes: &[SyntaxErrorKind]) -> Vec<Finding> {
        let source = Source::new(path, page.as_bytes().to_vec());
        let doc = Document::parse(&source);
        let (content, site) = (ContentType::default(), Site::alone());
        let mut found = Findings::default();
        let check = FrontMatterSyntax { causes: causes.to_vec() };
        check.check(&Context { doc: &doc, content: &content, site: &site }, &mut found);
        found.into_findings()
    }

    #[test]
    fn a_finding_has_a_message_and_a_help() {
        let page = "---\ntitle: Rust: the book\nauthor: @kim\n---\n";
        let found = findings("x.md", page, &[SyntaxErrorKind::UnquotedColon, SyntaxErrorKind::ReservedCharacter]);
        let said: Vec<_> = found.iter().map(|f| (f.message.as_str(), f.help.as_deref().unwrap_or_default())).collect();
        assert_eq!(
            said,
            [
                ("unquoted `: ` in the value of `title`", "quote the value: `\"Rust: the book\"`"),
                ("`author` starts with `@`, a reserved character in YAML", "quote the value: `\"@kim\"`"),
            ]
        );
        assert!(found.iter().all(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe)));
    }

    #[test]
    fn only_the_selected_causes_are_reported() {
        assert!(findings("x.md", "---\ntitle: Rust: the book\n---\n", &[SyntaxErrorKind::TabIndentation]).is_empty());
    }

    #[test]
    fn templates_are_not_reported() {
        let page = "---\ntitle: {{ title }}\nx: \"{{ replace .Name \"-\" }}\"\n---\n";
        let causes = [SyntaxErrorKind::UnrenderedTemplate, SyntaxErrorKind::TextAfterQuote];
        assert!(findings("archetypes/default.md", page, &causes).is_empty());
        assert!(!findings("posts/a.md", page, &causes).is_empty());
    }
}
