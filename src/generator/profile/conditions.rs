//! Facts that depend on the version of a generator, or on the settings of a site.

use crate::data::typed::Options;
use crate::generator::probe::FolderProbe;
use crate::generator::version::GeneratorVersion;
use serde::Deserialize;

/// Facts that depend on the version.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    /// The first version of which they hold.
    since: Option<String>,
    /// The first version of which they don't hold any more.
    before: Option<String>,
    /// The facts, which override those of the profile.
    pub(super) facts: Options,
}

impl Change {
    /// Whether they hold for this version. Nothing does if the version isn't known.
    pub(super) fn holds(&self, version: Option<&GeneratorVersion>) -> bool {
        let is_at_least = |text: &str| version.and_then(|version| version.is_at_least(text));
        let since = self.since.as_deref().map(|text| is_at_least(text) == Some(true));
        let before = self.before.as_deref().map(|text| is_at_least(text) == Some(false));
        (since.is_some() || before.is_some()) && since.unwrap_or(true) && before.unwrap_or(true)
    }
}

/// Facts that depend on a setting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setting {
    /// The files in which it may be made, relative to the site's root.
    files: Vec<String>,
    /// What one of them contains then.
    contains: String,
    /// The facts, which override those of the profile.
    pub(super) facts: Options,
}

impl Setting {
    /// Whether the site makes it.
    pub(super) fn is_made(&self, site: &dyn FolderProbe) -> bool {
        self.files.iter().any(|file| site.exists(file) && site.contains(file, &self.contains))
    }
}
