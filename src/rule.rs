//! A rule and its documentation: a Markdown page whose front matter is the rule and whose examples are its tests.

use crate::checks;
use crate::checks::{Check, Scope, SpecError};
use crate::data::typed;
use crate::data::typed::{DeserializeError, Options};
use crate::diagnostic::{Diagnostic, Level};
use crate::document::body::{BlockKind, CodeBlock};
use crate::document::{Document, front_matter};
use crate::source::{Source, Span};
use serde::Deserialize;
use std::sync::Arc;

use crate::data::built_in::BUILT_IN;

/// The ids of the built-in rules.
pub fn ids<'a>() -> impl Iterator<Item = &'a str> {
    let pages = BUILT_IN.iter().filter_map(|(path, _)| path.strip_suffix(".md"));
    pages.filter(|id| *id != "README" && !id.contains('/'))
}

pub use crate::diagnostic::RuleLevel;

/// The topic of a rule; `--select` and `--ignore` accept groups too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Group {
    Syntax,
    Metadata,
    Taxonomy,
    Dates,
    Assets,
    Placeholders,
    Commands,
    Structure,
    #[default]
    Prose,
    Linter,
}

impl Group {
    /// All groups, in the order of the index.
    pub const ALL: [Group; 10] = [
        Group::Syntax,
        Group::Metadata,
        Group::Taxonomy,
        Group::Dates,
        Group::Assets,
        Group::Placeholders,
        Group::Commands,
        Group::Structure,
        Group::Prose,
        Group::Linter,
    ];

    /// The name of the group.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Syntax => "syntax",
            Group::Metadata => "metadata",
            Group::Taxonomy => "taxonomy",
            Group::Dates => "dates",
            Group::Assets => "assets",
            Group::Placeholders => "placeholders",
            Group::Commands => "commands",
            Group::Structure => "structure",
            Group::Prose => "prose",
            Group::Linter => "linter",
        }
    }
}

/// The kind of fix that a rule's findings may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fixable {
    /// None.
    #[default]
    No,
    /// At best one that requires `--unsafe-fixes`.
    Unsafe,
    /// Some that are right without review.
    Safe,
}

/// The front matter of a rule's documentation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleMetadata {
    /// A noun phrase or a short statement.
    pub summary: String,
    /// The group; optional in a custom rule.
    #[serde(default)]
    pub group: Group,
    /// The default level.
    pub level: RuleLevel,
    /// The level in drafts, if it differs.
    pub drafts: Option<RuleLevel>,
    /// The check, if its name isn't the rule's id: [`RuleDoc::check`].
    check: Option<String>,
    /// The options of the check.
    #[serde(default)]
    pub options: Options,
    /// The fixes that findings may have.
    #[serde(default)]
    pub fix: Fixable,
    /// The first version with the rule; empty in a custom rule.
    #[serde(default)]
    pub since: String,
}

/// The documentation of a rule, which defines it and has its tests.
#[derive(Debug)]
pub struct RuleDoc {
    /// The file name without `.md`.
    pub id: Arc<str>,
    /// Its front matter.
    pub metadata: RuleMetadata,
    /// The whole text, for the documentation and the examples.
    pub source: Source,
}

/// An example in a rule's documentation.
#[derive(Debug)]
pub struct Example {
    /// Whether the rule must not report anything in it.
    pub good: bool,
    /// The path of the example; `example.md` if the info string has none.
    pub path: String,
    /// The config of the example, if its section has one.
    pub config: Option<String>,
    /// The content, as bytes: a code block labeled `latin-1` has one in that encoding.
    pub bytes: Vec<u8>,
    /// Whether it is another page of the site, as context for the other examples: a code block labeled `beside`.
    pub is_context: bool,
    /// The code block.
    pub span: Span,
}

impl RuleDoc {
    /// A built-in rule's documentation, whose text is in [`BUILT_IN`]; its front matter was parsed at build time.
    ///
    /// # Errors
    /// Those of [`RuleDoc::read`]; tests make sure that there are none.
    pub fn built_in(id: &str, text: &str) -> Result<Self, Box<(Source, Vec<Diagnostic>)>> {
        let source = Source::new(format!("rules/{id}.md"), text.as_bytes().to_vec());
        match typed::built_in(&format!("{id}.md")) {
            Some(metadata) => Ok(Self { id: id.into(), metadata, source }),
            None => Self::read(id, source),
        }
    }

    /// Parses a rule's documentation. The id is the file name, so the two can't disagree.
    ///
    /// # Errors
    /// What is wrong with the page, each at its place.
    pub fn read(id: &str, source: Source) -> Result<Self, Box<(Source, Vec<Diagnostic>)>> {
        let (front, misplaced, _) = front_matter::parse(&source);
        let Some(front) = front else {
            let error =
                config_error(Span::empty(0), "a rule page starts with front matter that says what it looks for");
            return Err(Box::new((source, vec![error])));
        };
        if let Some(problem) = misplaced.iter().chain(&front.problems).next() {
            let error = syntax_error(problem, source.text());
            return Err(Box::new((source, vec![error])));
        }
        match typed::from_yaml::<RuleMetadata>(source.slice(front.content_span)) {
            Ok(metadata) => Ok(Self { id: id.into(), metadata, source }),
            Err(error) => {
                let span =
                    if error.path.is_empty() { front.opening_delimiter } else { typed::locate(&front.tree, &error) };
                Err(Box::new((source, vec![options_error(span, &error)])))
            }
        }
    }

