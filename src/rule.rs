//! A page → a rule: its id, level and check, its documentation and its examples.

use crate::checks;
use crate::checks::{Check, Scope, SpecError};
use crate::data::typed;
use crate::data::typed::{Options, OptionsError};
use crate::diagnostic::{Diagnostic, Level};
use crate::document::body::{BlockKind, CodeBlock};
use crate::document::{Document, front_matter};
use crate::source::{Source, Span};
use serde::Deserialize;
use std::sync::Arc;

use crate::data::built_in::BUILT_IN;

/// The ids of the rules that are built in.
pub fn ids<'a>() -> impl Iterator<Item = &'a str> {
    let pages = BUILT_IN.iter().filter_map(|(path, _)| path.strip_suffix(".md"));
    pages.filter(|id| *id != "README" && !id.contains('/'))
}

/// A level as a page or a config says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleLevel {
    /// Don't run it.
    Off,
    /// [`Level::Info`]
    Info,
    /// [`Level::Warning`]
    Warning,
    /// [`Level::Error`]
    Error,
}

impl RuleLevel {
    /// The words for settings, in a config and on the command line.
    pub const NAMES: [&'static str; 4] = ["off", "info", "warning", "error"];

    /// The setting that `word` names.
    pub fn from_name(name: &str) -> Option<Self> {
        let levels = [RuleLevel::Off, RuleLevel::Info, RuleLevel::Warning, RuleLevel::Error];
        levels.into_iter().zip(Self::NAMES).find(|(_, known)| *known == name).map(|(setting, _)| setting)
    }

    /// The level; none for `off`.
    pub fn level(self) -> Option<Level> {
        match self {
            RuleLevel::Off => None,
            RuleLevel::Info => Some(Level::Info),
            RuleLevel::Warning => Some(Level::Warning),
            RuleLevel::Error => Some(Level::Error),
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        self.level().map_or("off", Level::as_str)
    }
}

/// What rules are about; also what `--select` and `--ignore` take.
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

    /// The word for it.
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

/// What kind of fix a rule's findings can carry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fixable {
    /// None.
    #[default]
    No,
    /// At best one that needs `--unsafe-fixes`.
    Unsafe,
    /// Some that can't change what was meant.
    Safe,
}

/// The front matter of a rule page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleMetadata {
    /// One sentence.
    pub summary: String,
    /// What it is about; a site's own rule needn't say so.
    #[serde(default)]
    pub group: Group,
    /// The level where no config says otherwise.
    pub level: RuleLevel,
    /// The level in drafts, where it differs.
    pub drafts: Option<RuleLevel>,
    /// The check, where it isn't called like the rule: [`Page::check`].
    check: Option<String>,
    /// What it looks for.
    #[serde(default)]
    pub options: Options,
    /// The fixes that findings can carry.
    #[serde(default)]
    pub fix: Fixable,
    /// The first version that has it; empty in a site's own rule.
    #[serde(default)]
    pub since: String,
}

/// A rule's page: the rule, its documentation and its tests.
#[derive(Debug)]
pub struct RuleDoc {
    /// The page's file name without `.md`.
    pub id: Arc<str>,
    /// Its front matter.
    pub metadata: RuleMetadata,
    /// The page's text, for its documentation and examples.
    pub source: Source,
}

/// An example on a rule's page.
#[derive(Debug)]
pub struct Example {
    /// Whether the rule must stay silent on it.
    pub good: bool,
    /// The path it is linted under; `example.md` where the info string names none.
    pub path: String,
    /// The config it is linted with, if the section gives one.
    pub config: Option<String>,
    /// The post, as bytes: a fence marked `latin-1` holds one in that encoding.
    pub bytes: Vec<u8>,
    /// Whether it is another page of the site, for the examples beside it: a fence marked `beside`.
    pub is_context: bool,
    /// The fence on the page.
    pub span: Span,
}

impl RuleDoc {
    /// A page that is built in, by the text in [`BUILT_IN`]; its head was read when the program was built.
    ///
    /// # Errors
    /// As [`Page::read`] has them, which a test rules out.
    pub fn built_in(id: &str, text: &str) -> Result<Self, Box<(Source, Vec<Diagnostic>)>> {
        let source = Source::new(format!("rules/{id}.md"), text.as_bytes().to_vec());
        match typed::ready_made(&format!("{id}.md")) {
            Some(metadata) => Ok(Self { id: id.into(), metadata, source }),
            None => Self::read(id, source),
        }
    }

