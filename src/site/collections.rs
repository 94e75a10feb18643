//! The collections of an Astro site, from `src/content.config.ts`: which fields their schemas accept, as far as they are
//! simple. Whatever isn't is left out, so that nothing is claimed of it.

use crate::generator::profile::{AcceptedValues, ValueKind};
use std::path::Path;

/// Where the config of the collections may be.
pub(super) const FILES: [&str; 6] = [
    "src/content.config.ts",
    "src/content.config.mts",
    "src/content.config.js",
    "src/content.config.mjs",
    "src/content/config.ts",
    "src/content/config.js",
];

/// A collection of pages with a schema.
#[derive(Debug, Default)]
pub(crate) struct Collection {
    /// The folder of its pages, relative to the site's root.
    folder: String,
    /// What its fields accept.
    pub(crate) accepted: Vec<AcceptedValues>,
    /// The fields without which a page is rejected.
    pub(crate) required: Vec<String>,
    /// The fields that become dates by `new Date(…)`.
    pub(crate) coerced_dates: Vec<String>,
}

/// What happens to a page that doesn't fit.
const EXPLANATION: &str = "Astro stops because the page does not match the schema of its collection";

/// The collections that a config defines.
pub(super) fn read(config: &str) -> Vec<Collection> {
    let mut found = Vec::new();
    for (at, _) in config.match_indices("defineCollection(") {
        let Some(arguments) = balanced(&config[at + "defineCollection(".len() - 1..]) else { continue };
        let Some(fields) = schema_of(config, arguments) else { continue };
        let folders = folders_of(config, at, arguments);
        found.extend(folders.into_iter().map(|folder| collection(folder, fields)));
    }
    found
}

impl Collection {
    /// Whether the page at `path`, relative to the site's root, belongs to it.
    pub(super) fn contains(&self, path: &Path) -> bool {
        path.starts_with(&self.folder)
    }
}

/// The fields of the schema, between their braces.
fn schema_of<'a>(config: &'a str, arguments: &'a str) -> Option<&'a str> {
    let schema = after_key(arguments, "schema")?;
    let schema = schema.split_once("=>").filter(|(before, _)| before.len() < 60).map_or(schema, |(_, body)| body);
    let schema = schema.trim_start().trim_start_matches('(').trim_start();
    let object = match schema.strip_prefix("z.object(") {
        Some(object) => object,
        None => {
            let name = &schema[..schema.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(schema.len())];
            if name.is_empty() {
                return None;
            }
            let definition = config.find(&format!("const {name} = z.object("))?;
            let start = definition + config[definition..].find("z.object(")? + "z.object(".len();
            &config[start..]
        }
    };
    let fields = balanced(object.trim_start())?;
    let rest = object.trim_start()[fields.len() + 2..].trim_start().strip_prefix([')', ','])?.trim_start();
    let is_plain =
        !rest.starts_with('.') || [".strict", ".passthrough", ".loose"].iter().any(|kept| rest.starts_with(kept));
    is_plain.then_some(fields)
}

/// The folders of the collection that is defined at `at`.
fn folders_of(config: &str, at: usize, arguments: &str) -> Vec<String> {
    if let Some(base) = after_key(arguments, "base") {
        return quoted(base)
            .map(|base| base.trim_start_matches("./").trim_matches('/').to_owned())
            .into_iter()
            .collect();
    }
    if arguments.contains("loader") {
        return Vec::new();
    }
    let before = config[..at].trim_end().trim_end_matches(['=', ':']).trim_end();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let name = before.trim_matches(['\'', '"']).rsplit(|c| !is_name(c)).next().unwrap_or_default();
    let exported = config.rfind("collections").map_or("", |start| &config[start..]);
    let keys = exported.split([',', '{', '}']).filter_map(|entry| {
        let (key, value) = entry.split_once(':')?;
        (value.trim() == name).then(|| key.trim().trim_matches(['\'', '"']).to_owned())
    });
    let keys: Vec<String> = keys.collect();
    let keys = if keys.is_empty() { vec![name.to_owned()] } else { keys };
    keys.into_iter().filter(|key| !key.is_empty()).map(|key| format!("src/content/{key}")).collect()
}

