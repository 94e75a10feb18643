//! The files of a schema and the targets of its `$ref`s: never anything outside the project.

use crate::data::limits::Limits;
use crate::data::{typed, yaml};
use crate::schema::types::{Files, SchemaError};
use crate::text::percent;
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// The base URI of files of the project: `project:/schemas/post.json`.
const PROJECT: &str = "project:/";
/// The maximum number of files that refer to each other.
const MAX_FILES: usize = 64;

/// A location in a schema file.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct SchemaLocation {
    /// Which of the files.
    pub(crate) file: usize,
    /// The JSON pointer within the file.
    pub(crate) pointer: String,
}

impl SchemaLocation {
    /// The place below it.
    pub(crate) fn join<S: AsRef<str>>(&self, steps: &[S]) -> Self {
        let mut pointer = self.pointer.clone();
        for step in steps {
            pointer.push('/');
            pointer.push_str(&step.as_ref().replace('~', "~0").replace('/', "~1"));
        }
        Self { file: self.file, pointer }
    }
}

/// Differences between the drafts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Draft {
    /// Drafts 6 and 7: keywords next to a `$ref` are ignored.
    Seven,
    /// 2019-09, 2020-12, and schemas without a `$schema`.
    Later,
}

struct File {
    name: String,
    json: Json,
    draft: Draft,
    /// Where an `$id` changes the base, by pointer.
    bases: HashMap<String, String>,
}

/// The files loaded so far, and the names defined in them.
pub(crate) struct RefResolver<'a> {
    read: Files<'a>,
    files: Vec<File>,
    /// Schemas and anchors by their absolute URI.
    named: HashMap<String, SchemaLocation>,
}

impl<'a> RefResolver<'a> {
    pub(crate) fn new(read: Files<'a>) -> Self {
        Self { read, files: Vec::new(), named: HashMap::new() }
    }

    /// Loads a file of the project, for the schema at a pointer or anchor in it.
    pub(crate) fn open(&mut self, path: &str, fragment: &str) -> Result<SchemaLocation, SchemaError> {
        let top = self.file(path)?;
        if fragment.is_empty() { Ok(top) } else { self.resolve(&top, &format!("#{fragment}")) }
    }

    fn file(&mut self, path: &str) -> Result<SchemaLocation, SchemaError> {
        let address = format!("{PROJECT}{path}");
        if let Some(known) = self.named.get(&address) {
            return Ok(known.clone());
        }
        if self.files.len() >= MAX_FILES {
            return Err(SchemaError::new(format!("schemas refer to more than {MAX_FILES} files")));
        }
        let text = (self.read)(path).map_err(SchemaError::new)?;
        let json = parse(path, &text)?;
        self.add(path, json)
    }

    /// Adds a schema that isn't in a file of its own.
    pub(crate) fn add(&mut self, name: &str, json: Json) -> Result<SchemaLocation, SchemaError> {
        let declared = json.get("$schema").and_then(Json::as_str).unwrap_or_default();
        let draft = match declared {
            _ if declared.contains("draft-03") || declared.contains("draft-04") => {
                return Err(SchemaError {
                    message: format!("`{name}` uses JSON Schema draft 4 or older"),
                    help: Some("drafts 6 to 2020-12 are supported: update the schema, or remove its `$schema`".into()),
                });
            }
            _ if declared.contains("draft-06") || declared.contains("draft-07") => Draft::Seven,
            _ => Draft::Later,
        };
        if !matches!(json, Json::Object(_) | Json::Bool(_)) {
            return Err(SchemaError::new(format!("`{name}` is not a JSON Schema: expected an object")));
        }
        let top = SchemaLocation { file: self.files.len(), pointer: String::new() };
        let base = format!("{PROJECT}{name}");
        self.named.insert(base.clone(), top.clone());
        self.files.push(File { name: name.to_owned(), json, draft, bases: HashMap::new() });
        self.index(&top, base);
        Ok(top)
    }

    /// Records all names that a file gives to its schemas.
    fn index(&mut self, top: &SchemaLocation, base: String) {
        let mut bases = HashMap::new();
        let mut named = Vec::new();
        let mut todo = vec![(&self.files[top.file].json, top.clone(), base)];
        while let Some((json, place, mut base)) = todo.pop() {
            let Some(object) = json.as_object() else { continue };
            let text = |key: &str| object.get(key).and_then(Json::as_str);
            let is_bare_ref = self.files[top.file].draft == Draft::Seven && object.contains_key("$ref");
            if let Some(id) = text("$id").filter(|_| !is_bare_ref) {
                let (id, anchor) = id.split_once('#').unwrap_or((id, ""));
                if !id.is_empty() {
                    base = resolve_uri(&base, id);
                    named.push((base.clone(), place.clone()));
                    bases.insert(place.pointer.clone(), base.clone());
                }
                if !anchor.is_empty() {
                    named.push((format!("{base}#{anchor}"), place.clone()));
                }
            } else if place.pointer.is_empty() {
                bases.insert(String::new(), base.clone());
            }
            for anchor in [text("$anchor"), text("$dynamicAnchor")].into_iter().flatten() {
                named.push((format!("{base}#{anchor}"), place.clone()));
            }
            todo.extend(parts(object).map(|(steps, part)| (part, place.join(&steps), base.clone())));
        }
        self.files[top.file].bases = bases;
        for (address, place) in named {
            self.named.entry(address).or_insert(place);
        }
    }

