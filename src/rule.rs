//! A page → a rule: its id, level and check, its documentation and its examples.
//!
//! It has over 400 lines because a page, its settings, and its errors are one subject.

use crate::checks;
use crate::checks::Check;
use crate::data::typed;
use crate::data::typed::{Options, OptionsError};
use crate::diagnostic::{Diagnostic, Level};
use crate::document::body::{BlockKind, CodeBlock};
use crate::document::{Document, front_matter};
use crate::source::{Source, Span};
use serde::Deserialize;
use std::sync::{Arc, OnceLock};

use crate::data::built_in::BUILT_IN;

/// The ids of the rules that are built in.
pub fn ids<'a>() -> impl Iterator<Item = &'a str> {
    let pages = BUILT_IN.iter().filter_map(|(path, _)| path.strip_suffix(".md"));
    pages.filter(|id| *id != "README" && !id.contains('/'))
}

/// A level as a page or a config says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// Don't run it.
    Off,
    /// [`Level::Info`]
    Info,
    /// [`Level::Warning`]
    Warning,
    /// [`Level::Error`]
    Error,
}

impl Setting {
    /// The words for settings, in a config and on the command line.
    pub const WORDS: [&'static str; 4] = ["off", "info", "warning", "error"];

    /// The setting that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        let settings = [Setting::Off, Setting::Info, Setting::Warning, Setting::Error];
        settings.into_iter().zip(Self::WORDS).find(|(_, known)| *known == word).map(|(setting, _)| setting)
    }

    /// The level; none for `off`.
    pub fn level(self) -> Option<Level> {
        match self {
            Setting::Off => None,
            Setting::Info => Some(Level::Info),
            Setting::Warning => Some(Level::Warning),
            Setting::Error => Some(Level::Error),
        }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        self.level().map_or("off", Level::word)
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
    pub fn word(self) -> &'static str {
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
pub struct Head {
    /// One sentence.
    pub summary: String,
    /// What it is about; a site's own rule needn't say so.
    #[serde(default)]
    pub group: Group,
    /// The level where no config says otherwise.
    pub level: Setting,
    /// The level in drafts, where it differs.
    pub drafts: Option<Setting>,
    /// The check that looks.
    pub check: String,
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
pub struct Page {
    /// The page's file name without `.md`.
    pub id: Arc<str>,
    /// Its front matter.
    pub head: Head,
    /// The page's text, for its documentation and examples.
    pub source: Source,
    /// The check with the page's own options: made once, for every config that sets no others.
    check: SharedCheck,
}

/// A check, once it is made.
#[derive(Default)]
struct SharedCheck(OnceLock<Arc<dyn Check>>);

impl std::fmt::Debug for SharedCheck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.get().is_some() { "made" } else { "not made" })
    }
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
    pub beside: bool,
    /// The fence on the page.
    pub span: Span,
}

