//! The config file: its keys, its errors, and the rules that it enables for a file.

mod borrowed;
mod content_types;
mod diagnostics;
mod effective;
mod layer;
mod model;
mod reading;
mod rule_settings;
mod schema;
mod schema_file;
mod test_folders;

use crate::config::reading::Reading;
use crate::fs::ProjectFiles;
use crate::source::Source;

pub(crate) use crate::config::borrowed::schemas_in;
pub use crate::config::diagnostics::ConfigDiagnostics;
pub(crate) use crate::config::effective::{Config, PageGlob, Selection};

/// The names of the built-in content types: `jekyll/post`.
pub(crate) fn built_in_types() -> Vec<String> {
    crate::content::inheritance::built_in_type_names()
}

/// The JSON Schema of a config, draft 7, as text: for editors that complete and check `matterlint.yaml`.
pub fn schema() -> String {
    // Its keys are strings and nothing in it is a map of ours, so it can always be written.
    serde_json::to_string_pretty(&schema::schema()).unwrap_or_default()
}

impl Config {
    /// Reads a config; `text` is none where there is no config file. `extra` are further layers, each as config text
    /// with a name, that win over the file.
    ///
    /// # Errors
    /// Everything that is wrong with it, and with the packs and pages that it names.
    pub(crate) fn read(
        text: Option<Source>,
        extra: &[(String, String)],
        project: &ProjectFiles,
    ) -> Result<Self, Vec<ConfigDiagnostics>> {
        let mut reading = Reading::new(project);
        let layer = |(name, text): &(String, String)| Source::new(name, text.clone().into_bytes());
        let mut extra: Vec<_> = extra.iter().filter_map(|entry| reading.open(layer(entry), false)).collect();
        // The last `extends` among them replaces that of the file.
        let replaces_extends = match extra.iter_mut().rev().find(|(_, file)| file.extends.is_some()) {
            Some((layer, file)) => {
                reading.extend_all(layer, file, 0);
                true
            }
            None => false,
        };
        match text {
            Some(source) => reading.config_file(source, replaces_extends),
            None if replaces_extends => {}
            None => {
                reading.pack("recommended", 0);
            }
        }
        for (layer, file) in extra {
            reading.apply(layer, &file);
        }
        reading.finish()
    }

    /// The config that rules where nobody wrote one.
    ///
    /// # Errors
    /// What is wrong with what is built in, which a test rules out.
    #[cfg(any(test, feature = "internals"))]
    pub(crate) fn built_in() -> Result<Self, Vec<ConfigDiagnostics>> {
        Self::read(None, &[], &ProjectFiles::none())
    }
}