    /// Reads a page. Its id is the file name, so the two cannot disagree.
    ///
    /// # Errors
    /// What is wrong with the page, each at its place.
    pub fn read(id: &str, source: Source) -> Result<Self, Box<(Source, Vec<Diagnostic>)>> {
        let (front, misplaced, _) = front_matter::read(&source);
        let Some(front) = front else {
            let error =
                config_error(Span::empty(0), "a rule page starts with front matter that says what it looks for");
            return Err(Box::new((source, vec![error])));
        };
        if let Some(problem) = misplaced.iter().chain(&front.problems).next() {
            let error = syntax_error(problem, source.text());
            return Err(Box::new((source, vec![error])));
        }
        match typed::from_yaml::<RuleMetadata>(source.slice(front.inner)) {
            Ok(metadata) => Ok(Self { id: id.into(), metadata, source }),
            Err(error) => {
                let span = if error.path.is_empty() { front.fence } else { typed::locate(&front.tree, &error) };
                Err(Box::new((source, vec![options_error(span, &error)])))
            }
        }
    }

    /// The name of the check: that of the rule unless the page names another.
    pub fn check(&self) -> &str {
        self.metadata.check.as_deref().unwrap_or(&self.id)
    }

    /// Whether the rule is about disable comments, which need other rules to suppress.
    pub(crate) fn is_about_suppressions(&self) -> bool {
        let scope = checks::find(self.check()).map(|check| check.scope);
        matches!(scope, Some(Scope::UnexplainedSuppressions | Scope::UnusedSuppressions))
    }

    /// The page's text below its front matter.
    pub fn documentation(&self) -> &str {
        let (.., body) = front_matter::read(&self.source);
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

/// A finding about a rule page or a config: the run can't start with it.
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

/// What is wrong with a command spec, each mistake at its place.
pub(crate) fn spec_errors(text: &str) -> Vec<Diagnostic> {
    let finding = |error: SpecError| Diagnostic { help: error.help, ..config_error(error.span, error.message) };
    checks::validate_spec(text).into_iter().map(finding).collect()
}

/// A finding about YAML that can't be read, in a config or on a page.
pub(crate) fn syntax_error(problem: &crate::data::problem::Problem, text: &str) -> Diagnostic {
    let finding = checks::describe_syntax_error(problem, text);
    let mut error = config_error(finding.span, finding.message);
    (error.label, error.labels, error.help) = (finding.primary_label, finding.labels, finding.help);
    error
}

/// A finding about settings that don't fit, with a did-you-mean where one is near.
pub(crate) fn options_error(span: Span, error: &OptionsError) -> Diagnostic {
    Diagnostic { help: suggestion_for(error), ..config_error(span, error.message.clone()) }
}

fn suggestion_for(error: &OptionsError) -> Option<String> {
    let unknown = error.unknown.as_deref()?;
    if let Some(near) = crate::text::words::nearest(unknown, error.expected.iter().map(String::as_str)) {
        return Some(format!("did you mean `{near}`?"));
    }
    let expected: Vec<String> = error.expected.iter().map(|name| format!("`{name}`")).collect();
    (!expected.is_empty()).then(|| format!("known here: {}", expected.join(", ")))
}

/// A rule as it runs on one file: a page, how strictly, and the check with its options.
#[derive(Clone)]
pub struct Rule {
    /// The page.
    pub doc: Arc<RuleDoc>,
    /// The level of its findings.
    pub level: Level,
    /// The level in drafts, where it differs; `off` silences it there.
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

    /// Makes the rule of a page, at `level`, with `options` laid over the page's own.
    ///
    /// # Errors
    /// Which option doesn't fit.
    pub fn new(
        doc: &Arc<RuleDoc>,
        level: Level,
        drafts: Option<RuleLevel>,
        options: Options,
    ) -> Result<Self, OptionsError> {
        let options = typed::merge(doc.metadata.options.clone(), options);
        let definition = checks::find(doc.check()).ok_or_else(|| unknown_check(doc))?;
        let check = (definition.create)(options)?;
        Ok(Self { doc: doc.clone(), level, drafts, check: check.into(), scope: definition.scope })
    }
}

fn unknown_check(doc: &RuleDoc) -> OptionsError {
    if doc.metadata.check.is_none() {
        let message = "missing key `check`".to_owned();
        return OptionsError { path: Vec::new(), message, unknown: None, expected: Vec::new() };
    }
    let name = doc.check();
    OptionsError {
        path: vec![typed::Step::Key("check".into())],
        message: format!("unknown check `{name}`"),
        unknown: Some(name.to_owned()),
        expected: checks::names().map(str::to_owned).collect(),
    }
}

/// The rules that run on a file, by id.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// The rules that aren't off, sorted by id.
    pub rules: Vec<Rule>,
}

impl RuleSet {
    /// The rule called `id`, if it runs.
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
            let ready: RuleMetadata = typed::ready_made(&path).expect("it could be read");
            let read = RuleDoc::read(id, Source::new(path, text.as_bytes().to_vec())).expect("it can be read");
            assert_eq!(format!("{ready:?}"), format!("{:?}", read.metadata), "{id}");
        }
    }
}
