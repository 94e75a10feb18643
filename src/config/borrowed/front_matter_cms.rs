//! Content types of Front Matter CMS, the extension of VS Code: `frontmatter.json`.
//!
//! The facts are from <https://frontmatter.codes/docs/content-creation/fields>,
//! <https://frontmatter.codes/docs/content-creation/content-types> and estruyf/vscode-front-matter#639: a field is
//! required only where it says so; a page's type is its `fmContentType` or `type`, else the only one of its folder, else
//! `default`.

use crate::config::borrowed::model::{Borrowed, Field, any_date, choices, is_true, list, map_of, one_of, text};
use crate::fs::ProjectFiles;
use serde_json::{Value as Json, json};

const FILE: &str = "frontmatter.json";

pub(super) fn read(project: &ProjectFiles) -> Result<Vec<Borrowed>, String> {
    let config: Json = serde_json::from_str(&project.read(FILE)?)
        .map_err(|error| format!("cannot parse `{FILE}` as JSON: {error}"))?;
    let setting = |name: &str| config.get(format!("frontMatter.{name}")).cloned().unwrap_or_default();
    let types = json!({ "types": setting("taxonomy.contentTypes") });
    let folders = json!({ "folders": setting("content.pageFolders") });
    let types: Vec<(&str, Json)> =
        list(&types, "types").filter_map(|of| Some((text(of, "name")?, map_of(fields(of))))).collect();
    let mut all = Vec::new();
    for folder in list(&folders, "folders") {
        let Some(path) = text(folder, "path") else { continue };
        let path = path.replace("[[workspace]]", "");
        let path = path.trim_start_matches("./").trim_matches('/');
        if path.contains(['{', '*', '[']) {
            continue;
        }
        let deep = if is_true(folder, "excludeSubdir") { "" } else { "**/" };
        let start = if path.is_empty() { String::new() } else { format!("{path}/") };
        let files = vec![format!("{start}{deep}[!_]*.{{md,mdx,markdown}}")];
        let own: Vec<&str> = list(folder, "contentTypes").filter_map(Json::as_str).collect();
        let schema = of_folder(&types, if let [only] = own[..] { only } else { "default" });
        all.push(Borrowed { name: format!("{FILE}#{path}"), files, schema, open: true });
    }
    // The deeper folder knows its pages better.
    all.sort_by_key(|one| std::cmp::Reverse(one.files[0].matches('/').count()));
    Ok(all)
}

/// The types of a folder's pages: the type that each names, else `usual`.
fn of_folder(types: &[(&str, Json)], usual: &str) -> Json {
    let usual = types.iter().find(|(name, _)| *name == usual).map_or(json!(true), |(_, schema)| schema.clone());
    types.iter().fold(usual, |otherwise, (name, schema)| {
        let named = |key: &str| json!({ "required": [key], "properties": { key: { "const": name } } });
        json!({ "if": { "anyOf": [named("fmContentType"), named("type")] }, "then": schema, "else": otherwise })
    })
}

fn fields(of: &Json) -> Vec<Field> {
    list(of, "fields").filter_map(field).collect()
}

fn field(field: &Json) -> Option<Field> {
    let several = is_true(field, "multiple");
    let list_or_text = || json!({ "type": ["string", "array"] });
    let schema = match text(field, "type")? {
        // A heading or a line in the form holds nothing.
        "divider" | "heading" => return None,
        "string" | "slug" => json!({ "type": "string" }),
        "number" => json!({ "type": "number" }),
        "boolean" => json!({ "type": "boolean" }),
        "datetime" => any_date(),
        "choice" => one_of(choices(field, "choices", "id"), several),
        "tags" | "categories" | "taxonomy" | "list" => list_or_text(),
        "image" | "file" if several => list_or_text(),
        "image" | "file" => json!({ "type": "string" }),
        "fields" if field.get("fields").is_some() => map_of(fields(field)),
        _ => json!(true),
    };
    Some(Field { name: text(field, "name")?.to_owned(), schema, required: is_true(field, "required") })
}