fn collection(folder: String, fields: &str) -> Collection {
    let mut result = Collection { folder, ..Collection::default() };
    for (name, kind) in entries(fields) {
        let Some(field) = field(kind) else { continue };
        if !field.optional {
            result.required.push(name.to_owned());
        }
        if field.is_coerced_date {
            result.coerced_dates.push(name.to_owned());
        } else if !field.kinds.is_empty() {
            result.accepted.push(AcceptedValues {
                fields: vec![name.to_owned()],
                kinds: field.kinds,
                items: field.items,
                range: None,
                one_of: field.one_of,
                only_in_folder: None,
                explanation: EXPLANATION.to_owned(),
            });
        }
    }
    result
}

/// What a field accepts.
#[derive(Default)]
struct Field {
    kinds: Vec<ValueKind>,
    items: Vec<ValueKind>,
    one_of: Vec<String>,
    optional: bool,
    is_coerced_date: bool,
}

/// Methods that change nothing about the kinds of values.
const NEUTRAL: [&str; 17] = [
    "min",
    "max",
    "length",
    "email",
    "url",
    "trim",
    "int",
    "positive",
    "nonnegative",
    "nonempty",
    "describe",
    "regex",
    "strict",
    "readonly",
    "finite",
    "gte",
    "lte",
];

/// Reads `z.string().optional()` and the like; none for anything else.
fn field(kind: &str) -> Option<Field> {
    let rest = kind.trim().strip_prefix("z")?.trim_start().strip_prefix('.')?;
    let (rest, is_coerced) = rest.strip_prefix("coerce.").map_or((rest, false), |rest| (rest, true));
    let open = rest.find('(')?;
    let inner = balanced(&rest[open..])?;
    let mut field = Field::default();
    match (&rest[..open], is_coerced) {
        ("string", false) => field.kinds = vec![ValueKind::String, ValueKind::EmptyString],
        ("number", false) => field.kinds = vec![ValueKind::Number],
        ("boolean", false) => field.kinds = vec![ValueKind::Bool],
        ("date", false) => field.kinds = vec![ValueKind::Date],
        ("date", true) => field.is_coerced_date = true,
        ("object", false) => field.kinds = vec![ValueKind::Map],
        ("array", false) => {
            field.kinds = vec![ValueKind::List, ValueKind::EmptyList];
            let item = self::field(inner).filter(|item| !item.is_coerced_date && item.one_of.is_empty());
            field.items = item.map(|item| item.kinds).unwrap_or_default();
        }
        ("enum", false) => {
            let list = inner.trim().strip_prefix('[')?.trim_end_matches([',', ' ', '\n']).strip_suffix(']')?;
            field.one_of = list.split(',').filter_map(|item| Some(quoted(item.trim())?.to_owned())).collect();
            field.kinds = vec![ValueKind::String];
        }
        _ => return None,
    }
    modified(field, &rest[open + inner.len() + 2..])
}

/// The field after the methods that are called on it; none if one of them isn't known.
fn modified(mut field: Field, methods: &str) -> Option<Field> {
    let mut rest = methods.trim();
    while let Some(call) = rest.strip_prefix('.') {
        let open = call.find('(')?;
        let inner = balanced(&call[open..])?;
        match call[..open].trim() {
            "optional" | "default" | "catch" => field.optional = true,
            "nullable" => field.kinds.push(ValueKind::Null),
            "nullish" => {
                field.kinds.push(ValueKind::Null);
                field.optional = true;
            }
            known if NEUTRAL.contains(&known) => {}
            _ => return None,
        }
        if call[..open].trim() == "catch" {
            return None;
        }
        rest = call[open + inner.len() + 2..].trim_start();
    }
    rest.is_empty().then_some(field)
}