impl Page {
    /// A page that is built in, by the text in [`BUILT_IN`]; its head was read when the program was built.
    ///
    /// # Errors
    /// As [`Page::read`] has them, which a test rules out.
    pub fn built_in(id: &str, text: &str) -> Result<Self, Box<(Source, Vec<Diagnostic>)>> {
        let source = Source::new(format!("rules/{id}.md"), text.as_bytes().to_vec());
        match typed::ready_made(&format!("{id}.md")) {
            Some(head) => Ok(Self { id: id.into(), head, source, check: SharedCheck::default() }),
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
            let fault = page_fault(Span::empty(0), "a rule page starts with front matter that says what it looks for");
            return Err(Box::new((source, vec![fault])));
        };
        if let Some(problem) = misplaced.iter().chain(&front.problems).next() {
            let fault = syntax_fault(problem, source.text());
            return Err(Box::new((source, vec![fault])));
        }
        match typed::from_yaml::<Head>(source.slice(front.inner)) {
            Ok(head) => Ok(Self { id: id.into(), head, source, check: SharedCheck::default() }),
            Err(error) => {
                let span = if error.path.is_empty() { front.fence } else { typed::locate(&front.tree, &error) };
                Err(Box::new((source, vec![options_fault(span, &error)])))
            }
        }
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
                        beside: mark == Some("beside"),
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
pub(crate) fn page_fault(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic {
        rule: "broken-config".into(),
        level: Level::Error,
        message: message.into(),
        span,
        label: None,
        labels: vec![],
        help: None,
        fix: None,
    }
}

/// What is wrong with a command spec, each mistake at its place.
pub(crate) fn spec_faults(text: &str) -> Vec<Diagnostic> {
    let fault =
        |mistake: checks::Mistake| Diagnostic { help: mistake.help, ..page_fault(mistake.span, mistake.message) };
    checks::spec_mistakes(text).into_iter().map(fault).collect()
}

/// A finding about YAML that can't be read, in a config or on a page.
pub(crate) fn syntax_fault(problem: &crate::data::problem::Problem, text: &str) -> Diagnostic {
    let finding = checks::front_matter::syntax::describe(problem, text);
    let mut fault = page_fault(finding.span, finding.message);
    (fault.label, fault.labels, fault.help) = (finding.here, finding.labels, finding.help);
    fault
}

/// A finding about settings that don't fit, with a did-you-mean where one is near.
pub(crate) fn options_fault(span: Span, error: &OptionsError) -> Diagnostic {
    let mut fault = page_fault(span, error.message.clone());
    fault.help = help_for(error);
    fault
}

fn help_for(error: &OptionsError) -> Option<String> {
    let unknown = error.unknown.as_deref()?;
    if let Some(near) = crate::text::words::nearest(unknown, error.expected.iter().map(String::as_str)) {
        return Some(format!("did you mean `{near}`?"));
    }
    let expected: Vec<String> = error.expected.iter().map(|word| format!("`{word}`")).collect();
    (!expected.is_empty()).then(|| format!("known here: {}", expected.join(", ")))
}

/// A rule as it runs on one file: a page, how strictly, and the check with its options.
#[derive(Clone)]
pub struct Rule {
    /// The page.
    pub page: Arc<Page>,
    /// The level of its findings.
    pub level: Level,
    /// The level in drafts, where it differs; `off` silences it there.
    pub drafts: Option<Setting>,
    /// How it looks.
    pub check: Arc<dyn Check>,
    /// Whether it asks what other pages have, so that all have to be read before it can look at one.
    pub asks_site: bool,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.page.id, self.level.word())
    }
}

impl Rule {
    /// Makes the rule of a page, at `level`, with `options` laid over the page's own.
    ///
    /// # Errors
    /// Which option doesn't fit.
    pub fn new(
        page: &Arc<Page>,
        level: Level,
        drafts: Option<Setting>,
        options: Options,
    ) -> Result<Self, OptionsError> {
        let asks_site = checks::asks_site(&page.head.check);
        let rule = |check| Self { page: page.clone(), level, drafts, check, asks_site };
        let is_shared = matches!(options, Options::Null);
        if is_shared && let Some(check) = page.check.0.get() {
            return Ok(rule(check.clone()));
        }
        let options = typed::merge(page.head.options.clone(), options);
        let check = checks::make(&page.head.check, options).unwrap_or_else(|| {
            let expected = checks::names().map(str::to_owned).collect();
            let (unknown, message) = (Some(page.head.check.clone()), format!("unknown check `{}`", page.head.check));
            Err(OptionsError { path: vec![typed::Step::Key("check".into())], message, unknown, expected })
        })?;
        let check: Arc<dyn Check> = check.into();
        Ok(rule(if is_shared { page.check.0.get_or_init(|| check).clone() } else { check }))
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
        let index = self.rules.binary_search_by(|rule| (*rule.page.id).cmp(id)).ok()?;
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
            let ready: Head = typed::ready_made(&path).expect("it could be read");
            let read = Page::read(id, Source::new(path, text.as_bytes().to_vec())).expect("it can be read");
            assert_eq!(format!("{ready:?}"), format!("{:?}", read.head), "{id}");
        }
    }
}