    /// The location that a `$ref` at `from` refers to.
    pub(crate) fn resolve(&mut self, from: &SchemaLocation, reference: &str) -> Result<SchemaLocation, SchemaError> {
        let base = self.base(from).to_owned();
        let whole = resolve_uri(&base, reference);
        let (address, fragment) = whole.split_once('#').unwrap_or((&whole, ""));
        let nowhere = || SchemaError::new(format!("`$ref: {reference}` cannot be resolved"));
        let resource = match self.named.get(address) {
            Some(known) => known.clone(),
            None => self.load_external(from, address, reference)?,
        };
        let fragment = percent::decode_lossy(fragment);
        if fragment.is_empty() {
            return Ok(resource);
        }
        if !fragment.starts_with('/') {
            return self.named.get(&format!("{address}#{fragment}")).cloned().ok_or_else(nowhere);
        }
        let place = SchemaLocation { pointer: format!("{}{fragment}", resource.pointer), ..resource };
        if self.json(&place).is_some() { Ok(place) } else { Err(nowhere()) }
    }

    /// An unknown resource: a file of the project, also if an `$id` says that it is on the web.
    fn load_external(
        &mut self,
        from: &SchemaLocation,
        address: &str,
        reference: &str,
    ) -> Result<SchemaLocation, SchemaError> {
        if let Some(path) = address.strip_prefix(PROJECT) {
            return self.file(path);
        }
        let is_relative = !crate::url::has_scheme(reference) && !reference.starts_with("//");
        if is_relative {
            let own = format!("{PROJECT}{}", self.files[from.file].name);
            let whole = resolve_uri(&own, reference);
            let path = whole.split('#').next().unwrap_or_default();
            return self.file(path.strip_prefix(PROJECT).unwrap_or(path));
        }
        Err(SchemaError {
            message: format!("`$ref: {reference}` is remote; matterlint does not access the network"),
            help: Some("add the schema to the repository and refer to it by path".into()),
        })
    }

    fn base(&self, place: &SchemaLocation) -> &str {
        let file = &self.files[place.file];
        let mut pointer = place.pointer.as_str();
        loop {
            if let Some(base) = file.bases.get(pointer) {
                return base;
            }
            match pointer.rfind('/') {
                Some(end) => pointer = &pointer[..end],
                None => return "",
            }
        }
    }

    /// The value at a place.
    pub(crate) fn json(&self, place: &SchemaLocation) -> Option<&Json> {
        self.files[place.file].json.pointer(&place.pointer)
    }

    pub(crate) fn draft(&self, place: &SchemaLocation) -> Draft {
        self.files[place.file].draft
    }

    /// A location for messages: `post.json#/properties/title`.
    pub(crate) fn display(&self, place: &SchemaLocation) -> String {
        let name = &self.files[place.file].name;
        if place.pointer.is_empty() { name.clone() } else { format!("{name}#{}", place.pointer) }
    }
}

/// Parses a schema file: JSON, or YAML by its extension.
fn parse(path: &str, text: &str) -> Result<Json, SchemaError> {
    if path.ends_with(".yaml") || path.ends_with(".yml") {
        let is_read = yaml::parse(text, 0, Limits::ProjectFile).1.is_empty();
        let json = is_read.then(|| typed::from_yaml::<Json>(text).ok()).flatten();
        return json.ok_or_else(|| SchemaError::new(format!("cannot parse `{path}` as YAML")));
    }
    // The parser stops at 128 levels, and so does everything that walks a schema.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).map_err(|error| SchemaError::new(format!("cannot parse `{path}` as JSON: {error}")))
}

/// The direct subschemas of a schema, with the path to each. The contents of `enum`, `const` and `default` are values,
/// whatever they look like.
fn parts(object: &Map<String, Json>) -> impl Iterator<Item = (Vec<String>, &Json)> {
    object.iter().flat_map(|(key, value)| {
        let key = key.as_str();
        let parts: Vec<(Vec<String>, &Json)> = match (key, value) {
            (
                "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" | "dependencies",
                Json::Object(map),
            ) => map.iter().map(|(name, schema)| (vec![key.to_owned(), name.clone()], schema)).collect(),
            ("allOf" | "anyOf" | "oneOf" | "prefixItems" | "items", Json::Array(list)) => list
                .iter()
                .enumerate()
                .map(|(index, schema)| (vec![key.to_owned(), index.to_string()], schema))
                .collect(),
            (
                "additionalProperties"
                | "propertyNames"
                | "not"
                | "if"
                | "then"
                | "else"
                | "items"
                | "contains"
                | "additionalItems"
                | "unevaluatedProperties"
                | "unevaluatedItems",
                schema,
            ) => vec![(vec![key.to_owned()], schema)],
            _ => Vec::new(),
        };
        parts
    })
}

/// `reference` as seen from `base`, after RFC 3986.
fn resolve_uri(base: &str, reference: &str) -> String {
    if crate::url::has_scheme(reference) {
        return reference.to_owned();
    }
    let base = base.split('#').next().unwrap_or(base);
    if reference.is_empty() || reference.starts_with('#') {
        return format!("{base}{reference}");
    }
    let scheme_end = base.find(':').map_or(0, |at| at + 1);
    let authority_end = match base[scheme_end..].strip_prefix("//") {
        Some(rest) => scheme_end + 2 + rest.find('/').unwrap_or(rest.len()),
        None => scheme_end,
    };
    let (path, fragment) = reference.split_once('#').map_or((reference, None), |(path, rest)| (path, Some(rest)));
    let path = if let Some(rest) = path.strip_prefix("//") {
        return format!("{}//{rest}", &base[..scheme_end]);
    } else if path.starts_with('/') {
        path.to_owned()
    } else {
        let folder = &base[authority_end..];
        format!("{}/{path}", folder.rfind('/').map_or("", |end| &folder[..end]))
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    format!("{}/{}{fragment}", &base[..authority_end], parts.join("/"))
}
