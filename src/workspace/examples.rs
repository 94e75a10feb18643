//! The examples on a rule's page as tests of the rule.

use crate::config::Config;
use crate::data::typed::Options;
use crate::date;
use crate::diagnostic::Level;
use crate::document::Document;
use crate::fs::{Memory, ProjectFiles, Root};
use crate::generator;
use crate::linter;
use crate::linter::LintContext;
use crate::rule::{self, Example, Rule, RuleDoc, RuleSet};
use crate::site::{AuthorList, PageFacts, Site, SiteFiles, SiteIndex, Surroundings, index};
use crate::source::{Source, Span};
use crate::workspace::marks::Marks;
use std::path::Path;
use std::sync::Arc;

/// An example that doesn't do what it should, or a page without one.
#[derive(Debug)]
pub(crate) struct ExampleFailure {
    /// Where on the page.
    pub(crate) span: Span,
    /// What it does instead.
    pub(crate) message: String,
}

/// Runs the examples of `page`; `config` gives its options where an example brings no config of its own.
pub(crate) fn failures(page: &Arc<RuleDoc>, config: &Config) -> Vec<ExampleFailure> {
    let examples = page.examples();
    let mut failures = Vec::new();
    for (good, name) in [(false, "Bad"), (true, "Good")] {
        if !examples.iter().any(|example| example.good == good) {
            failures.push(ExampleFailure { span: Span::empty(0), message: format!("no example under `## {name}`") });
        }
    }
    for example in examples.iter().filter(|example| !example.is_context) {
        let own = match example_config(example) {
            Ok(own) => own,
            Err(message) => {
                failures.push(ExampleFailure { span: example.span, message });
                continue;
            }
        };
        let config = own.as_ref().unwrap_or(config);
        let beside = examples.iter().filter(|other| other.is_context && other.good == example.good);
        match (example.good, findings(page, config, example, beside)) {
            (false, 0) => failures.push(ExampleFailure {
                span: example.span,
                message: "Bad example: expected a finding, but the rule reported none".into(),
            }),
            (true, 1..) => failures.push(ExampleFailure {
                span: example.span,
                message: "Good example: expected no finding, but the rule reported one".into(),
            }),
            _ => {}
        }
    }
    failures
}

/// The day on which examples are looked at.
const TODAY: &str = "2024-07-01";

/// The number of findings of the rule in an example, with the other pages of its site, labeled `beside`.
fn findings<'a>(
    page: &Arc<RuleDoc>,
    config: &Config,
    example: &Example,
    beside: impl Iterator<Item = &'a Example>,
) -> usize {
    let source = Source::new(&example.path, example.bytes.clone());
    // The rule is tried even where the config has it off.
    let set = config.rules_for(&example.path);
    let own = set.get(&page.id).cloned().or_else(|| Rule::new(page, Level::Error, None, Options::Null).ok());
    // Rules about disable comments need other rules to suppress.
    let rules = if page.is_about_suppressions() { (*set).clone() } else { RuleSet::new(own.into_iter().collect()) };
    let content = config.content_for(&example.path);
    let profile = config.generator().and_then(|name| {
        let root = Root::new(Arc::new(Memory::default()), Path::new("/"));
        generator::profile_on_site(name, config.generator_version(), &Marks { root, names: Vec::new() })
    });
    let profile = profile.unwrap_or_default();
    let beside: Vec<&Example> = beside.collect();
    let site = if beside.is_empty() { Site::alone() } else { Site::new(site_of(&beside)) };
    let site = date::parse(TODAY).into_iter().fold(site, Site::on).built_by(profile);
    let mut facts: Vec<PageFacts> = beside.iter().map(|other| facts(other, &site, config)).collect();
    facts.push(PageFacts::of(&source, Document::parse(&source).front_matter.as_ref(), site.profile(), &content));
    // The examples of built-in rules have authors and an image; those of custom rules have only what they show.
    let is_built_in = rule::ids().any(|id| id == &*page.id);
    let names = vec!["hana".into(), "jonas".into()];
    let people =
        is_built_in.then(|| AuthorList { file: "authors.yml".into(), is_nested: false, keys: Vec::new(), names });
    let images = if is_built_in { vec![("/static/a.png", "")] } else { Vec::new() };
    let root = Root::new(Arc::new(Memory::new(images)), Path::new("/"));
    let files = SiteFiles { root, base: "/".into(), cwd: "/".into() };
    index::sort(&mut facts);
    let (profile, root) = (site.profile(), Path::new(""));
    let survey = SiteIndex::new(&facts, Surroundings { profile, people: people.as_ref(), root, files: Some(&files) });
    site.learn(survey);
    let setup = LintContext { rules: &rules, content: &content, site: &site, use_suppressions: true };
    let diagnostics = linter::lint(&Document::parse(&source), setup);
    diagnostics.iter().filter(|diagnostic| diagnostic.rule == page.id).count()
}

/// The files of a site with these pages.
fn site_of(pages: &[&Example]) -> SiteFiles {
    let files = pages.iter().map(|page| (Path::new("/").join(&page.path), page.bytes.clone()));
    SiteFiles { root: Root::new(Arc::new(Memory::new(files)), Path::new("/")), base: "/".into(), cwd: "/".into() }
}

fn facts(example: &Example, site: &Site, config: &Config) -> PageFacts {
    let source = Source::new(&example.path, example.bytes.clone());
    let content = config.content_for(&example.path);
    PageFacts::of(&source, Document::parse(&source).front_matter.as_ref(), site.profile(), &content)
}

fn example_config(example: &Example) -> Result<Option<Config>, String> {
    let Some(text) = &example.config else { return Ok(None) };
    let source = Source::new("matterlint.yaml", text.clone().into_bytes());
    Config::read(Some(source), &[], &ProjectFiles::none()).map(|config| Some(config.with_preview())).map_err(|faults| {
        let first = faults.iter().flat_map(|faults| &faults.diagnostics).next();
        format!("invalid config in the example: {}", first.map_or("", |fault| &fault.message))
    })
}
