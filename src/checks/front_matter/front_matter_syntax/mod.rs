//! Front matter that can't be parsed, or whose meaning isn't what its writer intended, by cause.

mod generator_problems;
mod message_parts;
mod messages;
mod placement_messages;

use crate::checks::check::{Check, Context};
use crate::checks::finding::{Finding, Findings};
use crate::checks::front_matter::front_matter_syntax::message_parts::{MessageParts, ProblemContext};
use crate::checks::support::fields;
use crate::data::format::FrontMatterFormat;
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::diagnostic::FixEffect;
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::ErrorBehavior;
use crate::generator::yaml_dialect::YamlDialect;
use crate::source::Span;
use serde::Deserialize;

/// Options: the causes that the rule reports.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct FrontMatterSyntax {
    causes: Vec<SyntaxErrorKind>,
}

/// Folders of page templates, whose front matter is valid only once `{{ title }}` and the like are filled in.
const TEMPLATE_FOLDERS: [&str; 4] = ["archetypes", "scaffolds", "templates", "_templates"];

impl Check for FrontMatterSyntax {
    /// It is over 60 lines because each condition that makes a problem harmless is one of the page's, not of the problem.
    fn check(&self, cx: &Context, found: &mut Findings) {
        let front = cx.doc.front_matter.as_ref();
        let inside = front.iter().flat_map(|front| &front.problems);
        let problems = cx.doc.placement_problems.iter().chain(inside);
        let profile = cx.profile;
        let of_generator = generator_problems::find(cx);
        let problems = problems.chain(&of_generator);
        let mut problems = problems.filter(|problem| self.causes.contains(&problem.kind)).peekable();
        if problems.peek().is_none() {
            return;
        }
        if is_template(cx) && front.is_some_and(|front| has_expression(cx.doc.slice(front.content_span))) {
            return;
        }
        let is_code = |front: &&FrontMatter| {
            profile.code_delimiters.iter().any(|delimiter| delimiter == cx.doc.slice(front.opening_delimiter))
        };
        if front.is_some_and(|front| is_code(&front)) {
            return;
        }
        let is_json = front.is_none() && !of_generator.is_empty();
        let unknown = if is_json { FrontMatterFormat::Json } else { FrontMatterFormat::Yaml };
        let format = front.map_or(unknown, |front| front.format);
        // A generator that reads its front matter line by line knows no YAML, and so no YAML errors.
        let is_error = |problem: &&SyntaxProblem| {
            profile.yaml_dialect != YamlDialect::MetaLines
                || matches!(problem.kind, SyntaxErrorKind::NotAtStart | SyntaxErrorKind::MergeConflictMarker)
        };
        let open_quote = first_open_quote(cx, front);
        for problem in problems.filter(is_error).filter(|problem| !is_harmless(cx, problem)) {
            let key = || key_at(front, problem);
            let text = cx.doc.slice(problem.span);
            let mut parts = ProblemContext { problem, text, key: &key, format }.message_parts();
            if let Some(consequence) = generator_behavior(problem.kind, &profile.errors) {
                parts.consequence = consequence.to_owned();
            }
            report(found, problem, parts, open_quote.is_none_or(|open| open >= problem.span.start));
        }
    }
}

/// Where the first quote opens that isn't closed: what is below may be text in quotes.
fn first_open_quote(cx: &Context, front: Option<&FrontMatter>) -> Option<usize> {
    let problems = front.into_iter().flat_map(|front| &front.problems);
    let open = problems.filter(|problem| problem.fix.is_none() || !is_certain(problem.kind));
    open.filter(|problem| cx.doc.slice(problem.span).starts_with(['"', '\''])).map(|problem| problem.span.start).min()
}

/// Whether a bracket is open above the problem, between which Hugo accepts tabs (0.168).
fn is_in_flow(cx: &Context, problem: &SyntaxProblem) -> bool {
    let Some(front) = &cx.doc.front_matter else { return false };
    let above = cx.doc.source.text().get(front.content_span.start..problem.span.start).unwrap_or_default();
    let count = |marks: [char; 2]| above.matches(marks).count();
    count(['[', '{']) > count([']', '}'])
}

