//! The JSON Schemas that Astro writes for its content collections: `.astro/collections/NAME.schema.json`.
//!
//! The facts are from astro's `packages/astro/src/content/types-generator.ts`: they are made of the zod schemas by
//! zod-to-json-schema, which can't say that `z.coerce.date()` takes whatever JavaScript reads as a date, nor that keys a
//! schema doesn't know are dropped without a word unless it is strict (withastro/astro#12404).

use crate::config::borrowed::model::Borrowed;
use crate::fs::{EntryKind, ProjectFiles};
use serde_json::{Value as Json, json};

const FOLDER: &str = ".astro/collections";

pub(super) fn read(project: &ProjectFiles) -> Result<Vec<Borrowed>, String> {
    let mut all = Vec::new();
    let mut names = project.names(FOLDER, EntryKind::File).unwrap_or_default();
    names.sort();
    for file in names {
        let Some(name) = file.strip_suffix(".schema.json") else { continue };
        let path = format!("{FOLDER}/{file}");
        let mut schema: Json = serde_json::from_str(&project.read(&path)?)
            .map_err(|error| format!("cannot parse `{path}` as JSON: {error}"))?;
        any_date(&mut schema);
        // A file whose name begins with `_` is none of the collection's.
        let files = vec![format!("src/content/{name}/**/[!_]*.{{md,mdx}}")];
        all.push(Borrowed { name: path, files, schema, open: true });
    }
    if all.is_empty() {
        return Err(format!("no schemas in `{FOLDER}`; run `astro sync` to generate them"));
    }
    Ok(all)
}

/// Takes out the formats of dates, wherever they stand.
fn any_date(schema: &mut Json) {
    let mut todo = vec![schema];
    while let Some(json) = todo.pop() {
        match json {
            Json::Object(map) => {
                if map.get("type") == Some(&json!("string"))
                    && matches!(map.get("format").and_then(Json::as_str), Some("date" | "date-time"))
                {
                    map.insert("format".into(), json!("any-date"));
                }
                todo.extend(map.values_mut());
            }
            Json::Array(list) => todo.extend(list),
            _ => {}
        }
    }
}
