//! The serde types of a config file; unknown keys are rejected.

use crate::content::model::ContentTypeConfig;
use crate::content::vocabulary::VocabularyConfig;
use crate::data::collections::{OneOrMany, OrderedMap};
use crate::data::typed::Options;
use serde::Deserialize;

/// A config file or a pack.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct ConfigModel {
    /// Packs, or files of the project, that this one builds on.
    pub(crate) extends: Option<OneOrMany>,
    /// The generator of the site, if it can't be detected; `none` for none.
    pub(crate) generator: Option<String>,
    /// The generator's version, where no file pins it.
    pub(crate) generator_version: Option<String>,
    /// Globs of what a walk leaves out.
    pub(crate) exclude: Vec<String>,
    /// Globs of what is checked although a pack excludes it.
    pub(crate) include: Vec<String>,
    /// Folders with the project's own rule pages.
    pub(crate) rule_dirs: Vec<String>,
    /// Who else has schemas for the pages, in files of the project: `decap`.
    pub(crate) schemas: Vec<String>,
    /// Closed sets of values by name, for several fields.
    pub(crate) vocabularies: OrderedMap<VocabularyConfig>,
    /// Kinds of page, in order: the first whose globs match is a file's own.
    pub(crate) content: OrderedMap<ContentTypeConfig>,
    /// Rules or groups, each with a level or with a map of settings.
    pub(crate) rules: OrderedMap<Options>,
    /// Other settings for some paths; later ones win.
    pub(crate) overrides: Vec<OverrideConfig>,
    /// Whether preview rules run.
    pub(crate) preview: Option<bool>,
    /// The file with recorded findings, which aren't reported.
    pub(crate) baseline: Option<String>,
    /// The maximum number of findings that are kept per file; 0 for all.
    pub(crate) max_findings: Option<usize>,
}

/// Other settings for some paths.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct OverrideConfig {
    pub(crate) files: OneOrMany,
    pub(crate) rules: OrderedMap<Options>,
}