/// Whether the last of two equal keys is taken, and the page is built.
fn accepts_duplicates(dialect: YamlDialect) -> bool {
    matches!(dialect, YamlDialect::Pyyaml | YamlDialect::Safeyaml)
}

/// Whether both lines of a duplicate key say the same, so that nothing is lost.
fn has_equal_values(cx: &Context, problem: &SyntaxProblem) -> bool {
    let value = |span: Span| {
        let rest = cx.doc.source.text()[span.end..].lines().next().unwrap_or_default();
        rest.trim_start_matches([':', ' ']).trim_end()
    };
    problem.other.is_some_and(|first| {
        let (first, second) = (value(first), value(problem.span));
        !first.is_empty() && !first.ends_with(['|', '>', '[', '{']) && first == second
    })
}

/// Whether the generator is known to build the page as if the problem weren't there.
fn is_harmless(cx: &Context, problem: &SyntaxProblem) -> bool {
    let (profile, front, text) = (cx.profile, cx.doc.front_matter.as_ref(), cx.doc.slice(problem.span));
    let is_unindented = problem.span.start == 0 || cx.doc.source.text()[..problem.span.start].ends_with(['\n', '\r']);
    let behavior = &profile.errors;
    match problem.kind {
        SyntaxErrorKind::TabIndentation if profile.yaml_dialect == YamlDialect::Goccy && is_in_flow(cx, problem) => {
            true
        }
        SyntaxErrorKind::TabIndentation => !profile.is_known() || behavior.accepts_tabs,
        SyntaxErrorKind::DuplicateKey if accepts_duplicates(profile.yaml_dialect) => has_equal_values(cx, problem),
        SyntaxErrorKind::ByteOrderMark => {
            let is_post = profile.posts.as_ref().is_some_and(|posts| fields::is_in_folder(cx, &posts.folder));
            behavior.byte_order_mark.is_none() || is_post
        }
        SyntaxErrorKind::ReservedCharacter => problem.detail == "," && profile.yaml_dialect == YamlDialect::Goccy,
        SyntaxErrorKind::TabAfterHyphen => !matches!(profile.yaml_dialect, YamlDialect::Pyyaml | YamlDialect::Safeyaml),
        SyntaxErrorKind::NotAtStart if behavior.accepts_anywhere || cx.site.profile().errors.accepts_anywhere => true,
        SyntaxErrorKind::NotAtStart => profile.is_known() && behavior.not_at_start.is_none() && problem.fix.is_some(),
        SyntaxErrorKind::MissingOpeningDelimiter => !profile.is_known() || behavior.opening_is_optional,
        SyntaxErrorKind::MalformedDelimiter if text.ends_with([' ', '\t']) || text == "..." => false,
        SyntaxErrorKind::MalformedDelimiter => {
            let is_opening = front.is_some_and(|front| front.opening_delimiter == problem.span);
            let is_bare = text.bytes().all(|byte| byte == b'-');
            let is_same =
                front.and_then(|front| front.closing_delimiter).is_some_and(|close| cx.doc.slice(close) == text);
            let is_long = is_bare && text.len() > 3 && is_same && behavior.accepts_long_delimiters;
            let is_doubled = is_bare && text.len() == 6 && behavior.accepts_doubled_delimiter;
            let is_joined = text
                .strip_prefix("---")
                .is_some_and(|rest| !rest.starts_with([' ', '\t', '-']) || rest.trim_start().starts_with('#'));
            match text {
                "---" | "+++" if is_opening => behavior.accepts_indented_delimiter,
                _ if is_opening => is_long || is_doubled || (behavior.accepts_joined_opening && is_joined),
                _ => front.is_some() && text.starts_with("---") && is_unindented && behavior.accepts_text_after_closing,
            }
        }
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
        | SyntaxErrorKind::InvalidEscape
        | SyntaxErrorKind::WrongDelimiter
        | SyntaxErrorKind::TabAfterHyphen
        | SyntaxErrorKind::Other => behavior.parse_error.as_deref(),
        SyntaxErrorKind::MissingOpeningDelimiter => behavior.not_at_start.as_deref(),
        _ => None,
    }
}

