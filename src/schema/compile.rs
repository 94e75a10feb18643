//! JSON → keywords, each schema once however often it is referenced.

use crate::schema::cycles;
use crate::schema::format::Format;
use crate::schema::keyword::{JsonType, Keyword, Node, NodeId};
use crate::schema::pattern::Pattern;
use crate::schema::resources::{Draft, RefResolver, SchemaLocation};
use crate::schema::types::{Schema, SchemaError};
use crate::text::similarity;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, HashMap};

/// The maximum number of subschemas.
const MAX_SUBSCHEMAS: usize = 20_000;

/// Compiles the schema at `start`.
pub(crate) fn compile(name: &str, resources: RefResolver, start: SchemaLocation) -> Result<Schema, SchemaError> {
    let mut compiler = Compiler { resources, nodes: Vec::new(), known: HashMap::new(), todo: Vec::new() };
    let root = compiler.node(start);
    while let Some((id, place)) = compiler.todo.pop() {
        if compiler.nodes.len() > MAX_SUBSCHEMAS {
            return Err(SchemaError::new(format!("`{name}` contains more than {MAX_SUBSCHEMAS} subschemas")));
        }
        compiler.nodes[id] = compiler.read(&place)?;
    }
    let nodes = compiler.nodes;
    cycles::reject_cycles(&nodes)?;
    Ok(Schema { name: name.to_owned(), nodes, root, open: false })
}

struct Compiler<'a> {
    resources: RefResolver<'a>,
    nodes: Vec<Node>,
    known: HashMap<SchemaLocation, NodeId>,
    todo: Vec<(NodeId, SchemaLocation)>,
}

