//! A front matter that can't be read, or isn't read as meant, by its cause.

use crate::checks::{Check, Context, Finding, Found};
use crate::data::problem::{Cause, Problem, Syntax as Language};
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::{Faults, Profile};
use crate::generator::reader::Reader;
use serde::Deserialize;

/// Options: which causes this rule speaks about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Syntax {
    causes: Vec<Cause>,
}

/// Folders of templates, whose front matter isn't any until `{{ title }}` is filled in.
const TEMPLATE_FOLDERS: [&str; 4] = ["archetypes", "scaffolds", "templates", "_templates"];

impl Check for Syntax {
    fn check(&self, cx: &Context, found: &mut Found) {
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
        let language = front.map_or(Language::Yaml, |front| front.syntax);
        // What isn't YAML can't be broken YAML.
        let is_mistake = |problem: &&Problem| {
            profile.reader != Reader::Lines || matches!(problem.cause, Cause::NotFirst | Cause::ConflictMark)
        };
        for problem in problems.filter(is_mistake).filter(|problem| !is_harmless(problem, profile)) {
            let key = || key_at(front, problem);
            let mut words = words(problem, cx.doc.slice(problem.span), &key, language);
            if let Some(says) = consequence(problem.cause, &profile.front_matter) {
                words.why = says.to_owned();
            }
            tell(found, problem, words);
        }
    }
}

/// Whether the page comes out as it would without it, as far as is known.
fn is_harmless(problem: &Problem, profile: &Profile) -> bool {
    let faults = &profile.front_matter;
    match problem.cause {
        Cause::TabIndent => !profile.is_known() || faults.takes_tabs,
        Cause::ByteOrderMark => profile.is_known() && faults.mark.is_none(),
        Cause::NotFirst => profile.is_known() && faults.late.is_none() && problem.fix.is_some(),
        _ => false,
    }
}

/// What the generator makes of a page with such a problem, where every reader of YAML gives up on it.
fn consequence(cause: Cause, faults: &Faults) -> Option<&str> {
    match cause {
        Cause::DuplicateKey => faults.twice.as_deref(),
        Cause::Unclosed => faults.unclosed.as_deref(),
        Cause::NotFirst => faults.late.as_deref(),
        Cause::ByteOrderMark => faults.mark.as_deref(),
        Cause::UnquotedColon
        | Cause::UnclosedQuote
        | Cause::TextAfterQuote
        | Cause::UnclosedBracket
        | Cause::TextAfterBracket
        | Cause::ReservedStart
        | Cause::BadEscape => faults.broken.as_deref(),
        _ => None,
    }
}

/// The same words for a config or a rule page, whose `text` is YAML as a whole.
pub(crate) fn describe(problem: &Problem, text: &str) -> Finding {
    let mut found = Found::default();
    let marked = text.get(problem.span.range()).unwrap_or_default();
    tell(&mut found, problem, words(problem, marked, &|| "the value".into(), Language::Yaml)).clone()
}

