//! The config file: what can stand in it, what is wrong with one, and which rules it makes run on a file.

mod borrowed;
mod diagnostics;
mod effective;
mod layer;
mod model;
mod reading;
mod schema;
mod schema_file;
mod test_folders;

use crate::config::reading::Reading;
use crate::fs::ProjectFiles;
use crate::source::Source;

pub(crate) use crate::config::borrowed::schemas_in;
pub use crate::config::diagnostics::ConfigDiagnostics;
pub(crate) use crate::config::effective::{Config, Selection};

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
        match text {
            Some(source) => reading.layer(source, 0),
            None => {
                reading.pack("recommended", 0);
            }
        }
        for (name, text) in extra {
            reading.layer_on_top(Source::new(name, text.clone().into_bytes()));
        }
        reading.finish()
    }

    /// The config that rules where nobody wrote one.
    ///
    /// # Errors
    /// What is wrong with what is built in, which a test rules out.
    pub(crate) fn built_in() -> Result<Self, Vec<ConfigDiagnostics>> {
        Self::read(None, &[], &ProjectFiles::none())
    }
}
