//! One file of a config with its tree, to point at what is wrong in it.

use crate::config::fault::Fault;
use crate::data::node::Tree;
use crate::data::typed;
use crate::data::typed::{Options, OptionsError, Step};
use crate::diagnostic::Diagnostic;
use crate::fs::Globs;
use crate::rule;
use crate::rule::RuleLevel;
use crate::source::{Source, Span};

/// A layer's file with its tree, to point at what is wrong in it.
pub(super) struct Layer {
    pub(super) source: Source,
    pub(super) tree: Tree,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Layer {
    pub(super) fn span(&self, path: &[Step]) -> Span {
        let error = OptionsError { path: path.to_vec(), message: String::new(), unknown: None, expected: vec![] };
        typed::locate(&self.tree, &error)
    }

    pub(super) fn key_span(&self, path: &[Step]) -> Span {
        let unknown = match path.last() {
            Some(Step::Key(key)) => Some(key.clone()),
            _ => None,
        };
        typed::locate(
            &self.tree,
            &OptionsError { path: path.to_vec(), message: String::new(), unknown, expected: vec![] },
        )
    }

    pub(super) fn tell(&mut self, fault: Fault) {
        let span = if fault.is_key { self.key_span(&fault.path) } else { self.span(&fault.path) };
        self.fault(span, fault.message).help = fault.help;
    }

    pub(super) fn fault(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let index = self.diagnostics.len();
        self.diagnostics.push(rule::config_error(span, message));
        &mut self.diagnostics[index]
    }
}

pub(super) fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

pub(super) fn globs(layer: &mut Layer, patterns: &[String], at: &[Step]) -> Option<Globs> {
    Globs::new(patterns)
        .map_err(|(index, message)| {
            let mut path: Vec<Step> = at.iter().cloned().chain([key("files")]).collect();
            if patterns.len() > 1 {
                path.push(Step::Index(index));
            }
            let span = layer.span(&path);
            layer.fault(span, message);
        })
        .ok()
}

/// A level written as a word; `false` is `off`, as some readers of YAML have it.
pub(super) fn level(layer: &mut Layer, value: &Options, path: &[Step]) -> Option<RuleLevel> {
    let word = value.as_str().unwrap_or(if value.as_bool() == Some(false) { "off" } else { "" });
    let setting = RuleLevel::from_name(word);
    if setting.is_none() {
        let span = layer.span(path);
        let near = crate::text::words::nearest(word, RuleLevel::NAMES);
        let fault = layer.fault(span, "this isn't a level");
        fault.help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the levels are {}", RuleLevel::NAMES.map(|word| format!("`{word}`")).join(", ")),
        });
    }
    setting
}
