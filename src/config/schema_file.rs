//! A JSON Schema that a content type names, or has in it.

use crate::config::layer::{Layer, key};
use crate::data::typed::Step;
use crate::fs::ProjectFiles;
use crate::schema::Schema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;
use std::sync::Arc;

/// A JSON Schema: the path of its file, or the schema itself.
#[derive(Clone)]
pub(super) enum SchemaFile {
    Path(String),
    Inline(Json),
}

impl SchemaFile {
    /// The schema, if it can be read; what is wrong with it is told in `layer`, where the type at `path` is.
    pub(super) fn read(&self, project: &ProjectFiles, layer: &mut Layer, path: &[Step]) -> Option<Arc<Schema>> {
        let files = |path: &str| project.read(path);
        let read = match self {
            SchemaFile::Path(file) => Schema::read(file, &files),
            SchemaFile::Inline(json) => Schema::inline("schema", json.clone(), &files),
        };
        read.map(Arc::new)
            .map_err(|broken| {
                let path: Vec<Step> = path.iter().cloned().chain([key("schema")]).collect();
                let span = match self {
                    SchemaFile::Path(_) => layer.span(&path),
                    SchemaFile::Inline(_) => layer.key_span(&path),
                };
                layer.fault(span, broken.message).help = broken.help;
            })
            .ok()
    }
}

impl<'de> Deserialize<'de> for SchemaFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PathOrMap;
        impl<'de> Visitor<'de> for PathOrMap {
            type Value = SchemaFile;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("the path of a JSON Schema, or the schema itself")
            }
            fn visit_str<E: Error>(self, path: &str) -> Result<SchemaFile, E> {
                Ok(SchemaFile::Path(path.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SchemaFile, A::Error> {
                Json::deserialize(MapAccessDeserializer::new(map)).map(SchemaFile::Inline)
            }
        }
        deserializer.deserialize_any(PathOrMap)
    }
}