fn tell<'a>(found: &'a mut Found, problem: &Problem, words: Words) -> &'a Finding {
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
fn key_at(front: Option<&FrontMatter>, problem: &Problem) -> String {
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
fn mended(problem: &Problem) -> String {
    match &problem.fix {
        Some(edit) if !edit.insert.trim().is_empty() && edit.insert.len() <= 80 => {
            format!(": `{}`", edit.insert.trim())
        }
        _ => String::new(),
    }
}

/// `key` says whose value the problem is in: a look at all keys, which few causes need.
fn words(problem: &Problem, text: &str, key: &dyn Fn() -> String, language: Language) -> Words {
    let detail = problem.detail.as_str();
    let name = language.name();
    let quote = || format!("put the value in quotes{}", mended(problem));
    match problem.cause {
        Cause::UnquotedColon => Words {
            message: format!("`{detail}` holds a colon that needs quotes"),
            here: "YAML reads this as the end of a second key",
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        Cause::TabIndent => Words {
            message: "a tab in the indentation, where YAML wants blanks".into(),
            here: "a tab",
            help: "indent with blanks, two for each level".into(),
            fix: "replace the tabs by blanks",
            ..Words::default()
        },
        Cause::UnclosedQuote => Words {
            message: format!("a `{detail}` that is never closed"),
            here: "opened here",
            help: format!("close it with `{detail}`, or write the value without it"),
            fix: "close the quotes",
            ..Words::default()
        },
        Cause::TextAfterQuote => Words {
            message: format!("{} goes on after its closing quote", key()),
            here: "YAML expects nothing here",
            there: "this closes the quotes",
            help: format!("quote the whole value{}", mended(problem)),
            fix: "quote the whole value",
            ..Words::default()
        },
        Cause::UnclosedBracket => Words {
            message: format!("a `{detail}` that is never closed"),
            here: "opened here",
            help: match detail {
                "[" => "close it with `]`, or quote the value if it isn't a list".into(),
                _ => "close it with `}`, or quote the value if it isn't a map".into(),
            },
            fix: "close the bracket",
            ..Words::default()
        },
        Cause::TextAfterBracket => Words {
            message: format!("{} goes on after its closing bracket", key()),
            here: "YAML expects nothing here",
            there: "this closes the brackets",
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        Cause::NoSpaceAfterColon => Words {
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
        Cause::BadIndent => Words {
            message: "this line's indentation fits no line above".into(),
            help: "start it in the same column as its neighbours, or quote the value above if this is part of it"
                .into(),
            ..Words::default()
        },
        Cause::InvisibleIndent => Words {
            message: "the indentation holds blanks that YAML takes for text".into(),
            here: "a non-breaking or full-width blank",
            help: "indent with plain blanks".into(),
            fix: "replace them by plain blanks",
            ..Words::default()
        },
        Cause::DuplicateKey => Words {
            message: format!("`{detail}` is there twice"),
            here: "again",
            there: "first here",
            help: "keep one".into(),
            why: "some readers take the last, others refuse the page".into(),
            ..Words::default()
        },
        Cause::SmartQuotes => Words {
            message: "typographic quotes are part of the value".into(),
            here: "YAML knows only straight quotes",
            help: format!("write straight quotes{}", mended(problem)),
            fix: "write straight quotes",
            ..Words::default()
        },
        Cause::ReservedStart => Words {
            message: match detail {
                "`" => format!("{} starts with a backtick, which YAML keeps for itself", key()),
                sign => format!("{} starts with `{sign}`, which YAML keeps for itself", key()),
            },
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        Cause::UnknownAlias => Words {
            message: format!("`{detail}` is read as a reference to something that isn't there"),
            here: "in YAML, `*` refers to an earlier `&name`",
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        Cause::SwallowedStart => Words {
            message: format!("`{detail}` isn't read as part of the value"),
            here: if detail.starts_with('&') { "YAML reads this as an anchor" } else { "YAML reads this as a tag" },
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        Cause::SwallowedByComment => Words {
            message: format!("`{text}` isn't read as part of `{detail}`"),
            here: "YAML reads this as a comment",
            help: quote(),
            fix: "quote the value",
            ..Words::default()
        },
        Cause::ConflictMark => Words {
            message: format!("`{detail}` is left from a merge"),
            there: "the conflict ends here",
            help: "choose one side and delete the marks".into(),
            ..Words::default()
        },
        Cause::BadEscape => Words {
            message: format!("`{text}` means nothing in double quotes"),
            here: "a backslash starts an escape here",
            help: format!("use single quotes, or double the backslash{}", mended(problem)),
            fix: "use single quotes",
            ..Words::default()
        },
        Cause::NotAnEntry => Words {
            message: format!("this line of the {name} is no `key: value`"),
            help: "give it a key, indent it if it belongs to the value above, or move it below the closing fence"
                .into(),
            ..Words::default()
        },
        Cause::NotAMap => Words {
            message: format!("the front matter is {detail}, not `key: value` lines"),
            help: "write `key: value` lines, or take the fences away if this is text".into(),
            ..Words::default()
        },
        Cause::TemplateResidue => Words {
            message: format!("`{detail}` is left from a template"),
            help: "write the value itself; a template that is meant needs quotes around it".into(),
            ..Words::default()
        },
        Cause::Unclosed => Words {
            message: "the front matter is never closed".into(),
            here: "opened here",
            help: format!("put `{detail}` on a line of its own after the last field"),
            fix: "close the front matter",
            ..Words::default()
        },
        Cause::NotFirst => Words {
            message: format!("{detail} stands before the front matter"),
            there: "the front matter",
            help: "start the file with the front matter".into(),
            why: "many generators read it only there".into(),
            fix: "delete the blank lines",
            ..Words::default()
        },
        Cause::ByteOrderMark => Words {
            message: "an invisible byte-order mark stands before the front matter".into(),
            help: "save the file as UTF-8 without a byte-order mark".into(),
            why: "some readers find no front matter behind one".into(),
            fix: "delete the byte-order mark",
            ..Words::default()
        },
        Cause::NearFence => Words {
            message: format!("`{detail}` is nearly a fence of a front matter, but not quite"),
            help: match language {
                Language::Toml => "write `+++`, three plus signs at the start of the line".into(),
                _ => "write `---`, three hyphens at the start of the line; only Hexo reads more".into(),
            },
            fix: "write the fence",
            ..Words::default()
        },
        Cause::TooLarge => Words {
            message: format!("the front matter isn't read: {detail}"),
            help: "make it smaller: data belongs in a data file".into(),
            ..Words::default()
        },
        Cause::TooManyAliases => Words {
            message: format!("the aliases in the front matter expand to {detail}"),
            help: "write the values out instead of referring to them".into(),
            ..Words::default()
        },
        Cause::Other => Words {
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

    fn findings(path: &str, page: &str, causes: &[Cause]) -> Vec<Finding> {
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