impl Compiler<'_> {
    /// The node of the schema at a location, to be compiled later.
    fn node(&mut self, place: SchemaLocation) -> NodeId {
        if let Some(id) = self.known.get(&place) {
            return *id;
        }
        let id = self.nodes.len();
        self.nodes.push(Node::default());
        self.known.insert(place.clone(), id);
        self.todo.push((id, place));
        id
    }

    fn read(&mut self, place: &SchemaLocation) -> Result<Node, SchemaError> {
        let at = self.resources.display(place);
        // Cloned, because compiling it may load further files.
        let json = self.resources.json(place).cloned().unwrap_or(Json::Null);
        let keywords = match &json {
            Json::Bool(true) => Vec::new(),
            Json::Bool(false) => vec![Keyword::Never],
            Json::Object(object) => self.keywords(place, object, &at)?,
            _ => return Err(SchemaError::new(format!("`{at}` must be a schema: an object or a boolean"))),
        };
        let declared = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
        Ok(Node { at, keywords, message: declared("patternErrorMessage").or_else(|| declared("errorMessage")) })
    }

    fn keywords(
        &mut self,
        place: &SchemaLocation,
        object: &Map<String, Json>,
        at: &str,
    ) -> Result<Vec<Keyword>, SchemaError> {
        if let Some(reference) = object.get("$ref")
            && self.resources.draft(place) == Draft::Seven
        {
            return Ok(vec![self.reference(place, reference, at)?]);
        }
        let mut keywords = Vec::new();
        for (word, value) in object {
            let value = KeywordValue { at, word, value };
            match value.assertion()? {
                Some(keyword) => keywords.push(keyword),
                None => keywords.extend(self.applicator(place, object, &value)?),
            }
        }
        keywords.extend(self.properties(place, object, at)?);
        keywords.extend(self.items(place, object, at)?);
        // Keywords about the unevaluated rest of a value come last.
        keywords
            .sort_by_key(|keyword| matches!(keyword, Keyword::UnevaluatedProperties(_) | Keyword::UnevaluatedItems(_)));
        Ok(keywords)
    }

    /// The keywords of one word whose value is a schema or holds schemas; none for an unknown word.
    fn applicator(
        &mut self,
        place: &SchemaLocation,
        object: &Map<String, Json>,
        value: &KeywordValue,
    ) -> Result<Vec<Keyword>, SchemaError> {
        let word = value.word;
        let keyword = match word {
            "$ref" | "$dynamicRef" | "$recursiveRef" => self.reference(place, value.value, value.at)?,
            "propertyNames" => Keyword::PropertyNames(self.part(place, &[word])),
            "dependentSchemas" => Keyword::DependentSchemas(self.parts_by_key(place, value)?),
            "dependencies" => return self.dependencies(place, value),
            "allOf" => Keyword::AllOf(self.parts_in_order(place, value)?),
            "anyOf" => Keyword::AnyOf(self.parts_in_order(place, value)?),
            "oneOf" => Keyword::OneOf(self.parts_in_order(place, value)?),
            "not" => Keyword::Not(self.part(place, &[word])),
            "if" => {
                let mut branch = |key: &str| object.contains_key(key).then(|| self.part(place, &[key]));
                let (then, otherwise) = (branch("then"), branch("else"));
                Keyword::If { test: self.part(place, &[word]), then, otherwise }
            }
            "contains" => {
                let bound = |word: &str| {
                    object.get(word).map(|limit| KeywordValue { at: value.at, word, value: limit }.count()).transpose()
                };
                let (min, max) = (bound("minContains")?.unwrap_or(1), bound("maxContains")?);
                Keyword::Contains { schema: self.part(place, &[word]), min, max }
            }
            "unevaluatedProperties" => Keyword::UnevaluatedProperties(self.part(place, &[word])),
            "unevaluatedItems" => Keyword::UnevaluatedItems(self.part(place, &[word])),
            _ => return Ok(Vec::new()),
        };
        Ok(vec![keyword])
    }

    /// `dependencies`, which drafts after 7 split in two.
    fn dependencies(&mut self, place: &SchemaLocation, value: &KeywordValue) -> Result<Vec<Keyword>, SchemaError> {
        let (lists, schemas): (Vec<_>, Vec<_>) = value.map()?.iter().partition(|(_, on)| on.is_array());
        let lists = lists.into_iter().map(|(key, keys)| Ok((key.clone(), value.texts(keys)?)));
        let lists = Keyword::DependentRequired(lists.collect::<Result<_, SchemaError>>()?);
        let schemas = schemas.into_iter().map(|(key, _)| (key.clone(), self.part(place, &[value.word, key])));
        Ok(vec![lists, Keyword::DependentSchemas(schemas.collect())])
    }

    fn reference(&mut self, place: &SchemaLocation, value: &Json, at: &str) -> Result<Keyword, SchemaError> {
        let text = value.as_str().ok_or_else(|| SchemaError::new(format!("`{at}`: `$ref` must be a string")))?;
        let target = self.resources.resolve(place, text).map_err(|mut schema_error| {
            schema_error.message = format!("`{at}`: {}", schema_error.message);
            schema_error
        })?;
        Ok(Keyword::Ref(self.node(target)))
    }

    fn part(&mut self, place: &SchemaLocation, steps: &[&str]) -> NodeId {
        self.node(place.join(steps))
    }

    fn parts_by_key(
        &mut self,
        place: &SchemaLocation,
        reading: &KeywordValue,
    ) -> Result<BTreeMap<String, NodeId>, SchemaError> {
        let keys = reading.map()?.keys();
        Ok(keys.map(|key| (key.clone(), self.part(place, &[reading.word, key]))).collect())
    }

    fn parts_in_order(&mut self, place: &SchemaLocation, reading: &KeywordValue) -> Result<Vec<NodeId>, SchemaError> {
        let count = reading.value.as_array().ok_or_else(|| reading.expected("an array of schemas"))?.len();
        Ok((0..count).map(|index| self.part(place, &[reading.word, &index.to_string()])).collect())
    }

    /// `properties`, `patternProperties` and `additionalProperties`, which share out the keys of a map.
    fn properties(
        &mut self,
        place: &SchemaLocation,
        object: &Map<String, Json>,
        at: &str,
    ) -> Result<Option<Keyword>, SchemaError> {
        let reading = |word: &'static str| object.get(word).map(|value| KeywordValue { at, word, value });
        let (named, patterns) = (reading("properties"), reading("patternProperties"));
        let rest = object.contains_key("additionalProperties").then(|| self.part(place, &["additionalProperties"]));
        if named.is_none() && patterns.is_none() && rest.is_none() {
            return Ok(None);
        }
        let named = named.map(|reading| self.parts_by_key(place, &reading)).transpose()?.unwrap_or_default();
        let mut compiled = Vec::new();
        if let Some(reading) = patterns {
            for pattern in reading.map()?.keys() {
                compiled.push((reading.pattern(pattern)?, self.part(place, &[reading.word, pattern])));
            }
        }
        Ok(Some(Keyword::Properties { named, patterns: compiled, rest }))
    }

    /// `prefixItems` with `items`, or as before 2020 `items` as a list with `additionalItems`.
    fn items(
        &mut self,
        place: &SchemaLocation,
        object: &Map<String, Json>,
        at: &str,
    ) -> Result<Option<Keyword>, SchemaError> {
        let is_list = object.get("items").is_some_and(Json::is_array);
        let (prefix, rest) = if is_list { ("items", "additionalItems") } else { ("prefixItems", "items") };
        let first = match object.get(prefix) {
            Some(value) => self.parts_in_order(place, &KeywordValue { at, word: prefix, value })?,
            None => Vec::new(),
        };
        let rest = object.contains_key(rest).then(|| self.part(place, &[rest]));
        Ok((rest.is_some() || !first.is_empty()).then_some(Keyword::Items { first, rest }))
    }
}

