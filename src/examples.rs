//! The examples on a rule's page as tests of the rule.

use crate::config::{Config, Project};
use crate::diagnostic::Level;
use crate::document::Document;
use crate::document::typed::Options;
use crate::linter::{self, Setup};
use crate::rule::{Example, Page, Rule, RuleSet};
use crate::site::Site;
use crate::source::{Source, Span};
use std::sync::Arc;

/// An example that doesn't do what the page says, or a page without one.
#[derive(Debug)]
pub struct Lie {
    /// Where on the page.
    pub span: Span,
    /// What it does instead.
    pub message: String,
}

/// Runs the examples of `page`; `config` gives its options where an example brings no config of its own.
pub fn lies(page: &Arc<Page>, config: &Config) -> Vec<Lie> {
    let examples = page.examples();
    let mut lies = Vec::new();
    for (good, name) in [(false, "Bad"), (true, "Good")] {
        if !examples.iter().any(|example| example.good == good) {
            lies.push(Lie { span: Span::empty(0), message: format!("the page has no example under `## {name}`") });
        }
    }
    for example in &examples {
        let own = match example_config(example) {
            Ok(own) => own,
            Err(message) => {
                lies.push(Lie { span: example.span, message });
                continue;
            }
        };
        let config = own.as_ref().unwrap_or(config);
        match (example.good, findings(page, config, example)) {
            (false, 0) => {
                lies.push(Lie { span: example.span, message: "the rule is silent on this Bad example".into() })
            }
            (true, 1..) => {
                lies.push(Lie { span: example.span, message: "the rule speaks on this Good example".into() })
            }
            _ => {}
        }
    }
    lies
}

fn findings(page: &Arc<Page>, config: &Config, example: &Example) -> usize {
    let source = Source::new(&example.path, example.bytes.clone());
    // The rule is tried even where the config has it off.
    let set = config.rules_for(&example.path);
    let own = set.get(&page.id).cloned().or_else(|| Rule::new(page, Level::Error, None, Options::Null).ok());
    // What switches rules off has to have something to switch off.
    let rules = if page.head.check == "linter" { (*set).clone() } else { RuleSet { rules: own.into_iter().collect() } };
    let content = config.content_for(&example.path);
    let setup = Setup { rules: &rules, content: &content, site: &Site::alone(), switches: true };
    let diagnostics = linter::lint(&Document::parse(&source), setup);
    diagnostics.iter().filter(|diagnostic| diagnostic.rule == page.id).count()
}

fn example_config(example: &Example) -> Result<Option<Config>, String> {
    struct Nothing;
    impl Project for Nothing {
        fn read(&self, path: &str) -> Result<String, String> {
            Err(format!("an example can't read `{path}`"))
        }
        fn pages(&self, dir: &str) -> Result<Vec<String>, String> {
            Err(format!("an example can't list `{dir}`"))
        }
    }
    let Some(text) = &example.config else { return Ok(None) };
    let source = Source::new("matterlint.yaml", text.clone().into_bytes());
    Config::read(Some(source), &[], &Nothing).map(Some).map_err(|faults| {
        let first = faults.iter().flat_map(|faults| &faults.diagnostics).next();
        format!("this example's config is wrong: {}", first.map_or("", |fault| &fault.message))
    })
}