    /// The name of the check: the rule's id unless the documentation names another.
    pub fn check(&self) -> &str {
        self.metadata.check.as_deref().unwrap_or(&self.id)
    }

    /// Whether the rule is about disable comments, which need other rules to suppress.
    pub(crate) fn is_about_suppressions(&self) -> bool {
        let scope = checks::find(self.check()).map(|check| check.scope);
        matches!(scope, Some(Scope::UnexplainedSuppressions | Scope::UnusedSuppressions))
    }

    /// The text below the front matter.
    pub fn documentation(&self) -> &str {
        let (.., body) = front_matter::parse(&self.source);
        self.source.text()[body..].trim()
    }

    /// The examples under `## Bad` and `## Good`, in order.
    pub fn examples(&self) -> Vec<Example> {
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

/// A finding about a rule's documentation or a config, which prevents the run.
pub(crate) fn config_error(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic {
        rule: "broken-config".into(),
        level: Level::Error,
        message: message.into(),
        span,
        label: None,
        also_at: vec![],
        labels: vec![],
        help: None,
        fix: None,
    }
}

/// The errors in a command spec.
pub(crate) fn spec_errors(text: &str) -> Vec<Diagnostic> {
    let finding = |error: SpecError| Diagnostic { help: error.help, ..config_error(error.span, error.message) };
    checks::validate_spec(text).into_iter().map(finding).collect()
}

/// A finding about a syntax error in a config or in a rule's documentation.
pub(crate) fn syntax_error(problem: &crate::data::problem::SyntaxProblem, text: &str) -> Diagnostic {
    let finding = checks::describe_syntax_error(problem, text);
    let mut error = config_error(finding.span, finding.message);
    (error.label, error.labels, error.help) = (finding.primary_label, finding.labels, finding.help);
    error
}

/// A finding about invalid options, with a suggestion if one is near.
pub(crate) fn options_error(span: Span, error: &DeserializeError) -> Diagnostic {
    Diagnostic { help: suggestion_for(error), ..config_error(span, error.message.clone()) }
}

fn suggestion_for(error: &DeserializeError) -> Option<String> {
    let unknown = error.unknown.as_deref()?;
    if let Some(near) = crate::text::similarity::nearest(unknown, error.expected.iter().map(String::as_str)) {
        return Some(format!("did you mean `{near}`?"));
    }
    let expected: Vec<String> = error.expected.iter().map(|name| format!("`{name}`")).collect();
    (!expected.is_empty()).then(|| format!("known here: {}", expected.join(", ")))
}

/// A rule as it runs on a file: its documentation, its level, and the check with its options.
#[derive(Clone)]
pub struct Rule {
    /// The documentation.
    pub doc: Arc<RuleDoc>,
    /// The level of its findings.
    pub level: Level,
    /// The level in drafts, if it differs; with `off` it doesn't run there.
    pub drafts: Option<RuleLevel>,
    /// The check with its options.
    pub(crate) check: Arc<dyn Check>,
    /// What the check needs to know.
    pub(crate) scope: Scope,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.doc.id, self.level.as_str())
    }
}

impl Rule {
    /// Whether it needs the site index, for which all pages have to be read first.
    pub fn uses_site_index(&self) -> bool {
        self.scope == Scope::Site
    }

    /// Creates a rule at `level`, with `options` merged into those of its documentation.
    ///
    /// # Errors
    /// Which option doesn't fit.
    pub fn new(
        doc: &Arc<RuleDoc>,
        level: Level,
        drafts: Option<RuleLevel>,
        options: Options,
    ) -> Result<Self, DeserializeError> {
        let options = typed::merge(doc.metadata.options.clone(), options);
        let definition = checks::find(doc.check()).ok_or_else(|| unknown_check(doc))?;
        let check = (definition.create)(options)?;
        Ok(Self { doc: doc.clone(), level, drafts, check: check.into(), scope: definition.scope })
    }
}

fn unknown_check(doc: &RuleDoc) -> DeserializeError {
    if doc.metadata.check.is_none() {
        let message = "missing key `check`".to_owned();
        return DeserializeError { path: Vec::new(), message, unknown: None, expected: Vec::new() };
    }
    let name = doc.check();
    DeserializeError {
        path: vec![typed::PathSegment::Key("check".into())],
        message: format!("unknown check `{name}`"),
        unknown: Some(name.to_owned()),
        expected: checks::names().map(str::to_owned).collect(),
    }
}

/// The rules that run on a file, by id.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// The enabled rules, sorted by id.
    pub rules: Vec<Rule>,
}

impl RuleSet {
    /// The rule called `id`, if it is enabled.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        let index = self.rules.binary_search_by(|rule| (*rule.doc.id).cmp(id)).ok()?;
        Some(&self.rules[index])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_when_the_program_was_built_is_what_the_pages_say() {
        for id in ids() {
            let path = format!("{id}.md");
            let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == path).expect("it is listed");
            let ready: RuleMetadata = typed::built_in(&path).expect("it could be read");
            let read = RuleDoc::read(id, Source::new(path, text.as_bytes().to_vec())).expect("it can be read");
            assert_eq!(format!("{ready:?}"), format!("{:?}", read.metadata), "{id}");
        }
    }
}
