//! The files that a schema is made of, and who is meant by a `$ref`: never anything outside the project.

use crate::data::limits::Limits;
use crate::data::{typed, yaml};
use crate::schema::{Broken, Files};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// The base of files of the project: `project:/schemas/post.json`.
const PROJECT: &str = "project:/";
/// As many files may refer to each other.
const MOST_FILES: usize = 64;

/// A place in a schema file.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Place {
    /// Which of the files.
    pub(crate) file: usize,
    /// The JSON pointer into it.
    pub(crate) pointer: String,
}

impl Place {
    /// The place below it.
    pub(crate) fn below<S: AsRef<str>>(&self, steps: &[S]) -> Self {
        let mut pointer = self.pointer.clone();
        for step in steps {
            pointer.push('/');
            pointer.push_str(&step.as_ref().replace('~', "~0").replace('/', "~1"));
        }
        Self { file: self.file, pointer }
    }
}

/// What the drafts read differently.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Draft {
    /// Drafts 6 and 7: what stands beside a `$ref` means nothing.
    Seven,
    /// 2019-09, 2020-12, and schemas that don't say.
    Later,
}

struct File {
    name: String,
    json: Json,
    draft: Draft,
    /// Where an `$id` changes the base, by pointer.
    bases: HashMap<String, String>,
}

/// The files read so far, and the names given in them.
pub(crate) struct Resources<'a> {
    read: Files<'a>,
    files: Vec<File>,
    /// Schemas and anchors by their whole address.
    named: HashMap<String, Place>,
}

impl<'a> Resources<'a> {
    pub(crate) fn new(read: Files<'a>) -> Self {
        Self { read, files: Vec::new(), named: HashMap::new() }
    }

    /// Reads a file of the project, for the schema at a pointer or anchor in it.
    pub(crate) fn open(&mut self, path: &str, fragment: &str) -> Result<Place, Broken> {
        let top = self.file(path)?;
        if fragment.is_empty() { Ok(top) } else { self.resolve(&top, &format!("#{fragment}")) }
    }

    fn file(&mut self, path: &str) -> Result<Place, Broken> {
        let address = format!("{PROJECT}{path}");
        if let Some(known) = self.named.get(&address) {
            return Ok(known.clone());
        }
        if self.files.len() >= MOST_FILES {
            return Err(Broken::new(format!("more than {MOST_FILES} files refer to each other")));
        }
        let text = (self.read)(path).map_err(Broken::new)?;
        let json = parse(path, &text)?;
        self.add(path, json)
    }

    /// Takes in a schema that stands nowhere else.
    pub(crate) fn add(&mut self, name: &str, json: Json) -> Result<Place, Broken> {
        let said = json.get("$schema").and_then(Json::as_str).unwrap_or_default();
        let draft = match said {
            _ if said.contains("draft-03") || said.contains("draft-04") => {
                return Err(Broken {
                    message: format!("`{name}` is a JSON Schema of draft 4 or older"),
                    help: Some("drafts 6 to 2020-12 are read: bring it up to date, or drop its `$schema`".into()),
                });
            }
            _ if said.contains("draft-06") || said.contains("draft-07") => Draft::Seven,
            _ => Draft::Later,
        };
        if !matches!(json, Json::Object(_) | Json::Bool(_)) {
            return Err(Broken::new(format!("`{name}` isn't a JSON Schema: it isn't a map of keys")));
        }
        let top = Place { file: self.files.len(), pointer: String::new() };
        let base = format!("{PROJECT}{name}");
        self.named.insert(base.clone(), top.clone());
        self.files.push(File { name: name.to_owned(), json, draft, bases: HashMap::new() });
        self.index(&top, base);
        Ok(top)
    }

    /// Notes all names that a file gives to its schemas.
    fn index(&mut self, top: &Place, base: String) {
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
                    base = join(&base, id);
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
            todo.extend(parts(object).map(|(steps, part)| (part, place.below(&steps), base.clone())));
        }
        self.files[top.file].bases = bases;
        for (address, place) in named {
            self.named.entry(address).or_insert(place);
        }
    }

    /// The place that a `$ref` at `from` leads to.
    pub(crate) fn resolve(&mut self, from: &Place, reference: &str) -> Result<Place, Broken> {
        let base = self.base(from).to_owned();
        let whole = join(&base, reference);
        let (address, fragment) = whole.split_once('#').unwrap_or((&whole, ""));
        let nowhere = || Broken::new(format!("`$ref: {reference}` leads nowhere"));
        let resource = match self.named.get(address) {
            Some(known) => known.clone(),
            None => self.elsewhere(from, address, reference)?,
        };
        let fragment = decoded(fragment);
        if fragment.is_empty() {
            return Ok(resource);
        }
        if !fragment.starts_with('/') {
            return self.named.get(&format!("{address}#{fragment}")).cloned().ok_or_else(nowhere);
        }
        let place = Place { pointer: format!("{}{fragment}", resource.pointer), ..resource };
        if self.json(&place).is_some() { Ok(place) } else { Err(nowhere()) }
    }

    /// A resource that isn't known yet: a file of the project, also where an `$id` says that it is on the net.
    fn elsewhere(&mut self, from: &Place, address: &str, reference: &str) -> Result<Place, Broken> {
        if let Some(path) = address.strip_prefix(PROJECT) {
            return self.file(path);
        }
        let is_relative = !crate::url::has_scheme(reference) && !reference.starts_with("//");
        if is_relative {
            let own = format!("{PROJECT}{}", self.files[from.file].name);
            let whole = join(&own, reference);
            let path = whole.split('#').next().unwrap_or_default();
            return self.file(path.strip_prefix(PROJECT).unwrap_or(path));
        }
        Err(Broken {
            message: format!("`$ref: {reference}` is on the net, where matterlint doesn't go"),
            help: Some("put that schema into the repository, and refer to it by its path".into()),
        })
    }

    fn base(&self, place: &Place) -> &str {
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

    /// What stands at a place.
    pub(crate) fn json(&self, place: &Place) -> Option<&Json> {
        self.files[place.file].json.pointer(&place.pointer)
    }

    pub(crate) fn draft(&self, place: &Place) -> Draft {
        self.files[place.file].draft
    }

    /// A place as a message shows it: `post.json#/properties/title`.
    pub(crate) fn shown(&self, place: &Place) -> String {
        let name = &self.files[place.file].name;
        if place.pointer.is_empty() { name.clone() } else { format!("{name}#{}", place.pointer) }
    }
}

/// Reads a schema file: JSON, or YAML by its name.
fn parse(path: &str, text: &str) -> Result<Json, Broken> {
    if path.ends_with(".yaml") || path.ends_with(".yml") {
        let is_read = yaml::parse(text, 0, Limits::ProjectFile).1.is_empty();
        let json = is_read.then(|| typed::from_yaml::<Json>(text).ok()).flatten();
        return json.ok_or_else(|| Broken::new(format!("`{path}` can't be read as YAML")));
    }
    // The reader stops at 128 levels, and so does all that walks a schema.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).map_err(|error| Broken::new(format!("`{path}` can't be read as JSON: {error}")))
}

/// The schemas directly below a schema, with the steps that lead there. What stands in `enum`, `const` or `default` is
/// a value, whatever it looks like.
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
fn join(base: &str, reference: &str) -> String {
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

/// A fragment without its percent signs.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