/// The value of a keyword and where it is.
struct KeywordValue<'a> {
    at: &'a str,
    word: &'a str,
    value: &'a Json,
}

impl KeywordValue<'_> {
    /// The keyword, if it constrains a value by itself, without a further schema.
    fn assertion(&self) -> Result<Option<Keyword>, SchemaError> {
        Ok(Some(match self.word {
            "type" => Keyword::Type(self.types()?),
            "enum" => Keyword::Enum(self.value.as_array().ok_or_else(|| self.expected("an array"))?.clone()),
            "const" => Keyword::Enum(vec![self.value.clone()]),
            "minimum" => Keyword::Minimum { limit: self.number()?, exclusive: false },
            "exclusiveMinimum" => Keyword::Minimum { limit: self.number()?, exclusive: true },
            "maximum" => Keyword::Maximum { limit: self.number()?, exclusive: false },
            "exclusiveMaximum" => Keyword::Maximum { limit: self.number()?, exclusive: true },
            "multipleOf" => match self.number()? {
                step if step > 0.0 => Keyword::MultipleOf(step),
                _ => return Err(self.expected("a number greater than 0")),
            },
            "minLength" => Keyword::MinLength(self.count()?),
            "maxLength" => Keyword::MaxLength(self.count()?),
            "pattern" => Keyword::Pattern(self.pattern(self.text()?)?),
            "format" => return Ok(Format::from_name(self.text()?).map(Keyword::Format)),
            "minItems" => Keyword::MinItems(self.count()?),
            "maxItems" => Keyword::MaxItems(self.count()?),
            "uniqueItems" if self.value.as_bool() == Some(true) => Keyword::UniqueItems,
            "minProperties" => Keyword::MinProperties(self.count()?),
            "maxProperties" => Keyword::MaxProperties(self.count()?),
            "required" => Keyword::Required(self.texts(self.value)?),
            "dependentRequired" => {
                let entries = self.map()?.iter().map(|(key, keys)| Ok((key.clone(), self.texts(keys)?)));
                Keyword::DependentRequired(entries.collect::<Result<_, SchemaError>>()?)
            }
            _ => return Ok(None),
        }))
    }

    fn expected(&self, what: &str) -> SchemaError {
        SchemaError::new(format!("`{}`: `{}` must be {what}", self.at, self.word))
    }

    fn text(&self) -> Result<&str, SchemaError> {
        self.value.as_str().ok_or_else(|| self.expected("a string"))
    }

    fn number(&self) -> Result<f64, SchemaError> {
        self.value.as_f64().ok_or_else(|| self.expected("a number"))
    }

    /// A count; `2.0` is one too.
    fn count(&self) -> Result<usize, SchemaError> {
        let number = self.value.as_f64().filter(|number| *number >= 0.0 && number.fract() == 0.0);
        number.map(|number| number as usize).ok_or_else(|| self.expected("a non-negative integer"))
    }

    fn map(&self) -> Result<&Map<String, Json>, SchemaError> {
        self.value.as_object().ok_or_else(|| self.expected("an object"))
    }

    fn texts(&self, value: &Json) -> Result<Vec<String>, SchemaError> {
        let texts =
            value.as_array().and_then(|list| list.iter().map(|item| item.as_str().map(str::to_owned)).collect());
        texts.ok_or_else(|| self.expected("an array of strings"))
    }

    fn pattern(&self, source: &str) -> Result<Pattern, SchemaError> {
        Pattern::new(source).map_err(|message| SchemaError::new(format!("`{}`: {message}", self.at)))
    }

    fn types(&self) -> Result<Vec<JsonType>, SchemaError> {
        let words = match self.value {
            Json::String(word) => vec![word.clone()],
            _ => self.texts(self.value)?,
        };
        let named = |word: &String| {
            let known = || JsonType::NAMES.iter().map(|(word, _)| *word);
            let near = similarity::nearest(word, known());
            JsonType::NAMES.iter().find(|(known, _)| known == word).map(|(_, kind)| *kind).ok_or_else(|| SchemaError {
                message: similarity::with_suggestion(format!("`{}`: unknown type `{word}`", self.at), near),
                help: near.is_none().then(|| format!("expected one of {}", known().collect::<Vec<_>>().join(", "))),
            })
        };
        words.iter().map(named).collect()
    }
}
