//! The documentation of a rule: a Markdown page whose front matter defines the rule and whose examples are its tests.

use crate::checks;
use crate::checks::{Check, Scope};
use crate::data::built_in::BUILT_IN;
use crate::data::limits::Limits;
use crate::data::typed;
use crate::diagnostic::Diagnostic;
use crate::document::body::{BlockKind, CodeBlock};
use crate::document::{Document, front_matter};
use crate::rule::errors::{config_error, options_error, syntax_error};
use crate::rule::metadata::RuleMetadata;
use crate::source::{Source, Span};
use std::sync::{Arc, OnceLock};

/// The ids of the built-in rules.
pub(crate) fn ids<'a>() -> impl Iterator<Item = &'a str> {
    let pages = BUILT_IN.iter().filter_map(|(path, _)| path.strip_suffix(".md"));
    pages.filter(|id| *id != "README" && !id.contains('/'))
}

/// The URL of the page of a built-in rule on the documentation site; none for any other.
pub(crate) fn page_url(id: &str) -> Option<String> {
    ids().any(|known| known == id).then(|| format!("{}rules/{id}/", env!("CARGO_PKG_HOMEPAGE")))
}

/// The documentation of a rule, which defines it and has its tests.
#[derive(Debug)]
pub(crate) struct RuleDoc {
    /// The file name without `.md`.
    pub(crate) id: Arc<str>,
    /// Its front matter.
    pub(crate) metadata: RuleMetadata,
    /// The whole text, for the documentation and the examples.
    pub(crate) source: Source,
    /// The check with the options of the documentation, created once for all configs that set no others.
    pub(super) shared_check: SharedCheck,
}

/// A check, once it is created.
#[derive(Default)]
pub(super) struct SharedCheck(pub(super) OnceLock<Arc<dyn Check>>);

impl std::fmt::Debug for SharedCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.get().is_some() { "created" } else { "not created" })
    }
}

/// An example in a rule's documentation.
#[derive(Debug)]
pub(crate) struct Example {
    /// Whether the rule must not report anything in it.
    pub(crate) good: bool,
    /// The path of the example; `example.md` if the info string has none.
    pub(crate) path: String,
    /// The config of the example, if its section has one.
    pub(crate) config: Option<String>,
    /// The content, as bytes: a code block labeled `latin-1` has one in that encoding.
    pub(crate) bytes: Vec<u8>,
    /// Whether it is another page of the site, as context for the other examples: a code block labeled `beside`.
    pub(crate) is_context: bool,
    /// The code block.
    pub(crate) span: Span,
}

impl RuleDoc {
    /// A built-in rule's documentation, whose text is in [`BUILT_IN`]; its front matter was parsed at build time.
    ///
    /// # Errors
    /// Those of [`RuleDoc::read`]; tests make sure that there are none.
    pub(crate) fn built_in(id: &str, text: &str) -> Result<Self, Box<(Source, Vec<Diagnostic>)>> {
        let source = Source::new(format!("rules/{id}.md"), text.as_bytes().to_vec());
        match typed::built_in(&format!("{id}.md")) {
            Some(metadata) => Ok(Self { id: id.into(), metadata, source, shared_check: SharedCheck::default() }),
            None => Self::read(id, source),
        }
    }

    /// Parses a rule's documentation. The id is the file name, so the two can't disagree.
    ///
    /// # Errors
    /// What is wrong with the page, each at its place.
    pub(crate) fn read(id: &str, source: Source) -> Result<Self, Box<(Source, Vec<Diagnostic>)>> {
        let (front, misplaced, _) = front_matter::parse_with_limits(&source, Limits::ProjectFile);
        let Some(front) = front else {
            let error = config_error(Span::empty(0), "missing front matter of the rule");
            return Err(Box::new((source, vec![error])));
        };
        if let Some(problem) = misplaced.iter().chain(&front.problems).next() {
            let error = syntax_error(problem, source.text());
            return Err(Box::new((source, vec![error])));
        }
        match typed::from_yaml::<RuleMetadata>(source.slice(front.content_span)) {
            Ok(metadata) => Ok(Self { id: id.into(), metadata, source, shared_check: SharedCheck::default() }),
            Err(error) => {
                let span =
                    if error.path.is_empty() { front.opening_delimiter } else { typed::locate(&front.tree, &error) };
                Err(Box::new((source, vec![options_error(span, &error)])))
            }
        }
    }

