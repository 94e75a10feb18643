//! A front matter that can't be read, or isn't read as meant, by its cause.

use crate::checks::{Check, Context, Finding, Found};
use crate::data::format::FrontMatterFormat as Language;
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::{ErrorBehavior, GeneratorProfile};
use crate::generator::yaml_dialect::YamlDialect;
use serde::Deserialize;

/// Options: which causes this rule speaks about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Syntax {
    causes: Vec<SyntaxErrorKind>,
}

/// Folders of templates, whose front matter isn't any until `{{ title }}` is filled in.
const TEMPLATE_FOLDERS: [&str; 4] = ["archetypes", "scaffolds", "templates", "_templates"];

impl Check for Syntax {
    fn check(&self, cx: &Context, found: &mut Found) {
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
        let language = front.map_or(Language::Yaml, |front| front.format);
        // What isn't YAML can't be broken YAML.
        let is_mistake = |problem: &&SyntaxProblem| {
            profile.yaml_dialect != YamlDialect::MetaLines
                || matches!(problem.kind, SyntaxErrorKind::NotAtStart | SyntaxErrorKind::MergeConflictMarker)
        };
        for problem in problems.filter(is_mistake).filter(|problem| !is_harmless(problem, profile)) {
            let key = || key_at(front, problem);
            let mut words = words(problem, cx.doc.slice(problem.span), &key, language);
            if let Some(says) = consequence(problem.kind, &profile.errors) {
                words.why = says.to_owned();
            }
            tell(found, problem, words);
        }
    }
}

/// Whether the page comes out as it would without it, as far as is known.
fn is_harmless(problem: &SyntaxProblem, profile: &GeneratorProfile) -> bool {
    let faults = &profile.errors;
    match problem.kind {
        SyntaxErrorKind::TabIndentation => !profile.is_known() || faults.accepts_tabs,
        SyntaxErrorKind::ByteOrderMark => profile.is_known() && faults.byte_order_mark.is_none(),
        SyntaxErrorKind::NotAtStart => profile.is_known() && faults.not_at_start.is_none() && problem.fix.is_some(),
        _ => false,
    }
}

/// What the generator makes of a page with such a problem, where every reader of YAML gives up on it.
fn consequence(cause: SyntaxErrorKind, faults: &ErrorBehavior) -> Option<&str> {
    match cause {
        SyntaxErrorKind::DuplicateKey => faults.duplicate_key.as_deref(),
        SyntaxErrorKind::Unclosed => faults.unclosed.as_deref(),
        SyntaxErrorKind::NotAtStart => faults.not_at_start.as_deref(),
        SyntaxErrorKind::ByteOrderMark => faults.byte_order_mark.as_deref(),
        SyntaxErrorKind::UnquotedColon
        | SyntaxErrorKind::UnclosedQuote
        | SyntaxErrorKind::TextAfterQuote
        | SyntaxErrorKind::UnclosedBracket
        | SyntaxErrorKind::TextAfterBracket
        | SyntaxErrorKind::ReservedCharacter
        | SyntaxErrorKind::InvalidEscape => faults.parse_error.as_deref(),
        _ => None,
    }
}

/// The same words for a config or a rule page, whose `text` is YAML as a whole.
pub(crate) fn describe(problem: &SyntaxProblem, text: &str) -> Finding {
    let mut found = Found::default();
    let marked = text.get(problem.span.range()).unwrap_or_default();
    tell(&mut found, problem, words(problem, marked, &|| "the value".into(), Language::Yaml)).clone()
}

fn tell<'a>(found: &'a mut Found, problem: &SyntaxProblem, words: Words) -> &'a Finding {
    let finding = found.at(problem.span, words.message);
    if !words.here.is_empty() {
        finding.here(words.here);
    }
    if let (Some(span), false) = (problem.other, words.there.is_empty()) {
        finding.label(span, words.there);
    }
    finding.help(if words.why.is_empty() { words.help } else { format!("{}: {}", words.help, words.why) });
    if let Some(edit) = &problem.fix {
        finding.fix(words.fix, vec![edit.clone()]);
    }
    finding
}

fn is_template(cx: &Context) -> bool {
    let parts = || cx.doc.source.path().components();
    TEMPLATE_FOLDERS.iter().any(|folder| parts().any(|part| part.as_os_str() == *folder))
}

/// The key whose value the problem is in, quoted for a message; `the value` where none is known.
fn key_at(front: Option<&FrontMatter>, problem: &SyntaxProblem) -> String {
    let root = front.and_then(FrontMatter::root);
    let holds = |entry: &crate::data::node::Entry<'_>| entry.key.span().start <= problem.span.start;
    let entry = root.and_then(|root| root.entries().filter(holds).last());
    entry
        .and_then(|entry| entry.key.text())
        .filter(|key| !key.is_empty())
        .map_or("the value".into(), |key| format!("`{key}`"))
}

