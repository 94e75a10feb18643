//! Loading the JSON Schema of a content type.

use crate::config::layer::Layer;
use crate::content::model::SchemaConfig;
use crate::data::typed::{PathSegment, key};
use crate::fs::ProjectFiles;
use crate::schema::Schema;
use std::sync::Arc;

/// The schema, if it can be read. Its errors are added to `layer`, at the type at `path`.
pub(super) fn load_schema(
    config: &SchemaConfig,
    project: &ProjectFiles,
    layer: &mut Layer,
    path: &[PathSegment],
) -> Option<Arc<Schema>> {
    let files = |path: &str| project.read(path);
    let read = match config {
        SchemaConfig::Path(file) => Schema::read(file, &files),
        SchemaConfig::Inline(json) => Schema::inline("schema", json.clone(), &files),
    };
    read.map(Arc::new)
        .map_err(|broken| {
            let path: Vec<PathSegment> = path.iter().cloned().chain([key("schema")]).collect();
            let span = match config {
                SchemaConfig::Path(_) => layer.span(&path),
                SchemaConfig::Inline(_) => layer.key_span(&path),
            };
            layer.fault(span, broken.message).help = broken.help;
        })
        .ok()
}
