//! A rule: its documentation, its level, and the check with its options.

mod doc;
mod errors;
mod metadata;
mod renamed;

pub(crate) use crate::rule::doc::{Example, RuleDoc, ids, page_url};
pub(crate) use crate::rule::errors::{config_error, options_error, spec_errors, syntax_error};
pub(crate) use crate::rule::metadata::{Fixable, Group, RuleLevel, RuleMetadata};
pub(crate) use crate::rule::renamed::current_id;

use crate::checks;
use crate::checks::{Check, Scope};
use crate::data::typed;
use crate::data::typed::{DeserializeError, Options};
use crate::diagnostic::Level;
use std::sync::Arc;

/// A rule as it runs on a file: its documentation, its level, and the check with its options.
#[derive(Clone)]
pub(crate) struct Rule {
    /// The documentation.
    pub(crate) doc: Arc<RuleDoc>,
    /// The level of its findings.
    pub(crate) level: Level,
    /// The level in drafts, if it differs; with `off` it doesn't run there.
    pub(crate) drafts: Option<RuleLevel>,
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
    /// Creates a rule at `level`, with `options` merged into those of its documentation.
    ///
    /// # Errors
    /// Which option doesn't fit.
    pub(crate) fn new(
        doc: &Arc<RuleDoc>,
        level: Level,
        drafts: Option<RuleLevel>,
        options: Options,
    ) -> Result<Self, DeserializeError> {
        let definition = checks::find(doc.check()).ok_or_else(|| unknown_check(doc))?;
        let rule = |check| Self { doc: doc.clone(), level, drafts, check, scope: definition.scope };
        let is_shared = matches!(options, Options::Null);
        if let Some(check) = doc.shared_check.0.get().filter(|_| is_shared) {
            return Ok(rule(check.clone()));
        }
        let options = typed::merge(doc.metadata.options.clone(), options);
        let check: Arc<dyn Check> = (definition.create)(options)?.into();
        Ok(rule(if is_shared { doc.shared_check.0.get_or_init(|| check).clone() } else { check }))
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
pub(crate) struct RuleSet {
    /// The enabled rules, sorted by id.
    pub(crate) rules: Vec<Rule>,
    uses_site_index: bool,
}

impl RuleSet {
    /// These rules, which are sorted by id.
    pub(crate) fn new(rules: Vec<Rule>) -> Self {
        let uses_site_index = rules.iter().any(|rule| rule.scope == Scope::Site);
        Self { rules, uses_site_index }
    }

    /// Whether one of them needs the site index, for which all pages have to be read first.
    pub(crate) fn uses_site_index(&self) -> bool {
        self.uses_site_index
    }

    /// The rule called `id`, if it is enabled.
    pub(crate) fn get(&self, id: &str) -> Option<&Rule> {
        let index = self.rules.binary_search_by(|rule| (*rule.doc.id).cmp(id)).ok()?;
        Some(&self.rules[index])
    }
}
