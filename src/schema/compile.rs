//! JSON → keywords, each schema once however often it is referred to.

use crate::schema::format::Format;
use crate::schema::keyword::{JsonType, Keyword, Node, NodeId};
use crate::schema::pattern::Pattern;
use crate::schema::resources::{Draft, RefResolver, SchemaLocation};
use crate::schema::{Schema, SchemaError, cycles};
use crate::text::similarity;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, HashMap};

/// As many schemas may make up one.
const MAX_SUBSCHEMAS: usize = 20_000;

/// Makes the schema at `start` ready.
pub(crate) fn compile(name: &str, resources: RefResolver, start: SchemaLocation) -> Result<Schema, SchemaError> {
    let mut compiler = Compiler { resources, nodes: Vec::new(), known: HashMap::new(), todo: Vec::new() };
    let root = compiler.node(start);
    while let Some((id, place)) = compiler.todo.pop() {
        if compiler.nodes.len() > MAX_SUBSCHEMAS {
            return Err(SchemaError::new(format!("`{name}` is made of more than {MAX_SUBSCHEMAS} schemas")));
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
    /// The node of the schema at a place, to be read later.
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
        // Cut out of the tree, because reading it may bring in further files.
        let json = self.resources.json(place).cloned().unwrap_or(Json::Null);
        let keywords = match &json {
            Json::Bool(true) => Vec::new(),
            Json::Bool(false) => vec![Keyword::Never],
            Json::Object(object) => self.keywords(place, object, &at)?,
            _ => return Err(SchemaError::new(format!("`{at}` should be a schema, a map of keywords"))),
        };
        let said = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
        Ok(Node { at, keywords, message: said("patternErrorMessage").or_else(|| said("errorMessage")) })
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
            let reading = KeywordValue { at, word, value };
            let keyword = match word.as_str() {
                "$ref" | "$dynamicRef" | "$recursiveRef" => self.reference(place, value, at)?,
                "type" => Keyword::Type(reading.types()?),
                "enum" => Keyword::Enum(value.as_array().ok_or_else(|| reading.expected("a list"))?.clone()),
                "const" => Keyword::Enum(vec![value.clone()]),
                "minimum" => Keyword::Minimum { limit: reading.number()?, exclusive: false },
                "exclusiveMinimum" => Keyword::Minimum { limit: reading.number()?, exclusive: true },
                "maximum" => Keyword::Maximum { limit: reading.number()?, exclusive: false },
                "exclusiveMaximum" => Keyword::Maximum { limit: reading.number()?, exclusive: true },
                "multipleOf" => match reading.number()? {
                    step if step > 0.0 => Keyword::MultipleOf(step),
                    _ => return Err(reading.expected("a number above 0")),
                },
                "minLength" => Keyword::MinLength(reading.count()?),
                "maxLength" => Keyword::MaxLength(reading.count()?),
                "pattern" => Keyword::Pattern(reading.pattern(reading.text()?)?),
                "format" => match Format::from_name(reading.text()?) {
                    Some(format) => Keyword::Format(format),
                    None => continue,
                },
                "minItems" => Keyword::MinItems(reading.count()?),
                "maxItems" => Keyword::MaxItems(reading.count()?),
                "uniqueItems" if value.as_bool() == Some(true) => Keyword::UniqueItems,
                "minProperties" => Keyword::MinProperties(reading.count()?),
                "maxProperties" => Keyword::MaxProperties(reading.count()?),
                "required" => Keyword::Required(reading.texts(value)?),
                "propertyNames" => Keyword::PropertyNames(self.part(place, &[word])),
                "dependentRequired" => {
                    let entries = reading.map()?.iter().map(|(key, keys)| Ok((key.clone(), reading.texts(keys)?)));
                    Keyword::DependentRequired(entries.collect::<Result<_, SchemaError>>()?)
                }
                "dependentSchemas" => Keyword::DependentSchemas(self.parts_by_key(place, &reading)?),
                "dependencies" => {
                    let (lists, schemas): (Vec<_>, Vec<_>) = reading.map()?.iter().partition(|(_, on)| on.is_array());
                    let lists = lists.into_iter().map(|(key, keys)| Ok((key.clone(), reading.texts(keys)?)));
                    keywords.push(Keyword::DependentRequired(lists.collect::<Result<_, SchemaError>>()?));
                    let schemas = schemas.into_iter().map(|(key, _)| (key.clone(), self.part(place, &[word, key])));
                    Keyword::DependentSchemas(schemas.collect())
                }
                "allOf" => Keyword::AllOf(self.parts_in_order(place, &reading)?),
                "anyOf" => Keyword::AnyOf(self.parts_in_order(place, &reading)?),
                "oneOf" => Keyword::OneOf(self.parts_in_order(place, &reading)?),
                "not" => Keyword::Not(self.part(place, &[word])),
                "if" => {
                    let mut branch = |key: &str| object.contains_key(key).then(|| self.part(place, &[key]));
                    let (then, otherwise) = (branch("then"), branch("else"));
                    Keyword::If { test: self.part(place, &[word]), then, otherwise }
                }
                "contains" => {
                    let bound =
                        |word: &str| object.get(word).map(|value| KeywordValue { at, word, value }.count()).transpose();
                    let (min, max) = (bound("minContains")?.unwrap_or(1), bound("maxContains")?);
                    Keyword::Contains { schema: self.part(place, &[word]), min, max }
                }
                "unevaluatedProperties" => Keyword::UnevaluatedProperties(self.part(place, &[word])),
                "unevaluatedItems" => Keyword::UnevaluatedItems(self.part(place, &[word])),
                _ => continue,
            };
            keywords.push(keyword);
        }
        keywords.extend(self.properties(place, object, at)?);
        keywords.extend(self.items(place, object, at)?);
        // What asks about the rest of a value comes after what it is the rest of.
        keywords
            .sort_by_key(|keyword| matches!(keyword, Keyword::UnevaluatedProperties(_) | Keyword::UnevaluatedItems(_)));
        Ok(keywords)
    }

    fn reference(&mut self, place: &SchemaLocation, value: &Json, at: &str) -> Result<Keyword, SchemaError> {
        let text = value.as_str().ok_or_else(|| SchemaError::new(format!("`{at}`: `$ref` should be a text")))?;
        let target = self.resources.resolve(place, text).map_err(|mut broken| {
            broken.message = format!("`{at}`: {}", broken.message);
            broken
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
        let count = reading.value.as_array().ok_or_else(|| reading.expected("a list of schemas"))?.len();
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

/// A keyword's value as it is read.
struct KeywordValue<'a> {
    at: &'a str,
    word: &'a str,
    value: &'a Json,
}

impl KeywordValue<'_> {
    fn expected(&self, what: &str) -> SchemaError {
        SchemaError::new(format!("`{}`: `{}` should be {what}", self.at, self.word))
    }

    fn text(&self) -> Result<&str, SchemaError> {
        self.value.as_str().ok_or_else(|| self.expected("a text"))
    }

    fn number(&self) -> Result<f64, SchemaError> {
        self.value.as_f64().ok_or_else(|| self.expected("a number"))
    }

    /// A count; `2.0` is one too.
    fn count(&self) -> Result<usize, SchemaError> {
        let number = self.value.as_f64().filter(|number| *number >= 0.0 && number.fract() == 0.0);
        number.map(|number| number as usize).ok_or_else(|| self.expected("a whole number"))
    }

    fn map(&self) -> Result<&Map<String, Json>, SchemaError> {
        self.value.as_object().ok_or_else(|| self.expected("a map"))
    }

    fn texts(&self, value: &Json) -> Result<Vec<String>, SchemaError> {
        let texts =
            value.as_array().and_then(|list| list.iter().map(|item| item.as_str().map(str::to_owned)).collect());
        texts.ok_or_else(|| self.expected("a list of texts"))
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
            JsonType::NAMES.iter().find(|(known, _)| known == word).map(|(_, kind)| *kind).ok_or_else(|| SchemaError {
                message: format!("`{}`: there is no type `{word}`", self.at),
                help: similarity::did_you_mean(word, known())
                    .or_else(|| Some(format!("the types are {}", known().collect::<Vec<_>>().join(", ")))),
            })
        };
        words.iter().map(named).collect()
    }
}