/// The finding for a config or the front matter of a rule page, where `text` is nothing but YAML.
pub(crate) fn describe(problem: &SyntaxProblem, text: &str) -> Finding {
    let mut found = Findings::default();
    let marked = text.get(problem.span.range()).unwrap_or_default();
    let problem_in_yaml =
        ProblemContext { problem, text: marked, key: &|| "the value".into(), format: FrontMatterFormat::Yaml };
    report(&mut found, problem, problem_in_yaml.message_parts(), true).clone()
}

/// `stands_alone` is whether no other problem can change what the fix means.
fn report<'a>(
    found: &'a mut Findings,
    problem: &SyntaxProblem,
    parts: MessageParts,
    stands_alone: bool,
) -> &'a Finding {
    let finding = found.at(problem.span, parts.message);
    if !parts.label.is_empty() {
        finding.label_primary(parts.label);
    }
    if let (Some(span), false) = (problem.other, parts.other_label.is_empty()) {
        finding.label(span, parts.other_label);
    }
    let help = parts.help;
    finding.help(if parts.consequence.is_empty() { help } else { format!("{help}. Otherwise {}", parts.consequence) });
    if let Some(edit) = &problem.fix {
        let edits = vec![edit.clone()];
        if is_certain(problem.kind) && !problem.has_alternatives && stands_alone {
            finding.fix(parts.fix, edits)
        } else {
            finding.unsafe_fix(parts.fix, edits)
        };
        finding.fix_effect(match problem.kind {
            SyntaxErrorKind::Unclosed
            | SyntaxErrorKind::NotAtStart
            | SyntaxErrorKind::MalformedDelimiter
            | SyntaxErrorKind::MissingOpeningDelimiter => FixEffect::Structure,
            SyntaxErrorKind::MergedListItem
            | SyntaxErrorKind::NoSpaceAfterHyphen
            | SyntaxErrorKind::UnopenedBracket => FixEffect::Type,
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
            | SyntaxErrorKind::TabAfterHyphen
            | SyntaxErrorKind::ByteOrderMark
    )
}

/// Whether the folder or the name of the file marks it as a template.
fn is_template(cx: &Context) -> bool {
    let path = cx.doc.source.path();
    let is_named = path.file_stem().is_some_and(|stem| stem.to_string_lossy().to_lowercase().contains("template"));
    is_named || TEMPLATE_FOLDERS.iter().any(|folder| path.components().any(|part| part.as_os_str() == *folder))
}

fn has_expression(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
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
        check.check(&Context::new(&doc, &content, &site), &mut found);
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
    fn what_may_be_in_quotes_has_no_safe_fix() {
        let page = "---\n\"title: One\ndate：2024-05-06\nversion: \"1.80\"\n---\n";
        let found = findings("x.md", page, &[SyntaxErrorKind::NoSpaceAfterColon]);
        assert_eq!(
            found.iter().map(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe)).collect::<Vec<_>>(),
            [false]
        );
        let found = findings("x.md", &page.replace("\"title", "title"), &[SyntaxErrorKind::NoSpaceAfterColon]);
        assert_eq!(
            found.iter().map(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe)).collect::<Vec<_>>(),
            [true]
        );
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
        assert!(findings("notes/Meeting-Template.md", page, &causes).is_empty());
        let page_with_tag = "---\ntitle: {% if a %}\n---\n";
        assert!(findings("post_template.md", page_with_tag, &causes).is_empty());
        assert!(!findings("posts/a.md", page, &causes).is_empty());
    }
}