/// What is said about a problem. Empty where nothing is to be said.
#[derive(Default)]
struct Words {
    message: String,
    here: &'static str,
    there: &'static str,
    help: String,
    /// What happens otherwise: what the site's generator does, where that is known.
    why: String,
    fix: &'static str,
}

/// The mended value, for the help: `: "Rust: the book"`.
fn mended(problem: &SyntaxProblem) -> String {
    match &problem.fix {
        Some(edit) if !edit.insert.trim().is_empty() && edit.insert.len() <= 80 => {
            format!(": `{}`", edit.insert.trim())
        }
        _ => String::new(),
    }
}

/// `key` says whose value the problem is in: a look at all keys, which few causes need.
fn words(problem: &SyntaxProblem, text: &str, key: &dyn Fn() -> String, language: Language) -> Words {
    let detail = problem.detail.as_str();
    let name = language.name();
    let quote = || format!("put the value in quotes{}", mended(problem));
    match problem.kind {
        SyntaxErrorKind::UnquotedColon => Words {
            message: format!("`{detail}` holds a colon that needs quotes"),
            here: "YAML reads this as the end of a second key",
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        SyntaxErrorKind::TabIndentation => Words {
            message: "a tab in the indentation, where YAML wants blanks".into(),
            here: "a tab",
            help: "indent with blanks, two for each level".into(),
            fix: "replace the tabs by blanks",
            ..Words::default()
        },
        SyntaxErrorKind::UnclosedQuote => Words {
            message: format!("a `{detail}` that is never closed"),
            here: "opened here",
            help: format!("close it with `{detail}`, or write the value without it"),
            fix: "close the quotes",
            ..Words::default()
        },
        SyntaxErrorKind::TextAfterQuote => Words {
            message: format!("{} goes on after its closing quote", key()),
            here: "YAML expects nothing here",
            there: "this closes the quotes",
            help: format!("quote the whole value{}", mended(problem)),
            fix: "quote the whole value",
            ..Words::default()
        },
        SyntaxErrorKind::UnclosedBracket => Words {
            message: format!("a `{detail}` that is never closed"),
            here: "opened here",
            help: match detail {
                "[" => "close it with `]`, or quote the value if it isn't a list".into(),
                _ => "close it with `}`, or quote the value if it isn't a map".into(),
            },
            fix: "close the bracket",
            ..Words::default()
        },
        SyntaxErrorKind::TextAfterBracket => Words {
            message: format!("{} goes on after its closing bracket", key()),
            here: "YAML expects nothing here",
            there: "this closes the brackets",
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        SyntaxErrorKind::NoSpaceAfterColon => Words {
            message: format!("no blank after the colon of `{detail}`"),
            here: match text {
                "：" => "a full-width colon",
                ":" => "",
                _ => "a blank that YAML takes for text",
            },
            help: format!("write `{detail}: …`, with a plain colon and a plain blank"),
            fix: "write a colon and a blank",
            ..Words::default()
        },
        SyntaxErrorKind::InconsistentIndentation => Words {
            message: "this line's indentation fits no line above".into(),
            help: "start it in the same column as its neighbours, or quote the value above if this is part of it"
                .into(),
            ..Words::default()
        },
        SyntaxErrorKind::NonBreakingIndentation => Words {
            message: "the indentation holds blanks that YAML takes for text".into(),
            here: "a non-breaking or full-width blank",
            help: "indent with plain blanks".into(),
            fix: "replace them by plain blanks",
            ..Words::default()
        },
        SyntaxErrorKind::DuplicateKey => Words {
            message: format!("`{detail}` is there twice"),
            here: "again",
            there: "first here",
            help: "keep one".into(),
            why: "some readers take the last, others refuse the page".into(),
            ..Words::default()
        },
        SyntaxErrorKind::SmartQuotes => Words {
            message: "typographic quotes are part of the value".into(),
            here: "YAML knows only straight quotes",
            help: format!("write straight quotes{}", mended(problem)),
            fix: "write straight quotes",
            ..Words::default()
        },
        SyntaxErrorKind::ReservedCharacter => Words {
            message: match detail {
                "`" => format!("{} starts with a backtick, which YAML keeps for itself", key()),
                sign => format!("{} starts with `{sign}`, which YAML keeps for itself", key()),
            },
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        SyntaxErrorKind::UndefinedAlias => Words {
            message: format!("`{detail}` is read as a reference to something that isn't there"),
            here: "in YAML, `*` refers to an earlier `&name`",
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        SyntaxErrorKind::ParsedAsAnchorOrTag => Words {
            message: format!("`{detail}` isn't read as part of the value"),
            here: if detail.starts_with('&') { "YAML reads this as an anchor" } else { "YAML reads this as a tag" },
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        SyntaxErrorKind::ParsedAsComment => Words {
            message: format!("`{text}` isn't read as part of `{detail}`"),
            here: "YAML reads this as a comment",
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        SyntaxErrorKind::MergeConflictMarker => Words {
            message: format!("`{detail}` is left from a merge"),
            there: "the conflict ends here",
            help: "choose one side and delete the marks".into(),
            ..Words::default()
        },
        SyntaxErrorKind::InvalidEscape => Words {
            message: format!("`{text}` means nothing in double quotes"),
            here: "a backslash starts an escape here",
            help: format!("use single quotes, or double the backslash{}", mended(problem)),
            fix: "use single quotes",
            ..Words::default()
        },
        SyntaxErrorKind::MissingKey => Words {
            message: format!("this line of the {name} is no `key: value`"),
            help: "give it a key, indent it if it belongs to the value above, or move it below the closing fence"
                .into(),
            ..Words::default()
        },
        SyntaxErrorKind::NotAMapping => Words {
            message: format!("the front matter is {detail}, not `key: value` lines"),
            help: "write `key: value` lines, or take the fences away if this is text".into(),
            ..Words::default()
        },
        SyntaxErrorKind::UnrenderedTemplate => Words {
            message: format!("`{detail}` is left from a template"),
            help: "write the value itself; a template that is meant needs quotes around it".into(),
            ..Words::default()
        },
        SyntaxErrorKind::Unclosed => Words {
            message: "the front matter is never closed".into(),
            here: "opened here",
            help: format!("put `{detail}` on a line of its own after the last field"),
            fix: "close the front matter",
            ..Words::default()
        },
        SyntaxErrorKind::NotAtStart => Words {
            message: format!("{detail} stands before the front matter"),
            there: "the front matter",
            help: "start the file with the front matter".into(),
            why: "many generators read it only there".into(),
            fix: "delete the blank lines",
            ..Words::default()
        },
        SyntaxErrorKind::ByteOrderMark => Words {
            message: "an invisible byte-order mark stands before the front matter".into(),
            help: "save the file as UTF-8 without a byte-order mark".into(),
            why: "some readers find no front matter behind one".into(),
            fix: "delete the byte-order mark",
            ..Words::default()
        },
        SyntaxErrorKind::MalformedDelimiter => Words {
            message: format!("`{detail}` is nearly a fence of a front matter, but not quite"),
            help: match language {
                Language::Toml => "write `+++`, three plus signs at the start of the line".into(),
                _ => "write `---`, three hyphens at the start of the line; only Hexo reads more".into(),
            },
            fix: "write the fence",
            ..Words::default()
        },
        SyntaxErrorKind::TooLarge => Words {
            message: format!("the front matter isn't read: {detail}"),
            help: "make it smaller: data belongs in a data file".into(),
            ..Words::default()
        },
        SyntaxErrorKind::TooManyAliases => Words {
            message: format!("the aliases in the front matter expand to {detail}"),
            help: "write the values out instead of referring to them".into(),
            ..Words::default()
        },
        SyntaxErrorKind::Other => Words {
            message: format!("the {name} can't be read here"),
            help: format!("the {name} reader says: {detail}"),
            fix: "quote the value",
            ..Words::default()
        },
    }
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
        let mut found = Found::default();
        let check = Syntax { causes: causes.to_vec() };
        check.check(&Context { doc: &doc, content: &content, site: &site }, &mut found);
        found.into_findings()
    }

    #[test]
    fn a_finding_says_what_is_wrong_and_the_way_out() {
        let page = "---\ntitle: Rust: the book\nauthor: @kim\n---\n";
        let found = findings("x.md", page, &[SyntaxErrorKind::UnquotedColon, SyntaxErrorKind::ReservedCharacter]);
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
        assert!(findings("x.md", "---\ntitle: Rust: the book\n---\n", &[SyntaxErrorKind::TabIndentation]).is_empty());
    }

    #[test]
    fn templates_are_left_alone() {
        let page = "---\ntitle: {{ title }}\nx: \"{{ replace .Name \"-\" }}\"\n---\n";
        let causes = [SyntaxErrorKind::UnrenderedTemplate, SyntaxErrorKind::TextAfterQuote];
        assert!(findings("archetypes/default.md", page, &causes).is_empty());
        assert!(!findings("posts/a.md", page, &causes).is_empty());
    }
}