    /// Whether it belongs to the program, and not to a project.
    pub(crate) fn is_built_in(&self) -> bool {
        ids().any(|id| id == &*self.id)
    }

    /// The URL of its page on the documentation site; none for a custom rule.
    pub(crate) fn url(&self) -> Option<String> {
        page_url(&self.id)
    }

    /// The name of the check: the rule's id unless the documentation names another.
    pub(crate) fn check(&self) -> &str {
        self.metadata.check.as_deref().unwrap_or(&self.id)
    }

    /// Whether the rule is about disable comments, which need other rules to suppress.
    pub(crate) fn is_about_suppressions(&self) -> bool {
        matches!(self.scope(), Some(Scope::UnexplainedSuppressions | Scope::UnusedSuppressions))
    }

    /// Whether the rule compares pages, so that all pages have to be read before it can report anything.
    pub(crate) fn compares_pages(&self) -> bool {
        self.scope() == Some(Scope::Site)
    }

    fn scope(&self) -> Option<Scope> {
        checks::find(self.check()).map(|check| check.scope)
    }

    /// The text below the front matter.
    pub(crate) fn documentation(&self) -> &str {
        let (.., body) = front_matter::parse_with_limits(&self.source, Limits::ProjectFile);
        self.source.text()[body..].trim()
    }

    /// The examples under `## Bad` and `## Good`, in order.
    pub(crate) fn examples(&self) -> Vec<Example> {
        let doc = Document::parse(&self.source);
        let mut sections: Vec<(usize, Option<bool>)> = Vec::new();
        for block in doc.body.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(2))) {
            let title = doc.slice(block.span).trim_matches(['#', ' ', '\n']);
            sections.push((
                block.span.start,
                [("Bad", false), ("Good", true)].into_iter().find_map(|(name, good)| (name == title).then_some(good)),
            ));
        }
        let mut examples = Vec::new();
        let (mut config, mut config_section) = (None, None);
        for code in &doc.body.code {
            let section = sections.iter().rev().find(|(start, _)| *start < code.span.start);
            let Some(&(at, Some(good))) = section else { continue };
            if config_section != Some(at) {
                config = None;
            }
            let mut info = doc.slice(code.info).split_whitespace();
            match (info.next(), info.next()) {
                (Some("yaml"), Some("matterlint.yaml")) => {
                    config = Some(text_of(&doc, code));
                    config_section = Some(at);
                }
                (Some("md" | "mdx"), path) => {
                    let text = text_of(&doc, code);
                    let mark = info.next();
                    let latin = mark == Some("latin-1");
                    examples.push(Example {
                        good,
                        path: path.unwrap_or("example.md").to_owned(),
                        config: config.clone(),
                        bytes: if latin { text.chars().map(|c| c as u8).collect() } else { text.into_bytes() },
                        is_context: mark == Some("beside"),
                        span: code.span,
                    });
                }
                _ => {}
            }
        }
        examples
    }
}

fn text_of(doc: &Document, code: &CodeBlock) -> String {
    code.lines.iter().map(|line| doc.slice(*line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_parsed_at_build_time_is_that_of_the_files() {
        for id in ids() {
            let path = format!("{id}.md");
            let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == path).expect("it is listed");
            let ready: RuleMetadata = typed::built_in(&path).expect("it could be read");
            let read = RuleDoc::read(id, Source::new(path, text.as_bytes().to_vec())).expect("it can be read");
            assert_eq!(format!("{ready:?}"), format!("{:?}", read.metadata), "{id}");
        }
    }

    #[test]
    fn a_check_is_named_only_where_it_differs_from_the_rule() {
        for id in ids() {
            let metadata: RuleMetadata = typed::built_in(&format!("{id}.md")).expect("it could be read");
            assert_ne!(metadata.check.as_deref(), Some(id), "`check:` can go");
        }
    }
}
