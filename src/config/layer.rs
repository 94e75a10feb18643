//! One file of a config with its tree, to point at what is wrong in it.

use crate::content::error::ConfigError;
use crate::data::node::Tree;
use crate::data::typed;
use crate::data::typed::{DeserializeError, Options, PathSegment, key};
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
    /// Whether it is built in: a pack can't enable a preview rule.
    pub(super) is_pack: bool,
}

impl Layer {
    pub(super) fn span(&self, path: &[PathSegment]) -> Span {
        let error = DeserializeError { path: path.to_vec(), message: String::new(), unknown: None, expected: vec![] };
        typed::locate(&self.tree, &error)
    }

    pub(super) fn key_span(&self, path: &[PathSegment]) -> Span {
        let unknown = match path.last() {
            Some(PathSegment::Key(key)) => Some(key.clone()),
            _ => None,
        };
        typed::locate(
            &self.tree,
            &DeserializeError { path: path.to_vec(), message: String::new(), unknown, expected: vec![] },
        )
    }

    pub(super) fn report(&mut self, fault: ConfigError) {
        let span = if fault.is_key { self.key_span(&fault.path) } else { self.span(&fault.path) };
        self.fault(span, fault.message).help = fault.help;
    }

    pub(super) fn fault(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let index = self.diagnostics.len();
        self.diagnostics.push(rule::config_error(span, message));
        &mut self.diagnostics[index]
    }
}

pub(super) fn globs(layer: &mut Layer, patterns: &[String], at: &[PathSegment]) -> Option<Globs> {
    Globs::new(patterns)
        .map_err(|(index, message)| {
            let mut path: Vec<PathSegment> = at.iter().cloned().chain([key("files")]).collect();
            if patterns.len() > 1 {
                path.push(PathSegment::Index(index));
            }
            let span = layer.span(&path);
            layer.fault(span, message);
        })
        .ok()
}

/// A level written as a word; `false` is `off`, as some readers of YAML have it.
pub(super) fn level(layer: &mut Layer, value: &Options, path: &[PathSegment]) -> Option<RuleLevel> {
    let word = value.as_str().unwrap_or(if value.as_bool() == Some(false) { "off" } else { "" });
    let setting = RuleLevel::from_name(word);
    if setting.is_none() {
        let span = layer.span(path);
        let near = crate::text::similarity::nearest(word, RuleLevel::NAMES);
        let message = if word.is_empty() { "invalid level".to_owned() } else { format!("unknown level `{word}`") };
        let fault = layer.fault(span, crate::text::similarity::with_suggestion(message, near));
        let names = RuleLevel::NAMES.map(|word| format!("`{word}`")).join(", ");
        fault.help = near.is_none().then(|| format!("expected one of {names}"));
    }
    setting
}