/// `name: kind` between commas at the top level.
fn entries(fields: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let (mut depth, mut start, mut quote) = (0_isize, 0, None);
    let ends = fields.char_indices().map(|(at, c)| (at, Some(c))).chain([(fields.len(), None)]);
    for (at, c) in ends {
        match (c, quote) {
            (Some(c), Some(open)) if c == open => quote = None,
            (Some(_), Some(_)) => {}
            (Some(c @ ('\'' | '"' | '`')), None) => quote = Some(c),
            (Some('(' | '[' | '{'), None) => depth += 1,
            (Some(')' | ']' | '}'), None) => depth -= 1,
            (Some(',') | None, None) if depth == 0 => {
                let entry = without_comments(&fields[start..at]);
                if let Some((name, kind)) = entry.split_once(':') {
                    found.push((name.trim().trim_matches(['\'', '"']), kind.trim()));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// An entry without comment lines above it.
fn without_comments(entry: &str) -> &str {
    let mut rest = entry.trim();
    loop {
        let end = match rest.get(..2) {
            Some("//") => rest.find('\n'),
            Some("/*") => rest.find("*/").map(|end| end + 2),
            _ => return rest,
        };
        let Some(end) = end else { return "" };
        rest = rest[end..].trim_start();
    }
}

/// What is between the bracket at the start of `text` and the one that closes it.
fn balanced(text: &str) -> Option<&str> {
    let (mut depth, mut quote, mut before) = (0_usize, None, ' ');
    for (at, c) in text.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open && before != '\\' => quote = None,
            (_, Some(_)) => {}
            ('\'' | '"' | '`', None) => quote = Some(c),
            ('(' | '[' | '{', None) => depth += 1,
            (')' | ']' | '}', None) if depth <= 1 => return text.get(1..at),
            (')' | ']' | '}', None) => depth -= 1,
            _ => {}
        }
        before = c;
    }
    None
}

/// What follows `key:`.
fn after_key<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let found = text.match_indices(key).find_map(|(at, _)| {
        let is_word = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        text[at + key.len()..].trim_start().strip_prefix(':').filter(|_| !is_word)
    });
    found.map(str::trim_start)
}

/// The string at the start of `text`.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
    text[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "import { defineCollection, z } from 'astro:content';
const blog = defineCollection({
  loader: glob({ pattern: '**/*.md', base: './src/data/blog/' }),
  schema: ({ image }) => z.object({
    // Shown in lists.
    title: z.string().max(60),
    pubDate: z.coerce.date(),
    updated: z.date().optional(),
    tags: z.array(z.string()).default([]),
    mood: z.enum(['calm', \"glad\"]).optional(),
    cover: image().optional(),
    order: z.number().transform((n) => n + 1),
  }),
});
const noteSchema = z.object({ title: z.string(), draft: z.boolean().nullish() });
const jotted = defineCollection({ type: 'content', schema: noteSchema });
const other = defineCollection({ schema: z.object({ title: z.string() }).transform(f) });
export const collections = { blog, 'notes': jotted, other };
";

    #[test]
    fn simple_schemas_are_read() {
        let found = read(CONFIG);
        let seen: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|one| (one.folder.as_str(), one.accepted.iter().map(|field| field.fields[0].as_str()).collect()))
            .collect();
        assert_eq!(
            seen,
            [
                ("src/data/blog", vec!["title", "updated", "tags", "mood"]),
                ("src/content/notes", vec!["title", "draft"])
            ]
        );
        assert_eq!(found[0].required, ["title", "pubDate"]);
        assert_eq!(found[0].coerced_dates, ["pubDate"]);
        assert_eq!(found[0].accepted[3].one_of, ["calm", "glad"]);
        assert_eq!(found[0].accepted[2].items, [ValueKind::String, ValueKind::EmptyString]);
        assert_eq!(found[1].accepted[1].kinds, [ValueKind::Bool, ValueKind::Null]);
        assert!(
            found[0].contains(Path::new("src/data/blog/a/b.md"))
                && !found[0].contains(Path::new("src/data/blogs/a.md"))
        );
    }
}
